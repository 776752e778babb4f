// What a request holds of the person, line by line, for their own copy: all of it, in their language.
// What they wrote in the chat, and what happened to the request, is left to words.ts.
import { whenWords } from '../mail/about.ts';
import { readSpans, spanWords } from '../mail/dates.ts';
import { needsInWords } from '../need-list.ts';
import type { Case } from '../ports.ts';
import { answerInWords } from '../prompt.ts';
import { rulesInWords } from '../safe-contact/in-words.ts';
import { say } from '../talk.ts';
import type { View } from '../talk.ts';

/** Empty where everything has been forgotten. */
export function detailLines(view: View, made: Case): string[] {
  const words = say(view);
  const { details, life } = made;
  if (!details.contact && !details.name && details.answers.length === 0) return [];
  const field = (about: string, value: string | undefined): string[] =>
    value ? [words('case:copy.field', { label: words(about), value })] : [];
  const spans = readSpans(details.preferred).map((span) => spanWords(span, view.state.language, words));
  return [
    words('request:summary.need', { needs: needsInWords(details.needs, words) }),
    ...details.answers
      .filter(({ question }) => !/^triage\.|\.need$|^access\.comune$/.test(question))
      .map(({ question, values }) => answerInWords(view, question, values)),
    ...field('access:comune.about', view.env.directory.comune(made.comune).name),
    ...field('request:name.about', details.name),
    ...field('request:contact.about', details.contact?.shown),
    ...field('request:when.about', spans.join('; ')),
    ...thirdLines(view, details.thirdParty, field),
    ...safeLines(view, details.safe, field),
    ...formLines(view, details.puntoInsieme, field),
    ...field('request:note.about', details.note?.text),
    ...(life.appointment
      ? [words('case:copy.appointment', { when: whenWords(made, view.state.language, words, 'letter') })]
      : []),
  ];
}

type Field = (about: string, value: string | undefined) => string[];

function thirdLines(view: View, thirdParty: Case['details']['thirdParty'], field: Field): string[] {
  const words = say(view);
  return [
    ...field('request:organization.about', thirdParty?.organization),
    ...field('request:role.about', thirdParty?.role),
    ...field('request:agreed.about', thirdParty?.consent && words('request:agreed.yes')),
    ...field('request:knows.about', thirdParty?.knows && words(`request:knows.${thirdParty.knows}`)),
    ...field('request:call.about', thirdParty?.call && words(`request:call.${thirdParty.call}`)),
    ...field('request:writer.about', thirdParty?.writer),
  ];
}

/** The wishes as they were written, and how they were understood. */
function safeLines(view: View, safe: Case['details']['safe'], field: Field): string[] {
  const words = say(view);
  const rule = safe?.rules && rulesInWords(safe.rules, words, view.state.language);
  const read = safe?.wishes === undefined ? rule : words('safe:read_back', { wishes: safe.wishes, rule: rule ?? '' });
  return field('request:safe.about', read);
}

function formLines(view: View, form: Case['details']['puntoInsieme'], field: Field): string[] {
  const words = say(view);
  const { age, livesAlone, doctorKnows, discharge } = form ?? {};
  return [
    ...field('request:age.about', age),
    ...field('request:alone.about', livesAlone && words(`request:alone.${livesAlone}`)),
    ...field('request:doctor.about', doctorKnows && words(`request:doctor.${doctorKnows}`)),
    ...field('request:discharge.about', discharge),
  ];
}
