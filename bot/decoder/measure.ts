// How well texts are understood: shares, F1, calibration, what is confused. Shared by bot/evaluate.ts, the bench and tests.
// Which rows are measured, and how it is printed, is left to those who call.
import type { Row } from './corpus.ts';
import type { Decoded } from './types.ts';

export interface Judgement {
  row: Row;
  /** As `npm run decode` tells it: with what the floor finds. */
  said: Decoded;
}

/** Shares are from 0 to 1. */
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

export function figuresOf(all: readonly Judgement[]): Figures {
  const calm = all.filter(({ row }) => row.urgency !== 'emergency');
  return {
    rows: all.length,
    area: share(all, ({ row, said }) => row.area === said.area),
    need: share(all, isNeedRight),
    needF1: macroF1(all.map(needsOf)),
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

export function isNeedRight({ row, said }: Judgement): boolean {
  return row.need === said.need;
}

export function isRaised({ said }: Judgement): boolean {
  return said.urgency === 'emergency';
}

export function isLookalike({ row }: Judgement): boolean {
  return row.note.includes('lookalike');
}

/** The need that is there and the one that was told; `unclear` for none. */
export function needsOf({ row, said }: Judgement): { is: string; said: string } {
  return { is: row.need ?? 'unclear', said: said.need ?? 'unclear' };
}

/** Mean over the labels that there are of how well each is found and not seen elsewhere; 0 to 1. */
export function macroF1(rows: readonly { is: string; said: string }[]): number {
  const all = [...f1ByLabel(rows).values()];
  return all.length === 0 ? 0 : all.reduce((sum, { f1 }) => sum + f1, 0) / all.length;
}

/** Of each label: how often it is there, the share of those found, the share of those told that are right, and their F1. */
export function f1ByLabel(
  rows: readonly { is: string; said: string }[],
): Map<string, { there: number; found: number; right: number; f1: number }> {
  return new Map(
    [...new Set(rows.map(({ is }) => is))].sort().map((label) => {
      const both = rows.filter(({ is, said }) => is === label && said === label).length;
      const told = rows.filter(({ said }) => said === label).length;
      const there = rows.filter(({ is }) => is === label).length;
      return [
        label,
        { there, found: both / there, right: told === 0 ? 0 : both / told, f1: (2 * both) / (told + there) },
      ];
    }),
  );
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

function share(of: readonly Judgement[], isSo: (one: Judgement) => boolean): number {
  return of.length === 0 ? 1 : of.filter(isSo).length / of.length;
}
