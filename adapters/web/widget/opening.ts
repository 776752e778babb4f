// Begins a conversation or takes the tab's own up again, and keeps its token fresh.
// What is done with the stream's address is left to connection.ts.
import type { Api } from './api.ts';
import { judgeCarry } from './carry.ts';
import type { Session } from './session.ts';

const REFRESH = 14 * 60_000;

export interface Opening {
  /** The stream's address, where the server offers one. */
  open(): Promise<string | undefined>;
  /** Asks for a new token when this one is half over. Direct Line gives none for one that has expired. */
  refreshIfDue(): Promise<void>;
  /** True where there was a conversation to forget. */
  forget(): boolean;
}

interface Parts {
  api: Api;
  data: Session;
  save(): void;
  renewed(token: string): void;
  /** What was to be carried over is not there: the tab's own talk is back. */
  kept(): void;
}

export function createOpening({ api, data, save, renewed, kept }: Parts): Opening {
  let refreshed = Date.now();
  const keep = (opened: { conversationId?: string; token?: string }): void => {
    if (opened.conversationId) data.conversationId = opened.conversationId;
    if (opened.token) data.token = opened.token;
    refreshed = Date.now();
    save();
    if (data.token !== undefined) renewed(data.token);
  };
  return {
    open: async () => {
      if (data.conversationId === undefined) {
        keep(await api.generate());
        const started = await api.start();
        const back = judgeCarry(data, started.carried);
        keep(back ? {} : started);
        if (!back) return started.streamUrl;
        kept();
      }
      const again = await api.resume();
      judgeCarry(data, true);
      keep(again);
      return again.streamUrl;
    },
    refreshIfDue: async () => {
      if (data.token !== undefined && Date.now() - refreshed > REFRESH) keep(await api.refresh());
    },
    forget: () => {
      const had = data.conversationId !== undefined;
      delete data.conversationId;
      delete data.token;
      delete data.watermark;
      save();
      return had;
    },
  };
}
