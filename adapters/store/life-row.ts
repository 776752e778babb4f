// The life of a case as it is read back: whatever part of it cannot be right falls away, and the rest goes on.
// What each part means is left to bot/cases/types.ts; what time does without it to bot/cases/clock.
import { newLife } from '../../bot/cases/life.ts';
import type { CaseLife } from '../../bot/ports.ts';
import { hasLists, hasStrings, isReply, parse } from './rows.ts';

type Check = (value: unknown) => boolean;

/** Of what would hold up the clock or a page if it were wrong. Any other part is kept as it is, also a later release's. */
const PARTS: Partial<Record<keyof CaseLife, Check>> = {
  linkEpoch: isNumber,
  since: isTime,
  takenAt: isTime,
  lockedUntil: isTime,
  chatLost: isTime,
  mailBack: isTime,
  reminded: isTexts,
  lost: isTexts,
  waiting: Array.isArray,
  appointment: isAppointment,
  checks: isChecks,
  clock: isClock,
};

/** Not even an object: it begins anew; old links work again then, the state and the clock are not lost. */
export function toLife(text: string): CaseLife {
  const life = parse(text);
  if (typeof life !== 'object' || life === null) return newLife();
  const checks = new Map<string, Check>(Object.entries(PARTS));
  const right = Object.entries(life).filter(([name, value]) => checks.get(name)?.(value) ?? true);
  const whole = { ...newLife(), ...Object.fromEntries(right) };
  return isLife(whole) ? { ...whole, waiting: whole.waiting.filter(isWaiting) } : newLife();
}

function isLife(value: object): value is CaseLife {
  return hasLists(value, ['reminded', 'waiting']) && isNumber(Reflect.get(value, 'linkEpoch'));
}

function isWaiting(value: unknown): boolean {
  if (!hasStrings(value, ['notBefore']) || !isTime(get(value, 'notBefore')) || !isReply(get(value, 'reply')))
    return false;
  const [announce, stretch] = [get(value, 'announce'), get(value, 'stretch')];
  // Without what is said in its place it would be said where nothing may show: it is dropped.
  return (announce === undefined || isReply(announce)) && (stretch === undefined || typeof stretch === 'string');
}

function isAppointment(value: unknown): boolean {
  return (
    hasStrings(value, ['start', 'end', 'how', 'state']) &&
    isTime(get(value, 'start')) &&
    isTime(get(value, 'end')) &&
    ['office', 'phone'].some((how) => how === get(value, 'how')) &&
    ['proposed', 'confirmed', 'cancelled'].some((state) => state === get(value, 'state')) &&
    isNumber(get(value, 'sequence')) &&
    isTexts(get(value, 'reminded'))
  );
}

function isChecks(value: unknown): boolean {
  if (!hasStrings(value, ['from']) || !hasLists(value, ['asked', 'answers'])) return false;
  const [asked, answers] = [get(value, 'asked'), get(value, 'answers')];
  const isAnswer = (one: unknown): boolean =>
    hasStrings(one, ['answer', 'at']) && isTime(get(one, 'at')) && isNumber(get(one, 'day'));
  return isTime(get(value, 'from')) && isAll(asked, isNumber) && isAll(answers, isAnswer);
}

function isClock(value: unknown): boolean {
  const times = (one: object): unknown[] =>
    [get(one, 'lostAt'), get(one, 'heard')].filter((time) => time !== undefined);
  return (
    hasStrings(value, ['phase', 'from']) &&
    isTime(get(value, 'from')) &&
    isTexts(get(value, 'done')) &&
    times(value).every(isTime)
  );
}

function get(value: object, name: string): unknown {
  return Reflect.get(value, name);
}

function isNumber(value: unknown): boolean {
  return Number.isFinite(value);
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isTexts(value: unknown): boolean {
  return isAll(value, (one) => typeof one === 'string');
}

function isAll(value: unknown, check: Check): boolean {
  return Array.isArray(value) && value.every(check);
}
