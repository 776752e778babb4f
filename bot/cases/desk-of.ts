// The desk of a case, also where the directory no longer names it: then the comune's own.
// What a desk is, is left to the directory.
import type { Desk } from '../ports.ts';
import type { Environment } from '../talk.ts';
import type { Case } from './types.ts';

export function deskOf(env: Pick<Environment, 'directory'>, made: Pick<Case, 'deskId' | 'comune'>): Desk {
  const desk = env.directory.desk(made.deskId) ?? env.directory.desks('segretariato', made.comune)[0];
  if (!desk) throw new Error(`the directory has no segretariato for ${made.comune}`);
  return desk;
}
