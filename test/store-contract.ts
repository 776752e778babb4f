// What every store must do, whatever is under it: run against SQLite and against PostgreSQL.
// Opening the engines and asking them directly are left to the two test files.
import assert from 'node:assert/strict';
import { openStore } from '../adapters/store/open.ts';
import { silentLog } from '../bot/log.ts';
import type { CommitResult, Store, TurnCommit } from '../bot/ports.ts';
import { describeSurvival } from './store-survival.ts';
import { aCase, aMail, after, kept, aPhrase, aReply, aTurn, AT } from './store-samples.ts';

export interface Place {
  dataDir?: string;
  databaseUrl?: string;
}

export interface TestEngine {
  name: string;
  /** An empty store's place, different at each call. */
  fresh(): Promise<Place>;
  /** Asks the database directly, past the store. */
  query(place: Place, statement: string): Promise<unknown[]>;
}

export function describeStore(engine: TestEngine): void {
  describe(`store on ${engine.name}`, () => {
    let place: Place;
    let store: Store;
    beforeEach(async () => {
      place = await engine.fresh();
      store = await openStore({ ...place, log: silentLog });
    });
    afterEach(() => store.close());
    const query = (statement: string): Promise<unknown[]> => engine.query(place, statement);

    describe('a turn', () => {
      it('is kept whole: state, both sides of the log, cases', async () => {
        const payload = { clientActivityID: 'x', deep: [1, { two: null }] };
        const said = { text: 'Ciao\u0000 \ud800 \u202e 👩‍👩‍👧', payload };
        const result = await store.commit(aTurn({ said, cases: [aCase()], state: { language: 'it' } }));
        assert.equal(result.result, 'committed');
        const log = await store.activities('c1', 0);
        assert.deepEqual(log, [
          { conversationId: 'c1', seq: 1, at: AT, from: 'user', messageId: 'm1', ...said },
          { conversationId: 'c1', seq: 2, at: AT, from: 'bot', reply: aReply('Buongiorno a Lei') },
        ]);
        assert.deepEqual(activitiesOf(result), log);
        const loaded = await store.load('c1');
        assert.deepEqual(loaded?.conversation, {
          id: 'c1',
          channel: 'web',
          version: 1,
          state: { language: 'it' },
          updatedAt: AT,
        });
        assert.deepEqual(loaded.cases, [kept()]);
        assert.deepEqual(await store.casesByCode('PRC-7F3K2'), [kept()]);
        assert.deepEqual(await store.casesByCode('PRC-00000'), []);
        assert.deepEqual(await store.caseById('case-1'), kept());
        assert.equal(await store.load('c2'), undefined);
      });

      it('answers a repeated message with the same replies, and writes nothing', async () => {
        const first = await store.commit(aTurn());
        await store.commit(aTurn({ expectedVersion: 1, messageId: 'm2' }));
        const again = await store.commit(aTurn({ expectedVersion: 2, replies: [aReply('something else')] }));
        assert.deepEqual(again, { result: 'duplicate', activities: activitiesOf(first) });
        assert.deepEqual(await store.seen('c1', 'm1'), activitiesOf(first));
        assert.equal(await store.seen('c1', 'm3'), undefined);
        assert.equal((await store.activities('c1', 0)).length, 4);
      });

      it('takes the same message once when it arrives many times at once', async () => {
        const results = await Promise.all(
          Array.from({ length: 8 }, (_, index) => store.commit(aTurn({ replies: [aReply(`try ${index}`)] }))),
        );
        assert.deepEqual(results.map(({ result }) => result).sort(), ['committed', ...Array(7).fill('duplicate')]);
        const log = await store.activities('c1', 0);
        for (const result of results) assert.deepEqual(activitiesOf(result), log);
      });

      it('is refused where another turn came first', async () => {
        await store.commit(aTurn());
        assert.deepEqual(await store.commit(aTurn({ messageId: 'm2' })), { result: 'conflict' });
        assert.deepEqual(await store.commit(aTurn({ messageId: 'm2', expectedVersion: 2 })), { result: 'conflict' });
        assert.equal((await store.commit(aTurn({ messageId: 'm2', expectedVersion: 1 }))).result, 'committed');
      });

      it('keeps every one of 50 turns that arrive at once', async () => {
        await Promise.all(Array.from({ length: 50 }, (_, index) => insist(store, { messageId: `m${index}` })));
        const loaded = await store.load('c1');
        assert.equal(loaded?.conversation.version, 50);
        const log = await store.activities('c1', 0);
        assert.deepEqual(
          log.map(({ seq }) => seq),
          Array.from({ length: 100 }, (_, index) => index + 1),
        );
        const said = log.flatMap((activity) => (activity.from === 'user' ? [activity.messageId] : []));
        assert.equal(new Set(said).size, 50);
        assert.deepEqual(loaded.conversation.state, said);
      });

      it('leaves nothing where one part of it fails', async () => {
        await store.commit(aTurn({ conversationId: 'c0', cases: [aCase({ id: 'case-0', conversationId: 'c0' })] }));
        const clash = aTurn({ cases: [aCase()], outbox: [aMail()], events: [requested('case-1')] });
        assert.deepEqual(await store.commit(clash), { result: 'conflict' });
        assert.equal(await store.load('c1'), undefined);
        assert.equal(await store.seen('c1', 'm1'), undefined);
        assert.deepEqual(await store.activities('c1', 0), []);
        assert.equal((await store.outbox.depth(AT)).pending, 0);
        assert.deepEqual(await query('select * from case_events'), []);
        const otherCode = { ...clash, cases: [aCase({ code: 'PRC-7F3K3' })] };
        assert.equal((await store.commit(otherCode)).result, 'committed');
      });

      it('changes a case only over the version it knows', async () => {
        await store.commit(aTurn({ cases: [aCase()] }));
        const stale = aTurn({ expectedVersion: 1, messageId: 'm2', cases: [aCase({ version: 0, deskId: 'another' })] });
        assert.deepEqual(await store.commit(stale), { result: 'conflict' });
        assert.deepEqual((await store.load('c1'))?.conversation.version, 1);
        assert.deepEqual(await store.caseById('case-1'), kept());
        const fresh = { ...stale, cases: [kept({ deskId: 'another' })] };
        assert.equal((await store.commit(fresh)).result, 'committed');
        assert.deepEqual(await store.caseById('case-1'), kept({ deskId: 'another', version: 2 }));
      });

      it('takes a case along to the conversation of who proves that it is theirs', async () => {
        await store.commit(aTurn({ conversationId: 'c0', cases: [aCase({ conversationId: 'c0' })] }));
        const mine = kept({ channel: 'telegram' });
        assert.equal((await store.commit(aTurn({ channel: 'telegram', cases: [mine] }))).result, 'committed');
        assert.deepEqual((await store.load('c1'))?.cases, [kept({ channel: 'telegram', version: 2 })]);
        assert.deepEqual((await store.load('c0'))?.cases, []);
      });

      it('forgets the log when asked, and counts on', async () => {
        await store.commit(aTurn());
        await store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', eraseLog: true }));
        assert.deepEqual(
          (await store.activities('c1', 0)).map(({ seq }) => seq),
          [3, 4],
        );
        assert.deepEqual(await store.seen('c1', 'm1'), []);
      });

      it('drops drafts and nothing but drafts', async () => {
        const draft = aCase({ id: 'draft', code: null, state: 'draft', requestedAt: null });
        await store.commit(aTurn({ cases: [draft, aCase()] }));
        await store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', dropCases: ['draft', 'case-1'] }));
        assert.deepEqual((await store.load('c1'))?.cases, [kept()]);
      });

      it('may be empty of words', async () => {
        const { said: _, ...silent } = aTurn({ messageId: 'start', replies: [] });
        assert.deepEqual(await store.commit(silent), { result: 'committed', activities: [] });
        assert.deepEqual(await store.commit(silent), { result: 'duplicate', activities: [] });
        const next = await store.commit(aTurn({ expectedVersion: 1 }));
        assert.deepEqual(
          activitiesOf(next).map(({ seq }) => seq),
          [1, 2],
        );
      });

      it('takes any message id that a client makes up', async () => {
        const messageId = '\u0000 "\\u0000" \ud800 \'; drop table cases; --';
        const first = await store.commit(aTurn({ messageId }));
        assert.equal(first.result, 'committed');
        assert.deepEqual(await store.seen('c1', messageId), activitiesOf(first));
        assert.equal(await store.seen('c1', '\u0000 "\\u0000"'), undefined);
      });
    });

    describe('the outbox', () => {
      const request = (): TurnCommit => aTurn({ cases: [aCase()], outbox: [aMail()], events: [requested('case-1')] });

      it('leases each mail to one worker at a time', async () => {
        const outbox = [1, 2, 3, 4, 5].map((number) => aMail({ id: `mail-${number}`, kind: 'copy' }));
        await store.commit(aTurn({ outbox }));
        const claims = await Promise.all([1, 2, 3].map(() => store.outbox.claim(AT, 2, 60_000)));
        const ids = claims.flat().map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        const rest = await store.outbox.claim(AT, 10, 60_000);
        assert.deepEqual(
          [...ids, ...rest.map(({ id }) => id)].sort(),
          outbox.map(({ id }) => id),
        );
        assert.deepEqual(await store.outbox.claim(after(59), 10, 60_000), []);
      });

      it('gives what the turn put in', async () => {
        await store.commit(request());
        const [claimed] = await store.outbox.claim(AT, 10, 60_000);
        const { lease, ...mail } = claimed ?? assert.fail('nothing was claimed');
        assert.ok(lease.length > 0);
        assert.deepEqual(mail, { ...aMail(), attempts: 0, queuedAt: AT });
      });

      it('lets a worker whose lease has passed to another record nothing', async () => {
        await store.commit(request());
        const slow = await claimOne(store, 0);
        const quick = await claimOne(store, 61);
        assert.notEqual(quick.lease, slow.lease);
        assert.equal(await store.outbox.sent(slow, after(62)), false);
        assert.equal(await store.outbox.retry(slow, after(62), 'late'), false);
        assert.equal(await store.outbox.dead(slow, after(62), 'late'), false);
        assert.equal((await store.caseById('case-1'))?.state, 'requested');
        assert.equal(await store.outbox.sent(quick, after(63)), true);
        assert.equal(await store.outbox.sent(quick, after(64)), false);
      });

      it('makes the case delivered when the request is sent, with its event, and forgets the mail', async () => {
        await store.commit(request());
        assert.equal(await store.outbox.sent(await claimOne(store, 0), after(5)), true);
        assert.equal((await store.caseById('case-1'))?.state, 'delivered');
        assert.deepEqual(await query('select type, at from case_events order by at'), [
          { type: 'requested', at: AT.getTime() },
          { type: 'delivered', at: after(5).getTime() },
        ]);
        assert.deepEqual(await query('select state, mail from outbox'), [{ state: 'sent', mail: '' }]);
      });

      it('refuses a turn that began before a delivery and is committed after it', async () => {
        await store.commit(request());
        await store.outbox.sent(await claimOne(store, 0), after(5));
        const late = aTurn({ expectedVersion: 1, messageId: 'm2', cases: [kept({ state: 'withdrawn' })] });
        assert.deepEqual(await store.commit(late), { result: 'conflict' });
        assert.equal((await store.caseById('case-1'))?.state, 'delivered');
        const again = { ...late, cases: [kept({ state: 'withdrawn', version: 2 })] };
        assert.equal((await store.commit(again)).result, 'committed');
      });

      it('tries again when told, and counts the tries', async () => {
        await store.commit(request());
        assert.equal(await store.outbox.retry(await claimOne(store, 0), after(300), '451 \u0000 later'), true);
        assert.deepEqual(await store.outbox.claim(after(299), 10, 60_000), []);
        assert.equal((await claimOne(store, 300)).attempts, 1);
      });

      it('makes the case undeliverable, and due at once, when it gives up', async () => {
        await store.commit(request());
        assert.equal(await store.outbox.dead(await claimOne(store, 0), after(5), '550'), true);
        assert.deepEqual(await store.caseById('case-1'), kept({ state: 'undeliverable', dueAt: after(5), version: 2 }));
        assert.deepEqual(await trail(store), ['requested person', 'undeliverable bot']);
        assert.deepEqual(await store.outbox.depth(after(9)), { pending: 0, dead: 1, oldestSeconds: 0 });
      });

      it('leaves the case alone when a copy cannot be delivered', async () => {
        await store.commit(aTurn({ cases: [aCase()], outbox: [aMail({ kind: 'copy' })] }));
        assert.equal(await store.outbox.dead(await claimOne(store, 0), after(5), '550'), true);
        assert.deepEqual(await store.caseById('case-1'), kept());
        assert.deepEqual(await store.caseEvents('case-1'), [
          { caseId: 'case-1', at: after(5), type: 'mail_failed', by: 'bot', data: { kind: 'copy' } },
        ]);
      });

      it('withdraws what was not sent, also from a worker that holds it', async () => {
        const copy = aMail({ id: 'mail-2', kind: 'copy' });
        await store.commit({ ...request(), outbox: [aMail(), copy] });
        const held = (await store.outbox.claim(AT, 1, 60_000))[0] ?? assert.fail('nothing was claimed');
        const farewell = aMail({ id: 'mail-3', kind: 'withdrawal' });
        const withdraw = { cases: [kept({ state: 'withdrawn' })], cancelMails: ['case-1'], outbox: [farewell] };
        await store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', ...withdraw }));
        assert.equal(await store.outbox.sent(held, after(1)), false);
        const left = await store.outbox.claim(after(100), 10, 60_000);
        assert.deepEqual(
          left.map(({ id }) => id),
          ['mail-3'],
        );
        assert.equal((await store.caseById('case-1'))?.state, 'withdrawn');
      });

      it('says how much waits and for how long', async () => {
        assert.deepEqual(await store.outbox.depth(AT), { pending: 0, dead: 0, oldestSeconds: 0 });
        await store.commit(request());
        assert.deepEqual(await store.outbox.depth(after(90)), { pending: 1, dead: 0, oldestSeconds: 90 });
      });
    });

    describe('pushed messages', () => {
      const say = async (conversationId: string, seconds: number, ...texts: string[]): Promise<void> => {
        const replies = texts.map((text) => aReply(text));
        const messageId = `m${seconds}`;
        await insist(store, { conversationId, messageId, channel: 'telegram', replies, at: after(seconds) });
      };
      const waiting = async (seconds: number, limit = 10): Promise<string[]> =>
        (await store.undelivered('telegram', after(seconds), limit)).map(
          ({ conversationId, seq }) => `${conversationId}:${seq}`,
        );

      it('wait oldest first, one of each conversation, in its order', async () => {
        await say('b', 0, 'one', 'two');
        await say('a', 1, 'three');
        await say('b', 2, 'four');
        assert.deepEqual(await waiting(5), ['b:2', 'a:2']);
        assert.deepEqual(await waiting(5, 1), ['b:2']);
        await store.delivered('b', 2, after(5));
        assert.deepEqual(await waiting(5), ['b:3', 'a:2']);
        await store.delivered('b', 3, after(5));
        await store.delivered('a', 2, after(5));
        assert.deepEqual(await waiting(5), ['b:5']);
      });

      it('hold back what follows until they are tried again, or given up', async () => {
        await say('a', 0, 'one', 'two');
        await store.undeliverable('a', 2, after(60), '429');
        assert.deepEqual(await waiting(59), []);
        assert.deepEqual(await waiting(60), ['a:2']);
        await store.undeliverable('a', 2, null, '403');
        assert.deepEqual(await waiting(60), ['a:3']);
        await store.delivered('a', 3, after(61));
        await store.undeliverable('a', 3, after(70), 'too late');
        assert.deepEqual(await waiting(99), []);
      });

      it('are none on the channels whose client fetches them', async () => {
        for (const channel of ['web', 'terminal', 'botframework'] as const) {
          await store.commit(aTurn({ conversationId: channel, channel }));
          assert.deepEqual(await store.undelivered(channel, after(9), 10), []);
        }
      });
    });

    describe('a row that cannot be read', () => {
      it('costs the state, not the conversation or its cases', async () => {
        await store.commit(aTurn({ cases: [aCase(), aCase({ id: 'case-2', code: 'PRC-22222' })] }));
        await query(`update conversations set state = '{"broken'`);
        await query(`update cases set details = '{"needs": 3, "__proto__": []}' where id = 'case-1'`);
        await query(`update cases set comune = 'atlantide' where id = 'case-2'`);
        const loaded = await store.load('c1');
        assert.equal(loaded?.conversation.state, null);
        assert.equal(loaded.conversation.version, 1);
        assert.deepEqual(
          loaded.cases.map(({ code, details }) => [code, details.needs]),
          [['PRC-7F3K2', []]],
        );
        assert.equal((await store.commit(aTurn({ expectedVersion: 1, messageId: 'm2' }))).result, 'committed');
      });

      it('is left out of the log, and does not hold back what follows', async () => {
        await store.commit(aTurn({ channel: 'telegram', replies: [aReply('one'), aReply('two')] }));
        await query(`update activities set body = '{"kind": "text"}' where seq = 2`);
        assert.deepEqual(
          (await store.activities('c1', 0)).map(({ seq }) => seq),
          [1, 3],
        );
        assert.deepEqual(await store.undelivered('telegram', AT, 10), []);
        const next = await store.undelivered('telegram', AT, 10);
        assert.deepEqual(
          next.map(({ seq }) => seq),
          [3],
        );
      });

      it('is a dead mail, and the others go', async () => {
        await store.commit(aTurn({ cases: [aCase()], outbox: [aMail(), aMail({ id: 'mail-2', kind: 'copy' })] }));
        await query(`update outbox set mail = 'null' where id = 'mail-1'`);
        assert.deepEqual(
          (await store.outbox.claim(AT, 10, 60_000)).map(({ id }) => id),
          ['mail-2'],
        );
        assert.equal((await store.caseById('case-1'))?.state, 'undeliverable');
        assert.equal((await store.outbox.depth(AT)).dead, 1);
      });
    });

    describe('the not-understood queue', () => {
      const corrected = aPhrase({
        id: 'phrase-2',
        day: '2026-11-23',
        why: 'corrected',
        said: 'rent',
        corrected: 'bills',
      });

      it('is written with the turn, and read by day', async () => {
        await store.commit(aTurn({ unclear: [aPhrase(), corrected] }));
        assert.deepEqual(await store.listUnclear(), [corrected, aPhrase()]);
      });

      it('holds what any person may write', async () => {
        await store.commit(aTurn({ unclear: [aPhrase({ text: "boh\u0000 \ud800 👩‍👩‍👧 '; drop table unclear; --" })] }));
        assert.deepEqual((await store.listUnclear())[0]?.text, "boh \ufffd 👩‍👩‍👧 '; drop table unclear; --");
      });

      it('takes nothing of a turn that came too late, or came twice', async () => {
        await store.commit(aTurn({ unclear: [aPhrase()] }));
        await store.commit(aTurn({ unclear: [corrected] }));
        await store.commit(aTurn({ messageId: 'm2', unclear: [corrected] }));
        assert.deepEqual(await store.listUnclear(), [aPhrase()]);
      });

      it('has no column that could tell whose a phrase was', async () => {
        await store.commit(aTurn({ unclear: [aPhrase()] }));
        const [row] = await query('select * from unclear');
        assert.deepEqual(row, { ...aPhrase() });
      });

      it('lets phrases be taken out', async () => {
        await store.commit(aTurn({ unclear: [aPhrase(), corrected] }));
        assert.equal(await store.dropUnclear([]), 0);
        assert.equal(await store.dropUnclear(['phrase-1', 'nobody']), 1);
        assert.deepEqual(await store.listUnclear(), [corrected]);
      });

      it('is not touched by an erasure, which cannot know which phrase was whose', async () => {
        await store.commit(aTurn({ unclear: [aPhrase()] }));
        await store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', eraseLog: true }));
        assert.deepEqual(await store.listUnclear(), [aPhrase()]);
      });

      it('forgets with the purge the phrases of that day and before', async () => {
        await store.commit(aTurn({ unclear: [aPhrase(), corrected] }));
        await store.purge(new Date('2026-11-22T23:59:59Z'));
        assert.equal((await store.listUnclear()).length, 2);
        await store.purge(new Date('2026-11-23T00:00:00Z'));
        assert.deepEqual(await store.listUnclear(), [aPhrase()]);
      });

      it('reads a need that is no longer known as none', async () => {
        await store.commit(aTurn({ unclear: [corrected] }));
        await query("update unclear set said = 'astrology'");
        assert.deepEqual(await store.listUnclear(), [{ ...corrected, said: null }]);
      });
    });

    describe('purge', () => {
      it('forgets idle conversations whole, and of their cases all but the code, the state and the desk', async () => {
        const draft = aCase({ id: 'draft', code: null, state: 'draft', requestedAt: null });
        await store.commit(aTurn({ cases: [aCase(), draft], outbox: [aMail()], events: [requested('case-1')] }));
        await store.outbox.sent(await claimOne(store, 0), AT);
        const closed = kept({ state: 'closed', version: 2 });
        await store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', cases: [closed] }));
        await store.commit(aTurn({ conversationId: 'c2', at: after(100) }));
        assert.equal(await store.purge(after(50)), 1);
        assert.equal(await store.load('c1'), undefined);
        assert.deepEqual(await store.activities('c1', 0), []);
        assert.equal(await store.seen('c1', 'm1'), undefined);
        const { code, state, deskId, conversationId, details } =
          (await store.caseById('case-1')) ?? assert.fail('the case is gone');
        assert.deepEqual([code, state, deskId, conversationId], ['PRC-7F3K2', 'closed', 'porcari-segretariato', '']);
        assert.deepEqual([details.name, details.answers, details.needs], [undefined, [], []]);
        assert.deepEqual(await query('select id from cases'), [{ id: 'case-1' }]);
        assert.deepEqual(await query('select id from outbox'), []);
        assert.deepEqual(await query('select conversation_id from handled'), [{ conversation_id: 'c2' }]);
        assert.equal((await store.load('c2'))?.conversation.version, 1);
        assert.equal((await store.commit(aTurn())).result, 'committed');
      });

      it('waits for a mail that is still on its way', async () => {
        await store.commit(aTurn({ cases: [aCase()], outbox: [aMail()] }));
        assert.equal(await store.purge(after(50)), 0);
        assert.equal((await store.outbox.claim(AT, 10, 60_000)).length, 1);
        assert.deepEqual((await store.load('c1'))?.cases, [kept()]);
      });

      it('takes more than one bite, and old drafts of living conversations', async () => {
        for (let number = 0; number < 205; number += 1) await store.commit(aTurn({ conversationId: `c${number}` }));
        const draft = aCase({ id: 'draft', code: null, state: 'draft', requestedAt: null });
        await store.commit(aTurn({ conversationId: 'c1', expectedVersion: 1, messageId: 'm2', cases: [draft] }));
        await store.commit(aTurn({ conversationId: 'c1', expectedVersion: 2, messageId: 'm3', at: after(100) }));
        assert.equal(await store.purge(after(50)), 204);
        assert.deepEqual((await store.load('c1'))?.cases, []);
      });
    });

    it('says whether it can be written', async () => {
      await store.check();
      await query('alter table meta rename to mislaid');
      await assert.rejects(store.check(), { code: 'store_unavailable' });
    });

    it('fails with one class of error when it is closed', async () => {
      await store.close();
      await assert.rejects(store.commit(aTurn()), { code: 'store_unavailable' });
      await assert.rejects(store.outbox.claim(AT, 1, 1000), { code: 'store_unavailable' });
      store = await openStore({ ...place, log: silentLog });
    });

    it('is what it was when it is opened again', async () => {
      await store.commit(aTurn());
      await store.close();
      store = await openStore({ ...place, log: silentLog });
      assert.equal((await store.activities('c1', 0)).length, 2);
    });

    it('is not opened by a release older than the one that wrote it', async () => {
      await query(`update meta set value = 999 where key = 'schema'`);
      await assert.rejects(openStore({ ...place, log: silentLog }), { code: 'store_unavailable', message: /999/ });
    });

    it('may be opened for the first time by several at once', async () => {
      const shared = await engine.fresh();
      const stores = await Promise.all([1, 2, 3].map(() => openStore({ ...shared, log: silentLog })));
      await stores[0]?.commit(aTurn());
      assert.equal((await stores[2]?.load('c1'))?.conversation.version, 1);
      await Promise.all(stores.map((opened) => opened.close()));
    });

    describeSurvival(engine);
  });
}

function requested(caseId: string): TurnCommit['events'][number] {
  return { caseId, at: AT, type: 'requested', by: 'person' };
}

async function trail(store: Store, caseId = 'case-1'): Promise<string[]> {
  return (await store.caseEvents(caseId)).map(({ type, by }) => `${type} ${by}`);
}

function activitiesOf(result: CommitResult): TurnActivities {
  return result.result === 'conflict' ? assert.fail('conflict') : result.activities;
}
type TurnActivities = Extract<CommitResult, { result: 'committed' }>['activities'];

/** As a turn does: load, make a new state out of the old one, commit, and again where another was first. */
async function insist(store: Store, changes: Partial<TurnCommit>): Promise<void> {
  const turn = aTurn(changes);
  for (;;) {
    const { version = 0, state } = (await store.load(turn.conversationId))?.conversation ?? {};
    const next = [...(Array.isArray(state) ? state : []), turn.messageId];
    if ((await store.commit({ ...turn, expectedVersion: version, state: next })).result !== 'conflict') return;
  }
}

async function claimOne(store: Store, seconds: number): Promise<Awaited<ReturnType<Store['outbox']['claim']>>[number]> {
  const claimed = await store.outbox.claim(after(seconds), 1, 60_000);
  return claimed[0] ?? assert.fail('nothing was claimed');
}
