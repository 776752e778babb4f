// Yes and no to a time that a desk proposes, and giving up one that is fixed. A time that counts no more is said so.
// What a yes or a no does to the case is left to person-steps.ts.
import { callLine } from '../../desk-lines.ts';
import { whenWords } from '../../mail/about.ts';
import type { Link } from '../../message.ts';
import { reply, say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { agendaLinks } from '../agenda.ts';
import { actOn } from '../apply.ts';
import { deskOf } from '../desk-of.ts';
import { acceptTime, declineTime, hasBegun } from '../person-steps.ts';
import { refOf } from '../ref.ts';
import type { Appointment, Case } from '../types.ts';
import { finish } from './rest.ts';
import { isOpen, place } from './state-words.ts';
import { actions, tellCode } from './status.ts';

export function accept(talk: Talk, made: Case, sequence: number): void {
  const before = currentTime(made);
  if (before?.sequence === sequence && hasBegun(before, talk.at)) return askMove(talk, made);
  if (before?.sequence === sequence && before.state === 'confirmed')
    return finish(talk, say(talk)('case:appointment.already', { when: when(talk, made) }), {
      ...about(talk, made),
      links: calendar(talk, made),
    });
  const after = actOn(talk, made.id, (work) => acceptTime(work, sequence));
  if (!after) return stale(talk, made);
  const words = say(talk);
  const text = [
    words('case:appointment.accepted', { when: when(talk, after) }),
    ...place(talk, after),
    words('case:appointment.change', { line: callLine(talk, deskOf(talk.env, after), after.comune) }),
  ];
  finish(talk, text.join('\n'), { ...about(talk, after), links: calendar(talk, after) });
}

/** A proposed time is given up at once; a fixed one only if that is meant. */
export function decline(talk: Talk, made: Case, sequence: number, said?: { text: string; lang: string }): void {
  const before = made.life.appointment;
  if (before?.sequence === sequence && before.state === 'cancelled' && made.state === 'moved')
    return finish(talk, say(talk)('case:appointment.declined_before'), about(talk, made));
  const after = actOn(talk, made.id, (work) => declineTime(work, sequence, said));
  if (!after) return stale(talk, made);
  const words = say(talk);
  const line = callLine(talk, deskOf(talk.env, after), after.comune);
  const next = said ? 'case:appointment.declined_said' : 'case:appointment.declined_next';
  finish(talk, [words('case:appointment.declined'), words(next, { line })].join('\n'), about(talk, after));
}

/** "Sposta l'appuntamento": the one that is fixed, or the one that is proposed. */
export function moveAny(talk: Talk): void {
  const made = sentCases(talk).find((one) => isOpen(one) && currentTime(one));
  if (made) return askMove(talk, made);
  const open = sentCases(talk).find(isOpen);
  const none = say(talk)('case:appointment.none');
  finish(talk, none, open ? about(talk, open) : {});
}

/** Whether to give it up and ask for another; what is past is said to be so. */
export function askMove(talk: Talk, made: Case): void {
  const time = currentTime(made);
  if (!time) return stale(talk, made);
  const words = say(talk);
  talk.state.asking = { kind: 'case', what: 'move', ref: refOf(made) };
  reply(
    talk,
    words(hasBegun(time, talk.at) ? 'case:appointment.past' : 'case:appointment.move', { when: when(talk, made) }),
    {
      case: made.code,
      choices: [
        { id: `case.moved.${refOf(made)}.${time.sequence}`, label: words('common:yes') },
        { id: 'case.leave', label: words('common:no') },
      ],
    },
  );
}

/** The time that is proposed or fixed now. */
export function currentTime({ state, life }: Case): Appointment | undefined {
  const { appointment } = life;
  return appointment && appointment.state !== 'cancelled' && (state === 'proposed' || state === 'confirmed')
    ? appointment
    : undefined;
}

/** After "grazie" to a proposal: whether that was a yes. */
export function askWhetherYes(talk: Talk, made: Case): void {
  reply(talk, say(talk)('case:appointment.thanks', { when: when(talk, made) }), about(talk, made));
}

function stale(talk: Talk, made: Case): void {
  const words = say(talk);
  if (!currentTime(made)) {
    reply(talk, words('case:appointment.stale_none'));
    return tellCode(talk, [made]);
  }
  finish(talk, words('case:appointment.stale', { when: when(talk, made) }), about(talk, made));
}

function calendar({ env, at, state }: Talk, made: Case): Link[] {
  return agendaLinks(env, made, at, state.language);
}

function when(talk: Talk, made: Case): string {
  return whenWords(made, talk.state.language, say(talk), 'letter');
}

function about(talk: Talk, made: Case): { case: string | null; choices: ReturnType<typeof actions> } {
  return { case: made.code, choices: actions(talk, made) };
}
