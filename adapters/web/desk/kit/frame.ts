// The frame around every page behind a signed link: header, cautions, what has just happened, heading, footer.
// What stands in it is left to the pages, the headers it is sent with to kit.ts.
import type { Say } from '../../../../bot/words.ts';
import { html } from '../../pages/html.ts';
import type { Html } from '../../pages/html.ts';
import { COMPASS } from '../../pages/site.ts';

export interface PageSpec {
  status?: number;
  heading: string;
  /** A short line above the heading: a code, a desk. */
  over?: string;
  /** Above everything: how not to put a person at risk. */
  first?: Html[];
  /** Said before everything else of this page: `done` what has just happened, `stop` what did not and why; `at`: the id of where to mend it. */
  notice?: { kind: 'done' | 'stop'; text: string; at?: string } | undefined;
  body: Html;
  cookie?: string | undefined;
}

/** The title is the same for every page: it shows in tabs, histories and task bars. */
export function frame(
  say: Say,
  style: string,
  { heading, over, first, notice, body }: Omit<PageSpec, 'status' | 'cookie'>,
): string {
  const title = notice?.kind === 'stop' ? say('desk:frame.title_stop') : say('desk:frame.title');
  return html`<!doctype html>
    <html lang="it">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="format-detection" content="telephone=no" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${style}" />
      </head>
      <body>
        <a class="skip" href="#content">${say('desk:frame.skip')}</a>
        <header>
          <div class="wrap">
            ${COMPASS}
            <p>${say('desk:frame.name')}<span>${say('desk:frame.what')}</span></p>
          </div>
        </header>
        <main id="content" class="wrap">
          ${first}
          ${notice && html`<p class="notice ${notice.kind}" role="${notice.kind === 'stop' ? 'alert' : 'status'}">${notice.text}${notice.at !== undefined && html` <a href="#${notice.at}">${say('desk:frame.go')}</a>`}</p>`}
          ${over !== undefined && html`<p class="over">${over}</p>`}
          <h1>${heading}</h1>
          ${body}
        </main>
        <footer>
          <div class="wrap"><p>${say('desk:frame.private')}</p></div>
        </footer>
      </body>
    </html> `.text;
}
