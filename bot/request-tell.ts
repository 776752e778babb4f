// Words typed at a question of a request: a name, a number, an organization, wishes, a note. Taken into the draft.
// What is asked next is left to request-steps.ts.
import { bareContact, readContact } from './contact.ts';
import { currentDraft, fillDraft, fillThirdParty } from './draft.ts';
import type { Choice } from './message.ts';
import { isPhrase, plain } from './options.ts';
import type { Case, CaseDetails } from './ports.ts';
import { slotNamed } from './request-when.ts';
import { agreesAfterAll } from './safe-contact/notice.ts';
import { hearSafe, hearWishes, noteAtName, noteBeside } from './request-wishes.ts';
import type { Heard } from './request-wishes.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';

/**
 * `taken`: the question is answered; `asked`: something was asked back; `again`: said before the question is put
 * again; `left`: the request is given up with these words; `no`: the words do not fit.
 */
export type Told = 'taken' | 'asked' | { again: string } | { left: string } | Heard;

const LONGEST = 1500;
const OLDEST = 120;

export function takeWords(talk: Talk, draft: Case, question: string, text: string): Told {
  const words = text.trim().slice(0, LONGEST);
  switch (question) {
    case 'request.name':
      return noName(talk, draft, words) ?? named(words, (name) => fillDraft(talk, draft, { name }));
    case 'request.writer':
      return noName(talk, draft, words) ?? named(words, (writer) => fillThirdParty(talk, draft, { writer }));
    case 'request.contact':
      return tellContact(talk, draft, words);
    case 'request.consent':
      return opensWithNo(talk, words) ? { left: 'request:declined_there' } : 'no';
    case 'request.when':
      return tellWhen(talk, draft, words);
    case 'request.organization':
      return named(words, (said) => fillThirdParty(talk, draft, organizationIn(said)));
    case 'request.role':
      return named(words, (role) => fillThirdParty(talk, draft, { role }));
    case 'request.safe':
    case 'request.safe_first':
      return hearSafe(talk, draft, question, words);
    case 'request.wishes':
    case 'request.wishes_first':
      return hearWishes(talk, draft, question, words);
    case 'request.age':
      return tellAge(talk, draft, words);
    case 'request.discharge':
      fillForm(talk, draft, { discharge: words.replace(/\s+/g, ' ').slice(0, 80) });
      return 'taken';
    case 'request.note':
      fillDraft(talk, draft, { note: { text: words, lang: talk.decoded?.lang ?? talk.state.language } });
      return 'taken';
    default:
      return 'no';
  }
}

export function fillForm(talk: Talk, draft: Case, part: NonNullable<CaseDetails['puntoInsieme']>): void {
  fillDraft(talk, draft, { puntoInsieme: { ...draft.details.puntoInsieme, ...part } });
}

/** "Mai la sera, mio marito legge il telefono" is nobody's name, but how to be reached: kept, and the name is asked again. */
function noName(talk: Talk, draft: Case, words: string): Told | undefined {
  const before = noteAtName(talk, draft, words);
  return before === '' ? undefined : { again: before };
}

function named(words: string, take: (said: string) => void): Told {
  if (!/\p{L}/u.test(words)) return 'no';
  take(words.replace(/\s+/g, ' ').slice(0, 120));
  return 'taken';
}

/** "Cooperativa Esempio, educatrice" says both; of a role not said yet nothing is kept. */
function organizationIn(said: string): NonNullable<CaseDetails['thirdParty']> {
  const [organization = said, ...rest] = said.split(/\s*[,;]\s*|\s+[–-]\s+/);
  const role = rest.join(', ').trim();
  return { organization: organization.trim() || said, ...(role === '' ? {} : { role }) };
}

function tellAge(talk: Talk, draft: Case, words: string): Told {
  const age = /\d{1,3}/.exec(words)?.[0];
  if (age === undefined || Number(age) > OLDEST) return 'no';
  fillForm(talk, draft, { age });
  return 'taken';
}

/** "No perché lì ci lavora mia cognata": whatever the reason is, it is a no. */
function opensWithNo({ env, state }: Talk, text: string): boolean {
  const [first = ''] = plain(text).split(' ');
  return isPhrase(first, 'no', env.words) && !agreesAfterAll(text, state.language);
}

/** A day or an hour that is offered; "mai di sabato" is how to be reached, and the time is asked again. */
function tellWhen(talk: Talk, draft: Case, text: string): Told {
  const slot = slotNamed(talk, draft, text);
  if (slot) return { option: `slot.${slot.start.getTime() / 60_000}` };
  const before = noteBeside(talk, draft, text, undefined);
  return before === '' ? 'no' : { again: before };
}

/** What stands beside the number may be how to be called: it is kept whatever becomes of the number. */
function tellContact(talk: Talk, draft: Case, text: string): Told {
  const read = readContact(text);
  const words = say(talk);
  const found = read.ok || read.problem === 'short' ? read.contact : undefined;
  const before = noteBeside(talk, draft, text, found?.kind);
  const kept = currentDraft(talk) ?? draft;
  const contact = found && before !== '' ? bareContact(found) : found;
  const ask = (line: string, choices: Choice[] = []): 'asked' => {
    reply(talk, [before, line].filter((part) => part !== '').join('\n\n'), { choices });
    return 'asked';
  };
  if (contact) fillDraft(talk, kept, { contact });
  if (read.ok) return { value: 'given', before };
  if (read.problem === 'none') return before === '' ? 'no' : ask(words('request:contact.ask'));
  if (read.problem === 'wrong') return ask(words('request:contact.wrong', { number: read.number }));
  if (read.problem !== 'short') return ask(words('request:contact.several'));
  const choice = { id: 'request.contact.confirm', label: words('request:contact.confirm') };
  return ask(words('request:contact.short', { number: contact?.shown ?? '' }), [choice]);
}
