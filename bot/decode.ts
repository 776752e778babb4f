// `npm run -s decode`: JSON Lines in, what each text says out. A root of composition, like main.ts and chat.ts.
// How a text is understood is left to decoder/, what is dangerous in it to floor/.
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { createDecoder } from './decoder/decoder.ts';
import { BussolaError } from './errors.ts';
import { detectDanger, likelihoodOfDanger } from './floor/detect.ts';
import type { Danger } from './floor/types.ts';
import type { Decoded, Decoder } from './decoder/types.ts';
import type { Area, Need } from '../flows/types.ts';

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

const NEED_OF: Record<Danger, { area: Area; need: Need }> = {
  suicide: { area: 'health', need: 'mental_health' },
  medical: { area: 'health', need: 'medical_access' },
  violence: { area: 'relational', need: 'violence' },
  child: { area: 'relational', need: 'parenting_minors' },
  no_shelter: { area: 'housing', need: 'homelessness' },
};

/** From here on a need that was read stands, whatever danger was heard beside it. */
const SURE = 0.35;
/** From here on floor and decoder together, each doubting alone, make an emergency of it. */
const TOGETHER = 0.17;
/** How much the ear's word counts of both; the decoder has read the whole. */
const OF_EAR = 0.35;

/** Labels as the floor and the decoder tell them together. In a conversation the floor answers by itself, before anything is decoded. */
export function withDanger(decoded: Decoded, text: string): Decoded {
  const hit = detectDanger(text);
  const seen = hit !== null && !hit.heard && !hit.maybe;
  const likely = together(likelihoodOfDanger(text), decoded.danger);
  if (!seen && likely < TOGETHER) return decoded.urgency === 'emergency' ? { ...decoded, urgency: 'urgent' } : decoded;
  const raised: Decoded = { ...decoded, urgency: 'emergency' };
  if (hit === null) return raised;
  const danger = hit.dangers.includes('suicide') ? 'suicide' : hit.dangers[0];
  const { area, need } = NEED_OF[danger];
  if (decoded.need === need) return raised;
  const stands = decoded.need !== null && decoded.confidence >= SURE;
  if (stands && !(seen && danger === 'suicide')) return raised;
  const cause = decoded.area === 'unclear' || decoded.area === area ? null : decoded.area;
  const forWhom = decoded.forWhom === 'unknown' ? 'self' : decoded.forWhom;
  return { ...raised, area, need, forWhom, secondaryArea: cause, confidence: Math.max(SURE, decoded.confidence) };
}

/** Both probabilities in one, in evidence: two that half believe outweigh one that does not. */
function together(ear: number, decoder: number): number {
  const evidence = (one: number): number => {
    const bounded = Math.min(0.999, Math.max(0.001, one));
    return Math.log(bounded / (1 - bounded));
  };
  return 1 / (1 + Math.exp(-(OF_EAR * evidence(ear) + (1 - OF_EAR) * evidence(decoder))));
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
