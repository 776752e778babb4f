// Words typed where a time is asked for: "giovedì mattina" is the first opening on offer that it fits.
// Which times are offered is left to draft.ts; whether the desk can is the desk's to say.
import { offeredSlots } from './draft.ts';
import type { Case, Slot } from './ports.ts';
import { clausesOf } from './safe-contact/clauses.ts';
import type { Clause } from './safe-contact/clauses.ts';
import { inBoth } from './safe-contact/spans.ts';
import { tokensOf } from './safe-contact/tokens.ts';
import type { Talk } from './talk.ts';

const ROME = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'short' });

/** Undefined where the words name no day and no hour, or none that is offered; what is ruled out picks nothing. */
export function slotNamed(talk: Talk, draft: Case, text: string): Slot | undefined {
  const clauses = clausesOf(tokensOf(text, talk.state.language));
  const [only, ...others] = clauses.filter(({ times }) => times.length > 0);
  if (!only || others.length > 0 || only.polarity === 'never' || text.includes('?')) return undefined;
  return offeredSlots(talk, draft).find((slot) => only.times.some((time) => fits(slot, time)));
}

function fits({ start, end }: Slot, { days, allow, ban }: Clause['times'][number]): boolean {
  const [day = '', from = 0] = romeTime(start);
  const [, to] = romeTime(end);
  if (days.length > 0 && !days.includes(new Date(`${day}T00:00:00Z`).getUTCDay())) return false;
  return ban.length === 0 || inBoth([{ from, to }], allow).length > 0;
}

/** The day, and the minutes of it. */
function romeTime(at: Date): [string, number] {
  const [day = '', time = ''] = ROME.format(at).split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return [day, hours * 60 + minutes];
}
