// `npm run evaluate`: how well held-out voices are understood, by language and label, with every cry missed or raised in vain.
// A root of composition. What is learnt and chosen is left to decoder/train.ts, which never sees these voices.
import { loadDirectory } from '../adapters/directory/directory.ts';
import { withDanger } from './with-danger.ts';
import { readCorpus } from './decoder/corpus.ts';
import type { Row } from './decoder/corpus.ts';
import { createDecoder } from './decoder/decoder.ts';
import { f1ByLabel, figuresOf, isLookalike, isNeedRight, isRaised, needsOf } from './decoder/measure.ts';
import type { Figures, Judgement } from './decoder/measure.ts';
import type { Decoder } from './decoder/types.ts';
import { withTypos } from './decoder/typos.ts';
import { detectDanger, likelihoodOfDanger } from './floor/detect.ts';

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

const percent = (value: number): string => `${(value * 100).toFixed(1)}`.padStart(6);
const say = (line: string): unknown => process.stdout.write(`${line}\n`);

function print(name: string, { rows, ...shares }: Figures): void {
  say(`${name.padEnd(10)}${String(rows).padStart(6)}${Object.values(shares).map(percent).join('')}`);
}

function printLabels(all: readonly Judgement[]): void {
  say('\nneed                 there found right    F1');
  for (const [label, { there, found, right, f1 }] of f1ByLabel(all.map(needsOf)))
    say(`${label.padEnd(20)}${String(there).padStart(6)}${percent(found)}${percent(right)}${percent(f1)}`);
}

function printConfusions(all: readonly Judgement[]): void {
  const pairs = new Map<string, number>();
  for (const { is, said } of all.map(needsOf))
    if (is !== said) pairs.set(`${is} read as ${said}`, (pairs.get(`${is} read as ${said}`) ?? 0) + 1);
  say('\nmost confused');
  for (const [pair, count] of [...pairs].sort(([, a], [, b]) => b - a).slice(0, 15))
    say(`${String(count).padStart(6)}  ${pair}`);
}

/** How many are right of those about which the decoder is at least so sure. */
function printCoverage(all: readonly Judgement[]): void {
  say('\nsure at least  told %  right %');
  for (const least of [0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) {
    const told = all.filter(({ said }) => said.confidence >= least);
    const right = told.filter(isNeedRight).length / Math.max(1, told.length);
    say(`${least.toFixed(1).padStart(13)}${percent(told.length / all.length)}  ${percent(right)}`);
  }
}

/** Every cry for help that was missed, and every alarm raised in vain, with what was seen and heard in it. */
function printDangers(all: readonly Judgement[]): void {
  const missed = all.filter((one) => one.row.urgency === 'emergency' && !isRaised(one));
  const vain = all.filter((one) => one.row.urgency !== 'emergency' && isRaised(one));
  for (const [title, list] of [
    ['cries missed', missed],
    ['raised in vain', vain],
  ] as const) {
    say(`\n${title}: ${list.length}`);
    for (const one of list)
      say(
        `  ${one.row.voice} ${one.row.need ?? 'unclear'} ${one.row.urgency}: ${one.row.text}\n      ${reasonOf(one)}`,
      );
  }
}

function reasonOf(one: Judgement): string {
  const { row, said } = one;
  const hit = detectDanger(row.text);
  const sign = hit === null ? 'no sign' : hit.heard ? 'no sign, heard' : hit.maybe ? 'a sign, doubted' : 'a sign';
  const offered = hit?.maybe ? ', numbers offered in a line' : hit ? ', floor answers' : '';
  const read = `ear ${likelihoodOfDanger(row.text).toFixed(2)}, decoder ${said.danger.toFixed(2)}, read as ${said.need ?? 'unclear'}`;
  const kind = isLookalike(one) ? 'look-alike; ' : '';
  return `${kind}${sign}${offered}; ${read}${row.note === '' ? '' : ` (${row.note})`}`;
}

function printMisses(all: readonly Judgement[]): void {
  say('\nmisread');
  for (const { row, said } of all) {
    const is = `${row.need ?? 'unclear'}/${row.urgency}/${row.forWhom}`;
    const was = `${said.need ?? 'unclear'}/${said.urgency}/${said.forWhom}`;
    if (is !== was) say(`  ${row.voice} ${is} read as ${was}: ${row.text}`);
  }
}

function withoutAccents(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036F]/g, '')
    .normalize('NFC');
}

if (import.meta.main) {
  const directory = loadDirectory();
  const parts = { frazioni: directory.frazioni(), comuni: directory.comuni() };
  const decoder = await createDecoder({ ...parts, abstain: false });
  const { heldOut } = readCorpus();
  const all = await judgeRows(decoder, heldOut);
  const columns = ['area', 'need', 'F1', 'urg', 'whom', 'where', 'lang', 'cries', 'alike', 'calm', 'ece'];
  say(`${' '.repeat(12)}rows${columns.map((name) => name.padStart(6)).join('')}`);
  for (const lang of new Set(heldOut.map((row) => row.lang)))
    print(lang, figuresOf(all.filter(({ row }) => row.lang === lang)));
  print('others', figuresOf(all.filter(({ row }) => row.lang !== 'it')));
  print('all', figuresOf(all));
  print('typos 10%', figuresOf(await judgeRows(decoder, heldOut, withTypos)));
  print('no accents', figuresOf(await judgeRows(decoder, heldOut, withoutAccents)));
  print('capitals', figuresOf(await judgeRows(decoder, heldOut, (text) => text.toUpperCase())));
  print('abstaining', figuresOf(await judgeRows(await createDecoder(parts), heldOut)));
  printCoverage(all);
  printLabels(all);
  printConfusions(all);
  printDangers(all);
  if (process.argv.includes('--misses')) printMisses(all);
}
