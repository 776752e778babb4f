// Direct Line by hand, over plain HTTP: one conversation that may be told to repeat a message until it is answered.
// The foreign client, DirectLineJS, is in direct-line-client.ts.
import { shownBy } from './walk.ts';
import type { Shown, Talker } from './walk.ts';

export interface WireActivity {
  id: string;
  text: string;
  from: { id: string };
  channelData?: { clientActivityID?: string; bussola?: unknown };
}

export interface Answered {
  status: number;
  body: unknown;
  raw: string;
}

/** Runs one request; a client that must survive an outage repeats it there. */
export type Attempt = (request: () => Promise<Answered>) => Promise<Answered>;

const BASE = '/v3/directline';
const ONCE: Attempt = (request) => request();

export async function call(
  url: string,
  method: 'GET' | 'POST',
  path: string,
  { token, body }: { token?: string; body?: unknown } = {},
): Promise<Answered> {
  const response = await fetch(url + BASE + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const raw = await response.text();
  return { status: response.status, raw, body: raw === '' ? undefined : JSON.parse(raw) };
}

export class HttpTalk implements Talker {
  id = '';
  token = '';
  watermark = '0';
  /** Of every message that was sent, in order. */
  readonly sent: string[] = [];
  readonly #url: () => string;
  readonly #attempt: Attempt;

  constructor(url: string | (() => string), attempt: Attempt = ONCE) {
    this.#url = typeof url === 'string' ? () => url : url;
    this.#attempt = attempt;
  }

  /** Opens the conversation; what the bot greets with. */
  async open(body: unknown = {}): Promise<Shown[]> {
    const granted = await this.#call('POST', '/tokens/generate', body);
    const { conversationId, token } = granted.body as { conversationId: string; token: string };
    this.id = conversationId;
    this.token = token;
    await this.#call('POST', '/conversations', {});
    return this.news();
  }

  say(text: string): Promise<Shown[]> {
    return this.send({ text });
  }

  choose(id: string, label: string): Promise<Shown[]> {
    return this.send({ text: label, choice: id });
  }

  async send({ text, choice }: { text: string; choice?: string }): Promise<Shown[]> {
    const clientActivityID = crypto.randomUUID();
    this.sent.push(clientActivityID);
    const channelData = { clientActivityID, ...(choice ? { choice } : {}) };
    await this.post({ type: 'message', text, channelData });
    return this.news();
  }

  post(activity: unknown): Promise<Answered> {
    return this.#call('POST', `/conversations/${this.id}/activities`, activity);
  }

  /** What the bot has said since the last look. */
  async news(): Promise<Shown[]> {
    const answered = await this.#call('GET', `/conversations/${this.id}/activities?watermark=${this.watermark}`);
    const { activities, watermark } = answered.body as { activities: WireActivity[]; watermark: string };
    this.watermark = watermark;
    return activities.filter(({ from }) => from.id === 'bussola').map(shownBy);
  }

  /** The whole log, both sides. */
  async log(): Promise<WireActivity[]> {
    const answered = await this.#call('GET', `/conversations/${this.id}/activities`);
    return (answered.body as { activities: WireActivity[] }).activities;
  }

  async #call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answered> {
    const token = this.token === '' ? {} : { token: this.token };
    const answered = await this.#attempt(() =>
      call(this.#url(), method, path, { ...token, ...(body === undefined ? {} : { body }) }),
    );
    if (answered.status >= 300) throw new Error(`${method} ${path.split('/').at(-1)}: ${answered.status}`);
    return answered;
  }
}
