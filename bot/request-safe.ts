// How the person may be contacted, as the case keeps it: their words for the desk, the rules read in them for the machine.
// Reading the words is left to bot/safe-contact.
import { wasAtHome } from './cases/person/crisis.ts';
import type { Case, CaseDetails } from './ports.ts';
import { rulesFor } from './safe-contact/moment.ts';
import { allowsMail, readWishes } from './safe-contact/read.ts';
import { strictest } from './safe-contact/strictest.ts';
import type { Talk } from './talk.ts';

type Safe = NonNullable<CaseDetails['safe']>;

/** A desk reads as much of it. */
const LONGEST = 500;

/**
 * With these wishes; without any where nothing was said against it. After violence no mail, unless it was said to be safe:
 * also where it was told in this talk and the request is for something else.
 */
export function safeAs(talk: Talk, { details }: Pick<Case, 'details'>, wishes: string | undefined): Safe {
  const { language } = talk.state;
  const violence = wasAtHome(talk) || details.needs.some(({ need }) => need === 'violence');
  const read = wishes === undefined ? {} : readWishes(wishes, language);
  const mailIsSafe = wishes !== undefined && allowsMail(wishes, language);
  const rules = violence && !mailIsSafe && !read.silent ? { ...read, noMail: true as const } : read;
  const copyByMail = !rules.silent && !('noMail' in rules && rules.noMail);
  if (wishes === undefined && !violence) return { anyTime: true, copyByMail };
  return { anyTime: wishes === undefined, ...(wishes === undefined ? {} : { wishes }), copyByMail, rules };
}

/** One wish more, the newest first: what any of them forbids stays forbidden. */
export function withWish(talk: Talk, made: Pick<Case, 'details'>, wish: string): Safe {
  const safe = made.details.safe ?? safeAs(talk, made, undefined);
  const rules = strictest(rulesFor({ ...made.details, safe }), readWishes(wish, talk.state.language));
  const wishes = [wish, ...(safe.wishes === undefined ? [] : [safe.wishes])].join('; ').slice(0, LONGEST);
  const copyByMail = safe.copyByMail && !rules.silent && !rules.noMail;
  return { anyTime: false, wishes, copyByMail, rules };
}
