// What an operator may do now, as small forms: on a new browser first who they are, then the rest folded under its name.
// Which step may happen is left to the case machine; what a form does to act.ts.
import type { CaseStep } from '../../../../flows/case.ts';
import { may } from '../../../../bot/cases/life.ts';
import { html } from '../../pages/html.ts';
import type { Html } from '../../pages/html.ts';
import { deskForm, openForm } from '../kit/form.ts';
import type { Button } from '../kit/form.ts';
import { endForms } from './end-forms.ts';
import { fold, seen } from './fold.ts';
import type { Fold } from './fold.ts';
import { timeForms, writeForm } from './talk-forms.ts';
import { formView, groupOf } from './view.ts';
import type { CaseView } from './view.ts';

/** The buttons of the page. `_sure`: after it was asked once more. */
export const ACTIONS = [
  'enter',
  'rename',
  'take',
  'write',
  'propose',
  'settle',
  'met',
  'not_met',
  'forward',
  'forward_sure',
  'refuse',
  'refuse_sure',
  'close',
  'close_sure',
] as const;
export type Action = (typeof ACTIONS)[number];

export function actions(view: CaseView): Html {
  const { kit, made, visitor } = view;
  const { say } = kit;
  const known = visitor.proven && visitor.name !== '';
  const anything = (['take', 'write', 'propose', 'close', 'met'] satisfies CaseStep[]).some((step) => may(made, step));
  if (!anything) return html``;
  return html`<section class="card no-print" aria-labelledby="act-title">
    <h2 id="act-title">${say(known ? 'desk:act.heading' : 'desk:act.heading_new')}</h2>
    ${known ? signed(view) : newcomer(view)} ${known && rest(view)}
  </section>`;
}

/** Whoever has not said who they are yet: that, and the one button that most will press. */
function newcomer(view: CaseView): Html {
  const { say } = view.kit;
  const take = may(view.made, 'take');
  const buttons: Button[] = [
    ...(take ? [{ action: 'take', label: say('desk:act.take'), look: 'main' } satisfies Button] : []),
    { action: 'enter', label: say(take ? 'desk:act.enter_other' : 'desk:act.enter'), look: take ? 'plain' : 'main' },
  ];
  const typed = view.refused && groupOf(view.refused.form) !== undefined ? view.refused.form.get('text') : undefined;
  return html`<p class="hint">${say('desk:act.newcomer')}</p>
    ${deskForm(formView(view, undefined), 'first', html`${seen(view)}${kept(view, typed)}`, buttons)}
    ${
      view.refused?.why === 'locked' &&
      openForm(formView(view, undefined), 'renew', html`<p class="hint">${say('desk:shut.renew_hint')}</p>`, [
        { action: 'renew', label: say('desk:shut.renew') },
      ])
    }`;
}

/** What was written before the name was asked again must not be lost. */
function kept({ kit }: CaseView, typed: string | null | undefined): Html | undefined {
  if (typed === null || typed === undefined || typed === '') return undefined;
  return html`<p>${kit.say('desk:trouble.typed')}:</p>
    <blockquote dir="auto">${typed}</blockquote>`;
}

function signed(view: CaseView): Html {
  const { say } = view.kit;
  const { name } = view.visitor;
  return html`<div class="signed">
      <p>${say('desk:act.signed', { name })}</p>
      ${deskForm(formView(view, undefined), 'rename', html``, [
        { action: 'rename', label: say('desk:act.rename', { name }), look: 'link' },
      ])}
    </div>
    ${
      may(view.made, 'take') &&
      deskForm(formView(view, undefined), 'take', seen(view), [
        { action: 'take', label: say('desk:act.take'), look: 'main' },
      ])
    }`;
}

function rest(view: CaseView): Html {
  const groups: (Fold | undefined)[] = [...timeForms(view), writeForm(view), ...endForms(view)];
  return html`${groups.map((group) => (group === undefined ? html`` : fold(view, group)))}`;
}
