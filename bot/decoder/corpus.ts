// Reads the corpus: labelled utterances in corpus/<language>/<voice>.tsv, and which voices are held out for measuring.
// What is learnt from the rows is left to train.ts, how well to bot/evaluate.ts.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { AREAS, COMUNI } from '../../flows/types.ts';
import type { Area, Need } from '../../flows/types.ts';
import { ConfigError } from '../errors.ts';
import { areaOf, isNeed } from './lexicon.ts';
import { URGENCIES, WHOM } from './labels.ts';
import type { Decoded } from './types.ts';

export interface Row {
  lang: string;
  /** Who writes: rows of one voice are never on both sides of the split. */
  voice: string;
  text: string;
  area: Area | 'unclear';
  need: Need | null;
  secondaryArea: Area | null;
  urgency: Decoded['urgency'];
  forWhom: (typeof WHOM)[number];
  comune: Decoded['comune'];
  note: string;
}

export interface Corpus {
  train: Row[];
  heldOut: Row[];
}

/** Columns of a voice's file, in order. */
export const HEADER = ['text', 'area', 'need', 'secondary_area', 'urgency', 'for_whom', 'comune', 'note'];
const FOLDER = new URL('corpus/', import.meta.url);

/** All rows, in the order of the file names. Throws ConfigError naming every file and line that cannot be read. */
export function readCorpus(folder: URL = FOLDER): Corpus {
  const problems: string[] = [];
  const held = new Set(lines(readFileSync(new URL('held-out.txt', folder), 'utf8')));
  const corpus: Corpus = { train: [], heldOut: [] };
  for (const lang of readdirSync(folder)
    .filter((name) => /^[a-z]{2}$/.test(name))
    .sort())
    for (const file of readdirSync(new URL(`${lang}/`, folder))
      .filter((name) => name.endsWith('.tsv'))
      .sort()) {
      const voice = `${lang}/${file.slice(0, -4)}`;
      const rows = readVoice(readFileSync(new URL(`${lang}/${file}`, folder), 'utf8'), voice, problems);
      (held.delete(voice) ? corpus.heldOut : corpus.train).push(...rows);
    }
  for (const voice of held) problems.push(`held-out.txt: there is no voice ${voice}`);
  if (problems.length > 0) throw new ConfigError(problems);
  return corpus;
}

/** Changes when any row, label or side of the split does. */
export function checksum(rows: readonly Row[]): string {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${JSON.stringify(Object.values(row))}\n`);
  return hash.digest('hex').slice(0, 16);
}

/** The rows of one voice's file; what is wrong is added to `problems`, with its line. */
export function readVoice(text: string, voice: string, problems: string[]): Row[] {
  const rows: Row[] = [];
  const seen = new Set<string>();
  let header = false;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('# ')) continue;
    const cells = line.split('\t');
    const wrong = (why: string): unknown => problems.push(`${voice}.tsv line ${at + 1}: ${why}`);
    if (!header) {
      header = true;
      if (cells.join(' ') !== HEADER.join(' ')) wrong(`the columns must be ${HEADER.join(', ')}`);
      continue;
    }
    const row = readRow(cells, voice);
    if (typeof row === 'string') wrong(row);
    else if (seen.has(row.text)) wrong('the same words stand in another line');
    else rows.push(row);
    seen.add(cells[0] ?? '');
  }
  return rows;
}

function readRow(cells: string[], voice: string): Row | string {
  const [text = '', area = '', need = '', second = '', urgency = '', whom = '', comune = '', note = ''] = cells;
  if (cells.length < 7 || cells.length > 8) return `${cells.length} columns instead of 8`;
  if (text.trim() === '') return 'no text';
  const areaFound = [...AREAS, 'unclear' as const].find((one) => one === area);
  if (areaFound === undefined) return `"${area}" is not an area`;
  if ((need === '') !== (area === 'unclear')) return 'a need goes with an area, none with unclear';
  if (need !== '' && (!isNeed(need) || areaOf(need) !== area)) return `"${need}" is not a need of ${area}`;
  const secondaryArea = second === '' ? null : AREAS.find((one) => one === second);
  if (secondaryArea === undefined || secondaryArea === area) return `"${second}" is not a second area`;
  const urgencyFound = URGENCIES.find((one) => one === urgency);
  if (urgencyFound === undefined) return `"${urgency}" is not an urgency`;
  const forWhom = WHOM.find((one) => one === whom);
  if (forWhom === undefined) return `"${whom}" is not one of ${WHOM.join(', ')}`;
  const where = [...COMUNI, 'outside' as const, 'none' as const].find((one) => one === comune);
  if (where === undefined) return `"${comune}" is not a comune`;
  return {
    lang: voice.slice(0, 2),
    voice,
    text,
    area: areaFound,
    need: isNeed(need) ? need : null,
    secondaryArea,
    urgency: urgencyFound,
    forWhom,
    comune: where,
    note,
  };
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
