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
import { frame } from './frame.ts';
import type { PageSpec } from './frame.ts';
import { createGuard, STOP_STATUS } from './guard.ts';
import type { Guard, Stop } from './guard.ts';
import { loadStyle } from '../../style.ts';
import { createTries, together } from './tries.ts';
import type { Tries } from './tries.ts';
import { PRIVATE_HEADERS } from '../../private-page.ts';

export type { PageSpec } from './frame.ts';

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

export interface Kit extends DeskDeps {
  guard: Guard;
  /** Italian: operators are spoken to in Italian alone. */
  say: Say;
  page(spec: PageSpec): WebAnswer;
  /** After something was done: to the same address by GET, `done` naming what is said there. */
  seeOther(done: string, cookie: string | undefined): WebAnswer;
  /** The page for an address that is not ours, or was made for something else. The same for all. */
  notFound(): WebAnswer;
  /** The token that is the whole of the path, read for that purpose. */
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

export function createKit(deps: DeskDeps): Kit {
  const { env, clock, log, publicUrl } = deps;
  const say = env.words.say('it');
  const style = loadStyle('/s/style', [
    new URL('../../pages/base.css', import.meta.url),
    new URL('desk.css', import.meta.url),
  ]);
  const page = ({ status = 200, cookie, ...spec }: PageSpec): WebAnswer =>
    answer(status, frame(say, style.path, spec), { ...PRIVATE_HEADERS, ...(cookie ? { 'set-cookie': cookie } : {}) });
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
    guard: createGuard({
      links: env.links,
      clock,
      publicUrl,
      spend: async (nonce) => (await deps.store.commitCase({ ...noChange(), nonce, at: clock() })) === 'committed',
    }),
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
      headers: { ...PRIVATE_HEADERS, location: `?ok=${done}`, ...(cookie ? { 'set-cookie': cookie } : {}) },
      body: '',
    }),
    link: ({ path }, purpose) => {
      const token = env.links.tokenIn(purpose, path);
      return token === undefined ? undefined : env.links.read(purpose, token, clock());
    },
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
