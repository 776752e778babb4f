// What the forms of the case page have in common: folded under a name, and what the page was when it was read.
// Which forms there are is left to actions.ts.
import { html } from '../../pages/html.ts';
import type { Html } from '../../pages/html.ts';
import { groupOf } from './view.ts';
import type { CaseView, Group } from './view.ts';
import { actsOf } from './words.ts';

/** What the page was when it was read: a form that comes after somebody else's act is shown to its writer first. */
export function seen({ events }: CaseView): Html {
  return html`<input type="hidden" name="seen" value="${actsOf(events).length}" />`;
}

/** A form under its name. */
export interface Fold {
  id: string;
  /** Opened where it is the one that was just refused. */
  groups: Group[];
  title: string;
  body: Html;
  open?: boolean;
}

export function fold({ refused }: CaseView, { id, groups, title, body, open }: Fold): Html {
  const group = refused && groupOf(refused.form);
  const isOpen = open === true || (group !== undefined && groups.includes(group));
  return html`<details id="fold-${id}" ${isOpen && html`open`}>
    <summary>${title}</summary>
    ${body}
  </details>`;
}
