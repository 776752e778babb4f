// What a desk's correction changes in the files of the directory: the file as it would be, checked whole, and its patch.
// Whether it is to be is left to the coordinator; nothing here writes to the directory.
import { isDeepStrictEqual } from 'node:util';
import type { Field } from '../../bot/fresh/facts.ts';
import { contactsOf } from '../../bot/fresh/owners.ts';
import { DirectoryError } from '../../bot/errors.ts';
import type { Desk } from '../../bot/ports.ts';
import { deskIds } from './desks.ts';
import { fact, phoneFact } from './facts.ts';
import { loadTexts, OWN_FOLDER, readFolder } from './load.ts';
import type { DirectoryText, Loaded } from './load.ts';
import { unifiedPatch } from './patch.ts';
import type { ComuneFile, DeskEntry, NetworkFile, PhoneEntry, ServiceEntry, Value } from './shape.ts';
import { appendItem, insertValue, replaceValue } from './splice.ts';
import type { NewValue } from './splice.ts';
import { validateFile } from './validate.ts';
import { readYaml } from './yamlfile.ts';
import type { Path } from './yamlfile.ts';

export interface Wanted {
  deskId: string;
  field: Field;
  /** What the directory holds now; empty: nothing that is shown. For a phone, which one. */
  before: string;
  /** As the file keeps it: hours in OpenStreetMap's syntax. */
  after: string;
  /** `2026-11-24`. */
  date: string;
  source: string;
}

export interface DirectoryChange {
  /** `porcari.yaml`. */
  file: string;
  /** The whole file, changed. */
  text: string;
  /** For `git apply` in the project's folder. */
  patch: string;
  /** Names of all the desks that citizens would see changed: some share their facts. */
  desks: string[];
}

/**
 * `gone`: the desk is not in the directory; `moved_on`: the directory says something else by now; `no_place`: there is
 * nowhere to write it, as an address of a desk without a location; `invalid`: the directory would refuse it, `problems` says why.
 */
export type Changed =
  | { result: 'changed'; change: DirectoryChange }
  | { result: 'gone' | 'moved_on' | 'no_place' }
  | { result: 'invalid'; problems: string[] };

/** Where a desk is written. */
interface Place {
  name: string;
  text: string;
  data: ComuneFile | NetworkFile;
  service: ServiceEntry;
  servicePath: Path;
  /** The desk's own entry, where its service has several. */
  entry?: { path: Path; value: DeskEntry };
}

export function changeFor(wanted: Wanted, folder: URL = OWN_FOLDER): Changed {
  const texts = readFolder(folder);
  const shown = texts[0]?.name.split('/')[0] ?? '';
  const now = loadTexts(texts, shown);
  const desk = now.desks.find(({ id }) => id === wanted.deskId);
  const place = desk && findPlace(texts, now, desk);
  if (!desk || !place) return { result: 'gone' };
  const text = newText(place, wanted);
  if (text === 'moved_on' || text === 'no_place') return { result: text };
  try {
    const changed = texts.map((one) => (one.name === place.name ? { ...one, text } : one));
    const desks = seenChanged(now, loadTexts(changed, shown));
    const file = place.name.slice(shown.length + 1);
    const patch = unifiedPatch(`directory/${file}`, place.text, text);
    return { result: 'changed', change: { file, text, patch, desks } };
  } catch (error) {
    if (error instanceof DirectoryError) return { result: 'invalid', problems: error.problems };
    throw error;
  }
}

/** Desks that stand for another are written where that other is. */
function findPlace(texts: DirectoryText[], { desks }: Loaded, desk: Desk): Place | undefined {
  const places = texts.flatMap(servicesOf).filter(({ service }) => service.through === undefined);
  const direct = (id: string): Place | undefined => places.find(({ service }) => deskIds(service).includes(id));
  const same = [desk, ...desks.filter((one) => contactsOf(one) === contactsOf(desk))];
  for (const { id } of same) {
    const place = direct(id);
    if (!place) continue;
    const at = (place.service.service_at_location ?? []).findIndex((entry) => entry.id === id);
    const value = place.service.service_at_location?.[at];
    return value ? { ...place, entry: { path: [...place.servicePath, 'service_at_location', at], value } } : place;
  }
  return undefined;
}

function servicesOf({ name, text }: DirectoryText): Place[] {
  const { file } = readYaml(name, text);
  const checked = file && validateFile(file);
  if (!checked || Array.isArray(checked) || (checked.kind !== 'comune' && checked.kind !== 'network')) return [];
  const { data } = checked;
  return data.services.map((service, at) => ({ name, text, data, service, servicePath: ['services', at] }));
}

function newText(place: Place, { field, before, after, date, source }: Wanted): string | 'moved_on' | 'no_place' {
  const made: NewValue = { key: field === 'phone' ? 'number' : 'value', value: after, date, source };
  if (field === 'phone') return withPhone(place, before, made);
  if (field === 'address') return withAddress(place, before, made);
  const name = field === 'hours' ? 'schedule' : 'email';
  const own = place.entry?.value[name] ? place.entry : undefined;
  const kept = own?.value[name] ?? place.service[name];
  if ((fact(kept)?.value ?? '') !== before) return 'moved_on';
  if (kept) return replaceValue(place.text, [...(own?.path ?? place.servicePath), name], made);
  return insert(place, name, made, false);
}

function withPhone(place: Place, before: string, made: NewValue): string | 'moved_on' {
  const { text, entry, service, servicePath } = place;
  const path = entry?.value.phones ? entry.path : servicePath;
  const phones: PhoneEntry[] = entry?.value.phones ?? service.phones ?? [];
  const at = phones.findIndex((phone) => phoneFact(phone)?.value.shown === before);
  if (at !== -1) return replaceValue(text, [...path, 'phones', at], made);
  // The switchboard stood in for a number that was not known: the desk's own comes in its place, and it stays what it is.
  const standsIn = 'organization' in place.data && place.data.organization.switchboard.number === before;
  if (before !== '' && !(service.switchboard && standsIn)) return 'moved_on';
  if (phones.some((phone) => phoneFact(phone))) return 'moved_on';
  return phones.length > 0 ? appendItem(text, [...path, 'phones'], made) : insert(place, 'phones', made, true);
}

function withAddress({ text, data, entry }: Place, before: string, made: NewValue): string | 'moved_on' | 'no_place' {
  const at = (data.locations ?? []).findIndex(({ id }) => id === entry?.value.location);
  const kept: Value<string> | undefined = data.locations?.[at]?.address;
  if (!kept) return 'no_place';
  if ((fact(kept)?.value ?? '') !== before) return 'moved_on';
  return replaceValue(text, ['locations', at, 'address'], made);
}

/** Into the desk's own entry where its service has others, else into the service. */
function insert({ text, service, servicePath, entry }: Place, name: string, made: NewValue, list: boolean): string {
  const several = (service.service_at_location ?? []).length > 1;
  return entry && several
    ? insertValue(text, entry.path, 'id', name, made, list)
    : insertValue(text, servicePath, 'serves', name, made, list);
}

function seenChanged(before: Loaded, after: Loaded): string[] {
  const changed = after.desks.filter(
    (desk) =>
      !isDeepStrictEqual(
        desk,
        before.desks.find(({ id }) => id === desk.id),
      ),
  );
  return [...new Set(changed.map(({ name }) => name))];
}
