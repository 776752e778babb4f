// A Bot Framework channel's side over HTTP: hands activities to /api/messages and takes the replies it posts back.
// Tokens and the Emulator's finer points are left to test/foreign-clients.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { shownBy } from './walk.ts';
import type { Shown, Talker } from './walk.ts';

export interface Connector extends Talker {
  /** What the bot posted, in order: to which path, and what. */
  got: { path: string; activity: Posted }[];
  /** What the next posts are answered with. */
  answers: { status: number };
  join(): Promise<Shown[]>;
  /** One activity as it is, over what every activity of this conversation has. */
  post(activity: object): Promise<{ status: number; body: unknown }>;
  stop(): Promise<void>;
}

/** An activity as the bot posts it; only what tests look at. */
export interface Posted {
  type: string;
  text?: string;
  speak?: string;
  summary?: string;
  locale?: string;
  replyToId?: string;
  inputHint?: string;
  from?: { id: string };
  recipient?: { id: string };
  suggestedActions?: { actions: { type: string; title: string; value: string }[] };
  attachments?: { contentType: string; content: Record<string, unknown> }[];
  channelData?: { bussola?: unknown };
}

/** One conversation with the bot at `url`. */
export async function startConnector(url: string, channelId = 'emulator'): Promise<Connector> {
  const got: Connector['got'] = [];
  const answers = { status: 200 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const done = answers.status === 200;
      if (done) got.push({ path: request.url ?? '', activity: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(answers.status, { 'content-type': 'application/json' });
      response.end(done ? '{"id":"1"}' : '{"error":{"code":"ConversationBlockedByUser","message":"gone"}}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const serviceUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const base = {
    channelId,
    serviceUrl,
    conversation: { id: crypto.randomUUID() },
    from: { id: 'person', name: 'Persona' },
    recipient: { id: 'bot', name: 'Bussola' },
    locale: 'it-IT',
  };
  const post = async (activity: object): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...base, id: crypto.randomUUID(), ...activity }),
    });
    return { status: response.status, body: await response.json() };
  };
  const send = async (activity: object): Promise<Shown[]> => {
    const before = got.length;
    const { status } = await post(activity);
    if (status !== 200) throw new Error(`/api/messages: ${status}`);
    return got.slice(before).map((one) => shownBy(one.activity));
  };
  return {
    got,
    answers,
    post,
    join: () => send({ type: 'conversationUpdate', membersAdded: [base.recipient, base.from] }),
    say: (text) => send({ type: 'message', text }),
    choose: (id, label) => send({ type: 'message', text: label, channelData: { choice: id } }),
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
