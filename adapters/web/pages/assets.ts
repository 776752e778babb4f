// What browsers download besides pages: the loader, at its plain and at its pinned address, the chat's script, looks, words.
// Bundling is left to widget/build.ts, what a page says to the page's own file.
import type { Say } from '../../../bot/words.ts';
import type { Page } from '../pages.ts';
import { buildWidget } from '../widget/build.ts';
import type { Asset, Widget } from '../widget/build.ts';
import { mapLabels } from '../widget/labels.ts';
import type { Labels } from '../widget/labels.ts';
import { ownComuni } from './site.ts';
import type { Sources } from './site.ts';

const LOADER_WORDS = ['open', 'close', 'title', 'blocked', 'page'] as const;
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Throws where the bundle fails or a word is missing. */
export async function widgetOf({ words, ...rest }: Pick<Sources, 'words' | 'directory' | 'config'>): Promise<Widget> {
  const each = <T>(of: (say: Say) => T): Record<string, T> =>
    Object.fromEntries(words.languages.map((language) => [language, of(words.say(language))]));
  const loader = each((say) => Object.fromEntries(LOADER_WORDS.map((name) => [name, say(`widget:loader.${name}`)])));
  return buildWidget({ words: loader, comuni: ownComuni(rest).map(({ id }) => id), labels: each(chatLabels) });
}

/** The chat's words in one language, with the placeholders that the browser fills left standing. */
export function chatLabels(say: Say): Labels {
  return mapLabels((name, holes) =>
    say(`widget:chat.${name}`, Object.fromEntries(holes.map((hole) => [hole, `{{${hole}}}`]))),
  );
}

/** Every asset by its path. */
export function assetPages({ loader, labels, ...hashed }: Widget): Map<string, Page> {
  const fixed = [...Object.values(hashed), ...Object.values(labels)].map((asset) => assetPage(asset, FOR_EVER));
  return new Map([assetPage(loader, 'public, max-age=3600'), ...fixed]);
}

/** A loader pinned before the last upgrade. Its page says so nowhere: the browser's console is where somebody looks. */
export function replacedLoader(path: string): Page | undefined {
  if (!/^\/widget\.[\w-]+\.js$/.test(path)) return undefined;
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  const body =
    'This version of the widget has been replaced. Take the present lines from /widget.json, or load /widget.js.\n';
  return { status: 404, headers: { ...headers, 'access-control-allow-origin': '*' }, body };
}

function assetPage({ path, type, body, br, gzip, etag }: Asset, cacheControl: string): [string, Page] {
  const headers = {
    'content-type': type,
    'cache-control': cacheControl,
    etag,
    // Open to every page: the same bytes for everybody, and `integrity` is checked only on what may be read.
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
  return [path, { status: 200, headers, body, encoded: { br, gzip } }];
}
