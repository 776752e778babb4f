// Announces inside this process that a conversation has something new, so that open streams wake at once.
// What is new is read from the store; other replicas are found by the streams' own polling.
import type { Feed } from '../../bot/ports.ts';

export function createFeed(): Feed {
  const listeners = new Map<string, Set<() => void>>();
  return {
    announce: (conversationId) => listeners.get(conversationId)?.forEach((wake) => wake()),
    listen(conversationId, wake) {
      const woken = listeners.get(conversationId) ?? new Set();
      listeners.set(conversationId, woken.add(wake));
      return () => {
        woken.delete(wake);
        if (woken.size === 0 && listeners.get(conversationId) === woken) listeners.delete(conversationId);
      };
    },
  };
}
