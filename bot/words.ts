// Loads locales/<language>/<namespace>.json into i18next and hands out one `say` per language.
// Escaping for HTML, Telegram or mail is left to each adapter: words come out plain.
import { readdirSync, readFileSync } from 'node:fs';
import { createInstance } from 'i18next';
import type { Resource } from 'i18next';
import { isolate } from './direction.ts';

/** `say('result:call', { number })`. A key that exists in no language throws: the catalogue tests find it first. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

export interface Words {
  /** Languages with every catalogue Italian has; the first is Italian. */
  languages: string[];
  /** Languages in which at least the floor answers: the complete ones, and those with a `floor.json` alone. */
  floorLanguages: string[];
  /** The words of that language; Italian where it is not spoken here, or has no such text. */
  say(language: string): Say;
  /** Whether that very language, Italian unless told, has the text. */
  has(key: string, language?: string): boolean;
  /** A list kept under one key, for example the synonyms of a command. */
  list(language: string, key: string): string[];
}

/** Catalogues that only operators and the coordinator read: in Italian alone. */
export const OPERATOR_NAMESPACES = ['desk', 'deskmail', 'report', 'fresh'];

const FOLDER = new URL('../locales/', import.meta.url);

export function loadWords(folder: URL = FOLDER): Words {
  const resources = readResources(folder);
  const spoken = Object.keys(resources).toSorted(
    (a, b) => Number(b === 'it') - Number(a === 'it') || a.localeCompare(b),
  );
  const namespaces = Object.keys(resources['it'] ?? {});
  const needed = namespaces.filter((name) => !OPERATOR_NAMESPACES.includes(name));
  const languages = spoken.filter((language) => needed.every((name) => resources[language]?.[name] !== undefined));
  const floorLanguages = spoken.filter((language) => resources[language]?.['floor'] !== undefined);
  const i18n = createInstance();
  void i18n.init({
    resources,
    lng: 'it',
    fallbackLng: 'it',
    ns: namespaces,
    defaultNS: 'common',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  const has = (key: string, language = 'it'): boolean => i18n.exists(key, { lng: language, fallbackLng: language });
  return {
    languages,
    floorLanguages,
    has,
    say: (language) => {
      const t = i18n.getFixedT(spoken.includes(language) ? language : 'it');
      return (key, values = {}) => {
        if (!has(key) && !has(`${key}_other`)) throw new Error(`locales/it has no text "${key}"`);
        return t(key, isolated(values, language));
      };
    },
    list: (language, key) => {
      const found: unknown = i18n.t(key, { lng: language, returnObjects: true });
      return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : [];
    },
  };
}

/** Numbers, that choose a plural too, stay as they are. */
function isolated(values: Record<string, string | number>, language: string): Record<string, string | number> {
  const whole = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? isolate(value, language) : value,
  ]);
  return Object.fromEntries(whole);
}

function readResources(folder: URL): Resource {
  const resources: Resource = {};
  for (const language of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const files = readdirSync(new URL(`${language.name}/`, folder)).filter((name) => name.endsWith('.json'));
    const namespaces = files.map((name) => [
      name.replace('.json', ''),
      JSON.parse(readFileSync(new URL(`${language.name}/${name}`, folder), 'utf8')),
    ]);
    resources[language.name] = Object.fromEntries(namespaces);
  }
  return resources;
}
