// What a signed link is about, as the pages behind it need it: what binds their one-time values, and what a browser stays proven for.
// Which case, desk or coordinator that is, is left to each page.
import { linkKey } from '../../../../bot/links.ts';
import type { LinkPurpose } from '../../../../bot/links.ts';

export interface Subject {
  /** Binds one-time values, is the context of the four digits in the mail, and is what wrong digits are counted by. */
  key: string;
  /** Having typed the digits once, a browser may act on everything of this scope: `desk <id>`, `coordinator`. */
  scope: string;
}

/** The subject of a link: `subjectOf('desk', deskId, 0, deskId)`. `deskId` absent: the scope is the purpose itself. */
export function subjectOf(purpose: LinkPurpose, about: string, epoch: number, deskId?: string): Subject {
  return { key: linkKey(purpose, about, epoch), scope: deskId === undefined ? purpose : `desk ${deskId}` };
}
