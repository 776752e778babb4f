// In which of the seven comuni a place on the map lies, by the simplified boundaries of directory/boundaries.json.
// What is asked of whoever sent it is left to bot/place.ts; nothing here keeps a coordinate.
import { readFileSync } from 'node:fs';
import { COMUNI } from '../../flows/types.ts';
import type { ComuneId } from '../../flows/types.ts';
import { DirectoryError } from '../../bot/errors.ts';

/** Degrees, WGS84. `undefined`: beyond the seven. Near a boundary (30 metres) it may be the neighbour: only a first guess. */
export type ComuneAt = (latitude: number, longitude: number) => ComuneId | undefined;

/** Longitude and latitude of each corner; the last one joins the first. */
type Ring = readonly (readonly [number, number])[];

const FILE = 'directory/boundaries.json';

/** Throws DirectoryError where the file is damaged or a comune is missing. */
export function loadBoundaries(file: URL = new URL(`../../${FILE}`, import.meta.url)): ComuneAt {
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const given: unknown = typeof read === 'object' && read !== null ? Reflect.get(read, 'comuni') : undefined;
  const boundaries = COMUNI.map((comune) => ({ comune, rings: ringsOf(given, comune) }));
  return (latitude, longitude) => boundaries.find(({ rings }) => isInside(rings, longitude, latitude))?.comune;
}

function ringsOf(given: unknown, comune: ComuneId): Ring[] {
  const rings: unknown = typeof given === 'object' && given !== null ? Reflect.get(given, comune) : undefined;
  if (!Array.isArray(rings) || rings.length === 0 || !rings.every(isRing))
    throw new DirectoryError([`${FILE}: comuni/${comune}: must be rings of [longitude, latitude]`]);
  return rings;
}

function isRing(value: unknown): value is Ring {
  return Array.isArray(value) && value.length > 2 && value.every(isPoint);
}

function isPoint(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => Number.isFinite(part));
}

/** A line from the point to the east crosses the boundary an odd number of times. */
function isInside(rings: readonly Ring[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings)
    for (const [index, [toX, toY]] of ring.entries()) {
      const [fromX, fromY] = ring.at(index - 1) ?? [toX, toY];
      if (fromY > y !== toY > y && x < ((fromX - toX) * (y - toY)) / (fromY - toY) + toX) inside = !inside;
    }
  return inside;
}
