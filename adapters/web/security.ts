// The headers that keep a page in its place: who may embed it, what it may load, who may call the API.
// Which route is of which kind is left to the routes.
import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../../bot/config.ts';
import { headerOf } from './http.ts';
import type { Route } from './http.ts';

type Origins = Pick<Config, 'embedOrigins' | 'publicUrl'>;

export function securityHeaders(kind: Route['kind'], config: Origins): Record<string, string> {
  const always = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    ...(config.publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
  if (kind === 'api') return { ...always, 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" };
  // Who opened the page in another window keeps no hand on it. In a frame this says nothing.
  const alone = { 'cross-origin-opener-policy': 'same-origin' };
  return { ...always, ...alone, 'content-security-policy': contentPolicy(kind, config) };
}

function contentPolicy(kind: 'page' | 'private', config: Origins): string {
  const self = new URL(config.publicUrl);
  const socket = `${self.protocol === 'https:' ? 'wss' : 'ws'}://${self.host}`;
  const ancestors = config.embedOrigins.length > 0 ? ["'self'", ...config.embedOrigins].join(' ') : '*';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    // Older Safari does not count a socket as 'self'.
    `connect-src 'self' ${socket}`,
    `frame-ancestors ${kind === 'private' ? "'none'" : ancestors}`,
  ].join('; ');
}

/** For Direct Line: every page where no origin is configured, else those and ourselves. Never with credentials. */
export function corsHeaders(headers: IncomingHttpHeaders, config: Origins): Record<string, string> {
  const origin = headerOf(headers, 'origin');
  const allowed = config.embedOrigins.length === 0 ? '*' : isAllowedOrigin(headers, config) ? origin : undefined;
  if (origin === undefined || allowed === undefined) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': allowed,
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': 'Authorization, Content-Type, X-Requested-With, X-MS-Bot-Agent, Idempotency-Key',
    'access-control-expose-headers': 'Retry-After',
    'access-control-max-age': '7200',
  };
}

/** True where no origin is named (not a browser), none is configured, it is configured, or it is this very server. */
export function isAllowedOrigin(headers: IncomingHttpHeaders, config: Origins): boolean {
  const origin = headerOf(headers, 'origin');
  if (origin === undefined || config.embedOrigins.length === 0 || config.embedOrigins.includes(origin)) return true;
  if (origin === new URL(config.publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}
