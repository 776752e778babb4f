// Insults, tries and a place said first: met calmly, never as if they were somebody else's business, never before a danger.
// What is a need or a place in words is left to the tests of the decoder.
import assert from 'node:assert/strict';
import { idsOf, numbersShown, textOf } from './support/floor-talk.ts';
import { openBench } from './support/person.ts';
import type { Bench } from './support/person.ts';

const BOUNDARY = /senza offese/;
const OFF_TOPIC = /non è il mio campo/;

describe('words that are no need', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  it('insults meet a boundary and help; the third a pause, with the telephone', async () => {
    const talk = await bench.person([], { comune: 'porcari' });
    for (const insult of ['sei un idiota di merda', 'vaffanculo']) {
      const told = await talk.say(insult);
      assert.match(textOf(told), BOUNDARY, insult);
      assert.doesNotMatch(textOf(told), OFF_TOPIC, insult);
      assert.ok(idsOf(told).length > 1);
    }
    const pause = await talk.say('fai schifo non servi a niente');
    assert.match(textOf(pause), /Fermiamoci un momento/);
    assert.match(textOf(pause), /0583 211899/);
    assert.match(textOf(await talk.say('non riesco a pagare la bolletta')), /bollette/);
  });

  it('words of danger pass, whatever was said before', async () => {
    const talk = await bench.person([]);
    for (const insult of ['vaffanculo', 'vaffanculo', 'vaffanculo']) await talk.say(insult);
    assert.ok(numbersShown(await talk.say('vaffanculo, tanto mi ammazzo')));
  });

  it('what somebody else says, and a need told angrily, are no insults', async () => {
    const talk = await bench.person([]);
    for (const text of ['mi dice sempre che sono un idiota', 'fate schifo, mi staccano la luce'])
      assert.doesNotMatch(textOf(await talk.say(text)), BOUNDARY, text);
  });

  it('a try is not understood, it is no matter for the town hall', async () => {
    const talk = await bench.person([]);
    for (const text of ['asdf', 'test']) {
      const told = textOf(await talk.say(text));
      assert.doesNotMatch(told, OFF_TOPIC, text);
      assert.match(told, /capit/, text);
    }
  });

  it('a place said first is said back, with its comune', async () => {
    const first = async (text: string): Promise<string> => textOf(await (await bench.person([])).say(text));
    assert.match(await first('Abito a Marlia'), /^Marlia, comune di Capannori\./);
    assert.match(await first('sono di Altopascio'), /^Va bene: Altopascio\./);
  });
});
