// Answers every page and asset by its path: demo page, chat, the choice of a comune, /widget.js, hashed assets.
// Sending them, and the headers that protect them, is left to the server.
import { COMUNI } from '../../../flows/types.ts';
import type { ComuneId } from '../../../flows/types.ts';
import type { Page, Pages } from '../pages.ts';
import { assetPages, widgetOf } from './assets.ts';
import { chatPage } from './chat.ts';
import { demoPage } from './demo.ts';
import type { Site, Sources, View } from './site.ts';
import { snippetPage } from './snippet.ts';
import { choosePage } from './text.ts';

const DEFAULT: ComuneId = 'porcari';

/** Bundles the browser code, then answers from memory. Throws where the bundle fails or a word is missing. */
export async function createPages(sources: Sources): Promise<Pages> {
  const site: Site = { ...sources, widget: await widgetOf(sources) };
  const assets = assetPages(site.widget);
  return {
    get: (path, query, acceptLanguage) => {
      const asset = assets.get(path);
      if (asset) return asset;
      const language = chooseLanguage(query.get('lang'), acceptLanguage, sources.words.languages);
      return document(site, path.replace(/(.)\/$/, '$1'), query, language);
    },
  };
}

function document(site: Site, path: string, query: URLSearchParams, language: string): Page | undefined {
  const [, place, id, ...rest] = path.split('/');
  const asked = place === '' ? (query.get('comune') ?? DEFAULT) : id;
  const comune = asked !== undefined && isComune(asked) ? site.directory.comune(asked) : undefined;
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
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }, body };
}

/** The language asked for, else the first of the browser's that is spoken here, else Italian. */
export function chooseLanguage(asked: string | null, acceptLanguage: string, spoken: string[]): string {
  const wanted = [asked ?? '', ...acceptLanguage.split(',')].map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((code) => spoken.includes(code)) ?? 'it';
}
