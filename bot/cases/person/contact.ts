// "Ho sbagliato numero", after a request was sent: another way to be reached, for every open request that had the old one.
// Reading it is left to bot/contact.ts; nothing of it stays in the conversation.
import { readContact } from '../../contact.ts';
import type { Contact } from '../../contact.ts';
import { allOf, plain } from '../../options.ts';
import { reply, say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { actOn } from '../apply.ts';
import { changeContact } from '../person-steps.ts';
import { refuseGuest } from './follow-here.ts';
import { isGuest } from './proof.ts';
import { finish } from './rest.ts';
import { isOpen } from './state-words.ts';

export function askContact(talk: Talk): void {
  const words = say(talk);
  const open = sentCases(talk).filter(isOpen);
  if (open.every(isGuest) && refuseGuest(talk, open)) return;
  if (open.length === 0) return finish(talk, words('case:contact.none'));
  talk.state.asking = { kind: 'case', what: 'contact' };
  reply(talk, words('case:contact.ask'), { choices: [{ id: 'case.leave', label: words('case:button.leave') }] });
}

/** "Ho sbagliato numero, è 320 000 0123": the words of the command, and a number after them. */
export function namesNewContact({ incoming, env }: Talk): boolean {
  const said = plain(incoming.text);
  const opens = allOf('contact', env.words).some((phrase) => said.startsWith(`${plain(phrase)} `));
  return opens && readContact(incoming.text).ok;
}

export function tellContact(talk: Talk, text: string): void {
  const { asking } = talk.state;
  const again = asking.kind === 'case' && asking.what === 'contact' && asking.again === true;
  const read = readContact(text);
  const words = say(talk);
  if (read.ok || (again && read.problem === 'short'))
    return take(talk, namesNewContact(talk) ? bare(read.contact) : read.contact);
  const leave = [{ id: 'case.leave', label: words('case:button.leave') }];
  talk.state.asking = { kind: 'case', what: 'contact', ...(read.problem === 'short' ? { again: true } : {}) };
  if (read.problem === 'short')
    return reply(talk, words('case:contact.short', { number: read.contact.shown }), { choices: leave });
  if (read.problem === 'wrong')
    return reply(talk, words('request:contact.wrong', { number: read.number }), { choices: leave });
  reply(talk, words(read.problem === 'several' ? 'request:contact.several' : 'case:contact.again'), { choices: leave });
}

function take(talk: Talk, contact: Contact): void {
  const all = sentCases(talk).filter(isOpen);
  const open = all.filter((made) => !isGuest(made));
  if (open.length === 0 && refuseGuest(talk, all)) return;
  const old = open[0]?.details.contact?.value;
  const words = say(talk);
  if (old === undefined) return finish(talk, words('case:contact.none'));
  // What is over as well: how it went may still be asked.
  const same = sentCases(talk).filter((made) => !isGuest(made) && made.details.contact?.value === old);
  const changed = same.flatMap((made) => actOn(talk, made.id, (work) => changeContact(work, contact)) ?? []);
  finish(talk, words('case:contact.done', { contact: contact.shown }), {
    case: changed.find(isOpen)?.code ?? null,
    choices: [
      { id: 'case.contact_right', label: words('case:contact.right') },
      { id: 'case.contact', label: words('case:contact.wrong') },
    ],
  });
}

/** Words around a number were the command, not a hint for who calls. */
function bare(contact: Contact): Contact {
  return contact.kind === 'phone' ? { ...contact, shown: contact.shown.replace(/ \(.*\)$/, '') } : contact;
}
