// The labels a text can be given, in a fixed order: what is learnt and stored as numbers is read back by their place.
// Their meaning is told in corpus/README.md.
import { AREAS, NEEDS } from '../../flows/types.ts';
import type { Need } from '../../flows/types.ts';

export const URGENCIES = ['none', 'urgent', 'emergency'] as const;
export const WHOM = ['self', 'other', 'unknown'] as const;
const ALL_NEEDS: Need[] = Object.values(NEEDS).flat();

/** What is asked of a text, each with its possible answers. `second` is the area of a further need. */
export const HEADS = {
  need: [...ALL_NEEDS, 'unclear'],
  urgency: [...URGENCIES],
  whom: [...WHOM],
  second: [...AREAS, 'none'],
} satisfies Record<string, string[]>;
export type Head = keyof typeof HEADS;
export const HEAD_NAMES = ['need', 'urgency', 'whom', 'second'] as const satisfies Head[];
