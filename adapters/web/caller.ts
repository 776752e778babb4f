// Who is asking: the address to count against, and whether it is this very machine.
// What each of them may do is left to the routes.
import { isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';

export interface Caller {
  /**
   * What requests are counted against: an IPv4 address, or the /64 of an IPv6 one, which is one household's; `undefined`
   * for this machine itself, which is not counted.
   */
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
  const peer = mapped(request.socket.remoteAddress ?? '');
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers['forwarded'];
  const near = isLoopback(peer) || isPrivate(peer);
  if (forwarded === undefined || !near)
    return {
      address: isLoopback(peer) ? undefined : householdOf(peer),
      local: forwarded === undefined && isLoopback(peer) && isLocalName(request.headers.host),
      near: forwarded === undefined && near,
    };
  const last = String(forwarded).split(',').at(-1)?.trim() ?? '';
  return { address: householdOf(isIP(last) === 0 ? peer : mapped(last)), local: false, near: false };
}

/** An IPv4 address written as IPv6, in dots or in hexadecimal, is the IPv4 address. */
function mapped(address: string): string {
  const [, rest] = /^(?:0{0,4}:){2,5}ffff:([\d.]+|[\da-f]{1,4}:[\da-f]{1,4})$/i.exec(address) ?? [];
  if (rest === undefined) return address;
  if (isIP(rest) === 4) return rest;
  const [high = 0, low = 0] = rest.split(':').map((part) => Number.parseInt(part, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Whoever has one address of IPv6 has 2^64 of them. */
function householdOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [before = '', after] = address.replace(/%.*$/, '').split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [head, tail] = [groups(before), groups(after ?? '')];
  // The last of them may be an IPv4 address in dots, which stands for two: beyond the first four it makes no difference.
  const width = 8 - (address.includes('.') ? 1 : 0);
  const all = [...head, ...Array<string>(Math.max(0, width - head.length - tail.length)).fill('0'), ...tail];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
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
