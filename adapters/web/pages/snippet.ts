// `GET /widget.json?comune=<id>&lang=<code>`: the lines to paste into a page, with the loader pinned by its digest.
// The loader itself is left to widget/loader.ts.
import type { Page } from '../pages.ts';
import { html } from './html.ts';
import type { View } from './site.ts';

/** `src` and `integrity` belong together; `snippet` is HTML, with a way in for browsers without JavaScript. */
export function snippetPage({ site, comune, language, t }: View): Page {
  const base = site.config.publicUrl.replace(/\/$/, '');
  const { path, integrity } = site.widget.pinned;
  const name = comune ? html` data-comune="${comune.id}"` : undefined;
  const plain = `${base}/testo${comune ? `/${comune.id}` : ''}?lang=${language}`;
  const script = html`<script src="${base + path}" integrity="${integrity}" crossorigin="anonymous"`;
  const options = html`${name} data-lang="${language}" defer></script>`;
  const plainly = html`<noscript><a href="${plain}">${t('widget:loader.plain')}</a></noscript>`;
  const snippet = `${script.text}${options.text}\n${plainly.text}`;
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' },
    body: `${JSON.stringify({ src: base + path, integrity, snippet }, null, 2)}\n`,
  };
}
