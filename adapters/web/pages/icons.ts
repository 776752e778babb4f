// The few signs drawn on the chat page itself; what they mean is always said in words beside them.
// Icons of buttons made by the script are in its sheets.
import { html } from './html.ts';
import type { Html } from './html.ts';

const icon = (path: Html): Html =>
  html`<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">${path}</svg>`;

export const GLOBE = icon(
  html`<circle cx="12" cy="12" r="9" /> <path d="M3 12h18M12 3c5 5 5 13 0 18-5-5-5-13 0-18z" />`,
);

export const DOTS = icon(html`<path d="M4 7h16M4 12h16M4 17h16" />`);

export const CROSS = icon(html`<path d="M5 5l14 14M19 5L5 19" />`);
