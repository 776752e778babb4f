// The frame around every page behind a signed link: header, cautions, what has just happened, heading, footer.
// What stands in it is left to the pages, the headers it is sent with to kit.ts.
import type { Say } from '../../../../bot/words.ts';
import { htmlDocument } from '../../pages/document.ts';
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
  const page = html`<body>
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
  </body>`;
  const head = html`<link rel="stylesheet" href="${style}" />`;
  return htmlDocument({ language: 'it', title, robots: 'noindex, nofollow', head, body: page });
}
