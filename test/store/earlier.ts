// A database that an earlier release wrote: opened by this one, it keeps what it held and takes what is new.
// The changes themselves are left to adapters/store/migrations.ts.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { openStore } from '../../adapters/store/open.ts';
import { silentLog } from '../../bot/log.ts';
import { aCase, aMail, anEvent, aStep, aTurn, AT, after, kept } from '../store-samples.ts';
import type { Place, TestEngine } from './bench.ts';

/** As the third schema left it, without the indexes that nothing here stands on. */
const THIRD_SCHEMA = [
  `create table meta (key text primary key, value bigint not null)`,
  `insert into meta values ('schema', 3)`,
  `create table conversations (
    id text primary key, channel text not null, version bigint not null, seq bigint not null,
    state text not null, updated_at bigint not null)`,
  `create table handled (
    conversation_id text not null references conversations (id) on delete cascade, message_key text not null,
    first_seq bigint not null, last_seq bigint not null, primary key (conversation_id, message_key))`,
  `create table activities (
    conversation_id text not null references conversations (id) on delete cascade, seq bigint not null,
    at bigint not null, sender text not null, body text not null, due_at bigint, delivered_at bigint, error text,
    primary key (conversation_id, seq))`,
  `create table cases (
    id text primary key, code text unique, conversation_id text not null, channel text not null,
    comune text not null, desk_id text not null, state text not null, details text not null,
    created_at bigint not null, requested_at bigint, updated_at bigint not null)`,
  `create index cases_conversation on cases (conversation_id)`,
  `create index cases_draft on cases (updated_at) where state = 'draft'`,
  `create table case_events (
    id text primary key, case_id text not null, at bigint not null, type text not null, note text)`,
  `create index case_events_case on case_events (case_id)`,
  `create table outbox (
    id text primary key, case_id text not null, kind text not null, mail text not null, state text not null,
    attempts bigint not null, lease text, due_at bigint not null, created_at bigint not null, done_at bigint, error text)`,
  `create table unclear (
    id text primary key, day text not null, lang text not null, text text not null, why text not null,
    said text, corrected text)`,
  `create table pending_floors (person text primary key, hit text not null, expires_at bigint not null)`,
];

const at = AT.getTime();
const long = at - 61 * 86_400_000;
const details = JSON.stringify(aCase().details).replaceAll("'", "''");
/** As that release left what it had forgotten. */
const forgotten = JSON.stringify({ needs: [], answers: [], language: 'it', forWhom: 'self', preferred: [] });
const WRITTEN = [
  `insert into conversations values ('c1', 'web', 4, 9, '{"answers":[]}', ${at})`,
  `insert into cases values ('case-1', 'PRC-7F3K2', 'c1', 'web', 'porcari', 'porcari-segretariato', 'requested',
    '${details}', ${at}, ${at}, ${at})`,
  `insert into cases values ('draft', null, 'c1', 'web', 'porcari', 'porcari-segretariato', 'draft', '{}', ${at}, null, ${at})`,
  `insert into case_events values ('e1', 'case-1', ${at}, 'requested', null)`,
  `insert into case_events values ('e2', 'case-1', ${at + 1}, 'mail_failed', 'copy')`,
  `insert into outbox values ('mail-1', 'case-1', 'request', '${JSON.stringify(aMail().mail)}', 'pending', 0, null,
    ${at}, ${at}, null, null)`,
];

const OLD = [
  `insert into cases values ('forgotten', 'PRC-22222', '', 'web', 'porcari', 'porcari-segretariato', 'delivered',
    '${forgotten}', ${at}, ${at}, ${at})`,
  `insert into cases values ('emptied', 'PRC-33333', 'c1', 'web', 'porcari', 'porcari-segretariato', 'delivered',
    '${forgotten}', ${at}, ${at}, ${at})`,
  `insert into cases values ('old', 'PRC-44444', 'c1', 'web', 'porcari', 'porcari-segretariato', 'delivered',
    '${details}', ${long}, ${long}, ${long})`,
];

export function describeEarlier(engine: TestEngine): void {
  describe('a database of the third schema', () => {
    let place: Place;
    beforeEach(async () => {
      place = await engine.fresh();
      if (place.dataDir) mkdirSync(place.dataDir, { recursive: true });
      for (const statement of [...THIRD_SCHEMA, ...WRITTEN]) await engine.query(place, statement);
    });

    it('is read as it was, and its cases go on', async () => {
      const store = await openStore({ ...place, log: silentLog, now: AT });
      const loaded = await store.load('c1');
      assert.equal(loaded?.conversation.version, 4);
      assert.deepEqual(
        loaded.cases.find(({ id }) => id === 'case-1'),
        kept({ dueAt: AT }),
      );
      assert.deepEqual(
        loaded.cases.map(({ id, version, dueAt }) => [id, version, dueAt]),
        [
          ['case-1', 1, AT],
          ['draft', 1, null],
        ],
      );
      const failed = anEvent({ at: after(0.001), type: 'mail_failed', by: 'bot', data: { kind: 'copy' } });
      assert.deepEqual(await store.caseEvents('case-1'), [anEvent(), failed]);
      const [mail] = await store.outbox.claim(AT, 1, 1000);
      assert.equal(await store.outbox.sent(mail ?? assert.fail('no mail'), after(1)), true);
      assert.deepEqual(await store.casesByCode('PRC-7F3K2'), [kept({ state: 'delivered', version: 2, dueAt: AT })]);
      await store.close();
    });

    it('wakes nobody for what was forgotten, or is older than a request can be', async () => {
      for (const statement of OLD) await engine.query(place, statement);
      const store = await openStore({ ...place, log: silentLog, now: AT });
      const due = await store.dueCases(after(1), 10);
      assert.deepEqual(
        due.map(({ id }) => id),
        ['case-1'],
      );
      const left = await Promise.all(['forgotten', 'emptied', 'old'].map((id) => store.caseById(id)));
      assert.deepEqual(
        left.map((made) => [made?.id, made?.state, made?.dueAt]),
        [
          ['forgotten', 'delivered', null],
          ['emptied', 'delivered', null],
          ['old', 'expired', null],
        ],
      );
      assert.deepEqual(await store.caseEvents('old'), [{ caseId: 'old', at: AT, type: 'expired', by: 'bot' }]);
      assert.deepEqual(await store.caseEvents('forgotten'), []);
      await store.close();
    });

    it('takes several parts of one code, and no part twice', async () => {
      const store = await openStore({ ...place, log: silentLog, now: AT });
      const turn = aTurn({ expectedVersion: 4, cases: [aCase({ id: 'case-2', part: 2 })] });
      assert.equal((await store.commit(turn)).result, 'committed');
      assert.equal(await store.commitCase(aStep({ cases: [aCase({ id: 'case-3', part: 2 })] })), 'conflict');
      assert.equal((await store.casesByCode('PRC-7F3K2')).length, 2);
      await store.close();
    });
  });
}
