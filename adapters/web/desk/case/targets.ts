// Which desks share an inbox and so are one office, which may be asked for by name, and where a request may be passed on to.
// Passing it on is left to bot/cases/desk/forward.ts.
import { SERVICES } from '../../../../flows/types.ts';
import type { ComuneId } from '../../../../flows/types.ts';
import type { Case, Desk, Directory } from '../../../../bot/ports.ts';

/** Every desk that takes mail, each once, by comune. */
function desksWithInbox(directory: Directory): Desk[] {
  const all = directory.comuni().flatMap(({ id }) => SERVICES.flatMap((service) => directory.desks(service, id)));
  return [...new Map(all.map((desk) => [desk.id, desk])).values()].filter(({ inbox }) => inbox !== undefined);
}

/** The same name at the same inbox is one desk to whoever chooses: the first of them. */
function desksByName(directory: Directory): Desk[] {
  const byName = new Map<string, Desk>();
  for (const desk of desksWithInbox(directory)) {
    const key = `${desk.name} ${inboxOf(desk)}`;
    if (!byName.has(key)) byName.set(key, desk);
  }
  return [...byName.values()];
}

/** Every inbox once, named by all its desks, under the comune it serves; those of several comuni at the end. */
export function inboxes(directory: Directory): { desk: Desk; names: string[]; comune: ComuneId | undefined }[] {
  const byInbox = new Map<string, Desk[]>();
  for (const desk of desksWithInbox(directory)) {
    const key = inboxOf(desk) ?? desk.id;
    byInbox.set(key, [...(byInbox.get(key) ?? []), desk]);
  }
  const all = [...byInbox.values()].flatMap((desks) => {
    const [desk] = desks;
    const served = [...new Set(desks.flatMap(({ serves }) => serves))];
    const comune = served.length === 1 ? served[0] : undefined;
    return desk ? [{ desk, names: [...new Set(desks.map(({ name }) => name))], comune }] : [];
  });
  const order = [...directory.comuni().map(({ id }) => id), undefined];
  return all.toSorted((a, b) => order.indexOf(a.comune) - order.indexOf(b.comune));
}

/** All desks whose mail the same people read; the desk alone where it has no inbox. In the directory's order. */
export function officeOf(directory: Directory, desk: Desk): Desk[] {
  if (!desk.inbox) return [desk];
  return desksWithInbox(directory).filter((one) => inboxOf(one) === inboxOf(desk));
}

/** What a browser that has proven to read that desk's mail may act on: everything of the same inbox. */
export function scopeOf(directory: Directory, deskId: string): string {
  const desk = directory.desk(deskId);
  return (desk && officeOf(directory, desk)[0]?.id) ?? deskId;
}

/** The desks of the same comune and the segretariato of the others, as far as somebody else reads their mail. */
export function targetsOf(directory: Directory, made: Case): Desk[] {
  const own = directory.desk(made.deskId);
  const others = directory.comuni().flatMap(({ id }) => directory.desks('segretariato', id));
  return desksByName(directory).filter(
    (desk) =>
      (desk.serves.includes(made.comune) || others.some(({ id }) => id === desk.id)) &&
      desk.id !== made.deskId &&
      inboxOf(desk) !== (own && inboxOf(own)),
  );
}

function inboxOf({ inbox }: Desk): string | undefined {
  return inbox?.address.toLowerCase();
}
