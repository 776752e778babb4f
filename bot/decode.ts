// `npm run -s decode`: JSON Lines in, what each text says out. A root of composition, like main.ts and chat.ts.
// How a text is understood is left to decoder/, what is dangerous in it to floor/.
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { createDecoder } from './decoder/decoder.ts';
import { BussolaError } from './errors.ts';
import type { Decoded, Decoder } from './decoder/types.ts';
import { withDanger } from './with-danger.ts';

/** The line of the contract; labels as told in the decoder's own words, `client` said as `other`. */
interface Line {
  id: unknown;
  lang: string;
  area: string;
  secondary_area: string | null;
  need: string | null;
  urgency: string;
  for_whom: string;
  comune: string;
  confidence: number;
}

/** Writes one answer for each line that can be read; problems, each with its line number, go to `errors`. Resolves to the exit code. */
export async function decodeLines(
  input: Readable,
  output: Writable,
  errors: Writable,
  decoder: Decoder,
): Promise<0 | 2> {
  let number = 0;
  let problems = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const asked = readLine(line);
    if (typeof asked === 'string') {
      problems += 1;
      errors.write(`line ${number}: ${asked}\n`);
      continue;
    }
    const answer: Line = {
      id: asked.id,
      ...toLabels(withDanger(await decoder.decode(asked.text, asked.lang), asked.text)),
    };
    output.write(`${JSON.stringify(answer)}\n`);
  }
  return problems === 0 ? 0 : 2;
}

function readLine(line: string): { id: unknown; text: string; lang?: string } | string {
  let value: unknown;
  try {
    value = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    return 'not JSON: write {"id": "...", "text": "..."} on one line';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'not an object: write {"id": "...", "text": "..."}';
  const id: unknown = Reflect.get(value, 'id');
  const text: unknown = Reflect.get(value, 'text');
  const lang: unknown = Reflect.get(value, 'lang');
  if (typeof id !== 'string' && typeof id !== 'number') return 'no "id": give each text a name or a number';
  if (typeof text !== 'string') return 'no "text": give the words to decode';
  if (lang !== undefined && typeof lang !== 'string')
    return '"lang" is not text: leave it out or write a code like "it"';
  return { id, text, ...(typeof lang === 'string' ? { lang } : {}) };
}

function toLabels(decoded: Decoded): Omit<Line, 'id'> {
  return {
    lang: decoded.lang,
    area: decoded.area,
    secondary_area: decoded.secondaryArea,
    need: decoded.need,
    urgency: decoded.urgency,
    for_whom: decoded.forWhom === 'client' ? 'other' : decoded.forWhom,
    comune: decoded.comune,
    confidence: decoded.confidence,
  };
}

if (import.meta.main) {
  try {
    const directory = loadDirectory();
    const decoder = await createDecoder({
      frazioni: directory.frazioni(),
      comuni: directory.comuni(),
      abstain: false,
    });
    process.exitCode = await decodeLines(process.stdin, process.stdout, process.stderr, decoder);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof BussolaError && error.code.endsWith('_invalid') ? 2 : 1;
  }
}
