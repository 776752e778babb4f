// A talk with the real conversation and store, for what a request becomes: its cases, their trail, the mails that wait.
// Nothing is delivered: the outbox is read as it was left. What is said is left to the transcripts.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../bot/config.ts';
import { createCore } from '../../bot/core.ts';
import { silentLog } from '../../bot/log.ts';
import type { Channel, Reply } from '../../bot/message.ts';
import type { Case, CaseEvent, OutboxMail } from '../../bot/ports.ts';

export interface RequestTalk {
  /** Each line a message, or the id of a button. Resolves with the last bubble. */
  say(...lines: string[]): Promise<Reply>;
  cases(): Promise<Case[]>;
  trail(): Promise<CaseEvent[]>;
  /** Mails of this talk's cases that wait, in the order they were left. */
  mails(): Promise<OutboxMail[]>;
}

export interface RequestTalks {
  begin(comune: string, channel?: Channel): Promise<RequestTalk>;
  close(): Promise<void>;
}

const FAR = 365 * 86_400_000;

export async function openRequestTalks(clock: () => Date): Promise<RequestTalks> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bussola-request-'));
  const core = await createCore(readConfig({ DATA_DIR: dataDir }), clock, silentLog, { announce: () => {} });
  await core.outbox.stop();
  await core.sweeper.stop();
  const { turn } = core;
  let count = 0;
  const left: OutboxMail[] = [];
  return {
    async begin(comune, channel = 'web') {
      count += 1;
      const base = { channel, conversationId: `${channel}:request-${count}`, comune };
      await turn({ ...base, messageId: 'start', kind: 'start', text: '' });
      let messages = 0;
      const cases = async (): Promise<Case[]> => (await core.store.load(base.conversationId))?.cases ?? [];
      return {
        cases,
        async say(...lines) {
          let last: Reply | undefined;
          for (const line of lines) {
            messages += 1;
            const tapped = /^[a-z_]+\.[a-z0-9_.-]+$/.test(line);
            const said = { ...base, messageId: `m${messages}`, kind: 'message' as const };
            const activities = await turn(tapped ? { ...said, text: '', choice: line } : { ...said, text: line });
            last = activities.flatMap((one) => (one.from === 'bot' ? [one.reply] : [])).at(-1) ?? last;
          }
          return last ?? assert.fail('nothing was answered');
        },
        async trail() {
          return (await Promise.all((await cases()).map(({ id }) => core.store.caseEvents(id)))).flat();
        },
        async mails() {
          left.push(...(await core.store.outbox.claim(new Date(clock().getTime() + FAR), 500, FAR)));
          const ids = (await cases()).map(({ id }) => id);
          return left.filter(({ caseId }) => ids.includes(caseId));
        },
      };
    },
    async close() {
      await core.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
