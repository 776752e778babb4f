// The sentences that go with every report, in whatever format: what is hidden, what a person is, what a month is.
// The words are left to locales/it/report.json.
import type { Say } from '../words.ts';
import type { Labels } from './labels.ts';
import type { Report } from './report.ts';
import { FEW } from './suppress.ts';

export function notesOf(say: Say): string[] {
  return [
    say('report:notes.few', { few: FEW }),
    say('report:notes.rounded', { few: FEW }),
    say('report:notes.zero'),
    say('report:notes.months'),
    say('report:notes.people'),
    say('report:notes.requests'),
    say('report:notes.days'),
    say('report:notes.personal'),
  ];
}

/** Which months of the period have no figures for the reason that they are not published, in words. */
export function notYet({ months }: Report, say: Say, labels: Labels): string[] {
  return (['contacts', 'requests'] as const).flatMap((what) => {
    const missing = months.filter((one) => !one[what]).map(({ month }) => labels.month(month));
    return missing.length > 0 ? [say(`report:not_yet.${what}`, { months: missing.join(', ') })] : [];
  });
}
