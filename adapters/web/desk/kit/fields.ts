// Labelled inputs of the operators' pages: text, day, time, one of several. What was sent and refused stands in them again.
// Forms around them, who acts and the buttons are left to form.ts.
import { html } from '../../pages/html.ts';
import type { Html } from '../../pages/html.ts';
import type { Say } from '../../../../bot/words.ts';
import type { Stop, Visitor } from './guard.ts';

/** What every form of one page shares. */
export interface FormView {
  say: Say;
  /** The one-time value of this page, from `Guard.once`. */
  once: string;
  visitor: Visitor;
  /** Who reads the name that is asked for; absent where only colleagues do. */
  whoHint?: string;
  /** What was sent and refused, to be shown again; absent on a fresh page. */
  sent?: { form: URLSearchParams; why: Stop | undefined };
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
  /** In a list: the heading it stands under, with its neighbours of the same. */
  group?: string;
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
      ${grouped(options).map(([group, some]) => {
        const items = some.map(
          ({ value, label }) =>
            html`<option value="${value}" ${attribute('selected', value === picked ? '' : undefined)}>
              ${label}
            </option>`,
        );
        return group === undefined ? html`${items}` : html`<optgroup label="${group}">${items}</optgroup>`;
      })}
    </select>
  </div>`;
}

function grouped(options: Option[]): [string | undefined, Option[]][] {
  const groups = new Map<string | undefined, Option[]>();
  for (const option of options) groups.set(option.group, [...(groups.get(option.group) ?? []), option]);
  return [...groups];
}

function attribute(name: string, value: string | number | undefined): Html | undefined {
  return value === undefined ? undefined : html` ${name}="${value}"`;
}
