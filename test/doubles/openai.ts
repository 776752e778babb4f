// A small OpenAI-compatible endpoint on 127.0.0.1 that can be told to misbehave, and keeps what it was asked.
// What should happen then is left to the tests.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What it does from now on. */
export interface OpenAiManners {
  /** What the model writes. */
  content?: string;
  status?: number;
  location?: string;
  /** Sent in place of a completion. */
  body?: string;
  /** `head`: nothing is answered until `release`; `body`: half an answer comes, the rest not. */
  hang?: 'head' | 'body';
  /** Goes on sending until the other side hangs up. */
  endless?: true;
}

export interface Asked {
  path: string;
  authorization: string | undefined;
  body: string;
  /** What the user message holds. */
  words: string;
}

export class OpenAiDouble {
  readonly asked: Asked[] = [];
  manners: OpenAiManners = {};
  /** Resolves when an endless answer was cut off by the other side. */
  readonly cutOff: Promise<void>;
  #cut: () => void = () => {};
  #server: Server;
  #held: (() => void)[] = [];
  #arrived: (() => void)[] = [];

  constructor() {
    this.cutOff = new Promise((resolve) => (this.#cut = resolve));
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return `http://127.0.0.1:${address.port}/v1`;
  }

  /** Resolves at the next question. */
  arrival(): Promise<void> {
    return new Promise((resolve) => this.#arrived.push(resolve));
  }

  /** Answers everything that hangs, and hangs no more. */
  release(): void {
    delete this.manners.hang;
    for (const answer of this.#held.splice(0)) answer();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks).toString('utf8');
    const { authorization } = request.headers;
    this.asked.push({ path: request.url ?? '', authorization, body, words: wordsOf(body) });
    for (const arrived of this.#arrived.splice(0)) arrived();
    if (this.manners.hang === 'head') return void this.#held.push(() => this.#send(response));
    this.#send(response);
  }

  #send(response: ServerResponse): void {
    const { status = 200, location, content = '', hang, endless } = this.manners;
    const message = { role: 'assistant', content };
    const body = this.manners.body ?? JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] });
    response.writeHead(status, { 'content-type': 'application/json', ...(location ? { location } : {}) });
    if (endless) return this.#flood(response);
    if (hang === 'body') return void response.write(body.slice(0, body.length / 2));
    response.end(body);
  }

  #flood(response: ServerResponse): void {
    const more = (): void => {
      while (!response.destroyed && response.write(' '.repeat(16_384)));
    };
    response.on('drain', more).on('close', () => this.#cut());
    more();
  }
}

function wordsOf(body: string): string {
  const asked: { messages: { role: string; content: string }[] } = JSON.parse(body);
  return asked.messages
    .filter(({ role }) => role === 'user')
    .map(({ content }) => content)
    .join('\n');
}
