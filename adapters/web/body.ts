// Reads a JSON body, or a form, within limits of size, depth and time. Restify's own reader counts gzip before it is unpacked.
// What the body must hold is left to the route.
import type { IncomingMessage } from 'node:http';
import { HttpError } from './http.ts';

const MAX_BODY_BYTES = 300 * 1024;
/** Bytes of an oversized body that are read and thrown away, so that the client can read the refusal. */
const MAX_DISCARDED_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_FIELDS = 100;
const BODY_TIMEOUT_MS = 20_000;

/** Throws HttpError 400, 408, 413 or 415. An empty body is `undefined`, whatever its type. */
export async function readJson(request: IncomingMessage): Promise<{ value: unknown; bytes: number }> {
  const raw = await readPlain(request);
  if (raw.length === 0) return { value: undefined, bytes: 0 };
  if (!/^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new HttpError(415, 'UnsupportedMediaType', 'Send the body as application/json');
  return { value: parse(raw), bytes: raw.length };
}

/** What a page's form sends, urlencoded. Throws HttpError 400, 408, 413 or 415. */
export async function readForm(request: IncomingMessage): Promise<{ value: URLSearchParams; bytes: number }> {
  const raw = await readPlain(request);
  const type = request.headers['content-type'] ?? '';
  if (raw.length > 0 && !/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
    throw new HttpError(415, 'UnsupportedMediaType', 'Send the body as application/x-www-form-urlencoded');
  const value = new URLSearchParams(raw.toString('utf8'));
  if (value.size > MAX_FIELDS) throw new HttpError(400, 'BadSyntax', `The form has more than ${MAX_FIELDS} fields`);
  return { value, bytes: raw.length };
}

/** Reads the body to its end and forgets it. Throws HttpError 408 or 413. */
export async function discard(request: IncomingMessage): Promise<void> {
  await readUpTo(request, 0);
}

async function readPlain(request: IncomingMessage): Promise<Buffer> {
  if (request.headers['content-encoding'] !== undefined)
    throw new HttpError(415, 'UnsupportedMediaType', 'Send the body without Content-Encoding');
  return readBytes(request);
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const { kept, bytes } = await readUpTo(request, MAX_BODY_BYTES);
  if (bytes > MAX_BODY_BYTES) throw tooLarge();
  return kept;
}

/** Keeps nothing of a body larger than `limit`, and gives up at 16 MB. */
async function readUpTo(request: IncomingMessage, limit: number): Promise<{ kept: Buffer; bytes: number }> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_DISCARDED_BYTES) throw tooLarge();
  const timer = setTimeout(() => request.destroy(), BODY_TIMEOUT_MS);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      const part: Buffer = Buffer.from(chunk);
      bytes += part.length;
      if (bytes <= limit) chunks.push(part);
      else chunks.length = 0;
      if (bytes > MAX_DISCARDED_BYTES) throw tooLarge();
    }
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new HttpError(408, 'RequestTimeout', 'The body did not arrive whole', { connection: 'close' });
  } finally {
    clearTimeout(timer);
  }
  return { kept: Buffer.concat(chunks), bytes };
}

function tooLarge(): HttpError {
  return new HttpError(413, 'PayloadTooLarge', `The body is larger than ${MAX_BODY_BYTES} bytes`, {
    connection: 'close',
  });
}

function parse(raw: Buffer): unknown {
  const text = raw.toString('utf8');
  if (depthOf(text) > MAX_DEPTH) throw new HttpError(400, 'BadSyntax', `The JSON is nested deeper than ${MAX_DEPTH}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'BadSyntax', 'The body is not valid JSON');
  }
}

/** How deep brackets nest, outside strings. Counted before parsing: what is parsed is written out recursively later. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted && char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, (depth += 1));
    else if (char === '}' || char === ']') depth -= 1;
  }
  return deepest;
}
