// Who answers for the facts of which desks: the inbox of the desk itself, else its comune's. One owner per inbox.
// When an owner is asked is left to ask.ts, what of a desk is shown to citizens to facts.ts.
import { COMUNI, SERVICES } from '../../flows/types.ts';
import type { ComuneId } from '../../flows/types.ts';
import type { Desk, DeskCheck, Directory, Inbox } from '../ports.ts';

export interface Owner {
  inbox: Inbox;
  /** The comune whose working days count. */
  comune: ComuneId;
  /** Every desk of that inbox, in the directory's order. */
  desks: Desk[];
}

/** The owners of the comuni's own desks. Lines and associations of the network are nobody's to ask here. */
export function ownersOf(directory: Directory): Owner[] {
  const owners = new Map<string, Owner>();
  for (const { id: comune, name } of directory.comuni())
    for (const desk of SERVICES.flatMap((service) => directory.desks(service, comune))) {
      const { inbox } = desk;
      if (!inbox || desk.organization !== `Comune di ${name}`) continue;
      const key = inbox.address.toLowerCase();
      const owner = owners.get(key) ?? { inbox, comune, desks: [] };
      if (!owner.desks.some(({ id }) => id === desk.id)) owner.desks.push(desk);
      owners.set(key, owner);
    }
  return [...owners.values()].toSorted((a, b) => COMUNI.indexOf(a.comune) - COMUNI.indexOf(b.comune));
}

export function ownerOf(directory: Directory, deskId: string): Owner | undefined {
  return ownersOf(directory).find(({ desks }) => desks.some(({ id }) => id === deskId));
}

/** The owner's row among the checks: kept under the id of one of its desks, whichever came first. */
export function checkOf({ desks }: Owner, checks: readonly DeskCheck[]): DeskCheck | undefined {
  return checks
    .filter(({ deskId }) => desks.some(({ id }) => id === deskId))
    .toSorted((a, b) => (b.askedAt?.getTime() ?? 0) - (a.askedAt?.getTime() ?? 0))[0];
}

/** The desk under whose id the owner is kept and linked to. */
export function keyOf(owner: Owner, check: DeskCheck | undefined): string {
  const key = check?.deskId ?? owner.desks[0]?.id;
  if (key === undefined) throw new Error('an owner without desks');
  return key;
}

/** Desks that a person reaches in the same way are one to whoever answers: the first, with the names of the others. */
export function groupsOf({ desks }: Owner): { desk: Desk; also: Desk[] }[] {
  const groups = new Map<string, Desk[]>();
  for (const desk of desks) {
    const same = contactsOf(desk);
    groups.set(same, [...(groups.get(same) ?? []), desk]);
  }
  return [...groups.values()].flatMap(([desk, ...also]) => (desk ? [{ desk, also }] : []));
}

/** Everything by which a desk is reached, as one text to compare. */
export function contactsOf({ phones, email, address, hours }: Desk): string {
  return JSON.stringify([phones, email, address, hours]);
}
