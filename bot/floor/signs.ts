// Loads signs/<language>.yaml, the words of danger that a social worker can read and correct, into one set for all languages.
// The search is left to detect.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Lexicon } from './lexicon.ts';
import { readPattern } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import { DANGERS } from './types.ts';
import type { Danger } from './types.ts';

/** What a file holds for each danger. */
export const KINDS = ['certain', 'signs', 'once', 'calm'] as const;
/** What a file holds for the whole text. */
export const CONTEXTS = [
  'past',
  'unreal',
  'still',
  'minor_writes',
  'child_named',
  'exploited',
  'unpaid',
  'afraid',
  'man',
] as const;

export interface Signs {
  lexicon: Lexicon;
  dangers: Record<Danger, Record<(typeof KINDS)[number], Pattern[]>>;
  contexts: Record<(typeof CONTEXTS)[number], Pattern[]>;
}

const FOLDER = new URL('signs/', import.meta.url);

/** Throws, naming file and sign, on a file that cannot be read. */
export function loadSigns(folder: URL = FOLDER): Signs {
  const signs = emptySigns();
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()) {
    try {
      addFile(signs, parse(readFileSync(new URL(name, folder), 'utf8')));
    } catch (error) {
      throw new Error(`bot/floor/signs/${name}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
  return signs;
}

function emptySigns(): Signs {
  const none = (): Record<(typeof KINDS)[number], Pattern[]> => ({ certain: [], signs: [], once: [], calm: [] });
  return {
    lexicon: new Lexicon(),
    dangers: { medical: none(), violence: none(), child: none(), suicide: none(), no_shelter: none() },
    contexts: {
      past: [],
      unreal: [],
      still: [],
      minor_writes: [],
      child_named: [],
      exploited: [],
      unpaid: [],
      afraid: [],
      man: [],
    },
  };
}

function addFile(signs: Signs, file: unknown): void {
  const found = asRecord(file, 'the file');
  const groups: Record<string, string[]> = {};
  for (const [name, members] of Object.entries(asRecord(found['groups'] ?? {}, 'groups')))
    groups[name] = asList(members, name);
  const read = (list: unknown, where: string): Pattern[] =>
    asList(list ?? [], where).map((source) => readPattern(source, groups, signs.lexicon));
  for (const [key, value] of Object.entries(found)) {
    const danger = DANGERS.find((name) => name === key);
    const context = CONTEXTS.find((name) => name === key);
    if (danger) {
      const parts = asRecord(value, key);
      const odd = Object.keys(parts).find((part) => !KINDS.some((kind) => kind === part));
      if (odd !== undefined) throw new Error(`${key}: "${odd}" is not one of ${KINDS.join(', ')}`);
      for (const kind of KINDS) signs.dangers[danger][kind].push(...read(parts[kind], `${key}.${kind}`));
    } else if (context) signs.contexts[context].push(...read(value, key));
    else if (key !== 'groups') throw new Error(`"${key}" is neither a danger nor a context`);
  }
}

function asRecord(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${where} must be a list of names with values`);
  return Object.fromEntries(Object.entries(value));
}

function asList(value: unknown, where: string): string[] {
  if (!Array.isArray(value)) throw new Error(`${where} must be a list`);
  return value.map((item) => {
    if (typeof item !== 'string' && typeof item !== 'number') throw new Error(`${where}: every line must be words`);
    return String(item);
  });
}
