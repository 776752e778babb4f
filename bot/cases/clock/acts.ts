// Does what is due: mails to desk, second inbox and coordinator; the person is told by the functions of told.ts.
// When it is due is left to the plan, how a mail is worded to bot/mail.
import { alertCoordinator, noteToDesk } from '../../mail/notes.ts';
import type { AlertKind, NoteKind } from '../../mail/notes.ts';
import { deskOf } from '../desk-of.ts';
import type { CaseLife } from '../types.ts';
import { changeLife, record } from '../work.ts';
import type { CaseWork } from '../work.ts';
import type { Act, Due } from './due.ts';
import { passed } from './due.ts';
import { isWaiting } from './phase.ts';
import { askAboutForward, askAboutTime, askHowItWent, remindOfAppointment, sayItEnds, sayToCall } from './told.ts';

type Do = (work: CaseWork, due: Due) => void;

const DO: Record<Act, Do> = {
  remind: (work, due) => note(work, reminderOf(work), due),
  unanswered: (work, due) => note(work, 'unanswered', due),
  ask_met: (work, due) => note(work, 'ask_met', due),
  second,
  alert: (work, due) => {
    if (!work.env.coordinator) return;
    alertCoordinator(work, alertOf(work));
    record(work, 'escalated', 'bot', { to: 'coordinator', ...passed(due) });
  },
  lost: (work, due) => sayToCall(work, 'lost', due),
  limit: (work, due) => sayToCall(work, 'limit', due),
  quiet: (work, due) => sayToCall(work, 'quiet', due),
  quiet_moved: (work, due) => sayToCall(work, 'quiet_moved', due),
  answer_time: askAboutTime,
  answer_forward: askAboutForward,
  two_days: (work) => remindOfAppointment(work, 'two_days'),
  morning: (work) => remindOfAppointment(work, 'morning'),
  check: (work, due) => askHowItWent(work, due.after ?? 0),
  expire: (work) => sayItEnds(work, 'expired'),
  end: (work) => sayItEnds(work, 'ended'),
};

export function act(work: CaseWork, due: Due): void {
  DO[due.act](work, due);
}

function alertOf({ env, made }: CaseWork): AlertKind {
  if (made.state === 'undeliverable') return 'undeliverable';
  if (!deskOf(env, made).inbox) return 'no_inbox';
  return isWaiting(made) ? 'unanswered' : 'silent';
}

/** What it still owes: an answer, another time, how a time that is past went, how it ended. */
function reminderOf({ made, at }: CaseWork): NoteKind {
  const { appointment } = made.life;
  if (isWaiting(made)) return 'reminder';
  if (made.state === 'moved') return 'time_wanted';
  const past = appointment !== undefined && new Date(appointment.end) <= at;
  return past && (made.state === 'proposed' || made.state === 'confirmed') ? 'ask_met' : 'still_open';
}

/** Where there is no second inbox, and no coordinator either, the first one hears it once more. */
function second(work: CaseWork, due: Due): void {
  const { secondInbox } = deskOf(work.env, work.made);
  if (!secondInbox && work.env.coordinator) return;
  note(work, 'second', due);
}

/** Only what was written is in the trail: a desk may have no inbox any more, and nobody in its place. */
function note(work: CaseWork, kind: NoteKind, due: Due): void {
  const to = noteToDesk(work, kind);
  if (!to) return;
  record(work, to === 'desk' ? 'reminded' : 'escalated', 'bot', { to, ...passed(due) });
  if (to !== 'coordinator') remember(work, to);
}

function remember(work: CaseWork, whom: CaseLife['reminded'][number]): void {
  const { reminded } = work.made.life;
  if (!reminded.includes(whom)) changeLife(work, { reminded: [...reminded, whom] });
}
