// Of several that may send the same reply (its turn, a repeat of it, each process that pushes) one does.
// What a claim is, is left to bot/claims.ts; sending to messages.ts and push.ts.
import { randomUUID } from 'node:crypto';
import { Claims } from '../../bot/claims.ts';
import type { StoredActivity } from '../../bot/message.ts';
import type { Clock, Store } from '../../bot/ports.ts';
import { activityId } from '../../bot/to-activity.ts';

export interface ReplyClaims {
  /** True where that reply must still be sent, and nobody else has it in hand. */
  take(reply: StoredActivity): Promise<boolean>;
  /** All that were taken. Never rejects: claims end by themselves. */
  letGo(): Promise<void>;
}

export function claimReplies(store: Pick<Store, 'lease' | 'release' | 'isDue'>, clock: Clock): ReplyClaims {
  const claims = new Claims(store, clock, { kind: 'botframework.reply', holder: randomUUID() });
  return {
    async take(reply) {
      if ((await claims.take(activityId(reply))) === 'no') return false;
      // Asked under the claim: whoever had it until now may have sent it.
      return store.isDue(reply.conversationId, reply.seq, clock());
    },
    letGo: () => claims.letGoOfAll(),
  };
}
