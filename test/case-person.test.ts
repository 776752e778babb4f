// What a person does with a request that was sent: answers a desk, takes or refuses a time, moves it, takes it back, opens it again.
// What is said of its state is left to case-status.test.ts, codes to case-code-talk.test.ts.
import assert from 'node:assert/strict';
import { askHowItWent, remindOfAppointment } from '../bot/cases/clock/told.ts';
import { askForward, close, propose, refuse, take, write } from '../bot/cases/desk-steps.ts';
import { letterToPerson } from '../bot/mail/notes.ts';
import { tellPerson } from '../bot/cases/tell.ts';
import { idsOf, numbersShown, reminded, textOf } from './support/floor-talk.ts';
import { A_TIME, openBench } from './support/person.ts';
import type { Bench, Person } from './support/person.ts';

const SECOND = {
  start: new Date('2026-12-03T08:30:00Z'),
  end: new Date('2026-12-03T09:00:00Z'),
  how: 'phone',
} as const;

describe('a person and their request', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  /** Until the test is over it is that time. */
  const until = (when: Date): (() => void) => {
    const minutes = Math.ceil((when.getTime() - bench.now().getTime()) / 60_000);
    bench.later(minutes);
    return () => bench.later(-minutes);
  };

  const events = async (id: string): Promise<string[]> =>
    (await bench.core.store.caseEvents(id)).map(({ type }) => type);

  describe('takes a time', () => {
    it('with the button under it: desk and person have it in their calendars, once', async () => {
      const talk = await bench.withTime();
      const replies = await talk.forge(`case.accept.${talk.ref}.1`);
      assert.match(textOf(replies), /martedì 1 dicembre 2026, dalle 09:30 alle 10:00, allo sportello/);
      assert.match(textOf(replies), /Dove: Piazza Felice Orsi[\s\S]*Che cosa portare[\s\S]*Se poi non può/);
      assert.match(textOf(await talk.forge(`case.accept.${talk.ref}.1`)), /già confermato/);
      assert.equal(await bench.stateOf(talk.case), 'confirmed');
      assert.equal((await events(talk.case)).filter((type) => type === 'confirmed').length, 1);
      assert.deepEqual(await bench.mails(talk.case), [
        `note [Bussola] ${(await bench.made(talk.case)).code} appuntamento confermato`,
      ]);
    });

    for (const words of ['sì', 'va bene', 'Va bene, grazie!', 'confermo', 'ci sarò', 'ok', 'Sì, va bene'])
      it(`with "${words}"`, async () => {
        const talk = await bench.withTime();
        await talk.say(words);
        assert.equal(await bench.stateOf(talk.case), 'confirmed');
      });

    for (const words of ['grazie', 'sì giovedì mattina'])
      it(`not with "${words}" before it is asked whether that is a yes`, async () => {
        const talk = await bench.withTime();
        const replies = await talk.say(words);
        assert.equal(await bench.stateOf(talk.case), 'proposed');
        assert.match(textOf(replies), /va bene questo orario/);
        await talk.say('sì');
        assert.equal(await bench.stateOf(talk.case), 'confirmed');
      });

    it('not with words that come after other words', async () => {
      const talk = await bench.withTime();
      await talk.say('buongiorno');
      await talk.say('buongiorno');
      await talk.say('va bene');
      assert.equal(await bench.stateOf(talk.case), 'proposed');
    });

    it('by no button of a time that counts no more', async () => {
      const talk = await bench.withTime();
      await bench.act(talk.case, (work) => propose(work, 'Prova', SECOND));
      const replies = await talk.forge(`case.accept.${talk.ref}.1`);
      assert.match(textOf(replies), /non vale più\. Quello giusto è: giovedì 3 dicembre/);
      assert.ok(idsOf(replies).includes(`case.accept.${talk.ref}.2`));
      assert.equal(await bench.stateOf(talk.case), 'proposed');
    });
  });

  describe('answers a time that is past', () => {
    for (const words of ['sì', 'va bene', undefined])
      it(words === undefined ? 'with the old button' : `with "${words}"`, async () => {
        const talk = await bench.withTime();
        const late = until(A_TIME.start);
        const replies = await (words === undefined ? talk.forge(`case.accept.${talk.ref}.1`) : talk.say(words));
        assert.match(textOf(replies), /già passato: martedì 1 dicembre[\s\S]*Ne chiedo un altro/);
        assert.equal(await bench.stateOf(talk.case), 'proposed', 'nothing yet');
        const how = textOf(await talk.say('a che punto è?'));
        assert.match(how, /aveva proposto[\s\S]*passato/);
        assert.ok(
          !(await talk.say('a che punto è?')).some(({ choices }) => choices.some(({ id }) => /accept/.test(id))),
        );
        await talk.tap(`case.decline.${talk.ref}.1`);
        assert.equal(await bench.stateOf(talk.case), 'moved');
        late();
      });

    it('that was fixed: nothing is taken out of a calendar, another is asked for', async () => {
      const talk = await bench.withTime();
      await talk.say('va bene');
      const late = until(A_TIME.end);
      assert.match(
        textOf(await talk.say('a che punto è?')),
        /L'appuntamento era: martedì 1 dicembre[\s\S]*Se Le serve/,
      );
      assert.match(textOf(await talk.forge(`case.accept.${talk.ref}.1`)), /già passato/);
      await talk.say('sì');
      assert.equal(await bench.stateOf(talk.case), 'moved');
      late();
    });
  });

  describe('refuses a time', () => {
    it('with the button, and says when afterwards', async () => {
      const talk = await bench.withTime();
      const replies = await talk.forge(`case.decline.${talk.ref}.1`);
      assert.match(textOf(replies), /serve un altro orario/);
      assert.equal(await bench.stateOf(talk.case), 'moved');
      await talk.tap(`case.answer.${talk.ref}`);
      await talk.say('giovedì mattina');
      await talk.tap(`case.send.${talk.ref}`);
      assert.deepEqual(await bench.wrote(talk.case), ['giovedì mattina']);
      assert.match(textOf(await talk.forge(`case.decline.${talk.ref}.1`)), /Ho già detto/);
    });

    it('with words that go to the desk once they are read back', async () => {
      const talk = await bench.withTime();
      assert.match(textOf(await talk.say('non posso martedì, facciamo giovedì?')), /«non posso martedì, facciamo/);
      assert.equal(await bench.stateOf(talk.case), 'proposed', 'nothing yet');
      await talk.say('sì');
      assert.equal(await bench.stateOf(talk.case), 'moved');
      assert.deepEqual(await bench.wrote(talk.case), ['non posso martedì, facciamo giovedì?']);
      assert.match((await bench.mails(talk.case)).join(), /serve un altro orario/);
    });

    it('with a plain no', async () => {
      const talk = await bench.withTime();
      await talk.say('no');
      assert.equal(await bench.stateOf(talk.case), 'moved');
    });

    it('that is fixed, only after being asked', async () => {
      const talk = await bench.withTime();
      await talk.say('va bene');
      assert.match(textOf(await talk.forge(`case.decline.${talk.ref}.1`)), /Lo lascio libero/);
      assert.equal(await bench.stateOf(talk.case), 'confirmed');
      await talk.say('no');
      assert.equal(await bench.stateOf(talk.case), 'confirmed');
      assert.match(textOf(await talk.say("sposta l'appuntamento")), /Lo lascio libero/);
      await talk.say('meglio venerdì pomeriggio');
      await talk.tap(`case.send.${talk.ref}`);
      assert.equal(await bench.stateOf(talk.case), 'moved');
      assert.equal((await bench.made(talk.case)).life.appointment?.state, 'cancelled');
    });
  });

  describe('answers a desk', () => {
    async function withWords(): Promise<Person> {
      const talk = await bench.withCase();
      await bench.act(talk.case, (work) => write(work, 'Prova', 'Ha la bolletta?'));
      bench.later(5);
      return talk;
    }

    it('right after its message, in words that are read back', async () => {
      const talk = await withWords();
      const replies = await talk.say('sì, la porto');
      assert.match(textOf(replies), /Mando allo sportello: «sì, la porto»/);
      assert.deepEqual(await bench.wrote(talk.case), []);
      await talk.tap(`case.send.${talk.ref}`);
      assert.deepEqual(await bench.wrote(talk.case), ['sì, la porto']);
      assert.match((await bench.mails(talk.case)).join(), /note \[Bussola\] \S+ nuovo messaggio/);
      assert.match(textOf(await talk.forge(`case.send.${talk.ref}`)), /non è più valida/, 'once');
      assert.equal((await bench.wrote(talk.case)).length, 1);
    });

    it('or with the button, and may write it again or leave it', async () => {
      const talk = await withWords();
      await talk.forge(`case.answer.${talk.ref}`);
      await talk.say('uno');
      await talk.say('due');
      assert.match(textOf(await talk.say('no')), /non mando niente/);
      assert.deepEqual(await bench.wrote(talk.case), []);
      await talk.forge(`case.answer.${talk.ref}`);
      await talk.say('grazie');
      await talk.say('sì');
      assert.deepEqual(await bench.wrote(talk.case), ['grazie']);
    });

    it('not with thanks, and not with a command', async () => {
      const talk = await withWords();
      assert.match(textOf(await talk.say('grazie')), /Grazie a Lei/);
      await bench.act(talk.case, (work) => write(work, 'Prova', 'Ancora una cosa.'));
      assert.match(textOf(await talk.say('a che punto è?')), /mandata martedì/);
      assert.deepEqual(await bench.wrote(talk.case), []);
    });

    it('never with a cry', async () => {
      const talk = await withWords();
      await talk.forge(`case.answer.${talk.ref}`);
      assert.ok(numbersShown(await talk.say('voglio morire')));
      assert.ok(reminded(await talk.say('non ce la faccio')));
      assert.deepEqual(await bench.wrote(talk.case), []);
      assert.ok(!idsOf(await talk.say('sì')).includes(`case.send.${talk.ref}`));
    });

    it('that has just closed it: it is opened again, with their words', async () => {
      const talk = await withWords();
      await bench.act(talk.case, (work) => close(work, 'Prova', 'spoken'));
      bench.later(5);
      assert.match(textOf(await talk.say('mi serve ancora un aiuto')), /Riapro la richiesta/);
      await talk.say('sì');
      assert.equal(await bench.stateOf(talk.case), 'delivered');
      assert.deepEqual(await bench.wrote(talk.case), ['mi serve ancora un aiuto']);
    });

    it('not any more once it is over', async () => {
      const talk = await withWords();
      await bench.act(talk.case, (work) => refuse(work, 'Prova', 'duplicate', ''));
      assert.match(textOf(await talk.forge(`case.answer.${talk.ref}`)), /è finita[\s\S]*0583/);
    });
  });

  describe('is asked whether another desk may have it', () => {
    async function asked(): Promise<Person> {
      const talk = await bench.withCase();
      await bench.act(talk.case, (work) => askForward(work, 'Prova', 'altopascio-ufficio-sociale'));
      bench.later(5);
      return talk;
    }

    it('yes: the other desk has a part of its own under the same code', async () => {
      const talk = await asked();
      assert.match(textOf(await talk.forge(`case.forward_yes.${talk.ref}`)), /Il codice resta lo stesso/);
      const parts = await bench.core.store.casesByCode((await bench.made(talk.case)).code ?? '');
      assert.deepEqual(
        parts.map((part) => [part.part, part.state, part.deskId]),
        [
          [1, 'forwarded', 'porcari-segretariato'],
          [2, 'requested', 'altopascio-ufficio-sociale'],
        ],
      );
      assert.deepEqual((await events(talk.case)).slice(-2), ['forward_allowed', 'forwarded']);
      assert.match(textOf(await talk.forge(`case.forward_yes.${talk.ref}`)), /non vale più/);
      assert.equal((await bench.core.store.casesByCode(parts[0]?.code ?? '')).length, 2);
    });

    it('yes, while another part is followed from another chat: the new one has a number of its own', async () => {
      const talk = await asked();
      const code = (await bench.made(talk.case)).code ?? '';
      await bench.person([{ code, part: 2 }]);
      await talk.forge(`case.forward_yes.${talk.ref}`);
      const parts = await bench.core.store.casesByCode(code);
      assert.deepEqual(
        parts.map(({ part, state }) => [part, state]),
        [
          [1, 'forwarded'],
          [2, 'delivered'],
          [3, 'requested'],
        ],
      );
    });

    it('no: it stays', async () => {
      const talk = await asked();
      assert.match(textOf(await talk.forge(`case.forward_no.${talk.ref}`)), /resta dov'è/);
      assert.equal(await bench.stateOf(talk.case), 'taken');
      assert.match((await bench.mails(talk.case)).join(), /resta a questo sportello/);
    });
  });

  describe('takes it back', () => {
    for (const from of [
      'requested',
      'delivered',
      'taken',
      'proposed',
      'moved',
      'met',
      'not_met',
      'undeliverable',
    ] as const)
      it(`when it is ${from}: the desk is told, its links die`, async () => {
        const talk = await bench.withCase({ state: from });
        assert.match(textOf(await talk.say('annulla tutto, ho risolto')), /Ritiro la richiesta/);
        assert.match(textOf(await talk.say('sì')), /ho ritirato[\s\S]*ogni bene/);
        const made = await bench.made(talk.case);
        assert.equal(made.state, 'withdrawn');
        assert.equal(made.life.linkEpoch, 1);
        assert.match((await bench.mails(talk.case)).join(), /withdrawal .* richiesta ritirata/);
        assert.match(textOf(await talk.say('annulla la richiesta')), /È stata ritirata/);
      });

    it('with an appointment that was fixed: it is cancelled in the calendar of the desk', async () => {
      const talk = await bench.withTime();
      await talk.say('va bene');
      await talk.say('annulla la richiesta');
      await talk.say('sì');
      const all = await bench.core.store.outbox.claim(new Date('2027-01-20T00:00:00Z'), 1000, 1);
      const withdrawal = all.find((mail) => mail.caseId === talk.case && mail.kind === 'withdrawal');
      assert.equal(withdrawal?.mail.ics?.method, 'CANCEL');
    });

    it('one part, or all', async () => {
      const talk = await bench.person([
        { code: 'PRC-A2222', part: 1 },
        { code: 'PRC-A2222', part: 2, deskId: 'lucca-segretariato-orsetti', comune: 'lucca' },
      ]);
      assert.match(textOf(await talk.say('annulla la richiesta')), /Quale richiesta ritiro/);
      await talk.tap('case.withdraw.prc-a2222.2');
      assert.match(textOf(await talk.tap('confirm.withdraw.yes')), /Le altre restano/);
      assert.deepEqual(
        [await bench.stateOf(`${talk.id}-1`), await bench.stateOf(`${talk.id}-2`)],
        ['delivered', 'withdrawn'],
      );
      const both = await bench.person([
        { code: 'PRC-A3333', part: 1 },
        { code: 'PRC-A3333', part: 2 },
      ]);
      await both.say('annulla tutto');
      await both.tap('case.withdraw.all');
      await both.tap('confirm.withdraw.yes');
      assert.deepEqual(
        [await bench.stateOf(`${both.id}-1`), await bench.stateOf(`${both.id}-2`)],
        ['withdrawn', 'withdrawn'],
      );
    });

    it('while the desk takes it in charge: one of the two is first, and the other sees it', async () => {
      const talk = await bench.withCase();
      await talk.say('annulla la richiesta');
      const [, taken] = await Promise.all([
        talk.say('sì'),
        bench.core.office.act(talk.case, (work) => take(work, 'Prova')),
      ]);
      assert.ok(['done', 'refused'].includes(taken.result));
      assert.equal(await bench.stateOf(talk.case), 'withdrawn');
    });
  });

  describe('left a wrong number', () => {
    it('and gives the right one in the same words, or when asked', async () => {
      const talk = await bench.withCase();
      assert.match(textOf(await talk.say('ho sbagliato numero, è 320 000 0124')), /320 000 0124\. È giusto/);
      assert.equal((await bench.made(talk.case)).details.contact?.value, '+393200000124');
      assert.match(textOf(await talk.say('no')), /Mi scriva il numero giusto/);
      assert.match(textOf(await talk.say('boh')), /Non ho visto un numero/);
      await talk.say('prova@posta.example');
      assert.equal((await bench.made(talk.case)).details.contact?.kind, 'email');
      assert.match(textOf(await talk.say('sì')), /Se serve altro/);
      assert.match((await bench.mails(talk.case)).join(), /recapito cambiato/);
      assert.ok((await events(talk.case)).includes('contact_changed'));
      const kept = await bench.core.store.load(talk.id);
      assert.doesNotMatch(
        JSON.stringify(kept?.conversation.state),
        /posta\.example|0000124/,
        'not in the conversation',
      );
    });

    it('is asked to read a short one again, once', async () => {
      const talk = await bench.withCase();
      await talk.say('ho sbagliato numero');
      assert.match(textOf(await talk.say('0583 21189')), /manchi qualche cifra/);
      assert.match(textOf(await talk.say('0583 21189')), /ora usa questo recapito/);
    });

    it('on every part of it', async () => {
      const talk = await bench.person([
        { part: 1, code: 'PRC-A4444' },
        { part: 2, code: 'PRC-A4444' },
      ]);
      await talk.say('ho cambiato numero: 320 000 0199');
      for (const part of [1, 2])
        assert.equal((await bench.made(`${talk.id}-${part}`)).details.contact?.value, '+393200000199');
    });

    it('and no letter that still waits goes to the old address, of what is over neither', async () => {
      const email = (value: string) => ({ kind: 'email', value, shown: value }) as const;
      const old = { details: { contact: email('vecchia@posta.example') } };
      const talk = await bench.person([{ ...old }, { ...old, state: 'closed' }]);
      for (const part of [1, 2])
        await bench.core.office.act(`${talk.id}-${part}`, (work) => {
          letterToPerson(work, 'news');
          return true;
        });
      for (const part of [1, 2]) assert.match((await bench.mails(`${talk.id}-${part}`)).join(), /person/);
      await talk.say('ho sbagliato e-mail, è nuova@posta.example');
      for (const part of [1, 2]) {
        assert.equal((await bench.made(`${talk.id}-${part}`)).details.contact?.value, 'nuova@posta.example');
        assert.doesNotMatch((await bench.mails(`${talk.id}-${part}`)).join(), /person/);
      }
    });

    it('without a request there is nothing to correct', async () => {
      const talk = await bench.person();
      assert.match(textOf(await talk.say('ho sbagliato numero')), /Non c'è una richiesta aperta/);
    });
  });

  describe('is reminded of an appointment', () => {
    async function reminded(): Promise<Person> {
      const talk = await bench.withTime();
      await talk.say('va bene');
      await bench.act(talk.case, (work) => {
        remindOfAppointment(work, 'two_days');
        return true;
      });
      bench.later(5);
      return talk;
    }

    for (const words of ['sì', 'va bene', 'ci sarò', 'ok'])
      it(`and says "${words}": nothing changes`, async () => {
        const talk = await reminded();
        assert.match(textOf(await talk.say(words)), /già confermato/);
        assert.equal(await bench.stateOf(talk.case), 'confirmed');
      });

    for (const words of ['no', 'non posso venire', 'posso spostare l’appuntamento'])
      it(`and says "${words}": is asked before anything is given up`, async () => {
        const talk = await reminded();
        const replies = await talk.say(words);
        assert.match(textOf(replies), /Lo lascio libero|quell'orario non va bene/);
        assert.equal(await bench.stateOf(talk.case), 'confirmed');
        await talk.say('sì');
        assert.equal(await bench.stateOf(talk.case), 'moved');
      });

    it('and asks something: it goes to the desk', async () => {
      const talk = await reminded();
      assert.match(textOf(await talk.say('posso portare mia sorella?')), /Mando allo sportello/);
    });
  });

  describe('is asked how it went', () => {
    const checks = { from: '2026-11-24T09:00:00.000Z', asked: [7], answers: [] };

    it('no, to what was closed: it is open again, the desk is told, once', async () => {
      const talk = await bench.withCase({ state: 'closed', life: { checks, outcome: 'spoken' } });
      assert.match(textOf(await talk.forge(`case.check_no.${talk.ref}.7`)), /Ho riaperto la richiesta/);
      assert.notEqual(await bench.stateOf(talk.case), 'closed');
      assert.match(textOf(await talk.forge(`case.check_no.${talk.ref}.7`)), /ancora aperta/);
      assert.deepEqual(await events(talk.case), ['check_answered', 'reopened']);
      assert.match((await bench.mails(talk.case)).join(), /riaperta/);
    });

    it('yes: somebody to call, and what may be done if something is missing still', async () => {
      const talk = await bench.withCase({ state: 'closed', life: { checks } });
      const replies = await talk.forge(`case.check_yes.${talk.ref}.7`);
      assert.match(textOf(replies), /mi fa piacere[\s\S]*0583/);
      assert.deepEqual(idsOf(replies), [`case.reopen.${talk.ref}`]);
    });

    it('yes, or not yet, is kept', async () => {
      const talk = await bench.withCase({ state: 'closed', life: { checks } });
      await talk.forge(`case.check_later.${talk.ref}.7`);
      await talk.forge(`case.check_yes.${talk.ref}.7`);
      const made = await bench.made(talk.case);
      assert.deepEqual(
        made.life.checks?.answers.map(({ day, answer }) => [day, answer]),
        [[7, 'yes']],
      );
      assert.equal(made.state, 'closed');
    });

    for (const [words, becomes] of [
      ['sì', 'closed'],
      ['no', 'delivered'],
      ['Non ancora, lo farò', 'closed'],
    ] as const)
      it(`and answers "${words}" in words`, async () => {
        const talk = await bench.withCase({ state: 'closed', life: { checks: { ...checks, asked: [] } } });
        await bench.act(talk.case, (work) => {
          askHowItWent(work, 7);
          return true;
        });
        bench.later(5);
        await talk.say(words);
        const made = await bench.made(talk.case);
        assert.equal(made.state, becomes);
        assert.equal(made.life.checks?.answers.length, 1);
      });

    it('no, to what was only advised: a request is offered', async () => {
      const talk = await bench.withCase({ state: 'advised', code: null, life: { checks } });
      const replies = await talk.forge(`case.check_no.${talk.case}.7`);
      assert.deepEqual(idsOf(replies), ['result.request']);
      assert.equal(await bench.stateOf(talk.case), 'advised');
    });

    it('and cannot open again what was erased: a new request is offered', async () => {
      const talk = await bench.withCase({ state: 'closed', unreachable: true });
      assert.ok(!idsOf(await talk.say('a che punto è?')).some((id) => id.startsWith('case.reopen')));
      for (const id of [`case.reopen.${talk.ref}`, `case.check_no.${talk.ref}.7`]) {
        const replies = await talk.forge(id);
        assert.match(textOf(replies), /sono stati cancellati[\s\S]*0583/);
        assert.deepEqual(idsOf(replies), ['result.request']);
      }
      assert.equal(await bench.stateOf(talk.case), 'closed');
      assert.deepEqual(await bench.mails(talk.case), []);
    });

    it('and opens it again: a button of before takes no time that is proposed after', async () => {
      const talk = await bench.withTime();
      await talk.say('va bene');
      await bench.act(talk.case, (work) => close(work, 'Prova', 'spoken'));
      await talk.forge(`case.reopen.${talk.ref}`);
      await bench.act(talk.case, (work) => propose(work, 'Prova', SECOND));
      bench.later(5);
      const replies = await talk.forge(`case.accept.${talk.ref}.1`);
      assert.match(textOf(replies), /non vale più\. Quello giusto è: giovedì 3 dicembre/);
      assert.equal(await bench.stateOf(talk.case), 'proposed');
      assert.equal((await bench.made(talk.case)).life.appointment?.sequence, 2);
    });

    it('and may open again by itself what was closed', async () => {
      const talk = await bench.withCase({ state: 'expired' });
      await talk.say('a che punto è?');
      assert.match(textOf(await talk.tap(`case.reopen.${talk.ref}`)), /ho riaperto la richiesta/);
      assert.equal(await bench.stateOf(talk.case), 'requested');
    });
  });

  it('who is afraid, with an appointment that is fixed, is told of the appointment and shown no desk anew', async () => {
    const talk = await bench.withTime();
    await talk.say('va bene');
    await talk.say("non riesco a pagare l'affitto");
    await talk.tap('access.followed.first');
    const text = textOf(await talk.say('ho paura che mi portano via i figli'));
    assert.match(text, /paura di molti genitori[\s\S]*L'appuntamento è fissato/);
    assert.doesNotMatch(text, /Può rivolgersi/);
  });

  it('reads what waited with the button under the neutral notice', async () => {
    const talk = await bench.withCase({
      details: { safe: { anyTime: false, copyByMail: false, rules: { silent: true } } },
    });
    await bench.act(talk.case, (work) => {
      tellPerson(work, { key: 'case:told.taken' });
      return true;
    });
    assert.match(textOf(await talk.forge(`case.news.${talk.ref}`)), /Una buona notizia/);
    assert.match(textOf(await talk.forge(`case.news.${talk.ref}`)), /mandata martedì/);
  });

  it('says nothing of a request to a button of an earlier conversation', async () => {
    const talk = await bench.withCase();
    for (const id of ['case.accept.prc-zzzzz.1.1', 'case.nonsense', 'case.accept', 'case.', `case.accept.${talk.ref}`])
      assert.doesNotMatch(textOf(await talk.forge(id)), /Fatto/, id);
    assert.equal(await bench.stateOf(talk.case), 'delivered');
  });
});
