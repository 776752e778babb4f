// A comune's own look: its colours as a style sheet of custom properties, its logo, its name, which ways in it links.
// Whether the colours can be read and the logo is harmless was decided when the directory was loaded.
import { createHash } from 'node:crypto';
import { darker } from '../../directory/colour.ts';
import type { Comune, Entry } from '../../../bot/ports.ts';
import type { Page } from '../pages.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

type Face = Pick<Comune, 'id' | 'brand' | 'entries' | 'languages'>;

interface Served {
  path: string;
  type: string;
  body: Buffer;
}

/** The compass, drawn once for all pages: for whoever has no logo. */
export const COMPASS = html`<svg viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false">
  <circle cx="20" cy="20" r="17.5" fill="none" stroke="currentColor" stroke-width="3" />
  <path d="M28.5 11.5 22.8 22.8 11.5 28.5 17.2 17.2z" fill="currentColor" />
</svg>`;

/** The link to the comune's own style sheet, after the page's; nothing where it has no colours of its own. */
export function brandStyle(comune: Face | undefined): Html | undefined {
  const sheet = comune && sheetOf(comune);
  return sheet && html`<link rel="stylesheet" href="${sheet.path}" />`;
}

/** The logo beside the name, which says the same: it has no words of its own. */
export function brandMark(comune: Face | undefined): Html {
  const logo = comune && logoOf(comune);
  return logo ? html`<img class="mark" src="${logo.path}" alt="" width="40" height="40" />` : COMPASS;
}

/** Whether the comune links this way in; without a comune, or a choice, all are. */
export function links(comune: Face | undefined, entry: Entry): boolean {
  return comune?.entries?.includes(entry) ?? true;
}

/** These languages, those that the comune offers first before the others. */
export function languagesFor(comune: Face | undefined, spoken: readonly string[]): string[] {
  const first = (comune?.languages ?? []).filter((language) => spoken.includes(language));
  return [...first, ...spoken.filter((language) => !first.includes(language))];
}

/** What the pages of these comuni load besides the common sheets, by path. */
export function brandPages(comuni: readonly Face[]): [string, Page][] {
  const served = comuni.flatMap((comune) => [sheetOf(comune), logoOf(comune)]).filter((one) => one !== undefined);
  return served.map(({ path, type, body }) => {
    const headers = { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' };
    return [path, { status: 200, headers, body }];
  });
}

/** Names that base.css and site.css read. What lies behind white words in the dark is the light colour, made darker. */
function sheetOf({ id, brand }: Face): Served | undefined {
  if (!brand?.primary) return undefined;
  const { light, dark } = brand.primary;
  const names = {
    primary: light,
    'on-primary': '#fff',
    header: light,
    'on-header': '#fff',
    deep: darker(light, 0.65),
    'primary-dark': dark,
    'on-primary-dark': '#0b1c2c',
    'header-dark': darker(light, 0.65),
    'on-header-dark': '#fff',
    'deep-dark': darker(light, 0.45),
  };
  const lines = Object.entries(names).map(([name, value]) => `--bussola-${name}:${value}`);
  return served(`comune-${id}`, 'css', 'text/css; charset=utf-8', Buffer.from(`:root{${lines.join(';')}}`));
}

function logoOf({ id, brand }: Face): Served | undefined {
  if (!brand?.logo) return undefined;
  const { type, body } = brand.logo;
  return served(`logo-${id}`, type === 'image/png' ? 'png' : 'svg', type, body);
}

function served(name: string, ending: string, type: string, body: Buffer): Served {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);
  return { path: `/assets/${name}.${hash}.${ending}`, type, body };
}
