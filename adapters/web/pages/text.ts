// The page to choose a comune from: for `/testo` alone, for an address that names none, for what was refused. Numbers, no script.
// The talk without JavaScript is left to adapters/web/plain; facts come from the directory.
import { EXIT_URL } from '../widget/exit.ts';
import { dangerNumbers } from './contact.ts';
import { languages } from './demo.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { COMPASS, frame, ownComuni } from './site.ts';
import type { View } from './site.ts';

/** For an address that names none of the comuni, and for `/testo` alone. */
export function choosePage(view: View, found: boolean): string {
  const { t } = view;
  const heading = t(found ? 'widget:notFound.choose' : 'widget:notFound.title');
  const lead = t(found ? 'widget:notFound.chooseLead' : 'widget:notFound.lead');
  return numbersPage(view, { title: heading, heading, lead });
}

/** For a request that was refused: what to do now, in a sentence. */
export function sorryPage(view: View, status: number): string {
  const { t } = view;
  const lead = t(status === 429 ? 'pages:too_many' : status === 413 ? 'pages:too_long' : 'pages:trouble');
  return numbersPage(view, { title: t('plain:title.stop'), heading: t('widget:text.heading'), lead });
}

/** Each comune with its switchboard, then the numbers for danger. */
function numbersPage(view: View, said: { title: string; heading: string; lead: string }): string {
  const { t, site, language } = view;
  const towns = ownComuni(site).map(
    ({ id, name, switchboard }) =>
      html`<li>
        <a href="/testo/${id}?lang=${language}"><bdi>${name}</bdi></a>
        <a class="button call" href="${switchboard.value.uri}"><bdi dir="ltr">${switchboard.value.shown}</bdi></a>
      </li>`,
  );
  const body = html`<body>
    ${plainHeader(view)}
    <main id="content" class="wrap narrow">
      <h1>${said.heading}</h1>
      <p class="lead">${said.lead}</p>
      <ul class="pick">
        ${towns}
      </ul>
      <p>${t('widget:notFound.call')}</p>
      <h2>${t('widget:text.urgent')}</h2>
      ${dangerNumbers(view)}
    </main>
  </body>`;
  return frame(view, said.title, body);
}

function plainHeader(view: View): Html {
  const { t } = view;
  return html`<header>
    <div class="slim">
      <div class="wrap">
        <a href="${EXIT_URL}" rel="noreferrer">${t('widget:text.exit')}</a>
        <nav aria-label="${t('widget:site.language')}">${languages(view, '/testo?')}</nav>
      </div>
    </div>
    <div class="center">
      <div class="wrap">
        ${COMPASS}
        <p class="town">${t('widget:site.piana')}<br /><span>${t('widget:chat.subtitle')}</span></p>
      </div>
    </div>
  </header>`;
}
