// The page without JavaScript: what the service is, how to reach a person, the numbers for danger.
// The chat is left to its own page; facts come from the directory.
import type { Comune } from '../../../bot/ports.ts';
import { EXIT_URL } from '../widget/exit.ts';
import { contact, dangerNumbers } from './contact.ts';
import { footer, languages } from './demo.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { COMPASS, frame } from './site.ts';
import type { View } from './site.ts';

export function textPage(view: View, comune: Comune): string {
  const { t, language } = view;
  const body = html`<body>
    ${plainHeader(view, comune.name, `/testo/${comune.id}?`)}
    <main id="content" class="wrap narrow">
      <h1>${t('widget:text.heading')}</h1>
      <p class="lead">${t('widget:text.what')}</p>
      <section>
        <h2>${t('widget:text.desk', { comune: comune.name })}</h2>
        <div class="panel">${contact(view, comune)}</div>
      </section>
      <section>
        <h2>${t('widget:text.urgent')}</h2>
        ${dangerNumbers(view)}
      </section>
      <p>${t('widget:text.how')} <a href="/chat/${comune.id}?lang=${language}">${t('widget:text.chat')}</a></p>
    </main>
    ${footer(view, comune)}
  </body>`;
  return frame(view, t('widget:text.title', { comune: comune.name }), body);
}

/** For an address that names none of the comuni, and for `/testo` alone. */
export function choosePage(view: View, found: boolean): string {
  const { t, site, language } = view;
  const title = t(found ? 'widget:notFound.choose' : 'widget:notFound.title');
  const towns = site.directory.comuni().map(
    ({ id, name, switchboard }) =>
      html`<li>
        <a href="/testo/${id}?lang=${language}">${name}</a>
        <a class="button call" href="${switchboard.value.uri}">${switchboard.value.shown}</a>
      </li>`,
  );
  const body = html`<body>
    ${plainHeader(view, undefined, '/testo?')}
    <main id="content" class="wrap narrow">
      <h1>${title}</h1>
      <p class="lead">${t(found ? 'widget:notFound.chooseLead' : 'widget:notFound.lead')}</p>
      <ul class="pick">
        ${towns}
      </ul>
      <p>${t('widget:notFound.call')}</p>
      <h2>${t('widget:text.urgent')}</h2>
      ${dangerNumbers(view)}
    </main>
  </body>`;
  return frame(view, title, body);
}

function plainHeader(view: View, comune: string | undefined, base: string): Html {
  const { t } = view;
  return html`<header>
    <div class="slim">
      <div class="wrap">
        <a href="${EXIT_URL}" rel="noreferrer">${t('widget:text.exit')}</a>
        <nav aria-label="${t('widget:site.language')}">${languages(view, base)}</nav>
      </div>
    </div>
    <div class="center">
      <div class="wrap">
        ${COMPASS}
        <p class="town">
          ${comune === undefined ? t('widget:site.piana') : t('widget:site.comune', { comune })}<br /><span
            >${t('widget:chat.subtitle')}</span
          >
        </p>
      </div>
    </div>
  </header>`;
}
