// A person with an unpaid bill, on any channel: answers what is asked, from the first words to the code of the request.
// How words and choices travel is left to the channel's own client.
import assert from 'node:assert/strict';

export const STORY =
  'Buongiorno, mi è arrivata la bolletta della luce da 480 euro e non ce la faccio a pagarla. Abito a Porcari.';
export const DESK_PHONE = '0583 211899';
export const DESK_INBOX = 'sportellosociale@comune.porcari.lu.it';
export const CODE = /\bPRC-[A-Z0-9]{5}\b/;

/** One bubble of the bot as a person sees it, whatever the channel. */
export interface Shown {
  text: string;
  choices: { id: string; label: string }[];
  case: string | null;
}

/** A person's hands on a channel: each move resolves with all the bot answered to it. */
export interface Talker {
  say(text: string): Promise<Shown[]>;
  choose(id: string, label: string): Promise<Shown[]>;
}

export interface Person {
  name: string;
  contact: string;
  story?: string;
  /** Typed where the bot asks about safe contact. */
  wishes?: string;
  note?: string;
}

export interface Walked {
  /** Turns of the bot from the first words to the desk's phone, that one included. */
  turnsToDesk: number;
  desk: Shown;
  code: string;
  shown: Shown[];
}

export const PERSON: Person = { name: 'Fiordaliso Inventati', contact: '333 000 0000' };

/** More turns than any request needs: the walk goes round in circles. */
const MOST_TURNS = 20;
const ANSWERS = [
  'economic.cutoff.no',
  'access.followed.first',
  'result.request',
  'request.consent.yes',
  'request.when.any',
  'request.summary.send',
];

/** From the story to a code. Fails where the desk is not reached or no code is given. */
export async function walk(talker: Talker, person: Person = PERSON): Promise<Walked> {
  const typed = [person.name, person.contact];
  const all: Shown[] = [];
  let turnsToDesk = 0;
  let desk: Shown | undefined;
  let bubbles = await talker.say(person.story ?? STORY);
  for (let turns = 1; turns <= MOST_TURNS; turns += 1) {
    all.push(...bubbles);
    const code = bubbles.find((bubble) => bubble.case !== null)?.case;
    const found = bubbles.find(({ text }) => text.includes(DESK_PHONE));
    if (!desk && found) {
      desk = found;
      turnsToDesk = turns;
    }
    if (code && desk) return { turnsToDesk, desk, code, shown: all };
    bubbles = await answer(talker, bubbles, person, typed);
  }
  return assert.fail(`no code after ${MOST_TURNS} turns; last: ${JSON.stringify(all.at(-1))}`);
}

async function answer(talker: Talker, bubbles: Shown[], person: Person, typed: string[]): Promise<Shown[]> {
  const choices = bubbles.flatMap((bubble) => bubble.choices);
  const wanted = [
    ...ANSWERS,
    person.wishes === undefined ? 'request.safe.any' : 'request.safe.limits',
    ...(person.note === undefined ? ['request.note.skip'] : []),
  ];
  const choice = choices.find(({ id }) => wanted.includes(id));
  if (choice) return talker.choose(choice.id, choice.label);
  if (choices.some(({ id }) => id.startsWith('request.note.'))) return talker.say(person.note ?? '');
  const next = typed.shift() ?? person.wishes;
  return next === undefined ? assert.fail(`nothing to answer to ${JSON.stringify(bubbles.at(-1))}`) : talker.say(next);
}

/** What an activity of the bot shows. */
export function shownBy(activity: unknown): Shown {
  const { text, channelData } = activity as { text?: string; channelData?: { bussola?: Partial<Shown> } };
  const { choices = [], case: code = null } = channelData?.bussola ?? {};
  return { text: text ?? '', choices, case: code };
}
