// From a form that may act to the step it stands for; what is missing in it is said field by field, and nothing is done.
// The steps are left to bot/cases/desk-steps.ts, showing the page again to post.ts.
import {
  askForward,
  close,
  confirmPreferred,
  forward,
  met,
  notMet,
  OUTCOMES,
  propose,
  REFUSALS,
  refuse,
  take,
  write,
} from '../../../../bot/cases/desk-steps.ts';
import type { ProposedTime } from '../../../../bot/cases/desk-steps.ts';
import type { CaseWork } from '../../../../bot/cases/work.ts';
import { line } from '../../../../bot/mail/clean.ts';
import type { Span } from '../../../../bot/mail/dates.ts';
import type { Case } from '../../../../bot/ports.ts';
import type { Say } from '../../../../bot/words.ts';
import type { Kit } from '../kit/kit.ts';
import type { Action } from './actions.ts';
import { deskTimes, isClosed, isUnwished, typedTime, wishedTimes } from './times.ts';
import { targetsOf } from './targets.ts';

/** `sure`: it ends the case here, and is asked once more in these words; `wrong`: by field name, what to mend. */
export type Asked =
  | { kind: 'do'; todo: (work: CaseWork) => boolean }
  | { kind: 'sure'; action: 'forward' | 'refuse' | 'close'; what: string }
  | { kind: 'wrong'; wrong: Record<string, string> };

/** `siblings`: all cases of the same code. */
export function asked(
  kit: Kit,
  made: Case,
  siblings: Case[],
  action: Exclude<Action, 'enter' | 'rename'>,
  by: string,
  form: URLSearchParams,
): Asked {
  const isSure = action.endsWith('_sure');
  switch (action) {
    case 'take':
      return { kind: 'do', todo: (work) => take(work, by) };
    case 'met':
      return { kind: 'do', todo: (work) => met(work, by) };
    case 'not_met':
      return { kind: 'do', todo: (work) => notMet(work, by) };
    case 'write':
      return writing(kit, by, form);
    case 'propose':
      return proposing(kit, made, by, form);
    case 'settle':
      return settling(kit, made, by, form);
    case 'close':
    case 'close_sure':
      return closing(kit, by, form, isSure);
    case 'refuse':
    case 'refuse_sure':
      return refusing(kit, by, form, isSure);
    case 'forward':
    case 'forward_sure':
      return forwarding(kit, made, siblings, by, form, isSure);
  }
}

function writing({ say }: Kit, by: string, form: URLSearchParams): Asked {
  const text = form.get('text') ?? '';
  if (text.trim() === '') return { kind: 'wrong', wrong: { text: say('desk:wrong.text') } };
  return { kind: 'do', todo: (work) => write(work, by, text) };
}

function closing({ say }: Kit, by: string, form: URLSearchParams, isSure: boolean): Asked {
  const outcome = OUTCOMES.find((one) => one === form.get('outcome'));
  if (outcome === undefined) return { kind: 'wrong', wrong: { outcome: say('desk:wrong.outcome') } };
  if (!isSure) return { kind: 'sure', action: 'close', what: say(`desk:outcome.${outcome}`) };
  return { kind: 'do', todo: (work) => close(work, by, outcome) };
}

function refusing({ say }: Kit, by: string, form: URLSearchParams, isSure: boolean): Asked {
  const reason = REFUSALS.find((one) => one === form.get('reason'));
  const text = form.get('text') ?? '';
  if (reason === undefined) return { kind: 'wrong', wrong: { reason: say('desk:wrong.reason') } };
  if (reason === 'other' && text.trim() === '')
    return { kind: 'wrong', wrong: { text: say('desk:wrong.refuse_text') } };
  if (!isSure) return { kind: 'sure', action: 'refuse', what: say(`desk:refusal.${reason}`) };
  return { kind: 'do', todo: (work) => refuse(work, by, reason, text) };
}

function forwarding(
  { say, env }: Kit,
  made: Case,
  siblings: Case[],
  by: string,
  form: URLSearchParams,
  isSure: boolean,
): Asked {
  const target = targetsOf(env.directory, made).find(({ id }) => id === form.get('to'));
  if (!target) return { kind: 'wrong', wrong: { to: say('desk:wrong.to') } };
  if (!isSure) return { kind: 'sure', action: 'forward', what: target.name };
  // The person may have said no, or taken the leave back, since the page was read.
  return {
    kind: 'do',
    todo: (work) =>
      work.made.life.mayForward ? forward(work, by, target.id, siblings) : askForward(work, by, target.id),
  };
}

function settling({ say, clock }: Kit, made: Case, by: string, form: URLSearchParams): Asked {
  const how = howOf(form);
  const slot = form.get('slot') ?? '';
  const wrong = {
    ...(slot === '' ? { slot: say('desk:wrong.slot') } : {}),
    ...(how ? {} : { how: say('desk:wrong.how') }),
  };
  if (slot === '' || !how) return { kind: 'wrong', wrong };
  const chosen = wishedTimes(made, clock()).find(({ start }) => start.toISOString() === slot);
  const doubt = chosen && unwished(say, made, chosen, how);
  if (doubt !== undefined && form.get('anyway') !== 'yes') return { kind: 'wrong', wrong: { doubt } };
  return {
    kind: 'do',
    todo: (work) => {
      const span = wishedTimes(work.made, work.at).find(({ start }) => start.toISOString() === slot);
      return span !== undefined && confirmPreferred(work, by, { ...span, how });
    },
  };
}

function proposing(kit: Kit, made: Case, by: string, form: URLSearchParams): Asked {
  const { say, env } = kit;
  const at = kit.clock();
  const how = howOf(form);
  const [slot = '', day = '', time = ''] = ['slot', 'day', 'time'].map((name) => form.get(name) ?? '');
  const noHow: Record<string, string> = how ? {} : { how: say('desk:wrong.how') };
  const wrong = (field: string, key: string): Asked => ({ kind: 'wrong', wrong: { ...noHow, [field]: say(key) } });
  const typed = day !== '' || time !== '';
  if (slot !== '' && typed) return wrong('slot', 'desk:wrong.both');
  if (slot === '' && !typed) return wrong(deskTimes(env, made, at).length > 0 ? 'slot' : 'day', 'desk:wrong.slot');
  const offered = deskTimes(env, made, at).find(({ start }) => start.toISOString() === slot);
  const span = typed ? typedTime(day, time) : offered;
  if (!span) return typed ? wrong(day === '' ? 'day' : 'time', 'desk:wrong.moment') : wrong('slot', 'desk:wrong.gone');
  if (span.start <= at) return wrong(typed ? 'day' : 'slot', 'desk:wrong.past');
  const doubts = [
    ...(typed && isClosed(env, made, span) ? [say('desk:wrong.closed')] : []),
    ...[unwished(say, made, span, how) ?? []].flat(),
  ];
  if (doubts.length > 0 && form.get('anyway') !== 'yes')
    return { kind: 'wrong', wrong: { ...noHow, doubt: doubts.join(' ') } };
  if (!how) return { kind: 'wrong', wrong: noHow };
  return { kind: 'do', todo: (work) => propose(work, by, { ...span, how }) };
}

/** A call at a time at which the person asked not to be called: said once more in their own words. */
function unwished(say: Say, made: Case, span: Span, how: ProposedTime['how'] | undefined): string | undefined {
  const wishes = line(made.details.safe?.wishes ?? '', 500);
  if (how !== 'phone' || wishes === '' || !isUnwished(made, span)) return undefined;
  return say('desk:wrong.unwished', { wishes });
}

function howOf(form: URLSearchParams): ProposedTime['how'] | undefined {
  return (['office', 'phone'] as const).find((one) => one === form.get('how'));
}
