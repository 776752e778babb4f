// Working days reckoned by hand, to check the calendar against: Easter, feasts, patron saints, day after day.
// Shares nothing with what it checks; hours of desks are given, not read.

/** Closing time of each weekday, 0 Sunday to 6 Saturday; and its openings, in minutes. */
export interface Hours {
  spans: Record<number, [number, number][]>;
  /** `07-12`, or days after Easter. */
  closed: (string | number)[];
}

const FEASTS = ['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '10-04', '11-01', '12-08', '12-25', '12-26'];

const moving = new Map<string, string>();

/** The day of Easter, after Gauss as Lichtenberg has it. */
export function easter(year: number): string {
  const moon = year % 19;
  const century = Math.floor(year / 100);
  const correction = 15 + Math.floor((3 * century + 3) / 4) - Math.floor((8 * century + 13) / 25);
  const full = (19 * moon + correction) % 30;
  const shift = Math.floor((full + Math.floor(moon / 11)) / 29);
  const border = 21 + full - shift;
  const sunday = 7 - ((year + Math.floor(year / 4) + 2 - ((3 * century + 3) >> 2)) % 7);
  const distance = 7 - ((border - sunday) % 7);
  return plus(`${year}-03-01`, border + distance - 1);
}

export function plus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function openings(day: string, { spans, closed }: Hours): [number, number][] {
  if (FEASTS.includes(day.slice(5)) || [1, ...closed].some((one) => fallsOn(day, one))) return [];
  return spans[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? [];
}

/** A date of every year, or so many days after Easter. */
function fallsOn(day: string, one: string | number): boolean {
  if (typeof one === 'string') return day.slice(5) === one;
  const year = Number(day.slice(0, 4));
  const falls = moving.get(`${year} ${one}`) ?? plus(easter(year), one);
  moving.set(`${year} ${one}`, falls);
  return falls === day;
}

/** `2026-12-31 12:00`: the closing of the `days`-th day with openings after that day. */
export function closingAfter(day: string, days: number, hours: Hours): string {
  let [left, now] = [days, day];
  for (;;) {
    now = plus(now, 1);
    const last = openings(now, hours).at(-1);
    if (last) left -= 1;
    if (last && left === 0) return said(now, last[1]);
  }
}

/** The end of the first opening of which an hour is left at that minute of that day, or later. */
export function closingWithAnHour(day: string, minute: number, hours: Hours): string {
  let [now, from] = [day, minute];
  for (;;) {
    const found = openings(now, hours).find(([start, end]) => end - Math.max(start, from) >= 60);
    if (found) return said(now, found[1]);
    [now, from] = [plus(now, 1), 0];
  }
}

/** `2026-12-31 10:00`: so many minutes of opening later. */
export function minutesAfter(day: string, minute: number, minutes: number, hours: Hours): string {
  let [left, now, from] = [minutes, day, minute];
  for (;;) {
    for (const [start, end] of openings(now, hours)) {
      const begin = Math.max(start, from);
      if (end - begin >= left) return said(now, begin + left);
      left -= Math.max(0, end - begin);
    }
    [now, from] = [plus(now, 1), 0];
  }
}

function said(day: string, minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${day} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
