// Tells where the person in need lives or is, out of the places a text names.
// The names are left to gazetteer.ts, the words around them to lexicon/places.yaml.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { COMUNI } from '../../flows/types.ts';
import type { ComuneId } from '../../flows/types.ts';
import { ConfigError } from '../errors.ts';
import type { Comune, Frazione } from '../ports.ts';
import { Gazetteer } from './gazetteer.ts';
import type { Mention, Place } from './gazetteer.ts';
import { readPairs } from './gloss-file.ts';
import { lines, section } from './lexicon.ts';
import type { Token } from './normalise.ts';
import { Matcher } from './pattern.ts';
import type { Found } from './pattern.ts';
import type { Decoded } from './types.ts';

export type Where = Pick<Decoded, 'comune' | 'place' | 'residentElsewhere' | 'ambiguousPlaces'>;
export type FindWhere = (tokens: Token[]) => Where;

const ROLES = ['dwelling', 'papers', 'present', 'elsewhere', 'correction'] as const;
type Role = (typeof ROLES)[number];

/** Words between a sign and the name it belongs to, small words not counted. */
const REACH = 2;
/** A mended name of so many letters needs nothing beside it. */
const LONG_NAME = 8;

interface Placed extends Mention {
  roles: Set<Role>;
}

/** Throws ConfigError where lexicon/places.yaml cannot be read. */
export function createPlaces(
  comuni: Comune[],
  frazioni: Frazione[],
  file = new URL('lexicon/places.yaml', import.meta.url),
): FindWhere {
  const data = section(parse(readFileSync(file, 'utf8')));
  const words = (name: string): Set<string> => new Set(String(data[name]).trim().split(/\s+/));
  const names = section(data['names']);
  const scripts = readPairs(new URL('places-scripts.tsv', file));
  const gazetteer = new Gazetteer({
    comuni,
    frazioni,
    outside: Array.isArray(data['outside']) ? data['outside'].map(String) : [],
    names: COMUNI.map((id) => ({
      id,
      names: [
        ...scripts.flatMap(([name, comune]) => (comune === id ? [name.replaceAll(' ', '_')] : [])),
        names[id] ?? '',
      ]
        .join(' ')
        .split(/\s+/)
        .filter((name) => name !== '')
        .map((name) => name.replaceAll('_', ' ')),
    })),
    general: words('general'),
  });
  const matcher = new Matcher<Role>();
  for (const role of ROLES) for (const source of lines(data[role])) matcher.add(source, role);
  if (matcher.problems.length > 0) throw new ConfigError(matcher.problems.map((problem) => `places.yaml: ${problem}`));
  const small = words('between');
  const common = words('common');
  const prepositions = words('prepositions');
  return (tokens) => {
    const found = gazetteer.find(tokens);
    if (found.length === 0) return { comune: 'none' };
    const signs = matcher.find(tokens);
    const placed = found.map((mention, at) => ({
      ...mention,
      roles: rolesOf(mention, found[at - 1], tokens, signs, small),
    }));
    return choose(
      placed.filter((mention) => isMeant(mention, tokens, common, small, prepositions)),
      tokens,
      signs,
    );
  };
}

/** Signs before the name, in its clause and after the place named before it, with at most REACH full words between. */
function rolesOf(
  mention: Mention,
  before: Mention | undefined,
  tokens: Token[],
  signs: Found<Role>[],
  small: Set<string>,
): Set<Role> {
  let from = mention.start;
  let full = 0;
  const floor = before?.end ?? 0;
  while (from > floor && full <= REACH && !(tokens[from]?.clause ?? false)) {
    from -= 1;
    if (!small.has(tokens[from]?.folded ?? '')) full += 1;
  }
  const near = signs.filter((sign) => sign.start >= from && sign.end <= mention.start);
  const last = near.filter(({ tag }) => tag === 'dwelling' || tag === 'elsewhere').at(-1);
  const roles = new Set<Role>(near.map(({ tag }) => tag).filter((tag) => tag !== 'dwelling' && tag !== 'elsewhere'));
  if (last !== undefined) roles.add(last.tag);
  // "da Lucca", "from Lucca": an origin, whatever stands before it.
  if (!/^(?:da|dalla|from)$/.test(tokens[mention.start - 1]?.folded ?? '')) return roles;
  roles.delete('dwelling');
  return roles.add('elsewhere');
}

/** Names that are also common words, and mended names, need something beside them that speaks of a place. */
function isMeant(
  mention: Placed,
  tokens: Token[],
  common: Set<string>,
  small: Set<string>,
  prepositions: Set<string>,
): boolean {
  const words = tokens.slice(mention.start, mention.end);
  const before = tokens[mention.start - 1];
  if (mention.mended) return isLong(words[0]) || prepositions.has(before?.folded ?? '') || tokens.length <= 3;
  if (words.length > 1 || !common.has(words[0]?.folded ?? '')) return true;
  if (mention.roles.has('dwelling') && small.has(before?.folded ?? '')) return true;
  const shouting = tokens.every(({ raw }) => raw === raw.toUpperCase());
  return (
    !shouting &&
    (tokens.length <= 2 || (mention.start > 0 && before?.clause !== undefined && isCapital(words[0]?.raw ?? '')))
  );
}

/** No common word is as near to so long a name. */
function isLong(word: Token | undefined): boolean {
  return (word?.folded.length ?? 0) >= LONG_NAME;
}

function choose(mentions: Placed[], tokens: Token[], signs: Found<Role>[]): Where {
  const standing = corrected(
    mentions.filter((mention) => !isDenied(mention, tokens)),
    signs,
  );
  const live = standing.filter(({ roles }) => roles.has('dwelling') || roles.has('papers'));
  const rest = standing.filter(
    ({ roles }) => !roles.has('elsewhere') && !roles.has('dwelling') && !roles.has('papers'),
  );
  const here = live.filter(({ roles }) => !roles.has('papers'));
  const inside = [...here, ...rest].find(
    (mention) => mention.places.some(({ comune }) => comune !== 'outside') && !isOutside(mention),
  );
  const out = live.find(isOutside);
  if (out !== undefined && inside !== undefined && (inside.roles.has('present') || out.roles.has('papers')))
    return { ...toWhere(inside), residentElsewhere: true };
  const wide = [here, live, rest].find((list) => list.length > 0) ?? [];
  const exact = wide.filter(({ places }) => new Set(places.map(({ comune }) => comune)).size === 1);
  const comuni = new Set(exact.map(({ places }) => places[0]?.comune));
  if (comuni.size > 1 && live.length === 0) return several(exact);
  const first = exact[0] ?? wide[0];
  return first === undefined ? { comune: 'none' } : toWhere(first, wide);
}

/** "Altopascio, no, Porcari": what stands before a correction is taken back. */
function corrected(mentions: Placed[], signs: Found<Role>[]): Placed[] {
  const last = mentions.at(-1);
  const before = mentions.at(-2);
  if (last === undefined || before === undefined) return mentions;
  const between = signs.some(({ tag, start, end }) => tag === 'correction' && start >= before.end && end <= last.start);
  return between ? [last] : mentions;
}

/** "non Altopascio", "not in Lucca". */
function isDenied({ start }: Placed, tokens: Token[]): boolean {
  const two = tokens.slice(Math.max(0, start - 2), start).map(({ folded }) => folded);
  return (
    two.at(-1) === 'non' ||
    two.at(-1) === 'not' ||
    (/^(?:non|not)$/.test(two[0] ?? '') && /^(?:a|in|di|at)$/.test(two[1] ?? ''))
  );
}

function isOutside({ places }: Mention): boolean {
  return places.every(({ comune }) => comune === 'outside');
}

function toWhere({ places }: Mention, all: Mention[] = []): Where {
  const inside = places.filter((place): place is Place & { comune: ComuneId } => place.comune !== 'outside');
  const first = inside[0];
  if (first === undefined) return { comune: 'outside' };
  // Another name in the text may tell which of the homonyms is meant: "Colognora, Pescaglia".
  const told = inside.find(({ comune }) =>
    all.some((other) => other.places.length === 1 && other.places[0]?.comune === comune),
  );
  const meant = told ?? (new Set(inside.map(({ comune }) => comune)).size === 1 ? first : undefined);
  if (meant === undefined)
    return { comune: 'none', ambiguousPlaces: inside.map(({ name, comune }) => ({ name, comune })) };
  return inside.length === 1 || told !== undefined
    ? { comune: meant.comune, place: meant.name }
    : { comune: meant.comune };
}

function several(mentions: Mention[]): Where {
  const places = mentions.flatMap((mention) => mention.places);
  const inside = places.filter((place): place is Place & { comune: ComuneId } => place.comune !== 'outside');
  if (inside.length === 0) return { comune: 'outside' };
  const comuni = new Set(inside.map(({ comune }) => comune));
  if (comuni.size === 1 && inside[0] !== undefined)
    return { comune: inside[0].comune, place: inside.at(-1)?.name ?? inside[0].name };
  return { comune: 'none', ambiguousPlaces: inside.map(({ name, comune }) => ({ name, comune })) };
}

function isCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}
