// The one style sheet of the operators' pages, served under an address that carries its hash.
// What it lays out is left to the pages.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Route } from '../../http.ts';

export interface Style {
  path: string;
  route: Route;
}

export function loadStyle(): Style {
  const sheets = ['../../pages/base.css', 'desk.css'].map((name) => readFileSync(new URL(name, import.meta.url)));
  const body = Buffer.concat(sheets);
  const path = `/s/style.${createHash('sha256').update(body).digest('base64url').slice(0, 12)}.css`;
  const headers = {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  };
  return { path, route: { method: 'get', path, kind: 'page', handle: async () => ({ status: 200, headers, body }) } };
}
