// Wall-clock time in Europe/Rome, whatever the zone of the process, with Intl only.
// A "wall" date is a Date whose LOCAL fields are the digits on a clock in Rome; it must never leave this folder.

/** `2026-11-22 09:00:00`. Parts of it are taken from the text: asking for the parts takes several times as long. */
const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'medium' });

interface Digits {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

function digits(at: Date): Digits {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = clock.format(at).split(/[- :]/).map(Number);
  return { year, month, day, hour, minute, second };
}

/** Instant to wall date. */
export function toWall(at: Date): Date {
  const d = digits(at);
  return new Date(d.year, d.month - 1, d.day, d.hour, d.minute, d.second);
}

/** Wall date to instant. An hour that daylight saving skips becomes the next one that exists. */
export function fromWall(wall: Date): Date {
  const target = Date.UTC(
    wall.getFullYear(),
    wall.getMonth(),
    wall.getDate(),
    wall.getHours(),
    wall.getMinutes(),
    wall.getSeconds(),
  );
  let guess = target;
  for (let round = 0; round < 2; round += 1) {
    const d = digits(new Date(guess));
    guess += target - Date.UTC(d.year, d.month - 1, d.day, d.hour, d.minute, d.second);
  }
  return new Date(guess);
}

/** `2026-11-22`: the day in Rome. */
export function romeDay(at: Date): string {
  const d = digits(at);
  return `${d.year}-${String(d.month).padStart(2, '0')}-${String(d.day).padStart(2, '0')}`;
}
