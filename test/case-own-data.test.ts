// The person's own data: a copy of everything once they said yes, erasure that desks hear of, who reads what.
// That nothing stays in the files of the store is left to erasure.test.ts.
import assert from 'node:assert/strict';
import { take, write } from '../bot/cases/desk-steps.ts';
import { copyInWords } from '../bot/own-copy/words.ts';
import { testEnvironment } from './support/environment.ts';
import { idsOf, reminded, textOf } from './support/floor-talk.ts';
import { openBench } from './support/person.ts';
import type { Bench } from './support/person.ts';

describe('a copy of everything', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  for (const words of ['/scarica', 'scarica i miei dati', 'download my data', 'che cosa sapete di me?'])
    it(`is asked for with "${words}" and shown only after a yes`, async () => {
      const talk = await bench.person([{}]);
      const asked = await talk.say(words);
      assert.deepEqual(idsOf(asked), ['confirm.copy.yes', 'confirm.copy.no']);
      assert.doesNotMatch(textOf(asked), /320 000/);
      assert.doesNotMatch(textOf(await talk.tap('confirm.copy.no')), /320 000/);
      assert.doesNotMatch(textOf(await talk.forge('confirm.copy.yes')), /320 000/, 'an old yes is none');
    });

  it('holds what they wrote and when, the request, the messages, the trail, and what is not kept', async () => {
    const talk = await bench.person([
      {
        code: 'PRC-C2222',
        details: {
          name: 'Prova Esempio',
          note: { text: 'una riga mia', lang: 'it' },
          safe: { anyTime: false, wishes: 'mai il sabato', copyByMail: false, rules: { neverDays: [6] } },
          preferred: [{ start: '2026-11-26T08:00:00.000Z', end: '2026-11-26T11:00:00.000Z' }],
          thirdParty: { knows: 'yes', organization: 'Cooperativa Esempio' },
        },
      },
    ]);
    await talk.say('buongiorno a tutti');
    await bench.act(`${talk.id}-1`, (work) => take(work, 'Prova'));
    await bench.act(`${talk.id}-1`, (work) => write(work, 'Prova', 'Porti la bolletta.'));
    await talk.say('scarica i miei dati');
    const text = textOf(await talk.say('sì'));
    for (const part of [
      /24 novembre alle 10\.\d\d: buongiorno a tutti/,
      /RICHIESTA PRC-C2222, a: Sportello sociale/,
      /Nome: Prova Esempio/,
      /Recapito: 320 000 0123/,
      /Quando: giovedì 26 novembre/,
      /mai il sabato/,
      /Cooperativa Esempio/,
      /Due righe: una riga mia/,
      /lo sportello: Porti la bolletta\./,
      /lo sportello l'ha presa in carico/,
      /CHE COSA NON TENIAMO/,
    ])
      assert.match(text, part);
  });

  it('holds nothing of another conversation', async () => {
    await bench.person([{ code: 'PRC-C3333', details: { name: 'Altra Persona' } }]);
    const talk = await bench.person([]);
    await talk.say('scarica i miei dati');
    assert.doesNotMatch(textOf(await talk.say('sì')), /C3333|Altra/);
  });

  it('comes after a danger', async () => {
    const talk = await bench.person([{}]);
    await talk.say('scarica i miei dati');
    assert.ok(reminded(await talk.say('voglio morire')));
  });

  it('comes in bubbles that every channel carries, the newest where there is very much', () => {
    const said = Array.from({ length: 60 }, (_, index) => ({
      at: new Date('2026-11-24T09:00:00Z'),
      text: `${index} ${'parola '.repeat(150)}`,
    }));
    const view = { env: testEnvironment(), at: new Date('2026-11-24T09:00:00Z'), state: { language: 'it' } };
    const bubbles = copyInWords(view, { said: [...said, { at: view.at, text: 'x'.repeat(9000) }], cases: [] });
    assert.ok(bubbles.every((text) => text.length <= 3200));
    assert.match(bubbles[0] ?? '', /Ecco che cosa c'è[\s\S]*i messaggi più recenti/);
    assert.ok(bubbles.length <= 15);
    assert.match(bubbles.join('\n'), /xxxx/);
  });
});

describe('erasure with a request under way', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  it('withdraws it, asks the desk to erase, kills its links, and says what stays and why', async () => {
    const talk = await bench.person([
      { code: 'PRC-D2222' },
      { code: 'PRC-D2222', part: 2 },
      { code: 'PRC-D3333', state: 'closed' },
    ]);
    await bench.act(`${talk.id}-1`, (work) => write(work, 'Prova', 'Porti la bolletta.'));
    assert.match(textOf(await talk.say('cancella tutto')), /PRC-D2222\. La ritiro e dico allo sportello/);
    assert.match(textOf(await talk.say('sì')), /Che cosa resta\. Qui: il codice, le date/);
    for (const part of [1, 2, 3]) {
      const made = await bench.made(`${talk.id}-${part}`);
      assert.equal(made.state, part === 3 ? 'closed' : 'withdrawn');
      assert.deepEqual(Object.keys(made.details).toSorted(), ['answers', 'forWhom', 'language', 'needs', 'preferred']);
      assert.equal(made.life.linkEpoch, 1);
      assert.deepEqual(await bench.core.store.caseMessages(made.id), []);
      assert.match((await bench.mails(made.id)).join(), /withdrawal \[Bussola\] PRC-D\d+ cancellazione dei dati/);
    }
    await talk.say('cancella tutto');
    assert.doesNotMatch(textOf(await talk.say('sì')), /Che cosa resta/, 'nothing is left to erase');
    const again = await bench.mails(`${talk.id}-1`);
    assert.equal(again.length, 1, 'the desk is asked once');
  });

  it('of a contact that was only shown speaks of no mail: no desk has had one', async () => {
    const talk = await bench.person([{ code: 'PRC-D4444', state: 'advised' }]);
    await talk.say('cancella tutto');
    const said = textOf(await talk.say('sì'));
    assert.match(said, /ho cancellato/);
    assert.doesNotMatch(said, /Che cosa resta/);
    assert.deepEqual(await bench.mails(`${talk.id}-1`), []);
  });

  it('says who reads what', async () => {
    const talk = await bench.person();
    const text = textOf(await talk.say('chi legge i miei dati?'));
    assert.match(text, /lo legge solo questo programma[\s\S]*pagina sua[\s\S]*messaggi[\s\S]*statistiche/);
  });
});

describe('two fears', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  it('being reported: the law with its date, the desk for permits, no question about it, then the need', async () => {
    const talk = await bench.person([], { comune: 'lucca' });
    const replies = await talk.say('non ho il permesso, se vengo mi denunciate?');
    assert.match(textOf(replies), /286 del 1998, articolo 35[\s\S]*articolo 6[\s\S]*novembre 2026[\s\S]*0583 442042/);
    assert.ok(idsOf(replies).includes('triage.areas.housing'), 'goes on with the need');
  });

  it('being reported: never goes into a mail, not even in their own words', async () => {
    const talk = await bench.person();
    const replies = await talk.say("non ho il permesso di soggiorno e non riesco a pagare l'affitto, mi denunciate?");
    assert.match(textOf(replies), /articolo 35[\s\S]*affitto/);
    await talk.forge('access.followed.first');
    await talk.tap('result.request');
    await talk.tap('request.consent.yes');
    await talk.say('Ada');
    const asked = await talk.say('320 000 0123');
    assert.doesNotMatch(textOf(asked), /permesso/);
    const kept = await bench.core.store.load(talk.id);
    assert.doesNotMatch(JSON.stringify(kept?.conversation.state), /permesso/);
    assert.doesNotMatch(JSON.stringify(kept?.cases), /permesso|integration/);
  });

  it('losing the children: what the law says, no false promise, then the need', async () => {
    const talk = await bench.person();
    const replies = await talk.say('se chiedo aiuto mi portano via i figli?');
    assert.match(textOf(replies), /legge 184 del 1983, articolo 1[\s\S]*decide un giudice/);
    assert.doesNotMatch(textOf(replies), /assolutamente|mai nessuno/i);
    assert.ok(idsOf(replies).includes('triage.areas.housing'));
    const heard = await talk.say("non riesco a pagare l'affitto");
    assert.match(textOf(heard), /affitto/);
  });

  it('in the middle of a request: answered, and the question is asked again', async () => {
    const talk = await bench.person();
    await talk.say("non riesco a pagare l'affitto");
    await talk.forge('access.followed.first');
    await talk.tap('result.request');
    await talk.tap('request.consent.yes');
    const text = textOf(await talk.say('ma poi mi tolgono i figli?'));
    assert.match(text, /184 del 1983[\s\S]*Come vuole che La chiamino/);
  });

  it('in English and Romanian too', async () => {
    const english = await bench.person([], { language: 'en' });
    assert.match(textOf(await english.say('I do not have a permit, will you report me?')), /article 35/);
    const romanian = await bench.person([], { language: 'ro' });
    assert.match(textOf(await romanian.say('dacă cer ajutor îmi iau copiii?')), /legea 184 din 1983/);
  });
});
