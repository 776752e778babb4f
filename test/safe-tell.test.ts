// What the person is told by itself: whole or neutral, now or at a safe moment, by mail or not; and by nobody else than tell.ts.
// When a moment is safe is left to safe-moment.test.ts.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { NEVER, tellPerson, tellWaiting } from '../bot/cases/tell.ts';
import type { Told } from '../bot/cases/tell.ts';
import { newLife } from '../bot/cases/life.ts';
import type { Case, CaseDetails } from '../bot/cases/types.ts';
import { beginWork } from '../bot/cases/work.ts';
import type { CaseWork } from '../bot/cases/work.ts';
import { readRomeTime } from '../bot/clock.ts';
import { testEnvironment } from './support/environment.ts';

const env = testEnvironment();
const NEWS: Told = { key: 'case:told.taken', letter: 'news' };
const TUESDAY = '2026-11-24T10:00';
const NIGHT = '2026-11-24T23:00';
const MAIL: CaseDetails['contact'] = {
  kind: 'email',
  value: 'fiordaliso@esempio.example',
  shown: 'fiordaliso@esempio.example',
};

function at(text: string): Date {
  return readRomeTime(text) ?? assert.fail(text);
}

function caseOf(details: Partial<CaseDetails> = {}, channel: Case['channel'] = 'web'): Case {
  return {
    id: 'a0000000-0000-4000-8000-000000000001',
    code: 'PRC-7F3K2',
    part: 1,
    conversationId: `${channel}:one`,
    channel,
    comune: 'porcari',
    deskId: 'porcari-segretariato',
    state: 'delivered',
    details: {
      needs: [{ area: 'economic', need: 'bills', urgency: 'none' }],
      answers: [],
      language: 'it',
      forWhom: 'self',
      preferred: [],
      ...details,
    },
    life: newLife(),
    version: 1,
    createdAt: at(TUESDAY),
    requestedAt: at(TUESDAY),
    dueAt: null,
  };
}

function told(made: Case, when = TUESDAY, what = NEWS): CaseWork {
  const work = beginWork(env, made, at(when));
  tellPerson(work, what);
  return work;
}

const texts = ({ change }: CaseWork): string[] => change.tells.map(({ reply }) => reply.text);
const WHOLE = env.words.say('it')('case:told.taken', { code: 'PRC-7F3K2' });
const NEUTRAL = env.words.say('it')('safe:news', { code: 'PRC-7F3K2' });

describe('telling the person', () => {
  it('says it whole and at once where nothing stands against it', () => {
    const work = told(caseOf());
    assert.deepEqual(texts(work), [WHOLE]);
    assert.deepEqual(work.made.life.waiting, []);
  });

  it('waits for the morning at night, and comes then', () => {
    const work = told(caseOf(), NIGHT);
    assert.deepEqual(texts(work), []);
    assert.equal(work.made.life.waiting[0]?.notBefore, at('2026-11-25T08:00').toISOString());
    const morning = beginWork(env, work.made, at('2026-11-25T08:00'));
    tellWaiting(morning);
    assert.deepEqual(texts(morning), [WHOLE]);
    assert.deepEqual(morning.made.life.waiting, []);
  });

  it('of several that wait tells none at a moment that is not safe any more', () => {
    const late = told(caseOf(), NIGHT);
    const night = beginWork(env, late.made, at('2026-11-25T23:00'));
    tellPerson(night, NEWS);
    assert.deepEqual(texts(night), []);
    assert.deepEqual(
      night.made.life.waiting.map(({ notBefore }) => notBefore),
      Array.from({ length: 2 }, () => at('2026-11-26T08:00').toISOString()),
    );
  });

  it('says at once what answers the person’s own message', () => {
    const silent = caseOf({ safe: { anyTime: false, copyByMail: false, rules: { silent: true } } });
    assert.deepEqual(texts(told(silent, NIGHT, { key: NEWS.key, answers: true })), [WHOLE]);
  });

  const neutral: [string, Case][] = [
    ['violence', caseOf({ needs: [{ area: 'relational', need: 'violence', urgency: 'urgent' }] })],
    ['addiction', caseOf({ needs: [{ area: 'relational', need: 'addiction', urgency: 'none' }] })],
    ['mental health', caseOf({ needs: [{ area: 'health', need: 'mental_health', urgency: 'none' }] })],
    ['rules', caseOf({ safe: { anyTime: false, copyByMail: true, rules: { neverDays: [6] } } })],
    ['a channel that pushes', caseOf({}, 'telegram')],
  ];
  for (const [why, made] of neutral)
    it(`shows only that there is news for ${why}; the rest waits until they ask`, () => {
      const work = told(made);
      assert.deepEqual(texts(work), [NEUTRAL]);
      assert.deepEqual(
        work.change.tells[0]?.reply.choices.map(({ id }) => id),
        ['case.news.prc-7f3k2.1'],
      );
      assert.deepEqual(
        work.made.life.waiting.map(({ reply, notBefore }) => [reply.text, notBefore]),
        [[WHOLE, NEVER]],
      );
    });

  it('announces several things that waited once, and keeps them all', () => {
    const made = caseOf({ safe: { anyTime: false, copyByMail: true, rules: { neverDays: [2] } } });
    const work = told(made);
    tellPerson(work, NEWS);
    assert.deepEqual(texts(work), []);
    const day = beginWork(env, work.made, at('2026-11-25T08:00'));
    tellWaiting(day);
    assert.deepEqual(texts(day), [NEUTRAL]);
    assert.deepEqual(
      day.made.life.waiting.map(({ notBefore }) => notBefore),
      [NEVER, NEVER],
    );
    tellWaiting(day);
    assert.equal(day.change.tells.length, 1);
  });

  it('sends nothing by itself where it was asked to be silent: only their own writing brings it', () => {
    const work = told(caseOf({ contact: MAIL, safe: { anyTime: false, copyByMail: false, rules: { silent: true } } }));
    assert.deepEqual([texts(work), work.change.outbox], [[], []]);
    assert.deepEqual(
      work.made.life.waiting.map(({ notBefore }) => notBefore),
      [NEVER],
    );
  });

  it('writes a letter at the same safe moment, and none against a wish', () => {
    const [now] = told(caseOf({ contact: MAIL })).change.outbox;
    assert.ok(now && now.notBefore === undefined);
    const [later] = told(caseOf({ contact: MAIL }), NIGHT).change.outbox;
    assert.equal(later?.notBefore?.toISOString(), at('2026-11-25T08:00').toISOString());
    const noMail = caseOf({ contact: MAIL, safe: { anyTime: false, copyByMail: false, rules: { noMail: true } } });
    assert.deepEqual(told(noMail).change.outbox, []);
    const violence = caseOf({ contact: MAIL, needs: [{ area: 'relational', need: 'violence', urgency: 'none' }] });
    assert.deepEqual(told(violence).change.outbox, []);
  });
});

describe('only tell.ts', () => {
  const root = new URL('../', import.meta.url);
  const sources = ['bot', 'adapters'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(new URL(`${folder}/${name}`, root), 'utf8') })),
  );
  // change.ts makes the empty list, apply.ts hands on what a step of this turn told; nobody else may put anything in.
  const writes = /\btells\s*(?:\.(?:push|unshift|splice)\b|\s=[^=>])|\btells:\s*\[(?!\])/;

  it('puts anything into what a case tells a person', () => {
    const found = sources.filter(({ text }) => writes.test(text)).map(({ name }) => name);
    assert.deepEqual(found.toSorted(), ['bot/cases/apply.ts', 'bot/cases/tell.ts']);
  });

  it('and the letters write mail to a person, which ask for a safe moment too', () => {
    const found = sources.filter(({ text }) => /kind: 'person',\n\s+mail/.test(text));
    assert.deepEqual(
      found.map(({ name }) => name),
      ['bot/mail/letters.ts'],
    );
    assert.match(found[0]?.text ?? '', /safeMoment\(.*[\s\S]*notBefore: moment/);
  });
});
