// The demonstration page: what a municipality's page about the service looks like with the chat on it.
// Facts come from the directory, words from locales, the chat from /widget.js as on any other site.
import type { Comune } from '../../../bot/ports.ts';
import { brandMark, languagesFor, links } from './brand.ts';
import { callButton, contact } from './contact.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { firstDesk, frame, ownComuni } from './site.ts';
import type { View } from './site.ts';

const AREAS = ['economic', 'housing', 'relational', 'health'] as const;

export function demoPage(view: View, comune: Comune): string {
  const { t, site, language } = view;
  const { path, integrity } = site.widget.pinned;
  const script = html`<script
    src="${path}"
    integrity="${integrity}"
    crossorigin="anonymous"
    data-comune="${comune.id}"
    data-lang="${language}"
    defer
  ></script>`;
  const head = html`<link rel="stylesheet" href="${site.widget.siteStyle.path}" />${links(comune, 'web') && script}`;
  const body = html`<body>
    <a class="skip" href="#content">${t('widget:site.skip')}</a>
    ${header(view, comune)}
    <main id="content">
      ${hero(view, comune)}
      <section id="needs">
        <div class="wrap">
          <h2>${t('widget:demo.needs')}</h2>
          <p class="lead">${t('widget:demo.needsLead')}</p>
          <ul class="cards">
            ${AREAS.map(
              (area) =>
                html`<li>
                  <h3>${t(`widget:demo.${area}Title`)}</h3>
                  <p>${t(`widget:demo.${area}Text`)}</p>
                </li>`,
            )}
          </ul>
        </div>
      </section>
      <section id="contact" class="tinted">
        <div class="wrap">
          <h2>${t('widget:demo.contact')}</h2>
          <p class="lead">${t('widget:demo.contactLead')}</p>
          <div class="panel">${contact(view, comune)}</div>
        </div>
      </section>
    </main>
    ${footer(view, comune)}
  </body>`;
  return frame(view, t('widget:demo.title', { comune: comune.name }), body, head);
}

function header(view: View, comune: Comune): Html {
  const { t } = view;
  return html`<header>
    <p class="notice">${t('widget:site.notice')}</p>
    <div class="slim">
      <div class="wrap">
        <span>${t('widget:site.region')}</span>
        <nav aria-label="${t('widget:site.language')}">${languages(view, `/?comune=${comune.id}&`)}</nav>
      </div>
    </div>
    <div class="center">
      <div class="wrap">
        ${brandMark(comune)}
        <p class="town">
          ${comune.brand?.name ?? t('widget:site.comune', { comune: comune.name })}<br /><span
            >${t('widget:site.piana')}</span
          >
        </p>
      </div>
    </div>
    <nav class="main" aria-label="${t('widget:site.menu')}">
      <div class="wrap">
        <a href="#content" aria-current="page">${t('widget:demo.navService')}</a>
        <a href="#needs">${t('widget:demo.navNeeds')}</a>
        <a href="#contact">${t('widget:demo.navContact')}</a>
      </div>
    </nav>
  </header>`;
}

function hero(view: View, comune: Comune): Html {
  const { t, language } = view;
  const phone = firstDesk(view, comune)?.phones[0]?.value ?? comune.switchboard.value;
  return html`<section class="hero">
    <div class="wrap">
      <p class="eyebrow">${t('widget:demo.eyebrow')}</p>
      <h1>${t('widget:demo.hero')}</h1>
      <p class="lead">${t('widget:demo.lead')}</p>
      <p class="calls">
        ${callButton(view, phone)}
        ${links(comune, 'web') && html`<a class="button plain" href="/chat/${comune.id}?lang=${language}">${t('widget:demo.chat')}</a>`}
        ${telegram(view, comune)}
      </p>
    </div>
  </section>`;
}

/** The bot on Telegram, where the installation has told its name there; it opens with this comune as a first guess. */
function telegram({ t, site }: View, comune: Comune): Html | undefined {
  const name = site.config.telegram?.name;
  if (name === undefined || !links(comune, 'telegram')) return undefined;
  const url = `https://t.me/${name}?start=comune_${comune.id}`;
  return html`<a class="button plain" href="${url}" rel="noreferrer">${t('widget:demo.telegram')}</a>`;
}

function footer(view: View, current?: Comune): Html {
  const { t, site, language } = view;
  const towns = ownComuni(site).map(({ id, name }) => {
    const mark = id === current?.id ? html` aria-current="page"` : undefined;
    return html`<li><a href="/?comune=${id}&lang=${language}" ${mark}>${name}</a></li>`;
  });
  return html`<footer>
    <div class="wrap">
      <h2>${t('widget:site.other')}</h2>
      <ul class="towns">
        ${towns}
      </ul>
      <p>
        ${current && links(current, 'text') && html`<a href="/testo/${current.id}?lang=${language}">${t('widget:text.link')}</a>`}
      </p>
      <p>${t('widget:site.notice')}</p>
    </div>
  </footer>`;
}

/** Links to the other languages of this page; `base` ends where `lang=` goes. */
export function languages({ site, language, comune }: View, base: string): Html[] {
  const others = languagesFor(comune, site.words.languages).filter((other) => other !== language);
  return others.map((other) => {
    const name = site.words.say(other)('widget:languageName');
    return html`<a href="${base}lang=${other}" lang="${other}" hreflang="${other}">${name}</a>`;
  });
}
