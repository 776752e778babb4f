// The parts of a request that are about the person: how to reach them safely, and what they wrote.
// What they need, and how the mail is put together, is left to request.ts.
import type { CaseDetails } from '../ports.ts';
import type { Say } from '../words.ts';
import { block, line } from './clean.ts';
import { readSpans, spanWords } from './dates.ts';
import type { Part } from './render.ts';

/** First of all, in clear: how not to put the person at risk. */
export function cautions(details: CaseDetails, say: Say): Part[] {
  const { safe, needs, thirdParty } = details;
  const wishes = line(safe?.wishes ?? '', 500);
  const writer = callsWriter(details);
  const found: Part[] = [];
  if (thirdParty?.knows === 'no') found.push({ kind: 'notice', text: say('deskmail:request.unaware') });
  if (wishes !== '') {
    const how = say(writer ? 'deskmail:request.safe_wishes_writer' : 'mail:request.safe_wishes');
    found.push({ kind: 'notice', text: `${how} ${wishes}` });
  } else if (safe && !safe.anyTime) found.push({ kind: 'notice', text: say('mail:request.safe_not_always') });
  // Also where another part of the request is about violence: that desk is not told why.
  if (needs.some(({ need }) => need === 'violence') || safe?.rules?.noMail || safe?.rules?.silent)
    found.push({
      kind: 'notice',
      text: say(writer ? 'deskmail:request.safe_violence_writer' : 'mail:request.safe_violence'),
    });
  return found;
}

/** The number is that of who writes for somebody else, not of the person. */
export function callsWriter({ thirdParty }: CaseDetails): boolean {
  return thirdParty?.call === 'writer';
}

export function person(details: CaseDetails, say: Say): Part[] {
  const { contact } = details;
  const spans = readSpans(details.preferred).map((span) => spanWords(span, 'it', say));
  const name = line(details.name ?? '', 120) || say('mail:request.no_name');
  const writer = callsWriter(details);
  const fields: Part[] = [
    writer
      ? { kind: 'field', label: say('deskmail:request.to_call'), value: writerWords(details, say) }
      : { kind: 'field', label: say('mail:request.name'), value: name },
  ];
  if (contact) fields.push({ kind: 'field', label: say(`mail:request.${contact.kind}`), value: reach(contact) });
  if (writer) fields.push({ kind: 'field', label: say('deskmail:request.for_name'), value: name });
  if (spans.length > 0) fields.push({ kind: 'list', label: say('mail:request.times'), items: spans });
  else fields.push({ kind: 'field', label: say('mail:request.times'), value: say('mail:request.any_time') });
  if (!details.language.toLowerCase().startsWith('it')) {
    const name = languageName(details.language);
    fields.push({
      kind: 'field',
      label: say('mail:request.language'),
      value: say('mail:request.mediator', { language: name }),
    });
  }
  return fields;
}

/** `Carla, la figlia (chi ha scritto)`. */
function writerWords({ thirdParty }: CaseDetails, say: Say): string {
  const { writer, role, organization } = thirdParty ?? {};
  const known = [writer, role, organization].map((words) => line(words ?? '')).filter((words) => words !== '');
  if (known.length === 0) return say('deskmail:request.writer_unnamed');
  return say('deskmail:request.writer_named', { who: known.join(', ') });
}

/** The contact alone, under another label. */
export function contactField({ contact }: CaseDetails, label: string): Part[] {
  return contact ? [{ kind: 'field', label, value: reach(contact) }] : [];
}

function reach({ kind, value, shown }: NonNullable<CaseDetails['contact']>): string {
  const [cleanShown, cleanValue] = [line(shown, 254), line(value, 254)];
  return kind === 'phone' && cleanShown !== cleanValue ? `${cleanShown} (${cleanValue})` : cleanValue;
}

export function note({ note }: CaseDetails, say: Say): Part[] {
  return note ? quoted(note, (language) => say('mail:request.note', { language })) : [];
}

/** Words of the person as they wrote them; `label` is told the language's name in Italian. */
export function quoted(words: { text: string; lang: string }, label: (language: string) => string): Part[] {
  const text = block(words.text);
  return text === '' ? [] : [{ kind: 'quote', label: label(languageName(words.lang)), text }];
}

/** The language's name in Italian; the code itself where it names none. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames('it', { type: 'language' }).of(code) ?? line(code, 20);
  } catch {
    return line(code, 20);
  }
}
