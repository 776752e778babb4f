// The frame around every page that people read: doctype, language and its direction, what stands in the head. Written once.
// What stands in the body, and which headers go with it, is left to the pages.
import { directionOf } from '../../../bot/direction.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

interface HtmlDocument {
  language: string;
  /** Shows in tabs, histories and print queues. */
  title: string;
  /** What robots may do, where it is not everything. */
  robots?: string;
  /** The page lies under the notch too, and keeps clear of it by itself. */
  cover?: boolean;
  /** Style sheets, and what else the page loads. */
  head: Html;
  /** The whole `<body>`. */
  body: Html;
}

/** A sheet of paper, in grey: in a row of tabs it tells of nothing. */
const NEUTRAL_ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M3 1h7l3 3v11H3z' fill='%238a94a0'/%3E%3C/svg%3E";

export function htmlDocument({ language, title, robots, cover, head, body }: HtmlDocument): string {
  return html`<!doctype html>
    <html lang="${language}" dir="${directionOf(language)}">
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1${cover === true && ', viewport-fit=cover'}"
        />
        <meta name="color-scheme" content="light dark" />
        ${robots !== undefined && html`<meta name="robots" content="${robots}" />`}
        <meta name="format-detection" content="telephone=no" />
        <title>${title}</title>
        <link rel="icon" href="${NEUTRAL_ICON}" />
        ${head}
      </head>
      ${body}
    </html> `.text.replaceAll(/>\n\s+</g, '>\n<');
}
