// What is on paper or goes to it: a sheet by its code, the page to type one, posters, appointments for a calendar.
// A GET shows and changes nothing; what each page looks like is left to its file.
import { COMUNI } from '../../../flows/types.ts';
import { messageOf } from '../../../bot/log.ts';
import type { Log } from '../../../bot/log.ts';
import type { Clock, Store } from '../../../bot/ports.ts';
import { readSheetCode, showSheetCode } from '../../../bot/sheet/code.ts';
import type { Sheet } from '../../../bot/sheet/types.ts';
import { sheetView } from '../../../bot/sheet/view.ts';
import type { SheetView } from '../../../bot/sheet/view.ts';
import { readState } from '../../../bot/state.ts';
import type { Environment } from '../../../bot/talk.ts';
import { createTries, together } from '../desk/kit/tries.ts';
import type { Tries } from '../desk/kit/tries.ts';
import { HttpError, formOf, languageOf } from '../http.ts';
import type { Route, WebAnswer, WebRequest } from '../http.ts';
import { loadStyle } from '../style.ts';
import { agendaFile, agendaGone } from './agenda.ts';
import { codePage } from './code-page.ts';
import { PRIVATE_HEADERS } from '../private-page.ts';
import type { Paper } from './frame.ts';
import { posterPage } from './poster.ts';
import { leafletPage, sheetPage } from './sheet-page.ts';
import { troublePage } from './trouble-page.ts';

export interface PaperDeps {
  env: Environment;
  store: Pick<Store, 'sheet' | 'load' | 'activities' | 'caseById'>;
  clock: Clock;
  log: Log;
}

const HOUR = 3_600_000;
/** Looked up in place of what is no code: the answer takes as long, and says the same. */
const NO_CODE = 'UUUUUUUUUU';

interface Desk extends PaperDeps {
  paper: Paper;
  /** Wrong codes by address: a library with forty readers shares one. */
  wrong: Tries;
}

export function paperRoutes(deps: PaperDeps): Route[] {
  const style = loadStyle('/paper', [
    new URL('../pages/base.css', import.meta.url),
    new URL('paper.css', import.meta.url),
  ]);
  const { env } = deps;
  const wrong = together(createTries({ most: 30, withinMs: HOUR }), createTries({ most: 150, withinMs: 24 * HOUR }));
  const desk: Desk = { ...deps, paper: { env, style: style.path }, wrong };
  const page = (path: string, handle: (request: WebRequest) => Promise<WebAnswer>): Route => ({
    method: 'get',
    path,
    kind: 'page',
    handle: calmly(desk, handle),
  });
  const ask = async (request: WebRequest): Promise<WebAnswer> => codePage(desk.paper, spoken(env, request), 'ask');
  return [
    style.route,
    page('/carta', ask),
    { ...page('/carta', (request) => typed(desk, request)), method: 'post', takes: 'form' },
    page('/carta/*', (request) => show(desk, request)),
    page('/manifesto/*', async (request) => poster(desk, request)),
    page('/agenda/*', (request) => agenda(desk, request)),
  ];
}

/** Whatever breaks, the page says whom to call. */
function calmly({ paper, env, log }: Desk, handle: (request: WebRequest) => Promise<WebAnswer>): Route['handle'] {
  return async (request) =>
    handle(request).catch((error: unknown) => {
      if (error instanceof HttpError) throw error;
      log.error('paper page failed', { error: messageOf(error) });
      return troublePage(paper, spoken(env, request));
    });
}

/** The code as it was typed, to the address of its sheet; that page says whether there is one. */
async function typed(desk: Desk, request: WebRequest): Promise<WebAnswer> {
  const code = readSheetCode((formOf(request).get('code') ?? '').slice(0, 100));
  if (code === undefined) return refused(desk, request);
  return { status: 303, headers: { ...PRIVATE_HEADERS, location: `/carta/${showSheetCode(code)}` }, body: '' };
}

async function show(desk: Desk, request: WebRequest): Promise<WebAnswer> {
  const [, , said = '', form, ...more] = decoded(request.path).split('/');
  const known = more.length === 0 && (form === undefined || form === 'foglietto');
  const code = known ? readSheetCode(said.slice(0, 100)) : undefined;
  const { store, clock, wrong, paper } = desk;
  const key = request.caller.address;
  if (key !== undefined && wrong.spent(key, clock())) return codePage(paper, spoken(desk.env, request), 'many');
  const sheet = await store.sheet(code ?? NO_CODE, clock());
  const view = sheet && (await viewOf(desk, sheet));
  if (!sheet || !view) return refused(desk, request);
  return form === undefined ? sheetPage(paper, sheet, view) : leafletPage(paper, sheet, view);
}

async function refused({ paper, wrong, clock, env }: Desk, request: WebRequest): Promise<WebAnswer> {
  const { address } = request.caller;
  const taken = address === undefined || wrong.take(address, clock());
  return codePage(paper, spoken(env, request), taken ? 'gone' : 'many');
}

/** Undefined where the talk it came from is gone. */
async function viewOf({ store, env, clock }: Desk, sheet: Sheet): Promise<SheetView | undefined> {
  const [loaded, [shown]] = await Promise.all([
    store.load(sheet.conversationId),
    store.activities(sheet.conversationId, sheet.seq - 1),
  ]);
  if (!loaded || sheet.comune === null || shown?.from !== 'bot' || shown.seq !== sheet.seq) return undefined;
  const { card, lang } = shown.reply;
  const language = env.words.languages.includes(lang) ? lang : 'it';
  const state = readState(loaded.conversation.state);
  return sheetView(env, { comune: sheet.comune, language, card, state, cases: loaded.cases, at: clock() });
}

function poster({ paper, env, clock }: Desk, request: WebRequest): WebAnswer {
  const [, , id, ...more] = request.path.split('/');
  const comune = COMUNI.find((one) => one === id);
  const asked = request.query.get('lang') ?? '';
  if (comune === undefined || more.length > 0) return codePage(paper, spoken(env, request), 'gone');
  const language = env.words.languages.includes(asked) ? asked : 'it';
  return posterPage(paper, env.directory.comune(comune), language, clock());
}

async function agenda({ paper, env, store, clock }: Desk, request: WebRequest): Promise<WebAnswer> {
  const token = env.links.tokenIn('agenda', request.path);
  const link = token === undefined ? undefined : env.links.read('agenda', token, clock());
  const made = link && !link.expired ? await store.caseById(link.claims.about) : undefined;
  return (made && agendaFile(env, made, clock())) ?? agendaGone(paper, spoken(env, request));
}

/** `?lang=`, else what the browser speaks, else Italian. */
function spoken({ words }: Environment, { query, headers }: WebRequest): string {
  return [query.get('lang') ?? '', languageOf(headers)].find((one) => words.languages.includes(one)) ?? 'it';
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
