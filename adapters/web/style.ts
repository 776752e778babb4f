// A style sheet put together and packed at start, served under an address that carries its hash.
// What it lays out is left to the pages.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Route } from './http.ts';
import { servePage } from './pages.ts';
import type { Page } from './pages.ts';

export interface Style {
  path: string;
  route: Route;
}

/** `name` is the path without hash and ending: `/s/style`. */
export function loadStyle(name: string, sheets: URL[]): Style {
  const body = Buffer.concat(sheets.map((sheet) => readFileSync(sheet)));
  const path = `${name}.${createHash('sha256').update(body).digest('base64url').slice(0, 12)}.css`;
  const headers = {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  };
  const encoded = { br: brotliCompressSync(body), gzip: gzipSync(body) };
  const page: Page = { status: 200, headers, body, encoded };
  const handle: Route['handle'] = async (request) => servePage({ get: () => page }, request);
  return { path, route: { method: 'get', path, kind: 'page', handle } };
}
