// What is heard while something is asked about a request: commands before words for a desk, yes and no however they are said.
// What each answer does is left to case-person.test.ts.
import assert from 'node:assert/strict';
import { answerIn } from '../bot/cases/person/meaning.ts';
import { askForward, propose, take, write } from '../bot/cases/desk-steps.ts';
import { idsOf, textOf } from './support/floor-talk.ts';
import { A_TIME, openBench } from './support/person.ts';
import type { Bench, Person } from './support/person.ts';

describe('words about a request', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  /** Words that were read back and wait for a yes. */
  async function withDraft(): Promise<Person> {
    const talk = await bench.withCase();
    await talk.forge(`case.answer.${talk.ref}`);
    assert.match(textOf(await talk.say('porto mia sorella')), /«porto mia sorella»\. Va bene/);
    return talk;
  }

  describe('while words for a desk wait for a yes', () => {
    for (const words of ['a che punto è la mia richiesta?', "quand'è l'appuntamento?", 'nessuno mi ha chiamato'])
      it(`"${words}" is answered, and the words are read back again`, async () => {
        const talk = await withDraft();
        const text = textOf(await talk.say(words));
        assert.match(text, /mandata martedì[\s\S]*Mando allo sportello: «porto mia sorella»/);
        await talk.say('sì');
        assert.deepEqual(await bench.wrote(talk.case), ['porto mia sorella']);
      });

    for (const words of ['annulla', 'lasci stare', 'no grazie', 'indietro'])
      it(`"${words}" leaves them: nothing goes, and there is something to press and somebody to call`, async () => {
        const talk = await withDraft();
        const replies = await talk.say(words);
        assert.match(textOf(replies), /non mando niente[\s\S]*0583/);
        assert.ok(idsOf(replies).includes(`case.answer.${talk.ref}`));
        await talk.say('sì');
        assert.deepEqual(await bench.wrote(talk.case), []);
      });

    for (const words of ['vorrei disdire', 'annulla la richiesta'])
      it(`"${words}" asks whether to take the request back`, async () => {
        const talk = await withDraft();
        assert.match(textOf(await talk.say(words)), /Ritiro la richiesta/);
        await talk.say('sì');
        assert.equal(await bench.stateOf(talk.case), 'withdrawn');
        assert.deepEqual(await bench.wrote(talk.case), []);
      });

    it('a second text is joined to the first, and after two whom to call is said', async () => {
      const talk = await withDraft();
      assert.doesNotMatch(textOf(await talk.say('è mercoledì')), /0583/);
      assert.match(textOf(await talk.say('di mattina')), /«porto mia sorella\nè mercoledì\ndi mattina»[\s\S]*0583/);
      await talk.say('va benissimo, grazie mille');
      assert.deepEqual(await bench.wrote(talk.case), ['porto mia sorella\nè mercoledì\ndi mattina']);
    });

    it('a time that is proposed meanwhile is what a yes answers', async () => {
      const talk = await withDraft();
      await bench.act(talk.case, (work) => propose(work, 'Prova', A_TIME));
      await talk.say('ok');
      assert.equal(await bench.stateOf(talk.case), 'confirmed');
      assert.deepEqual(await bench.wrote(talk.case), []);
    });

    it('a word of the desk meanwhile: the old words never go by themselves', async () => {
      const talk = await withDraft();
      await bench.act(talk.case, (work) => write(work, 'Prova', 'Ha la bolletta?'));
      assert.match(textOf(await talk.say('ok')), /«ok»\. Va bene/);
      await talk.say('no');
      assert.deepEqual(await bench.wrote(talk.case), []);
    });

    it('other news meanwhile: the words are read back once more', async () => {
      const talk = await withDraft();
      await bench.act(talk.case, (work) => take(work, 'Prova'));
      assert.match(textOf(await talk.say('ok')), /«porto mia sorella»\. Va bene/);
      assert.deepEqual(await bench.wrote(talk.case), []);
      await talk.say('ok');
      assert.deepEqual(await bench.wrote(talk.case), ['porto mia sorella']);
    });
  });

  describe('yes and no', () => {
    for (const words of [
      'va benissimo grazie mille',
      '👍',
      '👍🏻👍🏻',
      'sii',
      'Sììì!',
      'ok i come',
      'certo',
      'perfetto',
      'ok vengo, grazie',
      "sì non c'è problema",
      'buongiorno, sì va bene',
    ])
      it(`"${words}" takes the time`, async () => {
        const talk = await bench.withTime();
        await talk.say(words);
        assert.equal(await bench.stateOf(talk.case), 'confirmed');
      });

    for (const words of ['sì ma dopo le 10', 'va bene però giovedì', 'ok, solo di mattina', 'sì, dopo le dieci'])
      it(`"${words}" is no yes: it goes to the desk as another time, once it is read back`, async () => {
        const talk = await bench.withTime();
        assert.match(textOf(await talk.say(words)), /quell'orario non va bene, e mando le Sue parole: «/);
        assert.equal(await bench.stateOf(talk.case), 'proposed');
        await talk.say('sì');
        assert.equal(await bench.stateOf(talk.case), 'moved');
        assert.deepEqual(await bench.wrote(talk.case), [words]);
      });

    it('a yes to passing a request on, however it is said; on a condition the desk reads it first', async () => {
      const talk = await bench.withCase();
      await bench.act(talk.case, (work) => askForward(work, 'Prova', 'altopascio-ufficio-sociale'));
      bench.later(5);
      assert.match(textOf(await talk.say('sì ma non il mio indirizzo')), /Mando allo sportello: «sì ma non il mio/);
      await talk.say('no');
      assert.equal(await bench.stateOf(talk.case), 'forward_asked');
      const other = await bench.withCase();
      await bench.act(other.case, (work) => askForward(work, 'Prova', 'altopascio-ufficio-sociale'));
      bench.later(5);
      await other.say('certo, va benissimo');
      assert.equal(await bench.stateOf(other.case), 'forwarded');
    });

    it('are read in a moment, however long the text', () => {
      const { words } = bench.core.env;
      assert.equal(answerIn(`${'sì si sì certo '.repeat(1000)}x`, words), undefined);
      assert.equal(answerIn('sì '.repeat(5000), words), 'yes');
    });

    for (const words of ['ok', 'va bene grazie', '👍'])
      it(`"${words}" opens nothing again where only that was on offer`, async () => {
        const talk = await bench.withCase({ state: 'closed' });
        await talk.say('a che punto è?');
        assert.match(textOf(await talk.say(words)), /Grazie a Lei/);
        assert.equal(await bench.stateOf(talk.case), 'closed');
      });

    for (const words of ['', '???', 'grazie', '🙂', 'sì giovedì mattina'])
      it(`"${words}" is neither`, () => {
        assert.equal(answerIn(words, bench.core.env.words), undefined);
      });
  });

  describe('of somebody who waits', () => {
    for (const words of [
      'a che punto sono le mie richieste?',
      'ho perso il codice',
      'non mi ricordo il codice',
      'ho un appuntamento ma non ricordo quando',
      'sto ancora aspettando',
      'ma non mi ha chiamato nessuno',
      'e ora che faccio',
    ])
      it(`"${words}": how it stands`, async () => {
        const talk = await bench.withCase();
        const replies = await talk.say(words);
        assert.match(textOf(replies), /Richiesta PRC-\S+, mandata martedì/);
        assert.ok(idsOf(replies).includes(`case.answer.${talk.ref}`));
      });

    it('"scrivo allo sportello" is what its button is, though none is on offer', async () => {
      const talk = await bench.withCase();
      assert.ok((await talk.say('scrivo allo sportello')).length > 0);
      const read = await talk.say('posso portare mia sorella');
      assert.match(textOf(read), /«posso portare mia sorella»/);
      assert.ok(idsOf(read).includes(`case.send.${talk.ref}`));
    });

    it('"voglio un appuntamento": no second request is begun', async () => {
      const talk = await bench.withCase();
      assert.match(textOf(await talk.say('voglio un appuntamento')), /c'è già/);
    });

    for (const words of ['ho chiamato, non risponde nessuno', 'ma non risponde mai nessuno'])
      it(`"${words}": another number, too`, async () => {
        const talk = await bench.withCase();
        const text = textOf(await talk.say(words));
        assert.match(text, /Mi dispiace[\s\S]*mandata martedì/);
        assert.ok(new Set(text.match(/0583 \d+/g)).size > 1, text);
      });

    it('a person to talk to: no second request is begun, unless it is for something else', async () => {
      const needs = [{ area: 'housing', need: 'rent', urgency: 'none' }] as const;
      const talk = await bench.withCase({ details: { needs: [...needs], forWhom: 'self' } });
      await talk.say('voglio parlare con una persona');
      const replies = await talk.tap('human.request');
      assert.match(textOf(replies), /c'è già: non serve farne un'altra[\s\S]*0583/);
      assert.deepEqual(idsOf(replies), [`case.answer.${talk.ref}`, 'result.request']);
      await talk.say('non riesco a pagare la bolletta della luce');
      assert.doesNotMatch(textOf(await talk.forge('human.request')), /c'è già/);
    });

    it('"sto ancora aspettando" without a request is no word about one', async () => {
      const talk = await bench.person();
      assert.doesNotMatch(textOf(await talk.say('sto ancora aspettando')), /non trovo richieste/);
    });

    for (const words of ["annulla quella del lavoro, l'altra no", 'annullate tutto'])
      it(`"${words}": which one is asked`, async () => {
        const talk = await bench.person([{}, {}]);
        assert.match(textOf(await talk.say(words)), /Quale richiesta ritiro/);
      });
  });
});
