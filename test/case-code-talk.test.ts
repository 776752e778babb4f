// A code typed anywhere: the truth to its own conversation, a neutral word to any other, and the proof that opens it there.
// How codes are found in a text is left to case-codes.test.ts.
import assert from 'node:assert/strict';
import { tellPerson } from '../bot/cases/tell.ts';
import { propose, take, write } from '../bot/cases/desk-steps.ts';
import type { Reply } from '../bot/message.ts';
import type { CaseDetails } from '../bot/ports.ts';
import { idsOf, reminded, textOf } from './support/floor-talk.ts';
import type { FloorTalk } from './support/floor-talk.ts';
import { openBench } from './support/person.ts';
import type { Bench } from './support/person.ts';

const VIOLENCE: Partial<CaseDetails> = { needs: [{ area: 'relational', need: 'violence', urgency: 'urgent' }] };
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

  describe('of another conversation', () => {
    it('shows state and day, and the desk where its name tells nothing', async () => {
      const owner = await bench.person([{ code: 'PRC-76666' }]);
      await bench.act(`${owner.id}-1`, (work) => take(work, 'Prova'));
      const text = textOf(await (await bench.person()).say('prc-76666'));
      assert.match(text, /PRC-76666 c'è\. È di martedì 24 novembre\.\nÈ stata presa in carico martedì 24 novembre/);
      assert.match(text, /Comune di Porcari: 0583 211899/);
      assert.doesNotMatch(text, /Prova|bollette/);
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

    it('says of a request after violence only that it is there, and a number', async () => {
      await bench.person([{ code: 'PRC-79999', state: 'taken', details: VIOLENCE }]);
      const text = textOf(await (await bench.person()).say('prc-79999'));
      assert.match(text, /^La richiesta PRC-79999 c'è\. Per sapere di più, chiami: 0583 211899/);
      assert.doesNotMatch(text, /presa|Porcari|novembre/);
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
    it('moves the request there, with what the desk wrote and what waited', async () => {
      const owner = await bench.person([{ code: 'PRC-82222' }]);
      await bench.act(`${owner.id}-1`, (work) => write(work, 'Prova', 'Porti la bolletta.'));
      const talk = await atTheProof('PRC-82222');
      const text = textOf(await talk.say('finisce con 123'));
      assert.match(text, /si segue qui[\s\S]*«Porti la bolletta\.»[\s\S]*presa in carico/);
      const made = await bench.made(`${owner.id}-1`);
      assert.equal(made.conversationId, talk.id);
      assert.deepEqual(made.life.waiting, []);
      assert.match(textOf(await owner.say('a che punto è?')), /non trovo richieste/);
      assert.match(textOf(await talk.say('a che punto è?')), /presa in carico/);
    });

    it('and what they write next may answer what the desk wrote', async () => {
      const owner = await bench.person([{ code: 'PRC-82AAA' }]);
      await bench.act(`${owner.id}-1`, (work) => write(work, 'Prova', 'Porti la bolletta.'));
      const talk = await atTheProof('PRC-82AAA');
      await talk.say('123');
      assert.match(textOf(await talk.say('la porto giovedì')), /Mando allo sportello: «la porto giovedì»/);
    });

    it('or the address', async () => {
      const contact = { kind: 'email', value: 'Prova@posta.example', shown: 'Prova@posta.example' } as const;
      await bench.person([{ code: 'PRC-83333', details: { contact } }]);
      assert.match(textOf(await (await atTheProof('PRC-83333')).say('pro')), /si segue qui/);
    });

    it('never where no number was left', async () => {
      await bench.person([{ code: 'PRC-84444', unreachable: true }]);
      assert.match(textOf(await (await atTheProof('PRC-84444')).say('123')), /Non corrisponde/);
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
      assert.match(textOf(await first.say('000')), /Non corrisponde/);
      assert.match(textOf(await first.say('001')), /Non corrisponde/);
      const second = await atTheProof('PRC-86666');
      const third = textOf(await second.say('002'));
      assert.match(third, /oggi non posso aprire/);
      const another = await atTheProof('PRC-86666');
      assert.equal(textOf(await another.say('123')), third, 'right and wrong sound the same');
      assert.match(textOf(await owner.say('PRC-86666')), /mandata martedì/, 'its own conversation still reads it');
      bench.later(24 * 60 + 1);
      assert.match(textOf(await (await atTheProof('PRC-86666')).say('123')), /si segue qui/);
    });

    it('stops where a danger is heard', async () => {
      await bench.person([{ code: 'PRC-87777' }]);
      const talk = await atTheProof('PRC-87777');
      assert.ok(reminded(await talk.say('voglio morire')));
      assert.doesNotMatch(textOf(await talk.say('123')), /si segue qui/);
    });

    it('can be left', async () => {
      await bench.person([{ code: 'PRC-88888' }]);
      const talk = await atTheProof('PRC-88888');
      assert.match(textOf(await talk.tap('case.leave')), /non cambio niente/);
      assert.doesNotMatch(textOf(await talk.say('123')), /si segue qui|Non corrisponde/);
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
