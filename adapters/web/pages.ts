// The pages and assets people see, as the server needs them: looked up by path, sent with the right encoding.
// What is on them is left to adapters/web/pages and adapters/web/widget.
import { headerOf, plain } from './http.ts';
import type { Route, WebAnswer, WebRequest } from './http.ts';

export interface Page {
  status: number;
  /** Lower-case names. `content-type` is needed; `etag` and `cache-control` are honoured; others win over the defaults. */
  headers: Record<string, string>;
  body: Buffer | string;
  /** The same body compressed beforehand. */
  encoded?: { br?: Buffer; gzip?: Buffer };
}

export interface Pages {
  /** `/`, `/chat/porcari`, `/testo`, `/widget.js` and assets; `undefined`: there is no such page. */
  get(path: string, query: URLSearchParams, acceptLanguage: string): Page | undefined;
  /** For a person whose request was refused with that status: a sentence, and whom to call. */
  sorry?(status: number, query: URLSearchParams, acceptLanguage: string): Page;
}

export function pageRoutes(pages: Pages): Route[] {
  return [{ method: 'get', path: '/*', kind: 'page', handle: async (request) => servePage(pages, request) }];
}

/** That page with its headers, packed as the browser takes it; 404 where there is none. */
export function servePage(pages: Pages, request: WebRequest): WebAnswer {
  const page = pages.get(request.path, request.query, request.headers['accept-language'] ?? '');
  if (!page) return plain(404, 'Not found\n');
  const headers: Record<string, string> = { 'cache-control': 'no-cache', ...page.headers };
  if (page.encoded) headers['vary'] = 'Accept-Encoding';
  const etag = headers['etag'];
  if (etag !== undefined && page.status === 200 && headerOf(request.headers, 'if-none-match') === etag)
    return { status: 304, headers, body: '' };
  const encoding = chooseEncoding(page, String(request.headers['accept-encoding'] ?? ''));
  const encoded = encoding && page.encoded?.[encoding];
  if (!encoded) return { status: page.status, headers, body: page.body };
  return { status: page.status, headers: { ...headers, 'content-encoding': encoding }, body: encoded };
}

function chooseEncoding(page: Page, accepted: string): 'br' | 'gzip' | undefined {
  const taken = new Set(
    accepted
      .split(',')
      .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
      .map((part) => part.split(';')[0]?.trim().toLowerCase()),
  );
  return (['br', 'gzip'] as const).find((name) => page.encoded?.[name] !== undefined && taken.has(name));
}
