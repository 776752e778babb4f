// A style sheet put together at start, served under an address that carries its hash.
// What it lays out is left to the pages.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Route } from './http.ts';

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
  return { path, route: { method: 'get', path, kind: 'page', handle: async () => ({ status: 200, headers, body }) } };
}
