// Composes the person's own copy of a request. It may be read by others in the house: it names no need, and repeats nothing written.
// What follows the request is left to letters.ts.
import type { Calendar, Case, Comune, Desk, Mail } from '../ports.ts';
import type { Say, Words } from '../words.ts';
import { line, plainAddress } from './clean.ts';
import { dayWords, readSpans, spanWords } from './dates.ts';
import { writtenLanguage } from './language.ts';
import { afterViolence, mayBeNamed } from './neutral.ts';
import { toHtml, toText } from './render.ts';
import type { Part } from './render.ts';
import { codeOf } from './request.ts';

export interface CopyInput {
  case: Case;
  desk: Desk;
  /** The other parts of the same request, each with its desk. */
  others?: { case: Case; desk: Desk }[];
  comune: Comune;
  calendar: Calendar;
  words: Words;
  at: Date;
}

/** In the person's language, to the e-mail they left; `undefined` if they left none or said never to write. */
export function copyMail(input: CopyInput): Mail | undefined {
  const { details } = input.case;
  const address = details.contact?.kind === 'email' ? plainAddress(details.contact.value) : undefined;
  if (address === undefined || details.safe?.copyByMail === false) return undefined;
  if (details.safe?.rules?.noMail || details.safe?.rules?.silent) return undefined;
  const language = writtenLanguage(input, input.case);
  const say = input.words.say(language);
  const subject = say('mail:copy.subject', { code: codeOf(input.case) });
  const parts = copyParts(input, language, say);
  // Without the person's name: the address alone is needed, and a name is one more thing to leak.
  return { to: [{ name: '', address }], subject, text: toText(parts), html: toHtml(parts, language, subject) };
}

function copyParts(input: CopyInput, language: string, say: Say): Part[] {
  const { case: made, desk, comune, calendar, at } = input;
  const code = codeOf(made);
  const times = readSpans(made.details.preferred).map((span) => spanWords(span, language, say));
  const parts: Part[] = [{ kind: 'plain', text: say('mail:copy.opening', { code, day: dayWords(at, language) }) }];
  parts.push({ kind: 'plain', text: sentTo(input, language, say) });
  parts.push({ kind: 'plain', text: say('mail:copy.what_was_sent') });
  if (times.length > 0) parts.push({ kind: 'list', label: say('mail:copy.times'), items: times });
  parts.push({ kind: 'plain', text: say('mail:copy.next') });
  if (!anyViolence(input)) parts.push(...deskFacts(desk, comune, calendar, at, language, say));
  parts.push({ kind: 'plain', text: say('mail:copy.withdraw', { code }) });
  parts.push({ kind: 'plain', text: say('mail:copy.automatic') });
  return parts;
}

function partsOf({ case: made, desk, others = [] }: CopyInput): { case: Case; desk: Desk }[] {
  return [{ case: made, desk }, ...others];
}

function anyViolence(input: CopyInput): boolean {
  return partsOf(input).some((one) => afterViolence(one.case));
}

/** Every desk whose name tells nothing; after violence, at whichever of them, none. */
function sentTo(input: CopyInput, language: string, say: Say): string {
  const named = anyViolence(input) ? [] : partsOf(input).filter((one) => mayBeNamed(one.desk, one.case));
  const names = named.map((one) => line(one.desk.name));
  if (names.length === 0) return say('mail:copy.sent_to_chosen');
  return say('mail:copy.sent_to', { desk: new Intl.ListFormat(language, { type: 'conjunction' }).format(names) });
}

function deskFacts(desk: Desk, comune: Comune, calendar: Calendar, at: Date, language: string, say: Say): Part[] {
  const phones = desk.phones.map(({ value }) => value.shown).join(', ');
  const openings = calendar.slots(desk, comune.id, at, 2).map((slot) => spanWords(slot, language, say));
  return [
    ...(phones ? [{ kind: 'field', label: say('mail:copy.phone'), value: phones } satisfies Part] : []),
    ...(openings.length > 0
      ? [{ kind: 'list', label: say('mail:copy.openings'), items: openings } satisfies Part]
      : []),
  ];
}
