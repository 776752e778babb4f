// Where a request may be passed on to: the desks of the same comune, and the segretariato of the others, as far as they take mail.
// Passing it on is left to bot/cases/desk/forward.ts.
import { SERVICES } from '../../../../flows/types.ts';
import type { Case, Desk } from '../../../../bot/ports.ts';
import type { Environment } from '../../../../bot/talk.ts';

/** Every desk that takes mail, each once, by comune. */
export function desksWithInbox({ directory }: Environment): Desk[] {
  const all = directory.comuni().flatMap(({ id }) => SERVICES.flatMap((service) => directory.desks(service, id)));
  return [...new Map(all.map((desk) => [desk.id, desk])).values()].filter(({ inbox }) => inbox !== undefined);
}

export function targetsOf({ directory }: Environment, made: Case): Desk[] {
  const here = SERVICES.flatMap((service) => directory.desks(service, made.comune));
  const others = directory.comuni().flatMap(({ id }) => directory.desks('segretariato', id));
  const all = new Map([...here, ...others].map((desk) => [desk.id, desk]));
  return [...all.values()].filter(({ id, inbox }) => inbox !== undefined && id !== made.deskId);
}
