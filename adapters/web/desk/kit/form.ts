// The small forms of the operators' pages: hidden fields, who acts, labelled inputs, buttons. All of it works without scripts.
// Which forms a page has, and what they do, is left to the page.
import { html } from '../../pages/html.ts';
import type { Html } from '../../pages/html.ts';
import type { Say } from '../../../../bot/words.ts';
import { FIELDS } from './guard.ts';
import type { Stop, Visitor } from './guard.ts';

/** What every form of one page shares. */
export interface FormView {
  say: Say;
  /** The one-time value of this page, from `Guard.once`. */
  once: string;
  visitor: Visitor;
  /** What was sent and refused, to be shown again; absent on a fresh page. */
  sent?: { form: URLSearchParams; why: Stop | undefined };
}

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
        hint: say('desk:form.who_hint'),
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

export interface Field {
  id: string;
  name: string;
  label: string;
  hint?: string;
  /** Shown instead of what was sent. */
  value?: string;
  type?: 'text' | 'date' | 'time' | 'textarea';
  inputmode?: 'numeric';
  autocomplete?: 'off';
  maxlength?: number;
  min?: string;
  required?: boolean;
  short?: boolean;
  /** What is wrong with it, if anything. */
  wrong?: string | undefined;
}

/** A labelled input; what was sent before is in it again. */
export function field(view: FormView, spec: Field): Html {
  const { id, name, label, hint, wrong } = spec;
  const value = spec.value ?? view.sent?.form.get(name) ?? '';
  const notes = [...(hint === undefined ? [] : [`${id}-hint`]), ...(wrong === undefined ? [] : [`${id}-wrong`])];
  const shared = html`id="${id}"
  name="${name}"${attribute('maxlength', spec.maxlength)}${attribute(
    'aria-describedby',
    notes.length > 0 ? notes.join(' ') : undefined,
  )}${attribute('aria-invalid', wrong === undefined ? undefined : 'true')}${attribute(
    'required',
    spec.required ? '' : undefined,
  )}`;
  const input =
    spec.type === 'textarea'
      ? // A browser drops the first line break of a textarea.
        html`<textarea ${shared} rows="5" dir="auto">${'\n'}${value}</textarea>`
      : html`<input
          type="${spec.type ?? 'text'}"
          ${shared}${attribute('inputmode', spec.inputmode)}${attribute('autocomplete', spec.autocomplete)}${attribute(
            'min',
            spec.min,
          )}
          value="${value}"
        />`;
  return html`<div class="field${spec.short ? ' short' : ''}">
    <label for="${id}">${label}</label>
    ${hint !== undefined && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    ${wrong !== undefined && html`<p class="wrong" id="${id}-wrong">${wrong}</p>`} ${input}
  </div>`;
}

export interface Option {
  value: string;
  label: string;
}

/** Radio buttons under their question; what was chosen before is chosen again. */
export function choice(
  view: FormView,
  {
    id,
    name,
    label,
    options,
    chosen,
    wrong,
  }: {
    id: string;
    name: string;
    label: string;
    options: Option[];
    chosen?: string;
    wrong?: string | undefined;
  },
): Html {
  const picked = view.sent?.form.get(name) ?? chosen;
  const items = options.map(
    ({ value, label }, index) =>
      html`<div class="option">
        <input
          type="radio"
          id="${id}-${index}"
          name="${name}"
          value="${value}"
          ${attribute('checked', value === picked ? '' : undefined)}${attribute(
            'aria-describedby',
            wrong === undefined ? undefined : `${id}-wrong`,
          )}
        />
        <label for="${id}-${index}">${label}</label>
      </div>`,
  );
  return html`<fieldset id="${id}">
    <legend>${label}</legend>
    ${wrong !== undefined && html`<p class="wrong" id="${id}-wrong">${wrong}</p>`} ${items}
  </fieldset>`;
}

/** A list to choose one of; the first line asks, and is no answer. */
export function select(
  view: FormView,
  {
    id,
    name,
    label,
    hint,
    options,
    wrong,
  }: {
    id: string;
    name: string;
    label: string;
    hint?: string;
    options: Option[];
    wrong?: string | undefined;
  },
): Html {
  const picked = view.sent?.form.get(name);
  const notes = [...(hint === undefined ? [] : [`${id}-hint`]), ...(wrong === undefined ? [] : [`${id}-wrong`])];
  return html`<div class="field">
    <label for="${id}">${label}</label>
    ${hint !== undefined && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    ${wrong !== undefined && html`<p class="wrong" id="${id}-wrong">${wrong}</p>`}
    <select id="${id}" name="${name}" ${attribute('aria-describedby', notes.length > 0 ? notes.join(' ') : undefined)}>
      <option value="">${view.say('desk:form.choose')}</option>
      ${options.map(
        ({ value, label }) =>
          html`<option value="${value}" ${attribute('selected', value === picked ? '' : undefined)}>${label}</option>`,
      )}
    </select>
  </div>`;
}

function buttonOf({ action, label, look = 'plain' }: Button): Html {
  return html`<button type="submit" class="button ${look}" name="${FIELDS.action}" value="${action}">
    ${label}
  </button> `;
}

function attribute(name: string, value: string | number | undefined): Html | undefined {
  return value === undefined ? undefined : html` ${name}="${value}"`;
}
