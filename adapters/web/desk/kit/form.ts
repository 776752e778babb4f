// The small forms of the operators' pages: hidden fields, who acts, labelled inputs, buttons. All of it works without scripts.
// Which forms a page has, and what they do, is left to the page.
import { html } from '../../pages/html.ts';
import type { Html } from '../../pages/html.ts';
import { field } from './fields.ts';
import type { FormView } from './fields.ts';
import { FIELDS } from './guard.ts';

export { choice, field, select } from './fields.ts';
export type { FormView, Option } from './fields.ts';

export interface Button {
  action: string;
  label: string;
  /** `main`: the one most will press; `grave`: cannot be undone; `link`: small. */
  look?: 'main' | 'plain' | 'grave' | 'link';
}

/** A form that posts to the page's own address. `id` is unique on the page; the proof is asked where it is still needed. */
export function deskForm(view: FormView, id: string, body: Html, buttons: Button[]): Html {
  return html`<form method="post" id="${id}" class="act">
    ${hidden(view)} ${body} ${proof(view, id)}
    <p class="buttons">${buttons.map(buttonOf)}</p>
  </form>`;
}

/** The same for what anybody may send: no name, no digits. */
export function openForm(view: FormView, id: string, body: Html, buttons: Button[]): Html {
  return html`<form method="post" id="${id}" class="act">
    ${hidden(view)} ${body}
    <p class="buttons">${buttons.map(buttonOf)}</p>
  </form>`;
}

function hidden({ say, once }: FormView): Html {
  // A person neither sees nor reaches the trap; a program that fills in every field does.
  return html`<input type="hidden" name="${FIELDS.once}" value="${once}" />
    <div class="trap" aria-hidden="true">
      <label
        >${say('desk:form.trap')} <input type="text" name="${FIELDS.trap}" value="" tabindex="-1" autocomplete="off"
      /></label>
    </div>`;
}

/** Name and digits, as far as this browser has not given them. */
function proof(view: FormView, id: string): Html | undefined {
  const { say, visitor } = view;
  if (visitor.proven && visitor.name !== '') return undefined;
  const why = view.sent?.why;
  return html`<div class="proof">
    ${
      visitor.name === '' &&
      field(view, {
        id: `${id}-who`,
        name: FIELDS.who,
        label: say('desk:form.who'),
        hint: view.whoHint ?? say('desk:form.who_hint'),
        maxlength: 40,
        autocomplete: 'off',
        required: true,
        wrong: why === 'name' ? say('desk:stop.name') : undefined,
      })
    }
    ${
      !visitor.proven &&
      field(view, {
        id: `${id}-digits`,
        name: FIELDS.digits,
        label: say('desk:form.digits'),
        hint: say('desk:form.digits_hint'),
        maxlength: 6,
        inputmode: 'numeric',
        autocomplete: 'off',
        required: true,
        short: true,
        // Never shown again: whoever typed them wrong looks at the mail once more.
        value: '',
        wrong: why === 'digits' || why === 'locked' ? say(`desk:stop.${why}`) : undefined,
      })
    }
  </div>`;
}

function buttonOf({ action, label, look = 'plain' }: Button): Html {
  return html`<button type="submit" class="button ${look}" name="${FIELDS.action}" value="${action}">
    ${label}
  </button> `;
}
