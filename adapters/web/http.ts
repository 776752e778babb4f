// What a request and an answer are to the routes of this folder: plain values, whatever HTTP library carries them.
// Reading from and writing to the socket is left to server.ts.
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from './caller.ts';

export interface WebRequest {
  /** Path as asked, without the query. */
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  caller: Caller;
  /** Parsed JSON, or a form as `URLSearchParams`; `undefined` where the body is empty or the route takes none. */
  body: unknown;
  /** Bytes of the body as sent. */
  bytes: number;
  /** Seconds until this address may ask again, for a route that counts by itself; 0: it may. */
  wait: number;
}

export interface WebAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

export interface Route {
  method: 'get' | 'post';
  /** Path with `:parameters`; `/*` takes what no other route does. */
  path: string;
  /** `api`: JSON for any page allowed to embed; `page`: read by people; `private`: this machine or its network only. */
  kind: 'api' | 'page' | 'private';
  /** The body may be anything and is thrown away. */
  discards?: true;
  /** The body is what a page's form sends, not JSON. */
  takes?: 'form';
  /** Judges by itself who asks too often (`wait`), so that words of danger pass. */
  counts?: 'itself';
  handle(request: WebRequest): Promise<WebAnswer>;
}

/** A refusal with a code that clients may rely on. The message is for developers and never repeats the input. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): WebAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  };
}

export function html(status: number, body: string, headers: Record<string, string> = {}): WebAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body,
  };
}

export function plain(status: number, body: string): WebAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }, body };
}

/** The error body of Direct Line. */
export function refusal(error: HttpError): WebAnswer {
  return json(error.status, { error: { code: error.code, message: error.message } }, error.headers);
}

/** What a form sent; empty where nothing was. */
export function formOf({ body }: WebRequest): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams();
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One value of a header, `undefined` where it is absent or repeated. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** The first language the person's browser asks for: `it` out of `it-IT,it;q=0.9`. */
export function languageOf(headers: IncomingHttpHeaders): string {
  return /^\s*([a-z]{2,3})\b/i.exec(headers['accept-language'] ?? '')?.[1]?.toLowerCase() ?? 'it';
}
