// Reads the machine's part of a delivery report (RFC 3464): what became of each receiver, and with which code.
// Whether a mail is a report, and of which mail of ours, is left to returned.ts.

/** `delayed`: still tried; `other`: it arrived, or was handed on. */
export interface Fate {
  result: 'failed' | 'delayed' | 'other';
  /** `5.1.1`. */
  code: string;
}

/** What a failure is called that brings no code. */
export const NO_CODE = '5.0.0';

/** The worst that befell any receiver; undefined where the text names none. */
export function readReport(text: string): Fate | undefined {
  const fates = blocks(text).flatMap(fateOf);
  return (
    fates.find(({ result }) => result === 'failed') ?? fates.find(({ result }) => result === 'delayed') ?? fates[0]
  );
}

/** The first code of a permanent failure anywhere in a text. */
export function codeIn(text: string): string | undefined {
  return /(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(text)?.[0];
}

/** Header-like lines, in groups parted by empty lines; folded lines joined. */
function blocks(text: string): Map<string, string>[] {
  const groups = text.replaceAll('\r\n', '\n').split(/\n[ \t]*\n/);
  return groups.map((group) => {
    const lines = group.replace(/\n[ \t]+/g, ' ').split('\n');
    return new Map(lines.map((line) => [line.split(':', 1)[0]?.trim().toLowerCase() ?? '', afterColon(line)]));
  });
}

function fateOf(fields: Map<string, string>): Fate[] {
  const action = fields
    .get('action')
    ?.toLowerCase()
    .split(/[\s;(]/, 1)[0];
  const status = /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0];
  if (action === undefined && status === undefined) return [];
  const code = status ?? codeIn(fields.get('diagnostic-code') ?? '') ?? NO_CODE;
  if (action === 'failed' || (action === undefined && status?.startsWith('5'))) return [{ result: 'failed', code }];
  return [{ result: action === 'delayed' ? 'delayed' : 'other', code }];
}

function afterColon(line: string): string {
  const colon = line.indexOf(':');
  return colon < 0 ? '' : line.slice(colon + 1).trim();
}
