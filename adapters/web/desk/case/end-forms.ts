// Forms by which a case moves towards its end at this desk: met or not, closed, passed on, refused. What ends it is asked once more.
// What becomes of them is left to act.ts.
import { LONGEST_REPLY, OUTCOMES, REFUSALS } from '../../../../bot/cases/desk-steps.ts';
import { may } from '../../../../bot/cases/life.ts';
import type { WebAnswer } from '../../http.ts';
import { html } from '../../pages/html.ts';
import type { Html } from '../../pages/html.ts';
import { choice, deskForm, field, select } from '../kit/form.ts';
import type { Button } from '../kit/form.ts';
import { seen } from './fold.ts';
import type { Fold } from './fold.ts';
import { targetsOf } from './targets.ts';
import { formView } from './view.ts';
import type { CaseView } from './view.ts';
import { appointmentWords } from './words.ts';

export function endForms(view: CaseView): (Fold | undefined)[] {
  return [metForm(view), closeForm(view), notOurs(view)];
}

function metForm(view: CaseView): Fold | undefined {
  const { kit, made, at } = view;
  const { say } = kit;
  const { appointment } = made.life;
  const isToCome =
    appointment !== undefined && appointment.state !== 'cancelled' && Date.parse(appointment.start) > at.getTime();
  const buttons: Button[] = [
    ...(may(made, 'met') ? [{ action: 'met', label: say(isToCome ? 'desk:met.already' : 'desk:met.yes') }] : []),
    ...(may(made, 'not_met') && !isToCome ? [{ action: 'not_met', label: say('desk:met.no') }] : []),
  ];
  if (buttons.length === 0) return undefined;
  return {
    id: 'met',
    groups: [],
    title: say('desk:met.title'),
    body: deskForm(
      formView(view, undefined),
      'met',
      html`${seen(view)}
      ${isToCome && html`<p class="hint">${say('desk:met.off', { when: appointmentWords(say, made) })}</p>`}`,
      buttons,
    ),
  };
}

function closeForm(view: CaseView): Fold | undefined {
  const { kit, made, refused } = view;
  const { say } = kit;
  if (!may(made, 'close')) return undefined;
  const form = formView(view, 'close');
  const body = choice(form, {
    id: 'close-outcome',
    name: 'outcome',
    label: say('desk:close.outcome'),
    options: OUTCOMES.map((value) => ({ value, label: say(`desk:outcome.${value}`) })),
    wrong: form.sent ? refused?.wrong['outcome'] : undefined,
  });
  return {
    id: 'close',
    groups: ['close'],
    title: say('desk:close.title'),
    body: deskForm(form, 'close', html`${seen(view)} ${body}`, [{ action: 'close', label: say('desk:close.button') }]),
  };
}

function notOurs(view: CaseView): Fold | undefined {
  const { kit, made } = view;
  const { say } = kit;
  const passes = may(made, made.life.mayForward ? 'forward' : 'ask_forward');
  if (!passes && !may(made, 'refuse')) return undefined;
  return {
    id: 'not-ours',
    groups: ['forward', 'refuse'],
    title: say('desk:not_ours.title'),
    body: html`<div class="inside">${passes && forwardForm(view)} ${may(made, 'refuse') && refuseForm(view)}</div>`,
  };
}

function forwardForm(view: CaseView): Html {
  const { kit, made, refused } = view;
  const { say, env } = kit;
  const form = formView(view, 'forward');
  const targets = select(form, {
    id: 'forward-to',
    name: 'to',
    label: say('desk:forward.to'),
    hint: say(made.life.mayForward ? 'desk:forward.hint_agreed' : 'desk:forward.hint_ask'),
    options: targetsOf(env.directory, made).map(({ id, name }) => ({ value: id, label: name })),
    wrong: form.sent ? refused?.wrong['to'] : undefined,
  });
  return html`<h3>${say('desk:forward.title')}</h3>
    ${deskForm(form, 'forward', html`${seen(view)} ${targets}`, [
      { action: 'forward', label: say('desk:forward.button') },
    ])}`;
}

function refuseForm(view: CaseView): Html {
  const { kit, refused } = view;
  const { say } = kit;
  const form = formView(view, 'refuse');
  const wrong = form.sent ? (refused?.wrong ?? {}) : {};
  return html`<h3>${say('desk:refuse.title')}</h3>
    ${deskForm(
      form,
      'refuse',
      html`${seen(view)}
      ${choice(form, {
        id: 'refuse-reason',
        name: 'reason',
        label: say('desk:refuse.reason'),
        options: REFUSALS.map((value) => ({ value, label: say(`desk:refusal.${value}`) })),
        wrong: wrong['reason'],
      })}
      ${field(form, {
        id: 'refuse-text',
        name: 'text',
        label: say('desk:refuse.text'),
        hint: say('desk:refuse.text_hint'),
        type: 'textarea',
        maxlength: LONGEST_REPLY,
        wrong: wrong['text'],
      })}`,
      [{ action: 'refuse', label: say('desk:refuse.button') }],
    )}`;
}

/** The same once more before it is done: what will happen, and what was chosen, carried along. */
export function surePage(
  view: CaseView,
  form: URLSearchParams,
  { action, what }: { action: 'forward' | 'refuse' | 'close'; what: string },
  cookie: string | undefined,
): WebAnswer {
  const { kit, made, at, once, visitor } = view;
  const { say } = kit;
  const carried = ['to', 'reason', 'text', 'outcome', 'seen'].flatMap((name) => {
    const value = form.get(name);
    return value === null ? [] : [html`<input type="hidden" name="${name}" value="${value}" />`];
  });
  const text = form.get('text') ?? '';
  const asks = action === 'forward' && made.life.mayForward !== true;
  const { appointment } = made.life;
  const off = !asks && appointment?.state === 'confirmed' && Date.parse(appointment.start) > at.getTime();
  return kit.page({
    heading: say(asks ? 'desk:sure.forward_ask' : `desk:sure.${action}`),
    over: made.code ?? '',
    cookie,
    body: html`<div class="card">
      <p class="lead"><strong>${what}</strong></p>
      ${text !== '' && html`<blockquote dir="auto">${text}</blockquote>`}
      <p>${say(asks ? 'desk:sure.forward_ask_then' : `desk:sure.${action}_then`)}</p>
      ${off && html`<p>${say('desk:sure.appointment_off', { when: appointmentWords(say, made) })}</p>`}
      ${deskForm({ say, once, visitor }, 'sure', html`${carried}`, [
        { action: `${action}_sure`, label: say('desk:sure.yes'), look: 'main' },
      ])}
      <p><a class="button link" href="?">${say('desk:sure.no')}</a></p>
    </div>`,
  });
}
