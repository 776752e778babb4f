// The floor's answer: the numbers for the danger and the hour, first and short. Pure; no question, nothing asked for.
// Which danger it is is left to detect.ts; when the floor is left, to the conversation.
import type { ComuneId, ServiceKey } from '../../flows/types.ts';
import { deskName } from '../desk-name.ts';
import type { Link, Reply } from '../message.ts';
import type { Calendar, Desk, Directory } from '../ports.ts';
import { closingInWords, whenAbroad, whenInWords } from '../when.ts';
import type { Words } from '../words.ts';
import type { Danger, FloorHit } from './types.ts';

export interface FloorWords {
  hit: FloorHit;
  at: Date;
  /** The language of the answer: one of `words.floorLanguages`, Italian otherwise. */
  language: string;
  /** The language of the talk, where it is another: 112 is said in that as well, should the first be a wrong guess. */
  talkLanguage?: string;
  /** Where the person is, if known. Countrywide lines are the same everywhere. */
  comune?: ComuneId;
  directory: Directory;
  calendar: Calendar;
  words: Words;
}

/** Choice ids of the floor. */
export const FLOOR_CHOICES = {
  human: 'floor.human',
  continue: 'floor.continue',
  safe: 'floor.safe_now',
  numbers: 'floor.numbers',
} as const;

const WAYS_ON: [string, string][] = [
  [FLOOR_CHOICES.human, 'human'],
  [FLOOR_CHOICES.continue, 'continue'],
];

/** Where no comune is known, countrywide lines are asked for through this one. */
const ANY_COMUNE: ComuneId = 'lucca';

/** One line of the answer, and the number in it. */
interface Line {
  text: string;
  link?: Link;
  /** The number by itself, for the one-line reminder. */
  number?: string;
}

/** First answer: numbers, then two ways on. Never throws: 112 is said even where the directory fails. */
export function floorAnswer(given: FloorWords): Reply {
  const lines = linesFor(given);
  const say = given.words.say(given.language);
  const calm = `${say(key(given, 'calm'))} ${say(key(given, 'stay'))}`;
  const text = [...lines.map((line) => line.text), calm, ...inTalkLanguage(given)].join('\n');
  return reply(given, text, lines, WAYS_ON);
}

/** The numbers alone, where no talk can go on: nothing to choose, nothing promised. */
export function floorNumbers(given: FloorWords): Reply {
  const lines = linesFor(given);
  return reply(given, [...lines.map((line) => line.text), ...inTalkLanguage(given)].join('\n'), lines, []);
}

/** To a minor who asks for a person: those who answer children, now. No desk, no request, nothing to fill in. */
export function floorPerson(given: FloorWords): Reply {
  const lines = [emergency(given), ...childLines(given)];
  const text = [given.words.say(given.language)('floor:person_minor'), ...lines.map((line) => line.text)].join('\n');
  return reply(given, text, lines, WAYS_ON.slice(1));
}

/** Second step of the way out: a gentle look back before the talk goes on. */
export function floorCheck(given: FloorWords, safe = false): Reply {
  const first = linesFor(given).slice(0, 1);
  const asks = key(given, safe ? 'stay' : 'check');
  const text = [given.words.say(given.language)(asks), ...first.map((line) => line.text)].join('\n');
  return reply(given, text, first, [
    [FLOOR_CHOICES.safe, safe ? 'continue' : 'safe_now'],
    [FLOOR_CHOICES.numbers, 'numbers'],
    [FLOOR_CHOICES.human, 'human'],
  ]);
}

/** One line with the numbers where danger is only likely: offered in passing, and the talk goes on. */
export function floorMaybe(given: FloorWords): Reply {
  const { exploited } = given.hit;
  const lines = exploited ? LINES.violence(given).filter((line) => line.link) : linked(given);
  return oneLine(given, exploited ? 'exploited' : 'maybe', lines);
}

/** One line with the numbers, while the danger is not yet declared over. */
export function floorReminder(given: FloorWords): Reply {
  return oneLine(given, 'reminder', linked(given));
}

function oneLine(given: FloorWords, name: string, lines: Line[]): Reply {
  const numbers = [...new Set(lines.flatMap(({ number }) => number ?? []))].join(' · ');
  return reply(given, given.words.say(given.language)(key(given, name), { numbers }), lines, []);
}

/** What can be called or opened now. */
function linked(given: FloorWords): Line[] {
  return linesFor(given).filter((line) => line.link);
}

/** The emergency line once more, in the language the talk is in: the writer's own may have been guessed wrong. */
function inTalkLanguage(given: FloorWords): string[] {
  const { talkLanguage, language } = given;
  if (!talkLanguage || talkLanguage === language) return [];
  return [emergency({ ...given, language: talkLanguage }).text];
}

function reply(given: FloorWords, text: string, lines: Line[], choices: [string, string][]): Reply {
  const say = given.words.say(given.language);
  const links = new Map(lines.flatMap(({ link }) => (link ? [[link.url, link] as const] : [])));
  return {
    kind: 'floor',
    text,
    lang: given.words.floorLanguages.includes(given.language) ? given.language : 'it',
    choices: choices.map(([id, name]) => ({ id, label: say(key(given, name)) })),
    links: [...links.values()],
    case: null,
  };
}

/** Words for a minor are said to them as "tu", in that very language: where none are needed, the plain ones hold. */
function key({ hit, words, language }: FloorWords, name: string): string {
  const young = `floor:${name}_minor`;
  return hit.minorWrites && words.has(young, language) ? young : `floor:${name}`;
}

function linesFor(given: FloorWords): Line[] {
  const lines = [emergency(given), ...given.hit.dangers.flatMap((danger) => LINES[danger](given))];
  const seen = new Set<string>();
  return lines.filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** 112 comes first, whatever the danger; its words are those of the most pressing one. */
function emergency(given: FloorWords): Line {
  const say = given.words.say(given.language);
  const desk = deskOf(given, 'emergency_112');
  const phone = desk?.phones[0]?.value ?? { shown: '112', uri: 'tel:112' };
  return {
    text: say(key(given, `emergency_${given.hit.dangers[0]}`), { number: phone.shown }),
    link: { label: nameOf(given, desk, phone.shown), url: phone.uri },
    number: phone.shown,
  };
}

const LINES: Record<Danger, (given: FloorWords) => Line[]> = {
  medical: () => [],
  violence: (given) => (given.hit.exploited ? exploitationLines(given) : violenceLines(given)),
  child: (given) => childLines(given),
  // A minor is heard by those who hear minors, by day and night.
  suicide: (given) =>
    given.hit.minorWrites
      ? childLines(given)
      : [...friendLine(given), ...line(given, 'medical_116117', 'medical_116117')],
  no_shelter: (given) => [
    ...(given.hit.minorWrites ? childLines(given) : []),
    ...comuneLine(given),
    ...line(given, 'street_unit', 'street_unit'),
    coldPlan(given),
  ],
};

/** 1522 answers anybody; the centre of the place receives women, says so, and is not named to a man. */
function violenceLines(given: FloorWords): Line[] {
  return [
    ...line(given, 'violence_1522', 'violence_1522'),
    ...webChat(given, 'violence_1522'),
    ...(given.hit.man ? [] : line(given, 'anti_violence_centre', 'anti_violence_centre')),
  ];
}

/** The line against trafficking, where the directory may show it; else the one against violence. */
function exploitationLines(given: FloorWords): Line[] {
  const lines = line(given, 'anti_trafficking', 'anti_trafficking');
  return lines.length > 0 ? lines : line(given, 'violence_1522', 'violence_1522');
}

function childLines(given: FloorWords): Line[] {
  return [
    ...line(given, 'child_emergency_114', 'child_emergency_114'),
    ...line(given, 'child_line_19696', 'child_line_19696'),
    ...(given.hit.minorWrites ? [{ text: given.words.say(given.language)('floor:trusted_adult_minor') }] : []),
  ];
}

/** What a call button says: the number with its name, in whichever order the directory has them. */
function nameOf({ words, language }: FloorWords, desk: Desk | undefined, number: string): string {
  if (!desk) return number;
  const name = deskName(desk, words, language);
  return name.includes(number) ? name : `${number}, ${name}`;
}

/** The first desk of a service that has a number. */
function deskOf({ directory, comune }: FloorWords, service: ServiceKey): Desk | undefined {
  try {
    return directory.desks(service, comune ?? ANY_COMUNE).find((desk) => desk.phones.length > 0);
  } catch {
    return undefined;
  }
}

function line(given: FloorWords, service: ServiceKey, name: string, more: Record<string, string> = {}): Line[] {
  const desk = deskOf(given, service);
  const phone = desk?.phones[0]?.value;
  if (!desk || !phone) return [];
  const languages = languageNames(desk, given.language);
  const say = given.words.say(given.language);
  const spoken = languages === '' ? '' : say('floor:languages', { languages });
  const text = say(key(given, name), { number: phone.shown, name: desk.name, languages: spoken, ...more });
  const link = { label: nameOf(given, desk, phone.shown), url: phone.uri };
  return [{ text: text.trim(), link, number: phone.shown }];
}

function languageNames(desk: Desk, language: string): string {
  const names = new Intl.DisplayNames([language, 'it'], { type: 'language' });
  return (desk.languages ?? []).flatMap((code) => names.of(code) ?? []).join(', ');
}

function webChat(given: FloorWords, service: ServiceKey): Line[] {
  const url = deskOf(given, service)?.website?.value;
  if (!url?.startsWith('https://')) return [];
  return [
    {
      text: given.words.say(given.language)('floor:chat', { url: url.replace('https://', '') }),
      link: { label: url.replace('https://', ''), url },
    },
  ];
}

/** Telefono Amico only while it answers; otherwise when it opens, so that nobody rings a line that is shut. */
function friendLine(given: FloorWords): Line[] {
  const desk = deskOf(given, 'telefono_amico');
  const opening = desk && openingOf(given, desk);
  if (opening?.open) return line(given, 'telefono_amico', 'telefono_amico', { until: closing(opening.until) });
  if (!opening?.next) return [];
  return line(given, 'telefono_amico', 'telefono_amico_shut', { next: moment(given, opening.next) }).map(
    ({ text }) => ({ text }),
  );
}

function comuneLine(given: FloorWords): Line[] {
  if (!given.comune) return [{ text: given.words.say(given.language)(key(given, 'shelter_anywhere')) }];
  const desk = deskOf(given, 'segretariato');
  const opening = desk && openingOf(given, desk);
  const name = opening?.open ? 'shelter_open' : opening?.next ? 'shelter_shut' : 'shelter_desk';
  return line(given, 'segretariato', name, {
    next: moment(given, opening?.next),
    until: closing(opening?.until),
  });
}

/** Dormitories are entered through the services; a family is never sent to a door where it is not received. */
function coldPlan(given: FloorWords): Line {
  return { text: given.words.say(given.language)(key(given, given.hit.child ? 'shelter_family' : 'shelter_services')) };
}

function openingOf({ calendar, comune, at }: FloorWords, desk: Desk): ReturnType<Calendar['opening']> {
  try {
    return calendar.opening(desk, comune ?? ANY_COMUNE, at);
  } catch {
    return undefined;
  }
}

/** The hour at which a desk that is open closes. */
function closing(then: Date | undefined): string {
  return then ? closingInWords(then) : '';
}

/** "oggi alle 9", "lunedì 23 novembre alle 9". */
function moment({ at, language, words }: FloorWords, then: Date | undefined): string {
  if (!then) return '';
  if (words.languages.includes(language)) return whenInWords(then, at, words.say(language), language);
  return words.floorLanguages.includes(language)
    ? whenAbroad(then, language)
    : whenInWords(then, at, words.say('it'), 'it');
}
