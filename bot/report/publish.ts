// Reads the store and gives back what may be told of each month and place, and nothing more. The only way into a report.
// What is hidden is left to suppress.ts, adding up to report.ts.
import type { Store } from '../ports.ts';
import type { Environment } from '../talk.ts';
import { contactUnit, requestUnit } from './figures.ts';
import { followedUntil, isPublished, monthAfter, monthsBetween, startOf } from './months.ts';
import type { Month } from './months.ts';
import { publishContacts, publishRequests } from './suppress.ts';
import type { Blocks } from './suppress.ts';
import type { ContactTable, RequestTable } from './tables.ts';
import { createDaysBetween } from './working-days.ts';
import type { DaysBetween } from './working-days.ts';

/** What is published of one month; null: not yet, or no longer. */
export interface Published {
  month: Month;
  contacts: Blocks<ContactTable> | null;
  requests: Blocks<RequestTable> | null;
}

export interface Source {
  env: Pick<Environment, 'directory' | 'calendar'>;
  store: Pick<Store, 'contacts' | 'caseFigures'>;
}

/** Both months included. Rejects with `store_unavailable`. */
export async function publish(source: Source, from: Month, to: Month, at: Date): Promise<Published[]> {
  const published: Published[] = [];
  // One after the other: a year of a whole zone need not be in memory at once.
  const daysBetween = createDaysBetween(source.env);
  for (const month of monthsBetween(from, to)) published.push(await publishMonth(source.store, daysBetween, month, at));
  return published;
}

/** The same whenever it is asked for, as long as it is published: nothing in it depends on `at`. */
async function publishMonth(
  store: Source['store'],
  daysBetween: DaysBetween,
  month: Month,
  at: Date,
): Promise<Published> {
  if (!isPublished('contacts', month, at)) return { month, contacts: null, requests: null };
  const units = (await store.contacts(month, month)).map(contactUnit);
  const contacts = publishContacts(units);
  if (!isPublished('requests', month, at)) return { month, contacts, requests: null };
  const trails = await store.caseFigures(startOf(month), startOf(monthAfter(month)));
  const requests = trails.map((trail) => requestUnit(trail, followedUntil(month), daysBetween));
  return { month, contacts, requests: publishRequests(requests, { units, published: contacts }) };
}
