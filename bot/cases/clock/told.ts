// What time tells the person: nobody has answered, an appointment comes, how did it go. With the number to call and buttons.
// Whether and how it reaches them is left to bot/cases/tell.ts, the words to locales/<language>/follow.json.
import { callLine, deskLines } from '../../desk-lines.ts';
import { callLinks } from '../../human.ts';
import { noteToDesk } from '../../mail/notes.ts';
import { mayBeNamed } from '../../mail/neutral.ts';
import { urgencyOf } from '../../mail/request.ts';
import type { Choice, Link } from '../../message.ts';
import type { Desk } from '../../ports.ts';
import { needsNeutral } from '../../safe-contact/moment.ts';
import type { View } from '../../talk.ts';
import { dayInWords, timeInWords, whenInWords } from '../../when.ts';
import { agendaLinks } from '../agenda.ts';
import { deskOf } from '../desk-of.ts';
import { refOf } from '../ref.ts';
import { languageOf, sayTo, tellPerson } from '../tell.ts';
import type { Told } from '../tell.ts';
import type { Appointment } from '../types.ts';
import { changeLife, record, step } from '../work.ts';
import type { CaseWork } from '../work.ts';
import type { Due } from './due.ts';
import { passed } from './due.ts';
import { phaseOf } from './phase.ts';

/** Nobody answers: the truth, and who can be called. */
export function sayToCall(work: CaseWork, what: 'lost' | 'limit' | 'quiet' | 'quiet_moved', due: Due): void {
  tell(work, { key: `follow:${what}`, ...toCall(work), letter: letterOf(what) });
  record(work, 'person_told', 'bot', { what, ...passed(due) });
  const { reminded } = work.made.life;
  if (!reminded.includes('person')) changeLife(work, { reminded: [...reminded, 'person'] });
}

/** A letter that nobody answered; where a desk has spoken, only that there are news in the chat. */
function letterOf(what: string): 'limit' | 'news' {
  return what === 'limit' || what === 'lost' ? 'limit' : 'news';
}

export function askAboutTime(work: CaseWork): void {
  const { appointment } = work.made.life;
  if (!appointment) return;
  const choices = choicesOf(work, ['accept', 'decline'], appointment.sequence);
  tell(work, { key: 'follow:answer_time', values: timeOf(work, appointment), choices, letter: 'proposed' });
  record(work, 'reminded', 'bot', { to: 'person' });
}

export function askAboutForward(work: CaseWork): void {
  tell(work, {
    key: 'follow:answer_forward',
    choices: choicesOf(work, ['forward_yes', 'forward_no']),
    letter: 'news',
  });
  record(work, 'reminded', 'bot', { to: 'person' });
}

export function remindOfAppointment(work: CaseWork, which: Appointment['reminded'][number]): void {
  const { appointment } = work.made.life;
  if (!appointment) return;
  const choices = choicesOf(work, ['decline'], appointment.sequence);
  const links = agendaLinks(work.env, work.made, work.at, languageOf(work));
  tell(work, { key: 'follow:appointment', values: timeOf(work, appointment), choices, links, letter: 'reminder' });
  changeLife(work, { appointment: { ...appointment, reminded: [...appointment.reminded, which] } });
  record(work, 'appointment_reminded', 'bot', { which });
}

export function askHowItWent(work: CaseWork, day: number): void {
  const key = work.made.state === 'advised' ? 'follow:check_advised' : 'follow:check';
  const choices = choicesOf(work, ['check_yes', 'check_no', 'check_later'], day);
  tell(work, { key, choices, ...(work.made.code === null ? {} : { letter: 'check' }) });
  record(work, 'check_asked', 'bot', { day });
}

/** Time is up: the case ends, the person reads how to begin again. */
export function sayItEnds(work: CaseWork, what: 'expired' | 'ended'): void {
  if (!step(work, 'expire')) return;
  record(work, 'expired', 'bot');
  noteToDesk(work, what);
  tell(work, { key: `follow:${what}`, ...toCall(work), choices: choicesOf(work, ['reopen']), letter: 'news' });
  record(work, 'person_told', 'bot', { what });
}

/** Of what time had to say and they have not read only the last is kept, as long as it is true. */
function tell(work: CaseWork, told: Told): void {
  const others = work.made.life.waiting.filter(({ stretch }) => stretch === undefined);
  changeLife(work, { waiting: others });
  tellPerson(work, told);
  const stretch = phaseOf(work.made);
  const waiting = work.made.life.waiting.map((one) => (others.includes(one) ? one : { ...one, stretch }));
  changeLife(work, { waiting });
}

/** The desk, and the switchboard where that is another number; after a danger 112 first. */
function toCall(work: CaseWork): { values: { call: string }; links: Link[] } {
  const { env, made } = work;
  const say = sayTo(work);
  const desk = deskOf(env, made);
  const { switchboard } = env.directory.comune(made.comune);
  const [own] = desk.phones;
  const other = own?.value.uri === switchboard.value.uri ? [] : [switchboard.value];
  const lines = [
    ...(urgencyOf(made.details) === 'emergency' ? [say('common:greeting_danger')] : []),
    ...(own ? [lineOf(work, desk)] : []),
    ...other.map(({ shown }) => say('follow:switchboard', { phone: shown })),
  ];
  const others = other.map(({ shown, uri }) => ({ label: say('result:call', { phone: shown }), url: uri }));
  return { values: { call: lines.join('\n') }, links: [...callLinks(viewOf(work), [desk]), ...others] };
}

/** Whether it is open now is of no use to who reads it another day: they get its hours. */
function lineOf(work: CaseWork, desk: Desk): string {
  const { comune } = work.made;
  if (!needsNeutral(work.made)) return callLine(viewOf(work), desk, comune);
  const { name, phones, hours } = deskLines(viewOf(work), desk, comune);
  const values = { name, phone: phones[0]?.shown ?? '', opening: hours ?? '' };
  return sayTo(work)('common:human_line', values).trim();
}

function viewOf(work: CaseWork): View {
  return { env: work.env, at: work.at, state: { language: languageOf(work) } };
}

function timeOf(work: CaseWork, { start, how }: Appointment): { when: string; how: string } {
  const say = sayTo(work);
  const desk = deskOf(work.env, work.made);
  const address = mayBeNamed(desk, work.made) ? desk.address?.value : undefined;
  const office = address === undefined ? say('case:how.office') : say('case:how.office_at', { address });
  return { when: whenOf(work, new Date(start)), how: how === 'phone' ? say('case:how.phone') : office };
}

/** "Today" is said to who reads it today. */
function whenOf(work: CaseWork, start: Date): string {
  const [say, language] = [sayTo(work), languageOf(work)];
  if (!needsNeutral(work.made)) return whenInWords(start, work.at, say, language);
  return say('result:when', { day: dayInWords(start, language), time: timeInWords(start) });
}

/** `case.check_yes.prc-7f3k2.1.7`: what it answers, which case, which day or time. */
function choicesOf(work: CaseWork, names: string[], last?: number): Choice[] {
  const end = last === undefined ? '' : `.${last}`;
  return names.map((name) => ({
    id: `case.${name}.${refOf(work.made)}${end}`,
    label: sayTo(work)(`follow:button.${name}`),
  }));
}
