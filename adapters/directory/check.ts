// Checks what a schema cannot: ids, references between files, numbers, opening hours, a desk for every comune.
// Each problem names file, line and mend; the shape of each file is left to validate.ts.
import { COMUNI } from '../../flows/types.ts';
import type { Desk } from '../../bot/ports.ts';
import { deskIds } from './desks.ts';
import { toPhone } from './facts.ts';
import { parseHours } from './hours.ts';
import type { ComuneFile, DeskEntry, NetworkFile, PhoneEntry, PlaceEntry, ServiceEntry, Value } from './shape.ts';
import type { Checked } from './validate.ts';
import type { Path, YamlFile } from './yamlfile.ts';

type ServiceFile = Extract<Checked, { data: ComuneFile | NetworkFile }>;

/** Says the second place where an id is used. */
class Ids {
  readonly #seen = new Map<string, string>();
  readonly #problems: string[];
  constructor(problems: string[]) {
    this.#problems = problems;
  }
  add(id: string, file: YamlFile, path: Path): void {
    const first = this.#seen.get(id);
    if (first !== undefined) {
      this.#problems.push(file.problem(path, `the id "${id}" is already used in ${first}; give this one another id`));
    }
    this.#seen.set(id, file.name);
  }
}

function checkPhones(file: YamlFile, path: Path, phones: PhoneEntry[] | undefined): string[] {
  return (phones ?? []).flatMap((phone, index) =>
    toPhone(phone.number)
      ? []
      : [
          file.problem(
            [...path, 'phones', index, 'number'],
            `"${phone.number}" is not an Italian number; check the digits`,
          ),
        ],
  );
}

function checkHours(file: YamlFile, path: Path, schedule: Value<string> | undefined): string[] {
  if (!schedule) return [];
  try {
    parseHours(schedule.value);
    return [];
  } catch {
    const mend = 'write them like "Mo-Fr 09:00-13:00; Tu,Th 15:00-17:00" (Mo Tu We Th Fr Sa Su)';
    return [file.problem([...path, 'schedule', 'value'], `"${schedule.value}" is not opening hours; ${mend}`)];
  }
}

interface Known {
  targets: Set<string>;
  places: PlaceEntry[];
}

function checkDeskEntry(
  file: YamlFile,
  path: Path,
  entry: DeskEntry,
  service: ServiceEntry,
  known: Known,
  locations: Set<string>,
): string[] {
  const problems = [...checkPhones(file, path, entry.phones), ...checkHours(file, path, entry.schedule)];
  if (entry.location !== undefined && !locations.has(entry.location)) {
    problems.push(
      file.problem([...path, 'location'], `"${entry.location}" is not among the locations of this file; add it there`),
    );
  }
  const serves = entry.serves ?? service.serves;
  (entry.near ?? []).forEach((name, index) => {
    if (!known.places.some((place) => place.name === name && serves.includes(place.comune))) {
      problems.push(
        file.problem(
          [...path, 'near', index],
          `"${name}" is not in places.yaml for ${serves.join(', ')}; add it there`,
        ),
      );
    }
  });
  return problems;
}

function hasContact(service: ServiceEntry): boolean {
  const entries: DeskEntry[] = service.service_at_location ?? [];
  const own = service.phones?.length || service.email || service.switchboard || service.through;
  return Boolean(own) || entries.some((entry) => entry.phones?.length || entry.email || entry.location);
}

function checkService(checked: ServiceFile, index: number, service: ServiceEntry, known: Known): string[] {
  const { file, data } = checked;
  const path: Path = ['services', index];
  const problems = [...checkPhones(file, path, service.phones), ...checkHours(file, path, service.schedule)];
  const organizations = 'organizations' in data ? data.organizations : [data.organization];
  if (service.organization !== undefined && !organizations.some(({ id }) => id === service.organization)) {
    problems.push(
      file.problem([...path, 'organization'], `"${service.organization}" is not an organization of this file`),
    );
  }
  if (service.through !== undefined && service.through !== 'segretariato' && !known.targets.has(service.through)) {
    const mend = 'write the id of a service or desk that has its own contacts, or segretariato';
    problems.push(file.problem([...path, 'through'], `"${service.through}" is not known; ${mend}`));
  }
  if (service.switchboard && checked.kind === 'network') {
    problems.push(file.problem([...path, 'switchboard'], 'only the desks of a comune have its switchboard; remove it'));
  }
  if (!hasContact(service) && !service.gaps?.length) {
    problems.push(
      file.problem(path, 'must have a phone, an e-mail, a location or "through"; or say under gaps what is missing'),
    );
  }
  const locations = new Set((data.locations ?? []).map(({ id }) => id));
  (service.service_at_location ?? []).forEach((entry, at) => {
    problems.push(...checkDeskEntry(file, [...path, 'service_at_location', at], entry, service, known, locations));
  });
  return problems;
}

function checkIds(files: Checked[]): string[] {
  const problems: string[] = [];
  const desks = new Ids(problems);
  const others = new Map<string, Ids>();
  const idsOf = (kind: string): Ids => {
    const ids = others.get(kind) ?? new Ids(problems);
    others.set(kind, ids);
    return ids;
  };
  for (const { kind, file, data } of files) {
    if (kind === 'measures') data.measures.forEach(({ id }, at) => idsOf('measure').add(id, file, ['measures', at]));
    if (kind === 'places') {
      data.places.forEach(({ name, comune }, at) => idsOf('place').add(`${name} (${comune})`, file, ['places', at]));
    }
    if (kind === 'comune') {
      idsOf('comune').add(data.organization.comune, file, ['organization', 'comune']);
      idsOf('code').add(data.organization.code, file, ['organization', 'code']);
      idsOf('organization').add(data.organization.id, file, ['organization', 'id']);
    }
    if (kind === 'network') {
      data.organizations.forEach(({ id }, at) => idsOf('organization').add(id, file, ['organizations', at]));
    }
    if (kind !== 'comune' && kind !== 'network') continue;
    (data.locations ?? []).forEach(({ id }, at) => idsOf(`location ${file.name}`).add(id, file, ['locations', at]));
    data.services.forEach((service, at) => {
      idsOf('service').add(service.id, file, ['services', at, 'id']);
      for (const id of deskIds(service)) desks.add(id, file, ['services', at]);
    });
  }
  return problems;
}

/** Everything wrong among files whose shapes are right. */
export function checkFiles(files: Checked[]): string[] {
  const own = files.filter(
    (checked): checked is ServiceFile => checked.kind === 'comune' || checked.kind === 'network',
  );
  const direct = own.flatMap(({ data }) => data.services).filter((service) => service.through === undefined);
  const known: Known = {
    targets: new Set(direct.flatMap((service) => [service.id, ...deskIds(service)])),
    places: files.flatMap((checked) => (checked.kind === 'places' ? checked.data.places : [])),
  };
  const problems = checkIds(files);
  for (const checked of own) {
    checked.data.services.forEach((service, index) => problems.push(...checkService(checked, index, service, known)));
    if (checked.kind !== 'comune') continue;
    const { number } = checked.data.organization.switchboard;
    if (!toPhone(number)) {
      problems.push(
        checked.file.problem(['organization', 'switchboard', 'number'], `"${number}" is not an Italian number`),
      );
    }
  }
  return problems;
}

/** Every comune must have someone to call for the two services that every flow may end in. */
export function checkCoverage(folder: string, present: Set<string>, desks: Desk[]): string[] {
  return COMUNI.flatMap((comune) => {
    if (!present.has(comune))
      return [`${folder}: no file for the comune "${comune}"; add ${comune}.yaml with its organization`];
    return (['segretariato', 'punto_insieme'] as const)
      .filter((key) => !desks.some((d) => d.service === key && d.serves.includes(comune) && d.phones.length > 0))
      .map(
        (key) => `${folder}/${comune}.yaml:1: no ${key} with a phone that may be shown; add one, or switchboard: true`,
      );
  });
}
