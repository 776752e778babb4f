// Rows that cannot be read: each costs itself alone.
// How such a row comes to be is left open.
import assert from 'node:assert/strict';
import type { Appointment, CaseLife } from '../../bot/ports.ts';
import { aCase, aMail, aReply, aTurn, AT } from '../store-samples.ts';
import type { StoreBench } from './bench.ts';

export function describeUnreadable(on: StoreBench): void {
  describe('a row that cannot be read', () => {
    it('costs the state, not the conversation or its cases', async () => {
      await on.store.commit(aTurn({ cases: [aCase(), aCase({ id: 'case-2', code: 'PRC-22222' })] }));
      await on.query(`update conversations set state = '{"broken'`);
      await on.query(`update cases set details = '{"needs": 3, "__proto__": []}' where id = 'case-1'`);
      await on.query(`update cases set comune = 'atlantide' where id = 'case-2'`);
      const loaded = await on.store.load('c1');
      assert.equal(loaded?.conversation.state, null);
      assert.equal(loaded.conversation.version, 1);
      assert.deepEqual(
        loaded.cases.map(({ code, details }) => [code, details.needs]),
        [['PRC-7F3K2', []]],
      );
      assert.equal((await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2' }))).result, 'committed');
    });

    it('costs of a life what is wrong in it, and nothing else', async () => {
      const at = AT.toISOString();
      const appointment: Appointment = {
        start: at,
        end: at,
        how: 'office',
        sequence: 1,
        state: 'confirmed',
        reminded: [],
      };
      const clock = { phase: 'confirmed 1', from: at, done: ['two_days'] };
      const waiting = [{ reply: aReply('Domani'), notBefore: at }];
      const checks = { from: at, asked: [7], answers: [] };
      const life: CaseLife = {
        ...aCase().life,
        linkEpoch: 3,
        since: at,
        appointment,
        clock,
        waiting,
        checks,
        takenBy: 'Anna',
      };
      await on.store.commit(aTurn({ cases: [aCase({ life })] }));
      const read = async (changes: object): Promise<object | undefined> => {
        const text = JSON.stringify({ ...life, ...changes }).replaceAll("'", "''");
        await on.query(`update cases set life = '${text}'`);
        return (await on.store.caseById('case-1'))?.life;
      };
      assert.deepEqual(await read({ later: 'kept' }), { ...life, later: 'kept' });
      for (const [name, wrong] of [
        ['appointment', [{}, null, 3, { ...appointment, start: 'domani' }, { ...appointment, reminded: undefined }]],
        ['clock', [{}, [], { ...clock, from: '' }, { ...clock, done: undefined }, { ...clock, lostAt: 'ieri' }]],
        ['checks', [{}, { ...checks, asked: ['x'] }, { ...checks, answers: [{}] }, { ...checks, from: 'mai' }]],
        ['since', ['mai', 5]],
      ] as const)
        for (const one of wrong) {
          const { [name]: _, ...rest } = life;
          assert.deepEqual(await read({ [name]: one }), rest, JSON.stringify(one));
        }
      for (const one of [
        {},
        null,
        { reply: {}, notBefore: at },
        { ...waiting[0], notBefore: '' },
        { ...waiting[0], announce: {} },
      ])
        assert.deepEqual(await read({ waiting: [one, ...waiting] }), life, JSON.stringify(one));
      assert.deepEqual(await read({ linkEpoch: '3', reminded: [1] }), { ...life, linkEpoch: 0 });
    });

    it('is left out of the log, and does not hold back what follows', async () => {
      await on.store.commit(aTurn({ channel: 'telegram', replies: [aReply('one'), aReply('two')] }));
      await on.query(`update activities set body = '{"kind": "text"}' where seq = 2`);
      assert.deepEqual(
        (await on.store.activities('c1', 0)).map(({ seq }) => seq),
        [1, 3],
      );
      assert.deepEqual(await on.store.undelivered('telegram', AT, 10), []);
      const next = await on.store.undelivered('telegram', AT, 10);
      assert.deepEqual(
        next.map(({ seq }) => seq),
        [3],
      );
    });

    it('is a dead mail, and the others go', async () => {
      await on.store.commit(aTurn({ cases: [aCase()], outbox: [aMail(), aMail({ id: 'mail-2', kind: 'copy' })] }));
      await on.query(`update outbox set mail = 'null' where id = 'mail-1'`);
      assert.deepEqual(
        (await on.store.outbox.claim(AT, 10, 60_000)).map(({ id }) => id),
        ['mail-2'],
      );
      assert.equal((await on.store.caseById('case-1'))?.state, 'undeliverable');
      assert.equal((await on.store.outbox.depth(AT)).dead, 1);
    });
  });
}
