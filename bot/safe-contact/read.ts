// Reads in a person's own words how and when they may be contacted. What is not surely read becomes the careful rule.
// What the rules then mean for a message is left to moment.ts.
import type { SafeRules } from '../cases/types.ts';
import { clausesOf } from './clauses.ts';
import type { Clause } from './clauses.ts';
import type { Span } from './lexicon.ts';
import { DAY, inBoth, united, without } from './spans.ts';
import { tokensOf } from './tokens.ts';

const WEEK = [0, 1, 2, 3, 4, 5, 6];
const SILENT: SafeRules = { silent: true };

/** `lang`: the language of the talk; others are read as well. */
export function readWishes(text: string, lang: string): SafeRules {
  const tokens = tokensOf(text, lang);
  if (tokens.some(({ kind }) => kind === 'risk')) return SILENT;
  const clauses = clausesOf(tokens).filter((clause) => !isMannerOnly(clause));
  if (clauses.length === 0 && !tokens.some(({ kind }) => kind === 'all')) return SILENT;
  return rulesOf(clauses) ?? SILENT;
}

/** Whether the words say in so many that an e-mail may come. */
export function allowsMail(text: string, lang: string): boolean {
  const clauses = clausesOf(tokensOf(text, lang));
  const says = ({ polarity, about, unsure }: Clause): boolean =>
    !unsure && about.includes('mail') && (polarity !== 'bare' || about.includes('write'));
  return clauses.some(says) && clauses.every(({ polarity, about }) => polarity !== 'never' || !about.includes('mail'));
}

/** "No," before a wish, "va bene" alone: manners, not a rule. */
function isMannerOnly({ polarity, times, about, unsure }: Clause): boolean {
  return !unsure && times.length === 0 && about.length === 0 && (polarity === 'ok' || polarity === 'never');
}

function rulesOf(clauses: readonly Clause[]): SafeRules | undefined {
  let days = WEEK;
  let hours: Span[] = [DAY];
  let noMail = false;
  const limits = (of: 'days' | 'ban'): boolean =>
    clauses.some(({ polarity, times }) => polarity !== 'ok' && times.some((one) => one[of].length > 0));
  const restricted = { days: limits('days'), hours: limits('ban') };
  for (const clause of clauses) {
    if (clause.unsure || silences(clause)) return undefined;
    if (clause.polarity === 'never' && clause.about.includes('mail')) noMail = true;
    const found = timeRule(clause, restricted);
    if (!found) return undefined;
    days = days.filter((day) => found.days.includes(day));
    hours = inBoth(hours, found.hours);
  }
  if (days.length === 0 || hours.length === 0) return undefined;
  const whole = hours.length === 1 && hours[0]?.from === DAY.from && hours[0].to === DAY.to;
  return {
    ...(days.length < WEEK.length ? { neverDays: WEEK.filter((day) => !days.includes(day)) } : {}),
    ...(whole ? {} : { hours }),
    ...(noMail ? { noMail: true } : {}),
  };
}

/** Whether the clause forbids every written message, or leaves it open. */
function silences({ polarity, about, times }: Clause): boolean {
  const names = (...kinds: Clause['about']): boolean => about.some((kind) => kinds.includes(kind));
  if (names('holiday')) return true;
  if (polarity === 'never') return names('write', 'app', 'person') || (names('contact') && times.length === 0);
  // Only by one way: nothing can be sent by all the others.
  if (polarity === 'only' && times.length === 0)
    return names('mail', 'app', 'write', 'contact') || !names('self', 'place');
  return polarity === 'bare' && times.length === 0 && !names('call', 'place', 'self', 'write');
}

interface TimeRule {
  days: number[];
  hours: Span[];
}

/** `restricted`: what other clauses rule, so that "va bene" beside them only permits. */
function timeRule(clause: Clause, restricted: { days: boolean; hours: boolean }): TimeRule | undefined {
  const { polarity, times, also } = clause;
  const all: TimeRule = { days: WEEK, hours: [DAY] };
  if (times.length === 0 || also) return all;
  if (polarity === 'never') return banned(times);
  // "Il sabato", and no more: nobody can tell what of it. Hours of the clock are when one may.
  if (polarity === 'bare' && times.some(({ exact }) => !exact)) return undefined;
  const rule = allowed(times);
  if (!rule || polarity !== 'ok') return rule;
  return { days: restricted.days ? WEEK : rule.days, hours: restricted.hours ? [DAY] : rule.hours };
}

/** A day named with an hour is forbidden whole: more than was asked, never less. */
function banned(times: Clause['times']): TimeRule {
  const days = times.flatMap((one) => one.days);
  const bans = times.filter((one) => one.days.length === 0).flatMap(({ ban }) => ban);
  return { days: WEEK.filter((day) => !days.includes(day)), hours: without(bans) };
}

function allowed(times: Clause['times']): TimeRule | undefined {
  const days = times.flatMap((one) => one.days);
  const timed = times.filter(({ allow, ban }) => allow.length + ban.length > 0);
  // "Il martedì mattina e il giovedì pomeriggio": hours that differ from day to day are more than a rule can say.
  if (days.length > 0 && timed.length > 1) return undefined;
  const open = timed.flatMap((one) => one.open);
  const spans = timed.map(({ allow }) => allow);
  const both = open.includes('before') && open.includes('after') ? spans.reduce((a, b) => inBoth(a, b), [DAY]) : [];
  const hours = both.length > 0 ? both : united(spans.flat());
  return { days: days.length > 0 ? days : WEEK, hours: timed.length > 0 ? hours : [DAY] };
}
