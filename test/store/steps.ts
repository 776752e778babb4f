// A step of a case outside a turn: kept whole or not at all, once, over the version it knows.
// Who comes first when several write is left to races.ts.
import assert from 'node:assert/strict';
import { aCase, aMail, aMessage, anEvent, aReply, aStep, aTurn, AT, after, kept } from '../store-samples.ts';
import { activitiesOf, trail } from './bench.ts';
import type { StoreBench } from './bench.ts';

export function describeSteps(on: StoreBench): void {
  describe('a step of a case', () => {
    beforeEach(() => on.store.commit(aTurn({ cases: [aCase()], events: [anEvent()] })));
    const taken = () => kept({ state: 'taken', dueAt: after(3600), life: { ...kept().life, takenBy: 'Esempi' } });

    it('is kept whole: case, trail, messages, mails and words to the person', async () => {
      const events = [
        anEvent({ type: 'taken', by: 'desk', at: after(5) }),
        anEvent({ type: 'desk_wrote', by: 'desk' }),
      ];
      const step = aStep({
        cases: [taken()],
        events,
        outbox: [aMail({ kind: 'person' })],
        tells: [{ conversationId: 'c1', reply: aReply('La sua richiesta è stata presa in carico') }],
        messages: [aMessage()],
        at: after(5),
      });
      assert.equal(await on.store.commitCase(step), 'committed');
      assert.deepEqual(await on.store.caseById('case-1'), { ...taken(), version: 2 });
      assert.deepEqual(await trail(on.store), ['requested person', 'desk_wrote desk', 'taken desk']);
      assert.deepEqual(await on.store.caseMessages('case-1'), [aMessage()]);
      assert.equal((await on.store.outbox.depth(AT)).pending, 1);
      const [told] = await on.store.activities('c1', 2);
      const reply = aReply('La sua richiesta è stata presa in carico');
      assert.deepEqual(told, { conversationId: 'c1', seq: 3, at: after(5), from: 'bot', reply });
    });

    it('leaves nothing where its case has changed since', async () => {
      const step = aStep({
        cases: [kept({ version: 7 })],
        events: [anEvent({ type: 'taken', by: 'desk' })],
        outbox: [aMail({ kind: 'note' })],
        tells: [{ conversationId: 'c1', reply: aReply('no') }],
        messages: [aMessage()],
        nonce: { value: 'once', until: after(60) },
      });
      assert.equal(await on.store.commitCase(step), 'conflict');
      assert.deepEqual(await on.store.caseById('case-1'), kept());
      assert.deepEqual(await trail(on.store), ['requested person']);
      assert.deepEqual(await on.store.caseMessages('case-1'), []);
      assert.equal((await on.store.outbox.depth(AT)).pending, 0);
      assert.equal((await on.store.activities('c1', 2)).length, 0);
      assert.equal(await on.store.commitCase({ ...step, cases: [kept()] }), 'committed');
    });

    it('is done once for each nonce, also when it comes many times at once', async () => {
      const nonce = { value: 'once', until: after(60) };
      const step = (): Promise<string> =>
        on.store.commitCase(aStep({ events: [anEvent({ type: 'reminded', by: 'bot' })], nonce }));
      const results = await Promise.all(Array.from({ length: 6 }, step));
      assert.deepEqual(results.toSorted(), ['committed', ...Array(5).fill('spent')]);
      assert.deepEqual(await trail(on.store), ['requested person', 'reminded bot']);
    });

    it('tells in order, on a pushed channel for delivery, and passes over a conversation that is gone', async () => {
      await on.store.commit(aTurn({ conversationId: 't1', channel: 'telegram', replies: [] }));
      const tells = ['one', 'two'].map((text) => ({ conversationId: 't1', reply: aReply(text) }));
      const step = aStep({ tells: [{ conversationId: 'gone', reply: aReply('nobody') }, ...tells], at: after(1) });
      assert.equal(await on.store.commitCase(step), 'committed');
      const log = await on.store.activities('t1', 1);
      assert.deepEqual(
        log.map((told) => [told.seq, told.from === 'bot' && told.reply.text]),
        [
          [2, 'one'],
          [3, 'two'],
        ],
      );
      assert.deepEqual(
        (await on.store.undelivered('telegram', after(1), 10)).map(({ seq }) => seq),
        [2],
      );
      assert.deepEqual(await on.store.activities('gone', 0), []);
    });

    it('does not refuse the turn under way to which it tells something', async () => {
      await on.store.commitCase(aStep({ tells: [{ conversationId: 'c1', reply: aReply('meanwhile') }] }));
      const turn = await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2' }));
      assert.deepEqual(
        activitiesOf(turn).map(({ seq }) => seq),
        [4, 5],
      );
    });

    it('may open a new part of the same code, and not one that is taken', async () => {
      const second = (id: string): ReturnType<typeof aCase> => aCase({ id, part: 2, deskId: 'lucca-ufficio-casa' });
      assert.equal(await on.store.commitCase(aStep({ cases: [kept(), second('case-2')] })), 'committed');
      const clash = aStep({ cases: [kept({ version: 2, state: 'taken' }), second('case-3')] });
      assert.equal(await on.store.commitCase(clash), 'conflict');
      assert.deepEqual(
        (await on.store.casesByCode('PRC-7F3K2')).map(({ id, part, state }) => [id, part, state]),
        [
          ['case-1', 1, 'requested'],
          ['case-2', 2, 'requested'],
        ],
      );
    });

    it('never makes a case anew over one that is there', async () => {
      assert.equal(await on.store.commitCase(aStep({ cases: [aCase({ code: 'PRC-22222' })] })), 'conflict');
    });

    it('writes a mail about no case', async () => {
      const mail = aMail({ id: 'alert', caseId: '', kind: 'alert' });
      await on.store.commitCase(aStep({ outbox: [mail] }));
      const [claimed] = await on.store.outbox.claim(AT, 1, 1000);
      assert.deepEqual([claimed?.id, claimed?.caseId, claimed?.kind], ['alert', '', 'alert']);
    });

    it('keeps what anybody may write in a message', async () => {
      await on.store.commitCase(
        aStep({ messages: [aMessage({ text: "sì\u0000 \ud800 '; drop table cases", by: '\u0000' })] }),
      );
      const [message] = await on.store.caseMessages('case-1');
      assert.deepEqual([message?.text, message?.by], ["sì \ufffd '; drop table cases", '']);
    });
  });
}
