// The one cookie of the operators' pages: who acts on this browser, and for which desks somebody has typed the digits of a mail.
// No session stands behind it: it is sealed, and says nothing else.
import type { IncomingHttpHeaders } from 'node:http';
import type { Links } from '../../../../bot/links.ts';
import { headerOf, isRecord } from '../../http.ts';

const NAME = 'bussola_desk';
const DAYS = 30;
const MOST_SCOPES = 12;

/** `scopes`: until when each holds, in seconds since 1970. `name` empty: nobody has signed yet. */
export interface Known {
  name: string;
  scopes: Record<string, number>;
}

const NOBODY: Known = { name: '', scopes: {} };

export function readCookie(links: Links, headers: IncomingHttpHeaders, at: Date): Known {
  const parts = (headerOf(headers, 'cookie') ?? '').split(';').map((part) => part.trim());
  const sealed = parts.find((part) => part.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
  const text = sealed === undefined ? undefined : links.unseal('cookie', sealed);
  if (text === undefined) return NOBODY;
  const read: unknown = JSON.parse(text);
  if (!isRecord(read) || typeof read['name'] !== 'string' || !isRecord(read['scopes'])) return NOBODY;
  const scopes = Object.entries(read['scopes']).flatMap(([scope, until]) =>
    typeof until === 'number' && until * 1000 > at.getTime() ? [[scope, until] as const] : [],
  );
  return { name: read['name'], scopes: Object.fromEntries(scopes) };
}

/** The browser as it stays known, the newest scopes kept. */
export function withScope(known: Known, name: string, scope: string, at: Date): Known {
  const rest = Object.entries(known.scopes).filter(([one]) => one !== scope);
  const until = Math.floor(at.getTime() / 1000) + DAYS * 86_400;
  return { name, scopes: Object.fromEntries([...rest, [scope, until] as const].slice(-MOST_SCOPES)) };
}

/** The value of `set-cookie`: out of reach of scripts, sent to the operators' pages alone. */
export function setCookie(links: Links, known: Known, publicUrl: string): string {
  const { protocol, pathname } = new URL(publicUrl);
  const value = links.seal('cookie', JSON.stringify(known));
  const path = `${pathname.replace(/\/+$/, '')}/s`;
  const secure = protocol === 'https:' ? '; Secure' : '';
  return `${NAME}=${value}; Path=${path}; Max-Age=${DAYS * 86_400}; HttpOnly; SameSite=Lax${secure}`;
}
