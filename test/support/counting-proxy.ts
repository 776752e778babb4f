// A TCP proxy on loopback between a browser and a server: counts every byte each way, and cuts the wire when told.
// What the bytes mean is left to the tests.
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

export interface CountingProxy {
  url: string;
  port: number;
  /** Bytes since the last `reset`: from the client, to the client. */
  counted(): { up: number; down: number };
  reset(): void;
  /** Ends every connection at once, as a lost network does. Cuts still to come are forgotten. */
  cut(): void;
  /** Lets that many more bytes through that way, then cuts in the middle of whatever comes. */
  cutAfter(bytes: number, way: 'up' | 'down'): void;
  /** True while no byte passes and no connection is let in. */
  block(on: boolean): void;
  close(): Promise<void>;
}

export async function startCountingProxy(target: number): Promise<CountingProxy> {
  const pairs = new Set<[Socket, Socket]>();
  const counted = { up: 0, down: 0 };
  let blocked = false;
  const left = { up: Infinity, down: Infinity };

  const cut = (): void => {
    Object.assign(left, { up: Infinity, down: Infinity });
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const pass = (chunk: Buffer, way: 'up' | 'down', on: Socket): void => {
    const passed = chunk.subarray(0, left[way]);
    left[way] -= passed.length;
    counted[way] += passed.length;
    if (left[way] > 0) return void on.write(passed);
    // What passed must arrive before the end does.
    on.write(passed, cut);
  };
  const server = createServer((client) => {
    if (blocked) return void client.destroy();
    const upstream = connect(target, '127.0.0.1');
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    client.on('data', (chunk) => pass(chunk, 'up', upstream));
    upstream.on('data', (chunk) => pass(chunk, 'down', client));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    counted: () => ({ ...counted }),
    reset: () => void Object.assign(counted, { up: 0, down: 0 }),
    cut,
    cutAfter: (bytes, way) => void (left[way] = bytes),
    block(on) {
      blocked = on;
      if (on) cut();
    },
    async close() {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
