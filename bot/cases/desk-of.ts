// The desk of a case, also where the directory no longer names it: then the comune's own, to be called but not written to.
// What a desk is, is left to the directory.
import type { Desk } from '../ports.ts';
import type { Environment } from '../talk.ts';
import type { Case } from './types.ts';

/** The person chose one desk: of one that is gone only the coordinator is written to, and no desk that they did not choose. */
export function deskOf(env: Pick<Environment, 'directory'>, made: Pick<Case, 'deskId' | 'comune'>): Desk {
  const desk = env.directory.desk(made.deskId);
  if (desk) return desk;
  const [own] = env.directory.desks('segretariato', made.comune);
  if (!own) throw new Error(`the directory has no segretariato for ${made.comune}`);
  const { inbox: _, secondInbox: __, ...toCall } = own;
  return toCall;
}

/** For who works there: of a desk that is gone its id, for no other is meant. */
export function deskName({ directory }: Pick<Environment, 'directory'>, { deskId }: Pick<Case, 'deskId'>): string {
  return directory.desk(deskId)?.name ?? deskId;
}
