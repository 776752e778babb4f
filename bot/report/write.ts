// A report in the format that was asked for.
// Each format is left to its file; the page comes from outside, as HTML is made in adapters/.
import type { Say } from '../words.ts';
import { toCsv } from './csv.ts';
import { toJson } from './json.ts';
import type { Labels } from './labels.ts';
import { notesOf } from './notes.ts';
import type { Report } from './report.ts';

export const FORMATS = ['csv', 'json', 'html'] as const;
export type Format = (typeof FORMATS)[number];

export interface Writing {
  say: Say;
  labels: Labels;
  page: (report: Report, say: Say, labels: Labels) => string;
}

export function writeReport(report: Report, format: Format, { say, labels, page }: Writing): string {
  if (format === 'csv') return toCsv(report, labels);
  return format === 'json' ? toJson(report, notesOf(say)) : page(report, say, labels);
}
