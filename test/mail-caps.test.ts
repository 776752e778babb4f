// How many mails one person can make their desk get: what they write beyond that is kept, and on the page.
// What each note says is left to mail-notes.test.ts.
import assert from 'node:assert/strict';
import { notesLeft } from '../bot/cases/note-cap.ts';
import { changeContact, writeToDesk } from '../bot/cases/person-steps.ts';
import type { Reply } from '../bot/message.ts';
import type { Case } from '../bot/ports.ts';
import { beginWork } from '../bot/cases/work.ts';
import { aCase, aStep } from './store-samples.ts';
import { testEnvironment } from './support/environment.ts';
import { textOf } from './support/floor-talk.ts';
import { openBench } from './support/person.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-24T09:00:00Z');

describe('requests of one conversation', () => {
  it('are five in a day: then whom to call, truthfully; the day after they may ask again', async () => {
    const bench = await openBench();
    try {
      const talk = await bench.person([{}]);
      const made = await bench.made(`${talk.id}-1`);
      const again = (): Promise<Reply[]> => talk.forge('result.request');
      const another = async (number: number): Promise<void> => {
        const more = {
          ...made,
          id: `${made.id}-${number}`,
          code: `PRC-2222${number}`,
          version: 0,
          requestedAt: bench.now(),
        };
        assert.equal(await bench.core.store.commitCase(aStep({ cases: [more], at: bench.now() })), 'committed');
      };
      for (let number = 2; number <= 5; number += 1) await another(number);
      await talk.say("non riesco a pagare l'affitto");
      await talk.forge('access.followed.first');
      assert.match(textOf(await again()), /cinque richieste[\s\S]*0583/);
      bench.later(25 * 60);
      assert.ok((await again()).at(-1)?.choices.some(({ id }) => id.startsWith('request.consent')));
    } finally {
      await bench.close();
    }
  });
});

describe('mails that a person can cause', () => {
  const env = testEnvironment();

  /** One message every so many minutes. Whether each made a mail, and the texts of those that did. */
  function write(count: number, every: number): { made: Case; mailed: boolean[]; texts: string[]; kept: number } {
    let made = aCase({ state: 'delivered' });
    let kept = 0;
    const mailed: boolean[] = [];
    const texts: string[] = [];
    for (let number = 0; number < count; number += 1) {
      const work = beginWork(env, made, new Date(START + number * every * MINUTE));
      assert.equal(writeToDesk(work, { text: `parole ${number}`, lang: 'it' }), true);
      made = work.made;
      kept += work.change.messages.length;
      mailed.push(work.change.outbox.length > 0);
      texts.push(...work.change.outbox.map(({ mail }) => mail.text));
    }
    return { made, mailed, texts, kept };
  }

  it('are six in an hour: the words of all are kept, the sixth mail says that the rest is on the page', () => {
    const { made, mailed, texts, kept } = write(10, 1);
    assert.deepEqual(mailed, [...Array<boolean>(6).fill(true), ...Array<boolean>(4).fill(false)]);
    assert.equal(kept, 10);
    assert.deepEqual(
      texts.map((text) => text.includes('nella pagina: per un po')),
      [false, false, false, false, false, true],
    );
    assert.equal(notesLeft(made, new Date(START + 30 * MINUTE)), 0);
    assert.equal(notesLeft(made, new Date(START + 61 * MINUTE)), 2);
  });

  it('are twenty in a day', () => {
    const { mailed } = write(30, 20);
    assert.equal(mailed.filter(Boolean).length, 20);
  });

  it('are as many where the contact is changed again and again', () => {
    const { made } = write(6, 1);
    const work = beginWork(env, made, new Date(START + 10 * MINUTE));
    assert.equal(changeContact(work, { kind: 'phone', value: '+393200000123', shown: '320 000 0123' }), true);
    assert.deepEqual([work.change.outbox, work.made.details.contact?.shown], [[], '320 000 0123']);
  });
});
