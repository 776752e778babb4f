// Reads the folder of the directory, checks it whole, and gives back what the files say, or throws one DirectoryError.
// What the conversation asks of it is left to directory.ts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DirectoryError } from '../../bot/errors.ts';
import type { Desk } from '../../bot/ports.ts';
import { checkBrand, checkLogo } from './brand.ts';
import type { ReadLogo } from './brand.ts';
import { checkCoverage, checkFiles } from './check.ts';
import { buildDesks } from './desks.ts';
import type { Placed } from './desks.ts';
import type { ComuneId } from '../../flows/types.ts';
import type { BrandEntry, ComuneEntry, ComuneFile, MeasureEntry, PlaceEntry } from './shape.ts';
import { validateFile } from './validate.ts';
import type { Checked } from './validate.ts';
import { readYaml } from './yamlfile.ts';

/** The files, checked, with the desks built from them. */
export interface Loaded {
  comuni: ComuneEntry[];
  /** How each of them presents itself. */
  faces: { comune: ComuneId; brand: BrandEntry; chat: NonNullable<ComuneFile['chat']> }[];
  desks: Desk[];
  measures: MeasureEntry[];
  places: PlaceEntry[];
}

export interface DirectoryText {
  name: string;
  text: string;
}

/** The project's own `directory/`. */
export const OWN_FOLDER = new URL('../../directory/', import.meta.url);

const withSlash = (folder: URL): URL => (folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`));
const nameOf = (folder: URL): string => basename(fileURLToPath(withSlash(folder)));

function readTexts(folder: URL, shown: string): DirectoryText[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .toSorted()
      .map((name) => ({ name: `${shown}/${name}`, text: readFileSync(new URL(name, folder), 'utf8') }));
  } catch {
    throw new DirectoryError([`${shown}: the folder cannot be read; check that it exists and may be read`]);
  }
}

function placedServices(checked: Checked): Placed[] {
  if (checked.kind !== 'comune' && checked.kind !== 'network') return [];
  const locations = new Map((checked.data.locations ?? []).map((location) => [location.id, location]));
  if (checked.kind === 'comune') {
    const { organization, services } = checked.data;
    return services.map((service) => ({ service, organization, comune: organization, locations }));
  }
  const { organizations, services } = checked.data;
  return services.flatMap((service) => {
    const organization = organizations.find(({ id }) => id === service.organization);
    return organization ? [{ service, organization, locations }] : [];
  });
}

/** The files as they are, named as problems name them: `directory/porcari.yaml`. */
export function readFolder(folder: URL = OWN_FOLDER): DirectoryText[] {
  return readTexts(withSlash(folder), nameOf(folder));
}

/** Throws DirectoryError with every problem at once: `directory/porcari.yaml:12: services/0/phones/0: must have "date"; ...`. */
export function loadFiles(folder: URL = OWN_FOLDER): Loaded {
  return loadTexts(readFolder(folder), nameOf(folder), logosOf(folder));
}

/** Reads `logos/` of that folder. */
export function logosOf(folder: URL = OWN_FOLDER): ReadLogo {
  return (file) => {
    const path = new URL(`logos/${file}`, withSlash(folder));
    return existsSync(path) ? readFileSync(path) : undefined;
  };
}

/** The same for texts that stand in no folder yet; `shown` is how that folder is named in problems. Without `logos` they are not looked at. */
export function loadTexts(texts: DirectoryText[], shown: string, logos?: ReadLogo): Loaded {
  const problems: string[] = [];
  const files: Checked[] = [];
  for (const { name, text } of texts) {
    const read = readYaml(name, text);
    const checked = read.file ? validateFile(read.file) : read.problems;
    if (Array.isArray(checked)) problems.push(...checked);
    else files.push(checked);
  }
  // References are looked at only when every file could be read: a broken file would make them all look wrong.
  if (problems.length === 0) problems.push(...checkFiles(files));
  if (problems.length > 0) throw new DirectoryError(problems);

  const comuni = files.flatMap((checked) => (checked.kind === 'comune' ? [checked.data.organization] : []));
  const desks = buildDesks(files.flatMap(placedServices));
  problems.push(...checkCoverage(shown, new Set(comuni.map(({ comune }) => comune)), desks));
  for (const checked of files) {
    if (checked.kind !== 'comune') continue;
    const { data, file } = checked;
    problems.push(
      ...checkBrand(data, file, desks, data.organization.comune),
      ...(logos ? checkLogo(data, file, logos) : []),
    );
  }
  if (problems.length > 0) throw new DirectoryError(problems);
  return {
    comuni,
    faces: files.flatMap(({ kind, data }) =>
      kind === 'comune' ? [{ comune: data.organization.comune, brand: data.brand ?? {}, chat: data.chat ?? {} }] : [],
    ),
    desks,
    measures: files.flatMap((checked) => (checked.kind === 'measures' ? checked.data.measures : [])),
    places: files.flatMap((checked) => (checked.kind === 'places' ? checked.data.places : [])),
  };
}
