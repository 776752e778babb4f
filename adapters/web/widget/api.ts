// The calls of Direct Line 3.0 the chat makes, each one attempt. Knows which failures are final.
// When to call, repeat or give up is left to connection.ts, sockets to socket.ts.
import type { Reply } from '../../../bot/message.ts';
import { personOfTab } from './session.ts';
import type { Outgoing, Session } from './session.ts';

/** An activity as it comes over the wire; only what the chat reads. */
export interface WireActivity {
  id?: string;
  type: string;
  /** ISO 8601. */
  timestamp?: string;
  text?: string;
  locale?: string;
  from?: { id?: string; role?: string };
  channelData?: { clientActivityID?: string; choice?: string; bussola?: unknown };
}

export interface ActivitySet {
  activities: WireActivity[];
  watermark?: string | null;
}

interface Opened {
  conversationId: string;
  token: string;
  streamUrl?: string;
  /** Whether the talk that was to be carried over is there. */
  carried?: boolean;
}

/** Words that are in no log. */
export type Meanwhile = Partial<Reply> & Pick<Reply, 'text' | 'lang'>;

/** The server answered, and said no. */
export class Refused extends Error {
  readonly status: number;
  /** Seconds it asked to wait. */
  readonly retryAfter: number;
  /** What the server says to the person meanwhile. */
  readonly say: Meanwhile | undefined;
  constructor(status: number, retryAfter: number, say?: Meanwhile) {
    super(`status ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
    this.say = say;
  }
  /** The conversation or its token is no more. */
  get gone(): boolean {
    return this.status === 401 || this.status === 403 || this.status === 404;
  }
  /** Worth another try with the same message. */
  get passing(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

const BASE = '/v3/directline/';
const PATIENCE = 30_000;

export interface Api {
  generate(): Promise<Opened>;
  start(): Promise<Opened>;
  resume(): Promise<Opened>;
  refresh(): Promise<Opened>;
  activities(watermark: string): Promise<ActivitySet>;
  post(message: Outgoing): Promise<void>;
}

/** `language` is asked at each call, because it can change in the middle of a conversation. */
export function createApi(session: Session, comune: string | null, language: () => string): Api {
  const origin = (): object => ({ locale: language(), channelData: comune ? { comune } : {} });
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (body) headers['Content-Type'] = 'application/json';
    if (session.token) headers['Authorization'] = `Bearer ${session.token}`;
    try {
      const response = await fetch(BASE + path, {
        method,
        headers,
        signal: abort.signal,
        cache: 'no-store',
        credentials: 'omit',
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (!response.ok) {
        // Words for the person stand in a refusal of this kind alone; a proxy on the way has none.
        const body = response.status === 503 ? await response.json().catch(() => {}) : undefined;
        const text: unknown = body?.error?.message;
        const say = typeof text === 'string' ? { text, lang: language() } : undefined;
        throw new Refused(response.status, Number(response.headers.get('Retry-After')) || 0, say);
      }
      return await response.json();
    } finally {
      clearTimeout(timer);
    }
  };
  const path = (rest = ''): string => `conversations/${encodeURIComponent(session.conversationId ?? '')}${rest}`;
  const after = (watermark: string): string => `?watermark=${encodeURIComponent(watermark)}`;
  return {
    generate: () => call('POST', 'tokens/generate', { ...origin(), user: { id: personOfTab() } }),
    start: () => {
      const carry = session.carry ? { carry: session.carry } : {};
      return call('POST', 'conversations', { ...origin(), ...carry });
    },
    resume: () => call('GET', path(after(session.watermark ?? ''))),
    refresh: () => call('POST', 'tokens/refresh', {}),
    activities: (watermark) => call('GET', path(`/activities${watermark ? after(watermark) : ''}`)),
    post: async ({ id, text, choice }) => {
      const channelData = { clientActivityID: id, ...(choice ? { choice } : {}), ...(comune ? { comune } : {}) };
      await call('POST', path('/activities'), {
        type: 'message',
        text,
        locale: language(),
        from: { id: 'user' },
        channelData,
      });
    },
  };
}

/** The stream's address on the host this page came from: behind a proxy the server may not know its public name. */
export function streamAddress(streamUrl: string, watermark: string): string {
  const { pathname, searchParams } = new URL(streamUrl, location.href);
  searchParams.set('watermark', watermark);
  return `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}${pathname}?${searchParams}`;
}
