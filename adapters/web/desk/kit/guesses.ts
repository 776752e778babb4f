// Counts guesses of the digits of a link, by what the link is about: five an hour, twenty a day. A restart does not forget them.
// What is said to who has guessed too often is left to the pages.
import { romeDay } from '../../../../bot/fresh/months.ts';
import type { Nonce } from './nonce.ts';

const AN_HOUR = 5;
const A_DAY = 20;
const HOUR_MS = 3_600_000;
/** Longer than the longest day of Rome. */
const DAY_MS = 26 * HOUR_MS;
const MOST_KEYS = 20_000;

export interface Guesses {
  /** Whether no other guess is open for that key now, as far as this process knows. */
  locked(key: string, at: Date): boolean;
  /**
   * Takes one before the digits are compared, so that many at once get no more than one by one; false where none is left.
   * The same digits again teach nobody anything and take nothing: a machine that types `1234` for ever locks nobody out.
   * Rejects where the store cannot be reached.
   */
  take(key: string, digits: string, at: Date): Promise<boolean>;
}

interface Known {
  day: string;
  hour: number;
  /** Guesses known to be taken: of this hour, of this day. */
  inHour: number;
  inDay: number;
  /** By digits: whether they might be compared. Held while it is being found out, so that no second one slips by. */
  typed: Map<string, Promise<boolean>>;
}

/** `spend`: false where that one-time value was spent before, by whatever process. Each guess is one of them. */
export function createGuesses(spend: (nonce: Nonce) => Promise<boolean>): Guesses {
  const all = new Map<string, Known>();

  function known(key: string, at: Date): Known {
    const [day, hour] = [romeDay(at), Math.floor(at.getTime() / HOUR_MS)];
    const old = all.get(key);
    const now = old?.day === day ? old : { day, hour, inHour: 0, inDay: 0, typed: new Map<string, Promise<boolean>>() };
    if (now.hour !== hour) Object.assign(now, { hour, inHour: 0 });
    all.delete(key);
    all.set(key, now);
    const oldest = all.keys().next().value;
    if (all.size > MOST_KEYS && oldest !== undefined) all.delete(oldest);
    return now;
  }

  const full = ({ inHour, inDay }: Known): boolean => inHour >= AN_HOUR || inDay >= A_DAY;

  return {
    locked: (key, at) => full(known(key, at)),
    async take(key, digits, at) {
      const now = known(key, at);
      if (full(now)) return false;
      const took = now.typed.get(digits) ?? reserve(key, now, at);
      now.typed.set(digits, took);
      const may = await took.catch((error: unknown) => {
        now.typed.delete(digits);
        throw error;
      });
      if (!may) now.typed.delete(digits);
      return may;
    },
  };

  async function reserve(key: string, now: Known, at: Date): Promise<boolean> {
    // What another process, or this one before it was started again, has taken is found by trying.
    const hour = { name: `guess ${key} hour ${now.hour}`, until: new Date(at.getTime() + HOUR_MS) };
    const day = { name: `guess ${key} day ${now.day}`, until: new Date(at.getTime() + DAY_MS) };
    return (
      (await free(hour, AN_HOUR, now.inHour, (count) => (now.inHour = Math.max(now.inHour, count)))) &&
      (await free(day, A_DAY, now.inDay, (count) => (now.inDay = Math.max(now.inDay, count))))
    );
  }

  /** Spends the first of `most` that is left, from `from` on; `count` is told how many are taken. */
  async function free(
    { name, until }: { name: string; until: Date },
    most: number,
    from: number,
    count: (taken: number) => void,
  ): Promise<boolean> {
    for (let next = from; next < most; next += 1) {
      const spent = await spend({ value: `${name} ${next}`, until });
      count(next + 1);
      if (spent) return true;
    }
    return false;
  }
}
