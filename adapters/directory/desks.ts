// Builds the desks a citizen may be sent to from the services of every file, "through" and switchboards resolved.
// Which desk comes first is left to directory.ts, whether the files make sense to check.ts.
import type { Desk, Fact, Phone } from '../../bot/ports.ts';
import type { ComuneId } from '../../flows/types.ts';
import { fact, phoneFact } from './facts.ts';
import type { ComuneEntry, DeskEntry, LocationEntry, OrganizationEntry, ServiceEntry } from './shape.ts';

/** A service with what its file says around it. */
export interface Placed {
  service: ServiceEntry;
  organization: OrganizationEntry;
  /** The comune whose file it is in. */
  comune?: ComuneEntry;
  locations: Map<string, LocationEntry>;
}

const filled = <T>(values: (T | undefined)[]): T[] => values.filter((value) => value !== undefined);

/** Something to call, to write to, or a place to go. */
export const reachable = (desk: Desk): boolean =>
  desk.phones.length > 0 || desk.email !== undefined || desk.address !== undefined;

const searchUrl = (address: string): string =>
  `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`;

function phonesOf(placed: Placed, entry: DeskEntry): { phones: Fact<Phone>[]; fallback?: true } {
  const own = filled((entry.phones ?? placed.service.phones ?? []).map(phoneFact));
  if (own.length > 0 || !placed.service.switchboard || !placed.comune) return { phones: own };
  const phones = filled([phoneFact(placed.comune.switchboard)]);
  return phones.length > 0 ? { phones, fallback: true } : { phones };
}

function inboxOf(email: Fact<string> | undefined, comune: ComuneEntry | undefined): Desk['inbox'] {
  const protocol = fact(comune?.protocol_email)?.value;
  if (email) return { address: email.value, kind: email.value === protocol ? 'protocol' : 'desk' };
  if (protocol !== undefined) return { address: protocol, kind: 'protocol' };
  const pec = fact(comune?.pec)?.value;
  return pec === undefined ? undefined : { address: pec, kind: 'pec' };
}

/** The comune's own address for a desk that does not answer: the protocol office, else the PEC. */
function secondInboxOf(first: Desk['inbox'], comune: ComuneEntry | undefined): Desk['secondInbox'] {
  const protocol = fact(comune?.protocol_email)?.value;
  const pec = fact(comune?.pec)?.value;
  if (first?.kind === 'desk' && protocol !== undefined) return { address: protocol, kind: 'protocol' };
  return pec !== undefined && first !== undefined && first.kind !== 'pec' ? { address: pec, kind: 'pec' } : undefined;
}

function buildDesk(placed: Placed, entry: DeskEntry): Desk {
  const { service, organization, comune, locations } = placed;
  const email = fact(entry.email ?? service.email);
  const website = fact(entry.website ?? service.website ?? organization.website);
  const address = fact(entry.location === undefined ? undefined : locations.get(entry.location)?.address);
  const hours = fact(entry.schedule ?? service.schedule);
  const appointment = fact(entry.appointment ?? service.appointment);
  const free = fact(service.free)?.value;
  const languages = fact(service.languages)?.value;
  const inbox = inboxOf(email, comune);
  const secondInbox = secondInboxOf(inbox, comune);
  return {
    id: entry.id,
    service: service.service,
    name: entry.name ?? service.name,
    organization: organization.name,
    serves: entry.serves ?? service.serves,
    ...phonesOf(placed, entry),
    ...(email && { email }),
    ...(website && { website }),
    ...(address && { address, mapUrl: searchUrl(address.value) }),
    ...(hours && { hours }),
    ...(appointment && { appointment }),
    ...(free !== undefined && { free }),
    ...(languages && { languages }),
    ...(inbox && { inbox }),
    ...(secondInbox && { secondInbox }),
    ...(entry.near && { near: entry.near }),
  };
}

const deskEntries = (service: ServiceEntry): DeskEntry[] => service.service_at_location ?? [{ id: service.id }];

/** Ids of the desks that one service has of itself, `through` apart. */
export const deskIds = (service: ServiceEntry): string[] => deskEntries(service).map((entry) => entry.id);

/** The desk of another service, seen as this one: the same contacts under this id, service and name. */
function behalf(service: ServiceEntry, id: string, target: Desk, serves: ComuneId[]): Desk {
  const appointment = fact(service.appointment);
  return {
    ...target,
    id,
    service: service.service,
    // Several desks of one service keep the names that tell them apart.
    name: id === service.id || service.through === 'segretariato' ? service.name : target.name,
    serves,
    ...(appointment && { appointment }),
  };
}

function resolve(service: ServiceEntry, direct: Map<string, Desk[]>, all: Desk[]): Desk[] {
  if (service.through === 'segretariato') {
    return service.serves.flatMap((comune) => {
      const target = all.find((desk) => desk.service === 'segretariato' && desk.serves.includes(comune));
      return target ? [behalf(service, `${service.id}-${comune.replaceAll('_', '-')}`, target, [comune])] : [];
    });
  }
  const through = service.through ?? '';
  const byDesk = all.filter((desk) => desk.id === through);
  const targets = byDesk.length > 0 ? byDesk : (direct.get(through) ?? []);
  return targets.map((target) => {
    const id = targets.length === 1 ? service.id : `${service.id}-${target.id.slice(through.length + 1)}`;
    return behalf(service, id, target, service.serves);
  });
}

/** Every desk of every service, in the order of the files; some may have nothing to call, write to or visit. */
export function buildDesks(services: Placed[]): Desk[] {
  const direct = new Map<string, Desk[]>();
  for (const placed of services) {
    const { service } = placed;
    if (service.through !== undefined) continue;
    direct.set(
      service.id,
      deskEntries(service).map((entry) => buildDesk(placed, entry)),
    );
  }
  const all = [...direct.values()].flat();
  return services.flatMap(({ service }) =>
    service.through === undefined ? (direct.get(service.id) ?? []) : resolve(service, direct, all),
  );
}
