// Signs and checks Direct Line tokens: one conversation, one person, one purpose, a short life.
// Who gets one, and what a refusal looks like, is left to direct-line.ts.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../bot/ports.ts';
import { HttpError, isRecord } from './http.ts';

/** `chat`: everything a page does; `stream`: opening one socket, in an address that may be logged elsewhere. */
export type Purpose = 'chat' | 'stream';
export const LIFE_SECONDS = { chat: 1800, stream: 60 } as const;
/** However often it is refreshed, a token's line ends here. */
const LONGEST_SECONDS = 30 * 24 * 3600;

export interface Claims {
  conv: string;
  user: string;
  /** Comune and language of the page that asked, remembered until the conversation starts. */
  comune?: string;
  locale?: string;
  /** Seconds since 1970 of the first token of this line. */
  born: number;
}

export interface Tokens {
  sign(purpose: Purpose, claims: Omit<Claims, 'born'> & { born?: number }): string;
  /** `expired`: was ours, is no more. `invalid`: never was, or is for another purpose. */
  verify(purpose: Purpose, token: string): Claims | 'expired' | 'invalid';
}

const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

export function createTokens(secret: string, clock: Clock): Tokens {
  const seconds = (): number => Math.floor(clock().getTime() / 1000);
  const mac = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  return {
    sign(purpose, { born = seconds(), ...claims }) {
      const exp = Math.min(seconds() + LIFE_SECONDS[purpose], born + LONGEST_SECONDS);
      const payload = Buffer.from(JSON.stringify({ ...claims, born, aud: purpose, exp })).toString('base64url');
      return `${HEADER}.${payload}.${mac(`${HEADER}.${payload}`).toString('base64url')}`;
    },
    verify(purpose, token) {
      const [header, payload, signature, ...rest] = token.split('.');
      if (header !== HEADER || !payload || !signature || rest.length > 0) return 'invalid';
      const given = Buffer.from(signature, 'base64url');
      const right = mac(`${header}.${payload}`);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return 'invalid';
      const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
      if (!isRecord(claims) || claims['aud'] !== purpose) return 'invalid';
      return Number(claims['exp']) > seconds() ? readClaims(claims) : 'expired';
    },
  };
}

/**
 * What a chat token allows, here for the conversation `id` if one is named. Throws HttpError 403, never 401: to Direct Line
 * clients it means "get a new token". The same for a foreign conversation as for none.
 */
export function mayChat(tokens: Tokens, token: string, id: string | undefined): Claims {
  const claims = tokens.verify('chat', token);
  if (claims === 'expired') throw new HttpError(403, 'TokenExpired', 'The token has expired');
  if (claims === 'invalid') throw new HttpError(403, 'BadToken', 'The token is missing or not valid');
  if (id !== undefined && id !== claims.conv)
    throw new HttpError(403, 'Forbidden', 'The token is for another conversation');
  return claims;
}

function readClaims(claims: Record<string, unknown>): Claims {
  return {
    conv: String(claims['conv']),
    user: String(claims['user']),
    born: Number(claims['born']),
    ...(typeof claims['comune'] === 'string' ? { comune: claims['comune'] } : {}),
    ...(typeof claims['locale'] === 'string' ? { locale: claims['locale'] } : {}),
  };
}

/** The configured secret, else one made once and kept in `<dataDir>/token-secret`, so that tokens outlive a restart. */
export function loadSecret(config: { tokenSecret: string | undefined; dataDir: string }): string {
  if (config.tokenSecret !== undefined) return config.tokenSecret;
  const file = join(config.dataDir, 'token-secret');
  mkdirSync(config.dataDir, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

/** 128 random bits and more, safe in an address. */
export function randomId(): string {
  return randomBytes(18).toString('base64url');
}
