// A code typed anywhere: the truth to its own conversation, a neutral word to any other, and the proof that opens it there.
// How codes are found in a text is left to case-codes.test.ts.
import assert from 'node:assert/strict';
import { tellPerson } from '../bot/cases/tell.ts';
import { propose, take, write } from '../bot/cases/desk-steps.ts';
import { detectDanger } from '../bot/floor/detect.ts';
import type { Reply } from '../bot/message.ts';
import type { CaseDetails } from '../bot/ports.ts';
import { idsOf, reminded, textOf } from './support/floor-talk.ts';
import type { FloorTalk } from './support/floor-talk.ts';
import { openBench } from './support/person.ts';
import type { Asked, Bench } from './support/person.ts';

const VIOLENCE: Partial<CaseDetails> = { needs: [{ area: 'relational', need: 'violence', urgency: 'urgent' }] };
/** Of these somebody near may be the danger. */
const GUARDED: Record<string, Asked> = {
  violence: { deskId: 'cav-luna', details: VIOLENCE },
  silent: { details: { safe: { anyTime: false, copyByMail: false, rules: { silent: true } } } },
  'no mail': { details: { safe: { anyTime: true, copyByMail: false, rules: { noMail: true } } } },
  'after a cry': { details: { safe: { anyTime: true, copyByMail: true, rules: { neutral: true } } } },
};
const SILENT: Partial<CaseDetails> = { safe: { anyTime: false, copyByMail: false, rules: { silent: true } } };

describe('a code that is typed', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  /** Another conversation, where that code is named and the proof is asked for. */
  async function atTheProof(code: string): Promise<FloorTalk & { id: string }> {
    const talk = await bench.person();
    await talk.say(code);
    await talk.tap(`case.prove.${code.toLowerCase()}`);
    return talk;
  }

  /** Another conversation, in which that request is followed now. */
  async function followed(named: string): Promise<FloorTalk & { id: string }> {
    const talk = await atTheProof(named);
    await talk.say('123');
    await talk.tap(`case.here.${named.toLowerCase()}`);
    return talk;
  }

  let codes = 0;
  /** One that no other test has. */
  const code = (): string =>
    `PRC-Z${'23456789'[(codes >> 3) % 8] ?? ''}${'ABCDEFGH'[(codes >> 6) % 8] ?? ''}${'23456789'[codes++ % 8] ?? ''}Z`;

  it('tells its own conversation everything, in any spelling', async () => {
    const talk = await bench.person([{ code: 'PRC-72222', state: 'taken' }]);
    for (const spelling of ['PRC-72222', 'prc72222', 'il codice è prc 72222', 'PRC–72222'])
      assert.match(textOf(await talk.say(spelling)), /PRC-72222, mandata martedì 24 novembre[\s\S]*presa in carico/);
  });

  it('is heard at a question of a flow, which is then asked again', async () => {
    const talk = await bench.person([{ code: 'PRC-73333' }]);
    await talk.say("non riesco a pagare l'affitto");
    const replies = await talk.say('e la PRC-73333?');
    assert.match(textOf(replies), /Nessuno ha ancora risposto/);
    assert.ok(idsOf(replies).includes('access.followed.first'));
  });

  it('is no name, no number and no note of a request, unless it is all that was written', async () => {
    const talk = await bench.person([{ code: 'PRC-74444' }]);
    await talk.say("non riesco a pagare l'affitto");
    await talk.forge('access.followed.first');
    await talk.tap('result.request');
    await talk.tap('request.consent.yes');
    assert.match(textOf(await talk.say('PRC-74444')), /Nessuno ha ancora risposto[\s\S]*Come vuole che La chiamino/);
    assert.doesNotMatch(textOf(await talk.say('Prova di PRC-74444')), /ancora risposto/);
  });

  it('comes after a danger', async () => {
    const talk = await bench.person([{ code: 'PRC-75555' }]);
    assert.ok(reminded(await talk.say('PRC-75555 voglio morire')));
    const replies = await talk.say('PRC-75555');
    assert.ok(reminded(replies), 'the numbers stand before the answer');
    assert.match(textOf(replies), /Nessuno ha ancora risposto/);
  });

  it('is no cry, whatever its letters sound like; what stands beside it may be one', async () => {
    const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
    const drawn = Array.from({ length: 300 }, (_, index) =>
      [7, 11, 13, 17, 19].map((step) => letters[(index * step + 5) % letters.length] ?? '').join(''),
    );
    const heard = ['7A4TE', ...drawn].map((body) => `PRC-${body}`).filter((one) => detectDanger(one) !== null);
    assert.ok(heard.length > 3, 'the ear does hear some of them');
    const talk = await bench.person();
    for (const one of heard.slice(0, 12))
      for (const text of [one, `il codice è ${one.toLowerCase()}`]) assert.ok(!reminded(await talk.say(text)), text);
    for (const text of ['PRC-7A4TE voglio morire', 'voglio morire. PRC-7A4TE', 'prc7a4te mio marito mi picchia'])
      assert.ok(reminded(await (await bench.person()).say(text)), text);
  });

  describe('of another conversation', () => {
    it('shows state and day, and whom the comune answers with', async () => {
      const owner = await bench.person([{ code: 'PRC-76666' }]);
      await bench.act(`${owner.id}-1`, (work) => take(work, 'Prova'));
      const text = textOf(await (await bench.person()).say('prc-76666'));
      assert.match(text, /PRC-76666 c'è\. È di martedì 24 novembre\.\nÈ stata presa in carico\.\n/);
      assert.match(text, /Comune di Porcari: 0583 211899/);
      assert.doesNotMatch(text, /Prova|bollette/);
    });

    it('tells what was never asked of a desk from what was', async () => {
      await bench.person([{ code: 'PRC-76AAA', state: 'advised' }]);
      assert.match(textOf(await (await bench.person()).say('prc-76aaa')), /Non ho scritto a nessuno sportello/);
    });

    it('says each part by itself, unless they stand alike', async () => {
      const both = [{ code: 'PRC-76BBB' }, { code: 'PRC-76BBB', part: 2, deskId: 'cav-luna' }];
      const owner = await bench.person(both);
      const seen = async (): Promise<string> => textOf(await (await bench.person()).say('prc-76bbb'));
      assert.equal((await seen()).match(/aspetta una risposta/g)?.length, 1);
      await bench.act(`${owner.id}-2`, (work) => take(work, 'Prova'));
      assert.match(await seen(), /1\. È arrivata e aspetta una risposta\.\n2\. È stata presa in carico\./);
    });

    it('shows nothing of an appointment', async () => {
      const owner = await bench.person([{ code: 'PRC-77777' }]);
      const time = { start: new Date('2026-12-01T08:30:00Z'), end: new Date('2026-12-01T09:00:00Z') };
      await bench.act(`${owner.id}-1`, (work) => propose(work, 'Prova', { ...time, how: 'office' }));
      const text = textOf(await (await bench.person()).say('prc-77777'));
      assert.match(text, /presa in carico/);
      assert.doesNotMatch(text, /dicembre|09:30|orario|appuntamento/);
    });

    it('hides the name of a desk that would tell why one goes there', async () => {
      await bench.person([{ code: 'PRC-78888', deskId: 'cav-luna' }]);
      const text = textOf(await (await bench.person()).say('prc-78888'));
      assert.match(text, /PRC-78888 c'è/);
      assert.doesNotMatch(text, /Luna|antiviolenza/i);
    });

    for (const [why, made] of Object.entries(GUARDED))
      for (const state of ['requested', 'delivered', 'taken', 'proposed', 'closed', 'withdrawn', 'expired'] as const)
        it(`sounds the same where somebody must not be told (${why}, ${state})`, async () => {
          const [guarded, plain] = [code(), code()];
          await bench.person([{ ...made, code: guarded, state }]);
          await bench.person([{ code: plain, state }]);
          const text = async (named: string): Promise<string> => {
            const replies = await (await bench.person()).say(named);
            const { links } = replies.at(-1) ?? {};
            return JSON.stringify([textOf(replies), idsOf(replies), links]).replaceAll(new RegExp(named, 'gi'), 'CODE');
          };
          assert.equal(await text(guarded), await text(plain));
        });

    it('cannot be acted upon', async () => {
      const owner = await bench.person([{ code: 'PRC-7AAAA' }]);
      const other = await bench.person();
      await other.say('PRC-7AAAA');
      for (const id of ['answer', 'withdraw', 'forward_yes', 'reopen', 'send', 'news', 'move'])
        assert.match(textOf(await other.forge(`case.${id}.prc-7aaaa.1`)), /non è più valida/, id);
      assert.equal((await bench.made(`${owner.id}-1`)).state, 'delivered');
    });
  });

  describe('is opened elsewhere by who left the number', () => {
    it('goes on there if they wish, with what the desk wrote and what waited', async () => {
      const owner = await bench.person([{ code: 'PRC-82222' }]);
      await bench.act(`${owner.id}-1`, (work) => write(work, 'Prova', 'Porti la bolletta.'));
      const talk = await atTheProof('PRC-82222');
      const asked = await talk.say('finisce con 123');
      assert.match(textOf(asked), /seguire la richiesta PRC-82222 da questa chat\?/);
      assert.doesNotMatch(textOf(asked), /bolletta/);
      assert.equal((await bench.made(`${owner.id}-1`)).conversationId, owner.id, 'nothing has moved yet');
      const text = textOf(await talk.tap('case.here.prc-82222'));
      assert.match(text, /si segue qui[\s\S]*«Porti la bolletta\.»[\s\S]*presa in carico/);
      const made = await bench.made(`${owner.id}-1`);
      assert.equal(made.conversationId, talk.id);
      assert.deepEqual(made.life.waiting, []);
      assert.match(textOf(await owner.say('a che punto è?')), /non trovo richieste/);
      assert.match(textOf(await talk.say('a che punto è?')), /presa in carico/);
    });

    it('is left where it was by a no', async () => {
      const owner = await bench.person([{ code: 'PRC-82CCC' }]);
      const talk = await atTheProof('PRC-82CCC');
      await talk.say('123');
      assert.match(textOf(await talk.say('quanto ci vuole?')), /da questa chat\?/);
      assert.match(textOf(await talk.say('no')), /non cambio niente/);
      assert.match(textOf(await talk.forge('case.here.prc-82ccc')), /non è più valida/);
      assert.equal((await bench.made(`${owner.id}-1`)).conversationId, owner.id);
    });

    it('and the chat it was made in is told, once, and may take it back', async () => {
      const parts = [{ code: 'PRC-82DDD' }, { code: 'PRC-82DDD', part: 2 }];
      const owner = await bench.person(parts);
      const talk = await followed('PRC-82DDD');
      const log = await bench.core.store.activities(owner.id, 0);
      const told = log
        .flatMap((one) => (one.from === 'bot' ? [one.reply.text] : []))
        .filter((text) => /altra chat/.test(text));
      assert.equal(told.length, 1);
      assert.match(told[0] ?? '', /PRC-82DDD ora si segue da un'altra chat[\s\S]*Comune di Porcari: 0583 211899/);
      assert.deepEqual(
        (await bench.core.store.caseEvents(`${owner.id}-1`)).map(({ type, by, data }) => [type, by, data]),
        [['followed_elsewhere', 'person', undefined]],
      );
      assert.deepEqual(await bench.mails(`${owner.id}-1`), [], 'no desk hears of it');
      assert.match(textOf(await owner.say('PRC-82DDD')), /da questa chat\?/);
      await owner.say('sì');
      const made = await bench.made(`${owner.id}-1`);
      assert.equal(made.conversationId, owner.id);
      assert.equal(made.life.madeIn, undefined);
      assert.ok(idsOf(await owner.say('a che punto è?')).includes('command.withdraw'));
      assert.match(textOf(await talk.say('a che punto è?')), /non trovo richieste/);
    });

    it('but is not taken back, changed, copied or erased from there', async () => {
      const owner = await bench.person([{ code: 'PRC-82EEE' }]);
      const before = await bench.made(`${owner.id}-1`);
      const talk = await followed('PRC-82EEE');
      assert.ok(!idsOf(await talk.say('a che punto è?')).includes('command.withdraw'));
      const first = /solo dalla chat in cui è nata[\s\S]*0583 211899/;
      assert.match(textOf(await talk.say('ritira la richiesta')), first);
      assert.match(textOf(await talk.forge('case.withdraw.prc-82eee.1')), first);
      assert.match(textOf(await talk.say('ho sbagliato numero')), first);
      assert.match(textOf(await talk.say('ho sbagliato numero, è 320 000 0199')), first);
      await talk.say('scarica i miei dati');
      const copy = textOf(await talk.tap('confirm.copy.yes'));
      assert.match(copy, /PRC-82EEE: è nata in un'altra chat/);
      assert.doesNotMatch(copy, /Prova D'Esempio|320 000 0123|bollette|segretariato/);
      await talk.say('cancella tutto');
      await talk.tap('confirm.erase.yes');
      const after = await bench.made(`${owner.id}-1`);
      assert.deepEqual([after.state, after.conversationId], ['delivered', owner.id]);
      assert.deepEqual(after.details, before.details);
    });

    it('and what they write next may answer what the desk wrote', async () => {
      const owner = await bench.person([{ code: 'PRC-82AAA' }]);
      await bench.act(`${owner.id}-1`, (work) => write(work, 'Prova', 'Porti la bolletta.'));
      const talk = await followed('PRC-82AAA');
      assert.match(textOf(await talk.say('la porto giovedì')), /Mando allo sportello: «la porto giovedì»/);
    });

    it('or the address', async () => {
      const contact = { kind: 'email', value: 'Prova@posta.example', shown: 'Prova@posta.example' } as const;
      await bench.person([{ code: 'PRC-83333', details: { contact } }]);
      assert.match(textOf(await (await atTheProof('PRC-83333')).say('pro')), /da questa chat\?/);
    });

    it('never where no number was left', async () => {
      await bench.person([{ code: 'PRC-84444', unreachable: true }]);
      assert.match(textOf(await (await atTheProof('PRC-84444')).say('123')), /non riesco ad aprirla/);
    });

    for (const [why, made] of Object.entries(GUARDED))
      it(`never where somebody near may be the danger (${why}); right and wrong sound and count the same`, async () => {
        const [right, wrong] = [code(), code()];
        const owner = await bench.person([{ ...made, code: right }]);
        await bench.person([{ code: wrong }]);
        for (const [named, proof] of [
          [right, '123'],
          [wrong, '999'],
        ] as const) {
          const talk = await atTheProof(named);
          assert.match(
            textOf(await talk.say(proof)),
            /^Da qui non riesco ad aprirla[\s\S]*Comune di Porcari: 0583 211899/,
          );
          await talk.say(proof);
          assert.match(textOf(await talk.say(proof)), /oggi non posso aprire[\s\S]*Comune di Porcari: 0583 211899/);
        }
        assert.equal((await bench.made(`${owner.id}-1`)).conversationId, owner.id);
      });

    it('nor where a danger at home became known between the proof and the yes', async () => {
      const owner = await bench.person([{ code: 'PRC-82FFF' }]);
      const talk = await atTheProof('PRC-82FFF');
      await talk.say('123');
      await owner.say('mio marito mi picchia');
      assert.match(textOf(await talk.tap('case.here.prc-82fff')), /oggi non posso aprire/);
      assert.equal((await bench.made(`${owner.id}-1`)).conversationId, owner.id);
    });

    it('asks again, and counts no try, where it is no proof at all', async () => {
      const owner = await bench.person([{ code: 'PRC-85555' }]);
      const talk = await atTheProof('PRC-85555');
      assert.match(textOf(await talk.say('non me lo ricordo')), /Mi bastano tre cifre/);
      assert.equal((await bench.made(`${owner.id}-1`)).life.wrongProofs, undefined);
    });

    it('is closed for a day after three wrong tries, from whichever conversation, to a right one too', async () => {
      const owner = await bench.person([{ code: 'PRC-86666' }]);
      const first = await atTheProof('PRC-86666');
      assert.match(textOf(await first.say('000')), /non riesco ad aprirla/);
      assert.match(textOf(await first.say('001')), /non riesco ad aprirla/);
      const second = await atTheProof('PRC-86666');
      const third = textOf(await second.say('002'));
      assert.match(third, /oggi non posso aprire/);
      const another = await atTheProof('PRC-86666');
      assert.equal(textOf(await another.say('123')), third, 'right and wrong sound the same');
      assert.match(textOf(await owner.say('PRC-86666')), /mandata martedì/, 'its own conversation still reads it');
      bench.later(24 * 60 + 1);
      assert.match(textOf(await (await atTheProof('PRC-86666')).say('123')), /da questa chat/);
    });

    it('stops where a danger is heard', async () => {
      await bench.person([{ code: 'PRC-87777' }]);
      const talk = await atTheProof('PRC-87777');
      assert.ok(reminded(await talk.say('voglio morire')));
      assert.doesNotMatch(textOf(await talk.say('123')), /da questa chat/);
    });

    it('can be left', async () => {
      await bench.person([{ code: 'PRC-88888' }]);
      const talk = await atTheProof('PRC-88888');
      assert.match(textOf(await talk.tap('case.leave')), /non cambio niente/);
      assert.doesNotMatch(textOf(await talk.say('123')), /da questa chat|non riesco ad aprirla/);
    });
  });

  it('that does not exist is said so; after five in an hour none is looked up', async () => {
    await bench.person([{ code: 'PRC-92222' }]);
    const talk = await bench.person();
    for (const code of ['PRC-93333', 'PRC-94444', 'PRC-95555', 'PRC-96666', 'PRC-97777'])
      assert.match(textOf(await talk.say(code)), new RegExp(`Non trovo una richiesta ${code}`));
    const stopped = await talk.say('PRC-92222');
    assert.match(textOf(stopped), /per ora mi fermo[\s\S]*0583/);
    bench.later(61);
    assert.match(textOf(await talk.say('PRC-92222')), /PRC-92222 c'è/);
  });

  it('that waits to be told is told with the next words, once', async () => {
    const talk = await bench.person([{ code: 'PRC-98888', details: SILENT }]);
    await bench.act(`${talk.id}-1`, (work) => {
      tellPerson(work, { key: 'case:told.taken' });
      return true;
    });
    const told = (replies: Reply[]): number => replies.filter(({ text }) => text.includes('Una buona notizia')).length;
    assert.equal(told(await talk.say('buongiorno')), 1);
    assert.equal(told(await talk.say('buongiorno')), 0);
    assert.deepEqual((await bench.made(`${talk.id}-1`)).life.waiting, []);
  });

  it('that waits to be told is not told to a cry', async () => {
    const talk = await bench.person([{ code: 'PRC-99999', details: SILENT }]);
    await bench.act(`${talk.id}-1`, (work) => {
      tellPerson(work, { key: 'case:told.taken' });
      return true;
    });
    assert.doesNotMatch(textOf(await talk.say('voglio morire')), /buona notizia/);
    assert.equal((await bench.made(`${talk.id}-1`)).life.waiting.length, 1);
  });
});
