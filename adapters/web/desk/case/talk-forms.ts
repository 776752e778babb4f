// Forms by which an operator reaches the person: a time to meet, proposed or taken from theirs, and a written reply.
// What becomes of them is left to act.ts.
import { LONGEST_REPLY } from '../../../../bot/cases/desk-steps.ts';
import { may } from '../../../../bot/cases/life.ts';
import { spanWords } from '../../../../bot/mail/dates.ts';
import type { Span } from '../../../../bot/mail/dates.ts';
import { html } from '../../pages/html.ts';
import type { Html } from '../../pages/html.ts';
import { choice, deskForm, field, select } from '../kit/form.ts';
import type { FormView, Option } from '../kit/form.ts';
import { seen } from './fold.ts';
import type { Fold } from './fold.ts';
import { deskTimes, isUnwished, wishedTimes } from './times.ts';
import { formView } from './view.ts';
import type { CaseView } from './view.ts';

/** First the person's own times, where they gave any. */
export function timeForms(view: CaseView): (Fold | undefined)[] {
  return [settleForm(view), proposeForm(view)];
}

function settleForm(view: CaseView): Fold | undefined {
  const { kit, made, at, refused } = view;
  const { say } = kit;
  const times = wishedTimes(made, at);
  if (times.length === 0 || !may(made, 'settle')) return undefined;
  const form = formView(view, 'settle');
  const wrong = form.sent ? refused?.wrong : undefined;
  const body = html`${seen(view)}
  ${select(form, {
    id: 'settle-slot',
    name: 'slot',
    label: say('desk:settle.slot'),
    options: options(view, times),
    wrong: wrong?.['slot'],
  })}
  ${how(form, 'settle', wrong?.['how'])} ${anyway('settle', say('desk:settle.anyway'), wrong?.['doubt'])}`;
  const buttons = [{ action: 'settle', label: say('desk:settle.button'), look: 'main' as const }];
  return {
    id: 'settle',
    groups: ['settle'],
    title: say('desk:settle.title'),
    body: html`<div class="inside">
      <p class="hint">${say('desk:settle.hint')}</p>
      ${deskForm(form, 'settle', body, buttons)}
    </div>`,
  };
}

function proposeForm(view: CaseView): Fold | undefined {
  const { kit, made, at, refused } = view;
  const { say, env } = kit;
  if (!may(made, 'propose')) return undefined;
  const form = formView(view, 'propose');
  const wrong = form.sent ? (refused?.wrong ?? {}) : {};
  const times = deskTimes(env, made, at);
  const isFirst = !made.life.appointment && wishedTimes(made, at).length === 0;
  const body = html`${seen(view)}
  ${
    times.length > 0 &&
    select(form, {
      id: 'propose-slot',
      name: 'slot',
      label: say('desk:propose.slot'),
      options: options(view, times),
      wrong: wrong['slot'],
    })
  }
  ${byHand(form, times.length > 0, wrong)} ${how(form, 'propose', wrong['how'])}
  ${anyway('propose', say('desk:propose.anyway'), wrong['doubt'])}`;
  return {
    id: 'propose',
    groups: ['propose'],
    title: say(isFirst ? 'desk:propose.title_first' : 'desk:propose.title'),
    body: html`<div class="inside">
      <p class="hint">${say('desk:propose.hint')}</p>
      ${deskForm(form, 'propose', body, [{ action: 'propose', label: say('desk:propose.button'), look: 'main' }])}
    </div>`,
  };
}

function byHand(form: FormView, besides: boolean, wrong: Partial<Record<string, string>>): Html {
  const { say } = form;
  return html`<fieldset>
    <legend>${say(besides ? 'desk:propose.or_by_hand' : 'desk:propose.by_hand')}</legend>
    <div class="pair">
      ${field(form, { id: 'propose-day', name: 'day', label: say('desk:propose.day'), type: 'date', wrong: wrong['day'] })}
      ${field(form, { id: 'propose-time', name: 'time', label: say('desk:propose.time'), type: 'time', wrong: wrong['time'] })}
    </div>
  </fieldset>`;
}

/** Shown only after the desk was found closed then, or the person asked not to be called then. */
function anyway(id: string, label: string, why: string | undefined): Html | undefined {
  if (why === undefined) return undefined;
  return html`<p class="wrong" id="${id}-doubt">${why}</p>
    <div class="option">
      <input type="checkbox" id="${id}-anyway" name="anyway" value="yes" aria-describedby="${id}-doubt" />
      <label for="${id}-anyway">${label}</label>
    </div>`;
}

function how(form: FormView, id: string, wrong: string | undefined): Html {
  const { say } = form;
  return choice(form, {
    id: `${id}-how`,
    name: 'how',
    label: say('desk:propose.how'),
    options: [
      { value: 'office', label: say('desk:propose.office') },
      { value: 'phone', label: say('desk:propose.phone') },
    ],
    wrong,
  });
}

function options({ kit: { say }, made }: CaseView, times: Span[]): Option[] {
  return times.map((span) => {
    const words = spanWords(span, 'it', say);
    const label = isUnwished(made, span) ? say('desk:propose.unwished', { span: words }) : words;
    return { value: span.start.toISOString(), label };
  });
}

export function writeForm(view: CaseView): Fold | undefined {
  const { kit, made, refused } = view;
  const { say } = kit;
  if (!may(made, 'write')) return undefined;
  const form = formView(view, 'write');
  const text = field(form, {
    id: 'write-text',
    name: 'text',
    label: say('desk:write.text'),
    hint: say('desk:write.hint'),
    type: 'textarea',
    maxlength: LONGEST_REPLY,
    wrong: form.sent ? refused?.wrong['text'] : undefined,
  });
  return {
    id: 'write',
    groups: ['write'],
    title: say('desk:write.title'),
    body: deskForm(form, 'write', html`${seen(view)} ${text}`, [
      { action: 'write', label: say('desk:write.button'), look: 'main' },
    ]),
  };
}
