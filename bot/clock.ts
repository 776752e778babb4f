// The clock, and one that starts at a given moment of Rome's and runs on.
// Reading a wall-clock moment of Rome is left to Intl.
import type { Clock } from './ports.ts';

export const systemClock: Clock = () => new Date();

/** A clock that stands at `start` now and runs on from there. */
export function clockFrom(start: Date): Clock {
  const offset = start.getTime() - Date.now();
  return () => new Date(Date.now() + offset);
}

/** `2026-11-24T10:00` on Rome's clocks as an instant; undefined if it is no such moment. */
export function readRomeTime(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return undefined;
  const wall = Date.parse(`${text}Z`);
  if (Number.isNaN(wall)) return undefined;
  let guess = wall;
  // Twice: the first correction may cross a change of the clocks.
  for (let round = 0; round < 2; round += 1) guess += wall - romeWall(new Date(guess));
  return new Date(guess);
}

/** Made once: making one takes longer than all it is used for. */
const ROME = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'medium' });

function romeWall(at: Date): number {
  return Date.parse(`${ROME.format(at).replace(' ', 'T')}Z`);
}
