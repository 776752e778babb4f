// When a message that nobody is waiting for may reach the person: inside their days and hours, and never at night.
// What the rules are was read in read.ts; what is said at that moment is left to bot/cases/tell.ts and bot/mail.
import { readRomeTime } from '../clock.ts';
import type { Case, CaseDetails, SafeRules } from '../cases/types.ts';
import type { Need } from '../../flows/types.ts';
import type { Span } from './lexicon.ts';
import { readWishes } from './read.ts';
import { DAY, inBoth } from './spans.ts';

/** What comes by itself comes from 8:00 to 20:30. */
const WAKING: Span = { from: 8 * 60, to: 20 * 60 + 30 };
/** A week and the day after: rules repeat every week. */
const DAYS = 8;
/** Of these nothing may show to who looks over a shoulder. */
const SENSITIVE: (Need | 'unclear')[] = ['violence', 'addiction', 'mental_health'];

/** Made once: making one takes longer than all it is used for. */
const ROME = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', dateStyle: 'short' });

/** The rules of the person; of words kept without rules, what they say. */
export function rulesFor({ safe, needs, language }: CaseDetails): SafeRules {
  if (safe?.rules) return safe.rules;
  const said = safe?.wishes === undefined ? {} : readWishes(safe.wishes, language);
  return needs.some(({ need }) => need === 'violence') ? { ...said, noMail: true } : said;
}

/** The earliest moment from `at` on at which a machine may write to the person by itself; `never`: only when they write. */
export function safeMoment({ details }: Pick<Case, 'details'>, at: Date): Date | 'never' {
  const rules = rulesFor(details);
  if (rules.silent) return 'never';
  const hours = inBoth([WAKING], rules.hours ?? [DAY]);
  for (let ahead = 0; ahead < DAYS; ahead += 1) {
    const day = dayFrom(at, ahead);
    if (rules.neverDays?.includes(day.getUTCDay())) continue;
    for (const { from, to } of hours) {
      const [start, end] = [instant(day, from), instant(day, to)];
      if (at < end) return at > start ? at : start;
    }
  }
  return 'never';
}

/** Whether an automatic e-mail may go to the person at all; when is left to safeMoment. */
export function mayMail({ details }: Pick<Case, 'details'>): boolean {
  const rules = rulesFor(details);
  const mayWrite = !rules.noMail && !rules.silent && !rules.neutral;
  return details.contact?.kind === 'email' && details.safe?.copyByMail !== false && mayWrite;
}

/** Whether the first thing seen must not say what it is about: what follows waits until the person asks for it. */
export function needsNeutral({ details, channel }: Pick<Case, 'details' | 'channel'>): boolean {
  const pushes = channel === 'telegram' || channel === 'botframework';
  return pushes || leavesNoTrace(details);
}

/** Nothing of it may lie about: no code on paper, no entry in a calendar. For who told how they may safely be reached as well. */
export function leavesNoTrace(details: Pick<CaseDetails, 'needs' | 'safe'>): boolean {
  return isSensitive(details) || details.safe?.rules !== undefined || details.safe?.wishes !== undefined;
}

export function isSensitive({ needs }: { needs: readonly Pick<CaseDetails['needs'][number], 'need'>[] }): boolean {
  return needs.some(({ need }) => SENSITIVE.includes(need));
}

/** The day in Rome, `ahead` days after that of `at`, as midnight UTC: a day of the calendar, no moment. */
function dayFrom(at: Date, ahead: number): Date {
  return new Date(Date.parse(`${ROME.format(at)}T00:00:00Z`) + ahead * 86_400_000);
}

function instant(day: Date, minutes: number): Date {
  const wall = new Date(day.getTime() + minutes * 60_000).toISOString().slice(0, 16);
  const found = readRomeTime(wall);
  if (!found) throw new Error(`not a time: ${wall}`);
  return found;
}
