// Checks the shape of one file against schema.json and says every problem with its line and its mend.
// References between files, numbers and hours are left to check.ts.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import schema from './schema.json' with { type: 'json' };
import type { ComuneFile, MeasureEntry, NetworkFile, PlaceEntry } from './shape.ts';
import type { Path, YamlFile } from './yamlfile.ts';

const ajv = new Ajv2020({ allErrors: true, verbose: true, strictTypes: false });
ajv.addSchema(schema);
const compile = <T>(definition: string): ValidateFunction<T> =>
  ajv.compile<T>({ $ref: `${schema.$id}#/$defs/${definition}` });

const isComune = compile<ComuneFile>('comuneFile');
const isNetwork = compile<NetworkFile>('networkFile');
const isMeasures = compile<{ measures: MeasureEntry[] }>('measuresFile');
const isPlaces = compile<{ places: PlaceEntry[] }>('placesFile');

/** What to write, for the fields that editors forget or mistype most. */
const MENDS: Record<string, string> = {
  date: 'add the day the number was read, e.g. date: 2025-04 (or date: undated); put a year alone between quotes',
  source: 'add where it was read, e.g. source: https://... or the name of the document',
  status: 'write one of SEED, FOUND, RECALLED, UNKNOWN; only SEED and FOUND are shown',
  confirm: 'add confirm: true if the value must be checked by telephone, else confirm: false',
  number: 'write the number between quotes, digits and spaces only, e.g. number: "0583 211899"',
  value: 'add the value itself, e.g. value: sportello@comune.example.it',
  link: 'write an address that begins with https://',
  day: 'write "07-12" (every year), "2026-12-24" (once) or easter+50, between quotes',
  from: 'write the first day, e.g. from: 2027-01-01',
  until: 'write the last day, e.g. until: 2026-12-31',
  code: 'write three capital letters',
  aliases: 'write text; put numbers such as a CAP between quotes, e.g. "55016"',
  organization: 'say whose service it is, with the id of an organization of this file',
};

const pathOf = (error: ErrorObject): Path =>
  error.instancePath
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));

const withMend = (message: string, field: string | number | undefined): string => {
  const mend = typeof field === 'string' ? MENDS[field] : undefined;
  return mend === undefined ? message : `${message}; ${mend}`;
};

function knownWords(error: ErrorObject): string {
  const properties: unknown = error.parentSchema?.['properties'];
  return typeof properties === 'object' && properties !== null ? Object.keys(properties).join(', ') : '';
}

function explain(file: YamlFile, error: ErrorObject): string {
  const path = pathOf(error);
  const field = path.findLast((part) => typeof part === 'string');
  const params: Record<string, unknown> = error.params;
  if (error.keyword === 'required') {
    const missing = String(params['missingProperty']);
    return file.problem(path, withMend(`must have "${missing}"`, missing));
  }
  if (error.keyword === 'additionalProperties') {
    const word = String(params['additionalProperty']);
    return file.problem([...path, word], `is not a known word; use one of: ${knownWords(error)}`);
  }
  if (error.keyword === 'enum' && Array.isArray(params['allowedValues'])) {
    return file.problem(path, `must be one of: ${params['allowedValues'].join(', ')}`);
  }
  if (error.keyword === 'type') return file.problem(path, withMend(`must be ${String(params['type'])}`, field));
  if (error.keyword === 'pattern')
    return file.problem(path, withMend(`is not well written: ${patternHint(error)}`, field));
  return file.problem(path, withMend(error.message ?? 'is not valid', field));
}

function patternHint(error: ErrorObject): string {
  const described: unknown = error.parentSchema?.['description'];
  const shown = typeof error.data === 'string' ? `"${error.data}"` : 'the value';
  if (String(error.schema).startsWith('^https')) return `${shown} must begin with https://`;
  if (String(error.schema).includes('@')) return `${shown} must be an e-mail address`;
  return typeof described === 'string' ? `${shown}; ${described}` : shown;
}

export type Checked =
  | { kind: 'comune'; file: YamlFile; data: ComuneFile }
  | { kind: 'network'; file: YamlFile; data: NetworkFile }
  | { kind: 'measures'; file: YamlFile; data: { measures: MeasureEntry[] } }
  | { kind: 'places'; file: YamlFile; data: { places: PlaceEntry[] } };

function problemsOf(file: YamlFile, validate: ValidateFunction): string[] {
  return (validate.errors ?? []).map((error) => explain(file, error));
}

/** The file with its kind, told by its name or its first word; or what is wrong with it. */
export function validateFile(file: YamlFile): Checked | string[] {
  const { data } = file;
  if (file.name.endsWith('/measures.yaml')) {
    return isMeasures(data) ? { kind: 'measures', file, data } : problemsOf(file, isMeasures);
  }
  if (file.name.endsWith('/places.yaml')) {
    return isPlaces(data) ? { kind: 'places', file, data } : problemsOf(file, isPlaces);
  }
  const ofComune = typeof data === 'object' && data !== null && 'organization' in data;
  if (ofComune) return isComune(data) ? { kind: 'comune', file, data } : problemsOf(file, isComune);
  return isNetwork(data) ? { kind: 'network', file, data } : problemsOf(file, isNetwork);
}
