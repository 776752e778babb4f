// What was composed for the person at a safe moment and goes late: it asks again whether it may.
// Which moments are safe is left to safe-moment.test.ts, moving and dropping to the tests of worker, store and Telegram.
import assert from 'node:assert/strict';
import { mayGo, mayTell } from '../bot/cases/late.ts';
import type { May } from '../bot/cases/late.ts';
import type { StoredActivity } from '../bot/message.ts';
import type { Case, CaseDetails, OutboxMail } from '../bot/ports.ts';
import { rome } from './support/clock-play.ts';
import { aCase, aReply } from './store-samples.ts';
import { makeMail } from './support/mail.ts';

const SATURDAY_NIGHT = rome('2026-11-28 02:30');
const SUNDAY = rome('2026-11-29 08:00');
const ADDRESS = 'fiordaliso@esempio.example';
const EMAIL: NonNullable<CaseDetails['contact']> = { kind: 'email', value: ADDRESS, shown: ADDRESS };
const NEVER_SATURDAY: NonNullable<CaseDetails['safe']> = {
  anyTime: false,
  copyByMail: true,
  rules: { neverDays: [6] },
};

function caseWith(details: Partial<CaseDetails>): Case {
  const made = aCase();
  return { ...made, details: { ...made.details, contact: EMAIL, safe: NEVER_SATURDAY, ...details } };
}

async function letter(
  made: Case | undefined,
  kind: OutboxMail['kind'] = 'person',
  now = SATURDAY_NIGHT,
  more: Partial<OutboxMail> = {},
): Promise<May> {
  const mail = makeMail('late');
  const to = [{ name: '', address: ADDRESS }];
  return await mayGo({ caseById: async () => made }, { ...mail, kind, mail: { ...mail.mail, to }, ...more }, now);
}

describe('a letter that goes late', () => {
  it('waits for the next moment that is safe', async () => {
    assert.deepEqual(await letter(caseWith({})), SUNDAY);
    assert.deepEqual(await letter(caseWith({}), 'copy'), SUNDAY);
    assert.equal(await letter(caseWith({}), 'person', SUNDAY), 'now');
  });

  it('never goes where it may no longer be written, or to an address they took back', async () => {
    assert.equal(
      await letter(caseWith({ safe: { anyTime: false, copyByMail: true, rules: { silent: true } } })),
      'never',
    );
    assert.equal(
      await letter(caseWith({ safe: { anyTime: false, copyByMail: true, rules: { noMail: true } } })),
      'never',
    );
    assert.equal(
      await letter(caseWith({ contact: { kind: 'email', value: 'a@b.example', shown: 'a@b.example' } })),
      'never',
    );
    assert.equal(await letter(undefined), 'never');
  });

  it('is dropped where what it says is no longer so: another time, agreed, called off, or somebody answered', async () => {
    const appointment = { start: SUNDAY.toISOString(), end: SUNDAY.toISOString(), how: 'office', sequence: 2 } as const;
    const now = async (
      holds: string,
      made: Partial<Case>,
      state: 'proposed' | 'confirmed' | 'cancelled',
    ): Promise<May> => {
      const whole = { ...caseWith({}), ...made };
      const life = { ...whole.life, appointment: { ...appointment, state, reminded: [] } };
      return await letter({ ...whole, life }, 'person', SUNDAY, { holds });
    };
    assert.equal(await now('proposed.2', {}, 'proposed'), 'now');
    assert.equal(await now('proposed.2', {}, 'confirmed'), 'never');
    assert.equal(await now('confirmed.1', {}, 'confirmed'), 'never');
    assert.equal(await now('confirmed.2', {}, 'cancelled'), 'never');
    assert.equal(await now('unanswered', { state: 'delivered' }, 'cancelled'), 'now');
    assert.equal(await now('unanswered', { state: 'taken' }, 'cancelled'), 'never');
  });

  it('to a desk goes at any hour', async () => {
    for (const kind of ['request', 'note', 'withdrawal', 'alert'] as const)
      assert.equal(await letter(caseWith({}), kind), 'now');
  });
});

describe('a message nobody asked for that goes late', () => {
  const COMMITTED = rome('2026-11-27 20:00');
  const told: StoredActivity = {
    conversationId: 'tg:1',
    seq: 7,
    at: COMMITTED,
    from: 'bot',
    reply: { ...aReply('Novità'), case: 'PRC-7F3K2', told: true },
  };
  const tell = async (log: StoredActivity[], activity = told): Promise<May> => {
    const made = caseWith({});
    const conversation = { id: 'tg:1', channel: 'telegram' as const, version: 1, state: {}, updatedAt: COMMITTED };
    const load = async (): Promise<{ conversation: typeof conversation; cases: Case[] }> => ({
      conversation,
      cases: [made],
    });
    return await mayTell({ load, activities: async () => log }, activity, SATURDAY_NIGHT);
  };
  const earlier: StoredActivity = {
    ...told,
    seq: 5,
    from: 'user',
    messageId: 'm',
    text: 'ciao',
    at: new Date(COMMITTED.getTime() - 1),
  };

  it('waits for the next moment that is safe', async () => {
    assert.deepEqual(await tell([earlier, told]), SUNDAY);
  });

  it('goes at once to who writes, or pressed start', async () => {
    assert.equal(await tell([{ ...earlier, at: COMMITTED }, told]), 'now');
    assert.equal(await tell([earlier, told, { ...earlier, seq: 8, at: SATURDAY_NIGHT }]), 'now');
    assert.equal(await tell([earlier, told, { ...told, seq: 8, reply: aReply('Buongiorno') }]), 'now');
    assert.deepEqual(await tell([earlier, told, { ...told, seq: 8 }]), SUNDAY);
  });

  it('that answers is never held back', async () => {
    assert.equal(await tell([earlier], { ...told, reply: aReply('Eccomi') }), 'now');
  });
});
