// `node bot/evaluate.ts`: how well held-out voices are understood, by language and label, with every miss. A root of composition.
// What is learnt and chosen is left to decoder/train.ts, which never sees these voices.
import { loadDirectory } from '../adapters/directory/directory.ts';
import { withDanger } from './decode.ts';
import { readCorpus } from './decoder/corpus.ts';
import type { Row } from './decoder/corpus.ts';
import { createDecoder } from './decoder/decoder.ts';
import { macroF1 } from './decoder/measure.ts';
import type { Decoded, Decoder } from './decoder/types.ts';
import { withTypos } from './decoder/typos.ts';

export interface Judgement {
  row: Row;
  /** As `npm run decode` tells it: with what the floor finds. */
  said: Decoded;
}

export interface Figures {
  rows: number;
  area: number;
  need: number;
  needF1: number;
  urgency: number;
  forWhom: number;
  /** Of the rows that name one. */
  comune: number;
  lang: number;
  /** Share of the emergencies that are raised; shares of look-alikes and of calm rows that are raised too. */
  recall: number;
  lookalikes: number;
  calm: number;
  /** Expected calibration error of `confidence`, ten equal steps. */
  calibration: number;
}

async function judgeRows(
  decoder: Decoder,
  rows: readonly Row[],
  change: (text: string) => string = (text) => text,
): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (const row of rows) {
    const text = change(row.text);
    judgements.push({ row, said: withDanger(await decoder.decode(text), text) });
  }
  return judgements;
}

export function figuresOf(all: readonly Judgement[]): Figures {
  const share = (of: readonly Judgement[], isSo: (one: Judgement) => boolean): number =>
    of.length === 0 ? 1 : of.filter(isSo).length / of.length;
  const isRaised = ({ said }: Judgement): boolean => said.urgency === 'emergency';
  const calm = all.filter(({ row }) => row.urgency !== 'emergency');
  const isLookalike = ({ row }: Judgement): boolean => row.note.includes('lookalike');
  return {
    rows: all.length,
    area: share(all, ({ row, said }) => row.area === said.area),
    need: share(all, isNeedRight),
    needF1: macroF1(all.map(({ row, said }) => ({ is: row.need ?? 'unclear', said: said.need ?? 'unclear' }))),
    urgency: share(all, ({ row, said }) => row.urgency === said.urgency),
    forWhom: share(all, ({ row, said }) => row.forWhom === (said.forWhom === 'client' ? 'other' : said.forWhom)),
    comune: share(
      all.filter(({ row }) => row.comune !== 'none'),
      ({ row, said }) => row.comune === said.comune,
    ),
    lang: share(all, ({ row, said }) => row.lang === said.lang),
    recall: share(
      all.filter(({ row }) => row.urgency === 'emergency'),
      isRaised,
    ),
    lookalikes: share(calm.filter(isLookalike), isRaised),
    calm: share(
      calm.filter((one) => !isLookalike(one)),
      isRaised,
    ),
    calibration: calibrationError(all),
  };
}

function isNeedRight({ row, said }: Judgement): boolean {
  return row.need === said.need;
}

function calibrationError(all: readonly Judgement[]): number {
  let error = 0;
  for (let step = 0; step < 10; step += 1) {
    const inside = all.filter(({ said }) => Math.min(9, Math.floor(said.confidence * 10)) === step);
    const sure = inside.reduce((sum, { said }) => sum + said.confidence, 0);
    error += Math.abs(inside.filter(isNeedRight).length - sure) / all.length;
  }
  return error;
}

const percent = (value: number): string => `${(value * 100).toFixed(1)}`.padStart(6);

function print(name: string, figures: Figures): void {
  const { rows, ...shares } = figures;
  process.stdout.write(`${name.padEnd(10)}${String(rows).padStart(6)}${Object.values(shares).map(percent).join('')}\n`);
}

function printConfusions(all: readonly Judgement[]): void {
  const pairs = new Map<string, number>();
  for (const { row, said } of all)
    if (row.need !== said.need) {
      const pair = `${row.need ?? 'unclear'} read as ${said.need ?? 'unclear'}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
  process.stdout.write('\nmost confused\n');
  for (const [pair, count] of [...pairs].sort(([, a], [, b]) => b - a).slice(0, 15))
    process.stdout.write(`${String(count).padStart(6)}  ${pair}\n`);
}

/** How many are right of those about which the decoder is at least so sure. */
function printCoverage(all: readonly Judgement[]): void {
  process.stdout.write('\nsure at least  told %  right %\n');
  for (const least of [0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) {
    const told = all.filter(({ said }) => said.confidence >= least);
    const right = told.filter(isNeedRight).length / Math.max(1, told.length);
    process.stdout.write(`${least.toFixed(1).padStart(13)}${percent(told.length / all.length)}  ${percent(right)}\n`);
  }
}

function printMisses(all: readonly Judgement[]): void {
  process.stdout.write('\nmisses\n');
  for (const { row, said } of all) {
    const labels = (area: string | null, need: string | null, urgency: string): string =>
      `${need ?? area ?? 'unclear'}/${urgency}`;
    const is = labels(row.area, row.need, row.urgency);
    const was = labels(said.area, said.need, said.urgency);
    const crisis = row.urgency === 'emergency' || said.urgency === 'emergency' ? '! ' : '  ';
    const isCrisisMiss = (row.urgency === 'emergency') !== (said.urgency === 'emergency');
    if (is !== was)
      process.stdout.write(`${isCrisisMiss ? crisis : '  '}${row.voice} ${is} read as ${was}: ${row.text}\n`);
  }
}

if (import.meta.main) {
  const directory = loadDirectory();
  const parts = { frazioni: directory.frazioni(), comuni: directory.comuni() };
  const decoder = await createDecoder({ ...parts, abstain: false });
  const { heldOut } = readCorpus();
  const all = await judgeRows(decoder, heldOut);
  const columns = ['area', 'need', 'F1', 'urg', 'whom', 'where', 'lang', 'recall', 'alike', 'calm', 'ece'];
  process.stdout.write(`${' '.repeat(12)}rows${columns.map((name) => name.padStart(6)).join('')}\n`);
  for (const lang of new Set(heldOut.map((row) => row.lang)))
    print(lang, figuresOf(all.filter(({ row }) => row.lang === lang)));
  print('others', figuresOf(all.filter(({ row }) => row.lang !== 'it')));
  print('all', figuresOf(all));
  const bare = (text: string): string =>
    text
      .normalize('NFD')
      .replace(/[\u0300-\u036F]/g, '')
      .normalize('NFC');
  print('typos 10%', figuresOf(await judgeRows(decoder, heldOut, withTypos)));
  print('no accents', figuresOf(await judgeRows(decoder, heldOut, bare)));
  print('capitals', figuresOf(await judgeRows(decoder, heldOut, (text) => text.toUpperCase())));
  print('abstaining', figuresOf(await judgeRows(await createDecoder(parts), heldOut)));
  printCoverage(all);
  printConfusions(all);
  if (process.argv.includes('--misses')) printMisses(all);
}
