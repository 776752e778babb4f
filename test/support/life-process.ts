// A process that serves talks and desks over its parent's channel, at a clock the parent sets, until it is killed.
// What is asked of it, and when it dies, is left to the test that starts it.
import { readConfig } from '../../bot/config.ts';
import { createCore } from '../../bot/core.ts';
import { silentLog } from '../../bot/log.ts';
import { deskAct } from './desk-acts.ts';
import { LIFE_SPEED } from './life-client.ts';
import type { LifeOrder } from './life-client.ts';

const started = Date.now();
const from = Number(process.env['LIFE_CLOCK']);
const clock = (): Date => new Date(from + (Date.now() - started) * LIFE_SPEED);

const core = await createCore(readConfig(process.env), clock, silentLog, { announce: () => {} });

async function obey(order: LifeOrder): Promise<unknown> {
  if (order.kind === 'turn') return core.turn(order.incoming);
  const made = (await core.store.casesByCode(order.code)).find(({ part }) => part === order.part);
  return made ? deskAct(core, made, order.line, order.nonce) : 'gone';
}

process.on('message', (message: { id: number; order: LifeOrder }) => {
  const answer = (result: unknown, error?: string): void =>
    void (process.connected && process.send?.({ id: message.id, result, error, now: clock().getTime() }));
  obey(message.order).then(
    (result) => answer(result ?? null),
    (error: unknown) => answer(null, String(error)),
  );
});
process.on('disconnect', () => process.exit(9));
setInterval(() => {
  core.sweeper.wake();
  core.outbox.wake();
}, 40);
process.send?.({ ready: true });
