// Reads a Bot API request's parameters from JSON, urlencoded or multipart bodies and from the query.
// What the parameters mean is left to telegram-api.ts.
import type { IncomingMessage } from 'node:http';

export type Parameters = Record<string, unknown>;

/** Forms carry everything as text: numbers, booleans and JSON are read back as the real server does. */
export async function readParameters(request: IncomingMessage, query: URLSearchParams): Promise<Parameters> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const fromQuery = fromForm(query);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (body.length === 0) return fromQuery;
  if (!type.startsWith('application/json')) {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    return { ...fromQuery, ...fromForm(form) };
  }
  const parsed: unknown = JSON.parse(body.toString('utf8'));
  return { ...fromQuery, ...(isObject(parsed) ? parsed : {}) };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fromForm(form: Iterable<[string, unknown]>): Parameters {
  return Object.fromEntries([...form].map(([key, value]) => [key, fromText(key, value)]));
}

function fromText(key: string, value: unknown): unknown {
  if (typeof value !== 'string' || key === 'text') return value;
  if (/^(true|false|-?\d{1,15})$/.test(value) || /^[[{]/.test(value)) {
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }
  return value;
}
