// What all pages behind a signed link share: their frame, their headers, their guard, and what is shown when something breaks.
// What each page says and does is left to the page.
import { messageOf } from '../../../../bot/log.ts';
import type { Log } from '../../../../bot/log.ts';
import type { LinkClaims, LinkPurpose } from '../../../../bot/links.ts';
import { noChange } from '../../../../bot/cases/change.ts';
import type { Office } from '../../../../bot/cases/office.ts';
import type { Clock, OutboxMail, Store } from '../../../../bot/ports.ts';
import type { Environment } from '../../../../bot/talk.ts';
import type { Say } from '../../../../bot/words.ts';
import { HttpError, formOf, html as answer } from '../../http.ts';
import type { Route, WebAnswer, WebRequest } from '../../http.ts';
import { html } from '../../pages/html.ts';
import type { Html } from '../../pages/html.ts';
import { COMPASS } from '../../pages/site.ts';
import { createGuard, STOP_STATUS } from './guard.ts';
import type { Guard, Stop } from './guard.ts';
import { loadStyle } from './style.ts';
import { createTries, together } from './tries.ts';
import type { Tries } from './tries.ts';

export interface DeskDeps {
  env: Environment;
  store: Store;
  office: Office;
  clock: Clock;
  log: Log;
  publicUrl: string;
  /** Where approved changes of the directory are kept. */
  dataDir: string;
  /** A mail was committed outside the office. */
  mailed: () => void;
  /** A desk answered for its facts: what is known of them is read anew. */
  answered?: () => Promise<void>;
}

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

export interface Kit extends DeskDeps {
  guard: Guard;
  /** Italian: operators are spoken to in Italian alone. */
  say: Say;
  page(spec: PageSpec): WebAnswer;
  /** After something was done: to the same address by GET, `done` naming what is said there. */
  seeOther(done: string, cookie: string | undefined): WebAnswer;
  /** The page for an address that is not ours, or was made for something else. The same for all. */
  notFound(): WebAnswer;
  /** The token at the end of the path, read for that purpose. */
  link(request: WebRequest, purpose: LinkPurpose): { claims: LinkClaims; expired: boolean } | undefined;
  /** Mails that anybody may ask for, by inbox or case: one in ten minutes, six a day, so that no machine can flood an inbox. */
  mails: Tries;
  /** Sends a mail that is about no step of a case. */
  mail(mail: OutboxMail): Promise<void>;
  /** Why a form did not act, in words, with its status. */
  stopped(why: Stop): { status: number; notice: NonNullable<PageSpec['notice']> };
  /** A GET and a POST at that path (`/s/c/*`), as pages: whatever breaks is said as a page, and what was typed is shown again. */
  routes(path: string, handle: { get: Handler; post: Handler }): Route[];
  /** The route of the style sheet, to be mounted once. */
  style: Route;
}

export type Handler = (request: WebRequest) => Promise<WebAnswer>;

/** Nothing runs, nothing is loaded but our style, nobody may frame it, no address leaks, nothing is kept. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

export function createKit(deps: DeskDeps): Kit {
  const { env, clock, log, publicUrl } = deps;
  const say = env.words.say('it');
  const style = loadStyle();
  const page = ({ status = 200, cookie, ...spec }: PageSpec): WebAnswer =>
    answer(status, frame(say, style.path, spec), { ...HEADERS, ...(cookie ? { 'set-cookie': cookie } : {}) });
  const notFound = (): WebAnswer =>
    page({ status: 404, heading: say('desk:gone.heading'), body: html`<p>${say('desk:gone.text')}</p>` });

  const trouble = (request: WebRequest, error: unknown): WebAnswer => {
    if (error instanceof HttpError) throw error;
    log.error('desk page failed', { error: messageOf(error) });
    const typed = formOf(request).get('text') ?? '';
    return page({
      status: 503,
      heading: say('desk:trouble.heading'),
      body: html`<p>${say('desk:trouble.text')}</p>
        ${
          typed !== '' &&
          html`<h2>${say('desk:trouble.typed')}</h2>
            <blockquote dir="auto">${typed}</blockquote>`
        }`,
    });
  };

  return {
    ...deps,
    guard: createGuard({ links: env.links, clock, publicUrl }),
    say,
    page,
    notFound,
    style: style.route,
    mails: together(createTries({ most: 1, withinMs: 600_000 }), createTries({ most: 6, withinMs: 86_400_000 })),
    mail: async (mail) => {
      await deps.store.commitCase({ ...noChange(), outbox: [mail], at: clock() });
      deps.mailed();
    },
    // Relative: the page may stand behind a path of its proxy.
    seeOther: (done, cookie) => ({
      status: 303,
      headers: { ...HEADERS, location: `?ok=${done}`, ...(cookie ? { 'set-cookie': cookie } : {}) },
      body: '',
    }),
    link: ({ path }, purpose) => env.links.read(purpose, path.split('/').at(-1) ?? '', clock()),
    stopped: (why) => ({ status: STOP_STATUS[why], notice: { kind: 'stop', text: say(`desk:stop.${why}`) } }),
    routes: (path, { get, post }) => {
      const safe =
        (handler: Handler): Handler =>
        async (request) =>
          handler(request).catch((error: unknown) => trouble(request, error));
      return [
        { method: 'get', path, kind: 'page', handle: safe(get) },
        { method: 'post', path, kind: 'page', takes: 'form', handle: safe(post) },
      ];
    },
  };
}

/** The title is the same for every page: it shows in tabs, histories and task bars. */
function frame(
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
