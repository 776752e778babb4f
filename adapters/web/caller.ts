// Who is asking: the address to count against, and whether it is this very machine.
// What each of them may do is left to the routes.
import { isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';

export interface Caller {
  /** Address to count requests against; `undefined` for this machine itself, which is not counted. */
  address: string | undefined;
  /** On this machine, with no proxy between and under a local name: may see what others may not. */
  local: boolean;
  /** On this machine or its private network, with no proxy between. */
  near: boolean;
}

/**
 * `X-Forwarded-For` counts only when the peer is on this machine or a private network, where a reverse proxy stands;
 * of several addresses the last one, which that proxy wrote itself.
 */
export function readCaller(request: IncomingMessage): Caller {
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers['forwarded'];
  const near = isLoopback(peer) || isPrivate(peer);
  if (forwarded === undefined || !near)
    return {
      address: isLoopback(peer) ? undefined : peer,
      local: forwarded === undefined && isLoopback(peer) && isLocalName(request.headers.host),
      near: forwarded === undefined && near,
    };
  const last = String(forwarded).split(',').at(-1)?.trim() ?? '';
  return { address: isIP(last) === 0 ? peer : last, local: false, near: false };
}

export function isLoopback(address: string): boolean {
  // A name may begin like an address: `127.0.0.1.evil.example`.
  return address === '::1' || /^127(\.\d{1,3}){3}$/.test(address);
}

function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|f[cd][0-9a-f]{2}:|fe80:)/i.test(address);
}

// A page elsewhere whose name was made to point here (DNS rebinding) still sends its own name.
function isLocalName(host: string | undefined): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host ?? '');
}
