// A Bot Framework channel's side over HTTP: hands activities to /api/messages and takes the replies it posts back.
// Tokens and the Emulator's finer points are left to botframework.test.ts.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { shownBy } from './walk.ts';
import type { Shown, Talker } from './walk.ts';

export interface Connector extends Talker {
  join(): Promise<Shown[]>;
  stop(): Promise<void>;
}

/** One conversation with the bot at `url`. */
export async function startConnector(url: string): Promise<Connector> {
  const replies: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      replies.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const serviceUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const base = {
    channelId: 'emulator',
    serviceUrl,
    conversation: { id: crypto.randomUUID() },
    from: { id: 'person', name: 'Persona' },
    recipient: { id: 'bot', name: 'Bussola' },
    locale: 'it-IT',
  };
  const send = async (activity: object): Promise<Shown[]> => {
    replies.length = 0;
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...base, id: crypto.randomUUID(), ...activity }),
    });
    if (!response.ok) throw new Error(`/api/messages: ${response.status}`);
    await response.arrayBuffer();
    return replies.map(shownBy);
  };
  return {
    join: () => send({ type: 'conversationUpdate', membersAdded: [base.from] }),
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
