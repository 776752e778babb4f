// Changes single values in the text of a YAML file and leaves every other letter of it alone: comments, order, quotes.
// Which values are changed is left to proposal.ts, whether the result makes sense to load.ts.
import { isMap, isScalar, isSeq, LineCounter, parseDocument, stringify } from 'yaml';
import type { Node, Pair } from 'yaml';
import type { Path } from './yamlfile.ts';

/** A value with where it comes from, as it stands in the files: `number` for telephones, `value` for all else. */
export interface NewValue {
  key: 'number' | 'value';
  value: string;
  date: string;
  source: string;
}

interface Edit {
  from: number;
  to: number;
  text: string;
}

/** The map at `path` with the new value and where it comes from. Throws where there is no such map. */
export function replaceValue(text: string, path: Path, made: NewValue): string {
  const map: unknown = parseDocument(text).getIn(path, true);
  if (!isMap(map)) throw new Error(`no map at ${path.join('/')}`);
  const edits = rows(made).map(([key, value]): Edit => {
    const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
    const found = pair?.value;
    if (!isScalar(found) || !found.range) throw new Error(`no ${key} at ${path.join('/')}`);
    return { from: found.range[0], to: found.range[1], text: written(value, found.type === 'QUOTE_DOUBLE') };
  });
  return apply(text, edits);
}

/** A new `name:` with the value, after the key `after` of the map at `path`. `list`: as the first of a list. */
export function insertValue(
  text: string,
  path: Path,
  after: string,
  name: string,
  made: NewValue,
  list: boolean,
): string {
  const counter = new LineCounter();
  const map: unknown = parseDocument(text, { lineCounter: counter }).getIn(path, true);
  const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && item.key.value === after) : undefined;
  const start = pair && rangeOf(pair.key);
  if (!pair || !start) throw new Error(`no ${after} at ${path.join('/')}`);
  const indent = ' '.repeat(counter.linePos(start[0]).col - 1);
  const lines = rows(made).map(([key, value]) => `${key}: ${written(value, key === made.key && list)}`);
  const block = list ? itemLines(`${indent}  `, lines) : lines.map((line) => `${indent}  ${line}`);
  return insertAfterLine(text, endOf(pair), [`${indent}${name}:`, ...block]);
}

/** One more item at the end of the list at `path`. */
export function appendItem(text: string, path: Path, made: NewValue): string {
  const counter = new LineCounter();
  const list: unknown = parseDocument(text, { lineCounter: counter }).getIn(path, true);
  const last = isSeq(list) ? list.items.at(-1) : undefined;
  if (!isMap(last) || !last.range || !last.items[0]) throw new Error(`no list at ${path.join('/')}`);
  const indent = ' '.repeat(counter.linePos(last.range[0]).col - 3);
  const lines = rows(made).map(([key, value]) => `${key}: ${written(value, key === made.key)}`);
  return insertAfterLine(text, Math.max(...last.items.map(endOf)), itemLines(indent, lines));
}

function rows({ key, value, date, source }: NewValue): [string, string | false][] {
  return [
    [key, value],
    ['status', 'FOUND'],
    ['date', date],
    ['source', source],
    ['confirm', false],
  ];
}

/** As a clerk would write it; between quotes where it was, or where YAML would read it as something else. */
function written(value: string | false, quoted: boolean): string {
  if (value === false) return 'false';
  return stringify(value, { defaultStringType: quoted ? 'QUOTE_DOUBLE' : 'PLAIN', lineWidth: 0 }).trimEnd();
}

function itemLines(indent: string, lines: string[]): string[] {
  return lines.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`);
}

function rangeOf(node: unknown): Node['range'] {
  return isScalar(node) || isSeq(node) || isMap(node) ? node.range : undefined;
}

function endOf({ key, value }: Pair): number {
  const range = rangeOf(value) ?? rangeOf(key);
  if (!range) throw new Error('a value without a place');
  return range[1];
}

function insertAfterLine(text: string, at: number, lines: string[]): string {
  const newline = text.indexOf('\n', at);
  const end = newline === -1 ? text.length : newline + 1;
  const before = text.slice(0, end);
  return `${before}${before.endsWith('\n') ? '' : '\n'}${lines.join('\n')}\n${text.slice(end)}`;
}

function apply(text: string, edits: Edit[]): string {
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((changed, { from, to, text: put }) => changed.slice(0, from) + put + changed.slice(to), text);
}
