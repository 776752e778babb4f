// The figures of the widget as tables, their goals met or missed, and their place in docs/bench.md.
// How they were measured is left to widget.ts and widget-wire.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Contestant } from './webchat.ts';
import { WEB_CHAT } from '../test/support/web-chat.ts';
import type { Spread, WidgetFigures, WidgetLine } from './widget.ts';
import type { Bytes } from './widget-wire.ts';

const NAMES: Record<Contestant, string> = {
  page: 'the page alone',
  bussola: 'Bussola',
  webchat: `Web Chat ${WEB_CHAT}`,
  'webchat-minimal': `Web Chat ${WEB_CHAT}, minimal`,
};
const KB = 1000;

export function widgetTable({ rounds, lines, wire }: WidgetFigures): string {
  const head = ['', ...lines.map(({ contestant }) => NAMES[contestant])];
  const row = (name: string, cell: (line: WidgetLine) => string): string[] => [name, ...lines.map(cell)];
  const spread = (name: string, what: keyof WidgetLine['effort'], digits = 0, unit = 1): string[] =>
    row(name, ({ effort }) => told(effort[what], digits, unit));
  const rows = [
    row('requests before the press', ({ requestsBefore }) => String(requestsBefore)),
    row('kB before the press', ({ bytesBefore }) => (bytesBefore / KB).toFixed(1)),
    row('requests until text can be typed', ({ requests }) => String(requests)),
    row('kB until text can be typed', ({ bytes }) => (bytes / KB).toFixed(1)),
    row('kB of headers', ({ headers }) => (headers / KB).toFixed(1)),
    spread('main thread ms before the press', 'mainBefore'),
    spread('main thread ms to the first message', 'main'),
    spread('main thread ms until all is still', 'settled'),
    spread('of it scripts, ms', 'script'),
    spread('ms until text can be typed', 'toInput'),
    spread('ms to the first message', 'toMessage'),
    spread('layout shift', 'shift', 3),
    spread('JavaScript heap MB', 'heap', 1, 1_000_000),
  ];
  return [
    table(head, rows),
    '',
    table(
      [`${wire.turns} turns, ${wire.thinking} s before each`, 'kB sent', 'kB received', 'kB'],
      [
        wireRow('Bussola', wire.widget),
        wireRow('DirectLineJS, streaming', wire.streaming),
        wireRow('DirectLineJS, polling every second', wire.polling),
      ],
    ),
    '',
    ...goals(lines, wire.widget).map((line) => `- ${line}`),
    '',
    `Medians of ${rounds} rounds, taken in turns; in brackets the least and the most. ${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}.`,
  ].join('\n');
}

function goals(lines: readonly WidgetLine[], wire: Bytes): string[] {
  const own = lines.find(({ contestant }) => contestant === 'bussola');
  const other = lines.find(({ contestant }) => contestant === 'webchat');
  const page = lines.find(({ contestant }) => contestant === 'page');
  if (!own || !other || !page) return [];
  const of = (line: WidgetLine, what: 'main' | 'mainBefore'): number =>
    line.effort[what].median - page.effort[what].median;
  const goal = (name: string, value: number, most: number, unit: string, digits = 1): string =>
    `${value <= most ? 'met' : 'MISSED'}: ${name}: ${value.toFixed(digits)} of at most ${most.toFixed(digits)}${unit}`;
  const share = of(own, 'main') / of(other, 'main');
  return [
    goal('loader', own.bytesBefore / KB, 3, ' kB'),
    goal('all until text can be typed', own.bytes / KB, 24, ' kB'),
    goal('main thread before the press, beyond the page alone', of(own, 'mainBefore'), 50, ' ms', 0),
    goal('main thread to the first message beside Web Chat, both beyond the page alone', share, 0.1, '', 2),
    goal(`a triage of 12 turns`, (wire.up + wire.down) / KB, 15, ' kB'),
  ];
}

function told({ median, least, most }: Spread, digits: number, unit: number): string {
  const [middle, low, high] = [median, least, most].map((one) => (one / unit).toFixed(digits));
  return low === high ? `${middle}` : `${middle} (${low}–${high})`;
}

function wireRow(name: string, { up, down }: Bytes): string[] {
  return [name, ...[up, down, up + down].map((bytes) => (bytes / KB).toFixed(1))];
}

function table(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const FILE = new URL('../docs/bench.md', import.meta.url);

/** Puts a table between its two marks in docs/bench.md; the words around it stay. */
export function intoDocs(name: 'widget' | 'lighthouse', table: string): void {
  const [begin, end] = [`<!-- ${name}: made by the command -->`, `<!-- ${name}: end -->`];
  const text = readFileSync(FILE, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/bench.md has no place for ${name}`);
  writeFileSync(FILE, `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`);
}
