// Asks an OpenAI-compatible endpoint once: one POST, one deadline for head and body, a bounded answer, no redirect.
// What may be sent is left to minimise.ts, what the answer may say to labels.ts.
import { readFileSync } from 'node:fs';
import { Fault } from './fault.ts';
import { SCHEMA } from './labels.ts';

export interface Endpoint {
  /** Base address, such as `http://127.0.0.1:8080/v1`. */
  url: string;
  model: string;
  key: string | undefined;
}

const INSTRUCTIONS = readFileSync(new URL('instructions.md', import.meta.url), 'utf8');
/** An answer takes a hundred tokens at most; the envelope around it a few hundred bytes. */
const MAX_TOKENS = 256;
const MAX_BYTES = 64 * 1024;

/** The JSON value the model wrote. Rejects with a Fault, or with what fetch rejects with; see faultOf. */
export async function ask(endpoint: Endpoint, text: string, milliseconds: number): Promise<unknown> {
  const response = await fetch(`${endpoint.url.replace(/\/+$/, '')}/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(endpoint.key === undefined ? {} : { authorization: `Bearer ${endpoint.key}` }),
    },
    body: JSON.stringify(question(endpoint.model, text)),
    // The words go to the address that was set, and nowhere else.
    redirect: 'manual',
    signal: AbortSignal.timeout(milliseconds),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Fault('status', response.status);
  }
  return parse(contentOf(parse(await readBody(response))));
}

function question(model: string, text: string): object {
  return {
    model,
    temperature: 0,
    max_tokens: MAX_TOKENS,
    stream: false,
    response_format: { type: 'json_schema', json_schema: { name: 'labels', schema: SCHEMA } },
    messages: [
      { role: 'system', content: INSTRUCTIONS },
      { role: 'user', content: text },
    ],
  };
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop hangs up.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Fault('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function contentOf(completion: unknown): string {
  const choices = field(completion, 'choices');
  const content = field(field(Array.isArray(choices) ? choices[0] : undefined, 'message'), 'content');
  if (typeof content !== 'string') throw new Fault('not_json');
  return withoutFence(content);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Servers that know no `response_format` often fence the JSON. Prose around it is refused: it could quote the person's. */
function withoutFence(content: string): string {
  const [, inside] = /^\s*```(?:json)?\s*\n([^`]*)```\s*$/.exec(content) ?? [];
  return inside ?? content;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault('not_json');
  }
}
