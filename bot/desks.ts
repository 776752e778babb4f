// From referrals to desks: who receives the person, who else can help, which inbox a request goes to.
// What a service is in a comune is left to the directory.
import type { Arrival } from '../flows/walk.ts';
import type { ComuneId, Referral, ServiceKey } from '../flows/types.ts';
import type { Desk, Directory } from './ports.ts';

/** Services of which a person may need more than one address. */
const SHOW_TWO: ServiceKey[] = ['food_aid'];

export interface Destination {
  primary: Desk;
  also: Desk[];
  /** The first desk a request is mailed to; undefined where no inbox exists. */
  requestTo: Desk | undefined;
  /** An outdesk of the same service near the place the person named. */
  near: Desk | undefined;
}

export function destinationOf(directory: Directory, arrival: Arrival, comune: ComuneId, place?: string): Destination {
  const services = [...new Set(arrival.referrals.flatMap((referral) => referral.services))];
  const desks = services.flatMap((service) =>
    directory.desks(service, comune).slice(0, SHOW_TWO.includes(service) ? 2 : 1),
  );
  const main = directory.desks('segretariato', comune);
  const primary = desks.find((desk) => desk.phones.length > 0) ?? main[0];
  if (!primary) throw new Error(`the directory has no segretariato for ${comune}`);
  const others = desks.filter((desk) => !sameContact(desk, primary));
  const human = others.some((desk) => desk.service === 'segretariato') || primary.service === 'segretariato';
  const withHuman = human || sameContact(primary, main[0]) ? others : [...others, ...main.slice(0, 1)];
  return {
    primary,
    also: withHuman.filter((desk, index) => withHuman.findIndex((one) => one.id === desk.id) === index),
    requestTo: partsOf(directory, arrival.referrals, comune)[0]?.desk,
    near:
      place === undefined
        ? undefined
        : directory.desks(primary.service, comune).find((desk) => desk.near?.includes(place)),
  };
}

/** What one desk is asked for: the needs it answers for. */
export interface DeskPart {
  desk: Desk;
  /** Most urgent first; at least one. */
  referrals: Referral[];
}

/** Each need to the desk that answers for it, the most urgent first; one inbox is asked once. Empty where no inbox exists. */
export function partsOf(directory: Directory, referrals: readonly Referral[], comune: ComuneId): DeskPart[] {
  const parts: DeskPart[] = [];
  for (const referral of referrals) {
    const desk = askedFor(directory, referral, comune);
    const same = parts.find((part) => part.desk.inbox?.address === desk?.inbox?.address);
    if (same) same.referrals.push(referral);
    else if (desk) parts.push({ desk, referrals: [referral] });
  }
  return parts;
}

/** The need's own desk; where that one takes no mail, the desk of the comune that hears everything. */
function askedFor(directory: Directory, { services }: Referral, comune: ComuneId): Desk | undefined {
  const own = services.slice(0, 1).flatMap((service) => directory.desks(service, comune).slice(0, 1));
  return [...own, ...directory.desks('segretariato', comune)].find((desk) => desk.inbox);
}

/** In some comuni two services are one desk: the person is not told of it twice. */
function sameContact(a: Desk, b: Desk | undefined): boolean {
  const number = (desk: Desk | undefined): string | undefined => desk?.phones[0]?.value.uri;
  return a.id === b?.id || (number(a) !== undefined && number(a) === number(b));
}
