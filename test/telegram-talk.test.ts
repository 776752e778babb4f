// What the talk says and guards on Telegram alone: who has what is written there, and what must not be passed on from a phone.
// How Telegram is told so is left to telegram.test.ts.
import assert from 'node:assert/strict';
import { textOf } from './support/floor-talk.ts';
import { openBench } from './support/person.ts';
import type { Bench } from './support/person.ts';

describe('on Telegram', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  it('the answer about privacy says that Telegram has it too; on the web that only the program has it', async () => {
    const there = await bench.person([], { channel: 'telegram' });
    assert.match(textOf(await there.say('chi legge quello che scrivo?')), /passa da Telegram.*sui suoi server/);
    const here = await bench.person();
    const told = textOf(await here.say('chi legge quello che scrivo?'));
    assert.match(told, /lo legge solo questo programma/);
    assert.doesNotMatch(told, /Telegram/);
  });
});
