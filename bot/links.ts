// Signed addresses that stand in mails: bound to one thing, one purpose and an end; they show, they never act.
// What a page does with one is left to adapters/web/desk; whether its case revoked it to who opens it.
import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * `case`: one case at its desk; `desk`: a desk's open cases; `coordinator`: the figures; `fresh`: a desk's facts; `agenda`:
 * the person's own appointment, for their calendar.
 */
export type LinkPurpose = 'case' | 'desk' | 'coordinator' | 'fresh' | 'agenda';

export interface LinkClaims {
  purpose: LinkPurpose;
  /** Case id, desk id, or whatever the purpose names. */
  about: string;
  /** A case's `life.linkEpoch` when it was signed: another one revokes it. Elsewhere a number of the mail that brought it. */
  epoch: number;
  expires: Date;
}

export interface Links {
  /** The whole address, on PUBLIC_URL. `days`: how long it opens. */
  url(purpose: LinkPurpose, about: string, epoch: number, at: Date, days: number): string;
  /** Where a desk asks for the link to its own list, to be typed: `bussola.example/s`. No secret, it may be passed on. */
  list(): string;
  /** A page of ours that holds no secret but what is in `path`. */
  page(path: string): string;
  /** The same as it is typed or read out: `bussola.example/carta`. */
  spoken(path: string): string;
  /** The token of an address, exactly as `url` makes them: `/s/c/<token>`. `undefined` for other paths. */
  tokenIn(purpose: LinkPurpose, path: string): string | undefined;
  /** `expired` still tells what it was about: a new one may be asked for. `undefined`: never was ours, or for another purpose. */
  read(purpose: LinkPurpose, token: string, at: Date): { claims: LinkClaims; expired: boolean } | undefined;
  /** Four digits that stand in the mail beside a link, never in it: a machine that only follows the link does not have them. */
  digits(context: string): string;
  /** Seals a short text for a hidden field or a cookie, for `context` alone. */
  seal(context: string, text: string): string;
  unseal(context: string, sealed: string): string | undefined;
}

/** Where each purpose opens: `/s/c/<token>`. */
const PATHS: Record<LinkPurpose, string> = {
  case: '/s/c',
  desk: '/s/d',
  coordinator: '/s/k',
  fresh: '/s/f',
  agenda: '/agenda',
};

/** What a link is about, in one text: binds its digits, its forms, and the count of wrong tries. */
export function linkKey(purpose: LinkPurpose, about: string, epoch: number): string {
  return `${purpose} ${about} ${epoch}`;
}

export function createLinks(secret: string, publicUrl: string): Links {
  // A key of its own: no token of a chat can ever be a link.
  const key = createHmac('sha256', secret).update('bussola links').digest();
  const mac = (context: string, text: string): string =>
    createHmac('sha256', key).update(`${context}\n${text}`).digest('base64url');
  const hex = (text: string): string => createHmac('sha256', key).update(text).digest('hex');
  const seal = (context: string, text: string): string =>
    `${Buffer.from(text).toString('base64url')}.${mac(context, text)}`;
  const spoken = (path: string): string => `${publicUrl.replace(/^https?:\/\//, '')}${path}`;
  const unseal = (context: string, sealed: string): string | undefined => {
    const [body = '', signature = '', ...rest] = sealed.split('.');
    if (rest.length > 0 || sealed.length > 4000) return undefined;
    const text = Buffer.from(body, 'base64url').toString('utf8');
    // One text has one spelling: decoding forgives what is no base64url.
    if (Buffer.from(text).toString('base64url') !== body) return undefined;
    return same(signature, mac(context, text)) ? text : undefined;
  };
  return {
    digits: (context) => String(Number.parseInt(hex(`digits ${context}`).slice(0, 12), 16) % 10_000).padStart(4, '0'),
    seal: (context, text) => seal(`seal ${context}`, text),
    unseal: (context, sealed) => unseal(`seal ${context}`, sealed),
    url(purpose, about, epoch, at, days) {
      const expires = Math.floor(at.getTime() / 1000 + days * 86_400);
      return `${publicUrl}${PATHS[purpose]}/${seal(purpose, `${about} ${epoch} ${expires}`)}`;
    },
    list: () => spoken('/s'),
    page: (path) => `${publicUrl}${path}`,
    spoken,
    tokenIn(purpose, path) {
      const [, place, token] = /^(\/s\/[a-z]|\/agenda)\/([\w-]+\.[\w-]+)$/.exec(path) ?? [];
      return place === PATHS[purpose] ? token : undefined;
    },
    read(purpose, token, at) {
      const text = unseal(purpose, token);
      const [, about, epoch, expires] = /^(\S+) (\d+) (\d+)$/.exec(text ?? '') ?? [];
      if (about === undefined) return undefined;
      const claims = { purpose, about, epoch: Number(epoch), expires: new Date(Number(expires) * 1000) };
      return { claims, expired: claims.expires <= at };
    },
  };
}

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
