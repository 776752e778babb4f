// The labels that a remote decoder may answer with: the schema it is asked to keep to, and the check that it did.
// What its answer counts for beside the built-in decoder's is left to join.ts.
import { AREAS, NEEDS } from '../../flows/types.ts';
import type { Need } from '../../flows/types.ts';
import { areaOf } from '../../flows/walk.ts';
import type { Decoded } from '../../bot/decoder/types.ts';

/** What a remote decoder decides. Place, language and details are never its own. `likely` only where it hesitates. */
export type Reading = Pick<
  Decoded,
  'area' | 'need' | 'secondaryArea' | 'otherNeeds' | 'urgency' | 'forWhom' | 'confidence'
> & { likely?: Decoded['likely'] };

const ALL_NEEDS: Need[] = Object.values(NEEDS).flat();
const URGENCIES = ['none', 'urgent', 'emergency'] as const;
const WHOM = ['self', 'other', 'client', 'unknown'] as const;
const MOST_OTHERS = 3;
const MOST_LIKELY = 4;

const needs = { type: 'string', enum: ALL_NEEDS };

/** JSON Schema of an answer. Types and enums only: servers that constrain their output differ in what else they know. */
export const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['area', 'need', 'secondaryArea', 'otherNeeds', 'urgency', 'forWhom', 'confidence'],
  properties: {
    area: { type: 'string', enum: [...AREAS, 'unclear'] },
    need: { type: ['string', 'null'], enum: [...ALL_NEEDS, null] },
    secondaryArea: { type: ['string', 'null'], enum: [...AREAS, null] },
    otherNeeds: { type: 'array', items: needs },
    urgency: { type: 'string', enum: URGENCIES },
    forWhom: { type: 'string', enum: WHOM },
    confidence: { type: 'number' },
    likely: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['need', 'sure'],
        properties: { need: needs, sure: { type: 'number' } },
      },
    },
  },
};

/** The reading in an answer; undefined where anything in it is not exactly of our labels, or they contradict each other. */
export function readLabels(answer: unknown): Reading | undefined {
  const fields = fieldsOf(answer, Object.keys(SCHEMA.properties));
  if (!fields) return undefined;
  const area = oneOf([...AREAS, 'unclear'] as const, fields['area']);
  const need = oneOf([...ALL_NEEDS, null], fields['need']);
  const secondaryArea = oneOf([...AREAS, null], fields['secondaryArea']);
  const otherNeeds = listOf(fields['otherNeeds'], MOST_OTHERS, (one) => oneOf(ALL_NEEDS, one));
  const urgency = oneOf(URGENCIES, fields['urgency']);
  const forWhom = oneOf(WHOM, fields['forWhom']);
  const confidence = share(fields['confidence']);
  const likely = 'likely' in fields ? listOf(fields['likely'], MOST_LIKELY, readLikely) : [];
  if (area === undefined || need === undefined || secondaryArea === undefined || !otherNeeds) return undefined;
  if (urgency === undefined || forWhom === undefined || confidence === undefined || !likely) return undefined;
  if (need !== null && areaOf(need) !== area) return undefined;
  if (area === 'unclear' && (secondaryArea !== null || otherNeeds.length > 0)) return undefined;
  return {
    area,
    need,
    // Said twice is said once.
    secondaryArea: secondaryArea === area ? null : secondaryArea,
    otherNeeds: [...new Set(otherNeeds)].filter((one) => one !== need),
    urgency,
    forWhom,
    confidence,
    ...(likely.length > 0 ? { likely: likely.toSorted((a, b) => b.sure - a.sure) } : {}),
  };
}

function readLikely(value: unknown): Decoded['likely'][number] | undefined {
  const fields = fieldsOf(value, ['need', 'sure']);
  const need = oneOf(ALL_NEEDS, fields?.['need']);
  const sure = share(fields?.['sure']);
  return need === undefined || sure === undefined ? undefined : { need, sure };
}

/** The fields of an object that has no others than these. */
function fieldsOf(value: unknown, known: string[]): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries: [string, unknown][] = Object.entries(value);
  return entries.every(([name]) => known.includes(name)) ? Object.fromEntries(entries) : undefined;
}

function oneOf<T>(labels: readonly T[], value: unknown): T | undefined {
  return labels.find((label) => label === value);
}

/** Undefined where it is no list, too long, or one of its items cannot be read. */
function listOf<T>(value: unknown, most: number, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const items = value.map(read).filter((item) => item !== undefined);
  return items.length === value.length ? items : undefined;
}

function share(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
}
