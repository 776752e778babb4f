// Answers every page and asset by its path: demo page, chat, the choice of a comune, /widget.js, hashed assets.
// Sending them, and the headers that protect them, is left to the server.
import { gzipSync } from 'node:zlib';
import { COMUNI } from '../../../flows/types.ts';
import type { ComuneId } from '../../../flows/types.ts';
import type { Page, Pages } from '../pages.ts';
import { assetPages, replacedLoader, widgetOf } from './assets.ts';
import { brandPages, languagesFor } from './brand.ts';
import { chatPage } from './chat.ts';
import { demoPage } from './demo.ts';
import { ownComuni } from './site.ts';
import type { Site, Sources, View } from './site.ts';
import { snippetPage } from './snippet.ts';
import { choosePage, sorryPage } from './text.ts';

/** Where nobody says which; where this installation is not for it, the first of its own. */
const DEFAULT: ComuneId = 'porcari';

/** Bundles the browser code, then answers from memory. Throws where the bundle fails or a word is missing. */
export async function createPages(sources: Sources): Promise<Pages> {
  const site: Site = { ...sources, widget: await widgetOf(sources) };
  const assets = new Map([...assetPages(site.widget), ...brandPages(sources.directory.comuni())]);
  return {
    get: (path, query, acceptLanguage) => {
      const asset = assets.get(path);
      if (asset) return asset;
      return replacedLoader(path) ?? document(site, path.replace(/(.)\/$/, '$1'), query, acceptLanguage);
    },
    sorry: (status, query, acceptLanguage) => {
      const language = chooseLanguage(query.get('lang'), acceptLanguage, site.words.languages);
      const view: View = { site, language, t: site.words.say(language), comune: undefined };
      return page(status, status === 404 ? choosePage(view, false) : sorryPage(view, status));
    },
  };
}

function document(site: Site, path: string, query: URLSearchParams, acceptLanguage: string): Page | undefined {
  const [, place, id, ...rest] = path.split('/');
  const own = ownComuni(site).map((comune) => comune.id);
  const first = own.includes(DEFAULT) ? DEFAULT : own[0];
  const asked = place === '' ? (query.get('comune') ?? first) : id;
  // A talk may be about any of the seven; a page of its own has only whom this installation is for.
  const known = asked !== undefined && isComune(asked) && (place !== '' || own.includes(asked));
  const comune = known ? site.directory.comune(asked) : undefined;
  const spoken = languagesFor(comune, site.words.languages);
  const language = chooseLanguage(query.get('lang'), acceptLanguage, spoken);
  const view: View = { site, language, t: site.words.say(language), comune };
  if (rest.length > 0) return undefined;
  if (asked !== undefined && !comune) return isPlace(place) ? page(404, choosePage(view, false)) : undefined;
  if (place === 'widget.json' && id === undefined) return snippetPage(named(view, query));
  if (place === 'chat') return page(200, chatPage(view));
  // With a comune it is a talk: adapters/web/plain.
  if (place === 'testo') return comune ? undefined : page(200, choosePage(view, true));
  return place === '' && comune ? page(200, demoPage(view, comune)) : undefined;
}

/** The comune that the query names, where it is one of ours. */
function named(view: View, query: URLSearchParams): View {
  const id = query.get('comune') ?? '';
  return { ...view, comune: isComune(id) ? view.site.directory.comune(id) : undefined };
}

const isPlace = (place: string | undefined): boolean => place === '' || place === 'chat' || place === 'testo';
const isComune = (id: string): id is ComuneId => COMUNI.some((known) => known === id);

function page(status: number, body: string): Page {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  // Made anew at each visit, and small: gzip takes a fraction of a millisecond, and five kilobytes off a slow network.
  return { status, headers, body, encoded: { gzip: gzipSync(body) } };
}

/** The language asked for, else the first of the browser's that is spoken here, else the first offered. */
export function chooseLanguage(asked: string | null, acceptLanguage: string, spoken: string[]): string {
  const wanted = [asked ?? '', ...acceptLanguage.split(',')].map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((code) => spoken.includes(code)) ?? spoken[0] ?? 'it';
}
