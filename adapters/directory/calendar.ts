// Calendar of bot/ports.ts: open now, next opening, slots and working days of a desk, in Europe/Rome.
// The hours are left to the directory, parsing to hours.ts, how a time is said to bot/words.ts.
import type { Calendar, Desk, Directory, Opening, Slot } from '../../bot/ports.ts';
import type { ComuneId } from '../../flows/types.ts';
import { closingRule, isAlwaysOpen, parseHours, withClosures } from './hours.ts';
import { fromWall, toWall } from './rome.ts';

/** Where hours are not known or never end: the municipal morning. */
const USUAL = 'Mo-Fr 09:00-13:00';
const MOST_SLOTS = 60;
/** Nothing further away is looked for: hours that are over would be searched without end. */
const MOST_DAYS = 400;
/** A few years of every text that a directory holds; a guard, not a limit met in practice. */
const MOST_KEPT = 20_000;

/** The last closing of a day, as a wall time; null where there are no openings. Finding it is slow, and never changes. */
const closings = new Map<string, number | null>();

const daysLater = (wall: Date, days: number): Date =>
  new Date(wall.getFullYear(), wall.getMonth(), wall.getDate() + days);

/** A directory that also tells extraordinary closures of a comune, as `07-12`, `2026-12-24` or `easter+50`. */
type WithClosures = Directory & { closures?(id: ComuneId): string[] };

/** `createCalendar(directory)`: answers for any desk of that directory, in any process time zone. */
export function createCalendar(directory: WithClosures): Calendar {
  const municipal = new Map(directory.comuni().map((comune) => [`Comune di ${comune.name}`, comune.id]));

  const rulesOf = (id: ComuneId | undefined): string[] => {
    if (id === undefined) return [];
    const patron = directory.comune(id).patron;
    const days = directory.closures?.(id) ?? (patron === undefined ? [] : [patron]);
    return days.map(closingRule);
  };

  /** Patron saints close the comune's own desks only. */
  const hoursOf = (desk: Desk): string | undefined =>
    desk.hours && withClosures(desk.hours.value, rulesOf(municipal.get(desk.organization)));

  return {
    opening(desk, _comune, at) {
      const text = hoursOf(desk);
      return text === undefined ? undefined : openingAt(text, at);
    },
    slots(desk, _comune, from, count) {
      const text = hoursOf(desk);
      return text === undefined ? [] : slotsAfter(text, from, Math.min(count, MOST_SLOTS));
    },
    afterWorkingDays(desk, comune, from, days) {
      if (days <= 0) return from;
      const own = hoursOf(desk);
      const usual = withClosures(USUAL, rulesOf(municipal.get(desk.organization) ?? comune));
      const text = own === undefined || isAlwaysOpen(own) ? usual : own;
      return closingAfter(text, from, days) ?? closingAfter(usual, from, days) ?? from;
    },
  };
}

/** The next wall date at which the state changes, or undefined where it does not within `MOST_DAYS`. */
function changeAfter(hours: ReturnType<typeof parseHours>, wall: Date): Date | undefined {
  const limit = daysLater(wall, MOST_DAYS);
  const change = hours.getNextChange(wall, limit);
  return change && change < limit ? change : undefined;
}

function openingAt(text: string, at: Date): Opening {
  const hours = parseHours(text);
  const wall = toWall(at);
  const open = hours.getState(wall);
  const change = changeAfter(hours, wall);
  if (!change) return { open };
  return open ? { open, until: fromWall(change) } : { open, next: fromWall(change) };
}

function slotsAfter(text: string, from: Date, count: number): Slot[] {
  const hours = parseHours(text);
  const slots: Slot[] = [];
  let cursor = toWall(from);
  let open = hours.getState(cursor);
  // An interval already begun is not offered: it is walked to its end first.
  while (slots.length < count) {
    const start = changeAfter(hours, cursor);
    if (!start) break;
    cursor = start;
    open = !open;
    if (!open) continue;
    const end = changeAfter(hours, start);
    if (!end) break;
    slots.push({ start: fromWall(start), end: fromWall(end) });
    cursor = end;
    open = false;
  }
  return slots;
}

/** The last closing of the `days`-th day with opening hours after the day of `from`; undefined where there are not so many. */
function closingAfter(text: string, from: Date, days: number): Date | undefined {
  const first = toWall(from);
  let left = days;
  for (let ahead = 1; ahead <= MOST_DAYS; ahead += 1) {
    const last = lastClosing(text, daysLater(first, ahead));
    if (last) left -= 1;
    if (last && left === 0) return fromWall(last);
  }
  return undefined;
}

function lastClosing(text: string, day: Date): Date | undefined {
  const key = `${day.getTime()} ${text}`;
  const known = closings.get(key);
  if (known !== undefined) return known === null ? undefined : new Date(known);
  const [, last] = parseHours(text).getOpenIntervals(day, daysLater(day, 1)).at(-1) ?? [];
  if (closings.size >= MOST_KEPT) closings.clear();
  closings.set(key, last?.getTime() ?? null);
  return last;
}
