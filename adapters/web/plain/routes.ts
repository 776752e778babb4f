// The talk without JavaScript: a page to begin from, and one answer for each form that is sent. A GET changes nothing.
// What a form does is left to converse.ts, how the pages look to page.ts.
import type { Config } from '../../../bot/config.ts';
import { BussolaError } from '../../../bot/errors.ts';
import { messageOf } from '../../../bot/log.ts';
import type { Log } from '../../../bot/log.ts';
import type { Calendar, Comune, Directory } from '../../../bot/ports.ts';
import type { Environment } from '../../../bot/talk.ts';
import { glance } from '../glance.ts';
import { formOf, html, HttpError } from '../http.ts';
import type { Route, WebAnswer, WebRequest } from '../http.ts';
import { servePage } from '../pages.ts';
import type { Pages } from '../pages.ts';
import { languagesFor } from '../pages/brand.ts';
import { chooseLanguage } from '../pages/index.ts';
import { loadStyle } from '../style.ts';
import { converse } from './converse.ts';
import type { Heard, Stop, TalkDeps } from './converse.ts';
import { closeTalk, leavePage } from './leave.ts';
import { languageOfTalk } from './log.ts';
import { deskLine, plainPage } from './page.ts';
import type { Screen } from './page.ts';
import { asksToLeave, isForeign, readSent, retryOf } from './sent.ts';
import { createTickets } from './ticket.ts';
import type { Ticket } from './ticket.ts';

export interface PlainDeps extends TalkDeps {
  /** True for words that are answered though many came before them, and on whatever form. */
  urgent: (text: string) => boolean;
  directory: Directory;
  calendar: Calendar;
  freshness: Environment['freshness'];
  log: Log;
  /** Seals the forms. */
  secret: string;
  config: Pick<Config, 'publicUrl' | 'comuni'>;
  /** Answers for an address that names no comune. */
  pages: Pages;
}

const PATH = '/testo/:comune';

/** Ten thousand characters of any script. Nobody writes more by hand: what is larger is not even read. */
const LONGEST_BYTES = 40 * 1024;

/** Nothing runs, nothing is loaded but our style, nobody frames it, nothing is kept. Our own origin is told to ourselves alone. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
};

const STATUS: Record<Stop, number> = { stale: 200, moved: 200, empty: 200, many: 429, closed: 410, lost: 410 };

export function plainRoutes(deps: PlainDeps): Route[] {
  const { words, clock, directory } = deps;
  const tickets = createTickets(deps.secret, clock);
  const style = loadStyle('/testo/style', [
    new URL('../pages/base.css', import.meta.url),
    new URL('../pages/site.css', import.meta.url),
    new URL('plain.css', import.meta.url),
  ]);

  type Shown = Pick<Screen, 'log' | 'kept' | 'notice' | 'retry' | 'danger' | 'fresh'> & {
    status?: number;
    seconds?: number;
  };

  const show = (comune: Comune, ticket: Ticket, { status = 200, seconds, ...shown }: Shown): WebAnswer => {
    const { language } = ticket;
    const facts = { site: deps, language, t: words.say(language), words, comune };
    const others = directory.comuni().filter(({ id }) => id !== comune.id && deps.config.comuni.includes(id));
    const page = plainPage({ ...facts, ...shown, others, stylePath: style.path, sealed: tickets.seal(ticket) });
    return html(status, page, { ...HEADERS, ...(seconds ? { 'retry-after': String(seconds) } : {}) });
  };

  const isCry = (text: string, much = false): boolean => text !== '' && deps.urgent(glance(text, much));

  /** A sentence, and who answers the telephone. */
  const sentence = (comune: Comune, language: string, key: string): string => {
    const t = words.say(language);
    return `${t(key)} ${deskLine({ site: deps, language, t, comune })}`;
  };

  const answer = (comune: Comune, ticket: Ticket, heard: Heard): WebAnswer => {
    const { log, stop, kept, seconds, danger } = heard;
    const language = languageOfTalk(log, words, ticket.language);
    const gone = stop === 'lost' || stop === 'closed';
    // Who was counted out sends the same form again; any other page is for the next message.
    const next = gone
      ? tickets.fresh(language)
      : stop === 'many'
        ? { ...ticket, language }
        : tickets.next(ticket, log.at(-1)?.seq ?? 0, language);
    const notice = stop && sayStop(stop, language, comune, kept);
    return show(comune, next, {
      log,
      kept,
      status: stop ? STATUS[stop] : 200,
      ...(notice === undefined ? {} : { notice }),
      ...(seconds ? { seconds } : {}),
      danger: danger === true || (gone && isCry(kept)),
      fresh: gone,
    });
  };

  function sayStop(stop: Stop, language: string, comune: Comune, kept: string): string {
    const t = words.say(language);
    if (stop === 'stale') return t('common:stale_choice');
    if (stop === 'empty') return t('common:empty');
    if (stop === 'many') return sentence(comune, language, 'pages:too_many');
    if (stop === 'moved')
      return kept === '' ? t('plain:stop.moved') : `${t('plain:stop.moved')} ${t('plain:stop.kept')}`;
    const said = sentence(comune, language, `plain:stop.${stop}`);
    return kept === '' ? said : `${said} ${t('plain:stop.kept')}`;
  }

  const spokenBy = ({ query, headers }: WebRequest, comune: Comune): string =>
    chooseLanguage(query.get('lang'), headers['accept-language'] ?? '', languagesFor(comune, words.languages));

  /** What a page of somebody else's typed for a person never stands in the box; a cry is a cry. */
  const begin = (request: WebRequest, comune: Comune, stop?: string): WebAnswer => {
    const language = spokenBy(request, comune);
    const text = formOf(request).get('text') ?? '';
    const notice = stop === undefined ? {} : { notice: sentence(comune, language, stop), status: 403 };
    const danger = isCry(text, request.wait > 0);
    return show(comune, tickets.fresh(language), { log: [], kept: '', fresh: true, danger, ...notice });
  };

  /** Whatever breaks, they leave. */
  async function leave(request: WebRequest): Promise<WebAnswer> {
    const ticket = tickets.open(formOf(request).get('page') ?? '');
    try {
      if (ticket && !isForeign(request, deps.config.publicUrl)) await closeTalk(deps, ticket);
    } catch (error) {
      deps.log.error('plain page not closed', { channel: 'web', error: messageOf(error) });
    }
    return leavePage();
  }

  async function post(request: WebRequest, comune: Comune): Promise<WebAnswer> {
    if (asksToLeave(request)) return leave(request);
    if (Buffer.byteLength(formOf(request).get('text') ?? '') > LONGEST_BYTES)
      throw new HttpError(413, 'PayloadTooLarge', `The text is longer than ${LONGEST_BYTES} bytes`);
    // A form on a page of somebody else's could draw a person into a talk that its owner reads.
    if (isForeign(request, deps.config.publicUrl)) return begin(request, comune, 'plain:stop.elsewhere');
    const sent = readSent(request);
    const known = tickets.open(formOf(request).get('page') ?? '');
    const ticket = known ?? tickets.fresh(spokenBy(request, comune));
    const { wait } = request;
    const { address } = request.caller;
    const cries = isCry(sent.text, wait > 0);
    // Whoever asks too often and cries is heard as long as a person could be meant; then the numbers stand on the page.
    if (wait > 0 && !(cries && address !== undefined && deps.limits.cries.take(address) === 0))
      return answer(comune, ticket, {
        log: [],
        stop: 'many',
        kept: sent.text,
        seconds: wait,
        ...(cries && { danger: true }),
      });
    if (!known && !cries) return answer(comune, ticket, { log: [], stop: 'lost', kept: sent.text });
    try {
      const asked = { ticket, sent, cries, comune: comune.id, address };
      return answer(comune, ticket, await converse(deps, asked));
    } catch (error) {
      const code = error instanceof BussolaError ? error.code : 'unexpected';
      deps.log.error('turn failed', { channel: 'web', code, error: messageOf(error) });
      const retry = retryOf(sent);
      // The same form again: if it was taken after all, it is the same message.
      return show(comune, ticket, {
        status: code === 'store_unavailable' ? 503 : 500,
        seconds: 5,
        log: [],
        kept: sent.text,
        notice: sentence(comune, ticket.language, 'pages:trouble'),
        danger: cries,
        ...(retry ? { retry } : {}),
      });
    }
  }

  const atComune =
    (handle: (request: WebRequest, comune: Comune) => WebAnswer | Promise<WebAnswer>): Route['handle'] =>
    async (request) => {
      const comune = directory.comuni().find(({ id }) => id === request.params['comune']);
      return comune ? handle(request, comune) : servePage(deps.pages, request);
    };
  return [
    style.route,
    { method: 'get', path: PATH, kind: 'page', handle: atComune((request, comune) => begin(request, comune)) },
    { method: 'post', path: PATH, kind: 'page', takes: 'form', counts: 'itself', handle: atComune(post) },
  ];
}
