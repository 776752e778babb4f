// From referrals to desks: who receives the person, who else can help, which inbox a request goes to.
// What a service is in a comune is left to the directory.
import type { Arrival } from '../flows/walk.ts';
import type { ComuneId, ServiceKey } from '../flows/types.ts';
import type { Desk, Directory } from './ports.ts';

/** Services of which a person may need more than one address. */
const SHOW_TWO: ServiceKey[] = ['food_aid'];

export interface Destination {
  primary: Desk;
  also: Desk[];
  /** The desk a request is mailed to; undefined where no inbox exists. */
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
  const all = [primary, ...withHuman, ...main];
  return {
    primary,
    also: withHuman.filter((desk, index) => withHuman.findIndex((one) => one.id === desk.id) === index),
    requestTo: all.find((desk) => desk.inbox?.kind === 'desk') ?? all.find((desk) => desk.inbox),
    near:
      place === undefined
        ? undefined
        : directory.desks(primary.service, comune).find((desk) => desk.near?.includes(place)),
  };
}

/** In some comuni two services are one desk: the person is not told of it twice. */
function sameContact(a: Desk, b: Desk | undefined): boolean {
  const number = (desk: Desk | undefined): string | undefined => desk?.phones[0]?.value.uri;
  return a.id === b?.id || (number(a) !== undefined && number(a) === number(b));
}
