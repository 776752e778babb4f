// The plain page: way out, numbers, what was answered, the box to write in, what was said before, the desk. No script.
// What happened to the talk is told by converse.ts, the bubbles by bubble.ts, the headers by routes.ts.
import type { StoredActivity } from '../../../bot/message.ts';
import type { Comune } from '../../../bot/ports.ts';
import type { Words } from '../../../bot/words.ts';
import { EXIT_URL } from '../widget/exit.ts';
import { brandMark, brandStyle, languagesFor, links } from '../pages/brand.ts';
import { contact, dangerNumbers } from '../pages/contact.ts';
import { htmlDocument } from '../pages/document.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';
import { emergency, firstDesk } from '../pages/site.ts';
import type { Facts } from '../pages/site.ts';
import { bubble } from './bubble.ts';
import { languagesBeside } from './converse.ts';
import { form } from './form.ts';
import { earlier, newest, repliesOf } from './log.ts';

/** What a page of this kind is made from. */
export interface Screen extends Facts {
  words: Words;
  comune: Comune;
  stylePath: string;
  /** Whom this installation stands for besides. */
  others: Comune[];
  /** For the hidden field of the form. */
  sealed: string;
  log: StoredActivity[];
  /** Why nothing was done, in words. */
  notice?: string;
  /** What stands in the box. */
  kept: string;
  /** A button that could not be answered, to be pressed again. */
  retry?: { name: 'choice' | 'do'; value: string };
  /** The form is of a talk that nobody has begun: to leave it is a link, there is nothing to close. */
  fresh?: boolean;
  /** The numbers come before everything, whatever else could not be done. */
  danger?: boolean;
}

export function plainPage(screen: Screen): string {
  const { t, language, log, notice, comune } = screen;
  const begun = log.length > 0;
  const state = notice !== undefined ? 'stop' : begun ? 'talk' : 'start';
  const head = html`<link rel="stylesheet" href="${screen.stylePath}" />${brandStyle(comune)}`;
  const body = html`<body>
    <a class="skip" href="#ora">${t('widget:site.skip')}</a>
    ${header(screen, begun)}
    <main class="wrap narrow">
      <h1 id="ora" tabindex="-1">${t(begun ? 'plain:heading' : 'widget:text.heading')}</h1>
      ${wayOut(screen)} ${notice !== undefined && html`<p class="stop" role="alert">${notice}</p>`}
      ${
        screen.danger &&
        html`<section>
          <h2>${t('widget:text.urgent')}</h2>
          ${dangerNumbers(screen)}
        </section>`
      }
      ${form(screen, begun)} ${before(screen)}
      ${
        !isAbove(screen) &&
        html`<section>
          <h2>${t('widget:text.desk', { comune: comune.name })}</h2>
          <div class="panel">${contact(screen, comune)}</div>
        </section>`
      }
      ${
        !screen.danger &&
        html`<section>
          <h2>${t('widget:text.urgent')}</h2>
          ${dangerNumbers(screen)}
        </section>`
      }
    </main>
    ${!begun && footer(screen)}
  </body>`;
  const robots = begun ? 'noindex, nofollow, noarchive' : 'noarchive';
  return htmlDocument({ language, title: t(`plain:title.${state}`), robots, head, body });
}

/** While a talk is open nothing here leads away from it: Back to it would ask the browser's own frightening question. */
function header({ t, comune, words, language }: Screen, begun: boolean): Html {
  const tongues = languagesFor(comune, languagesBeside(words, language)).map((code) => {
    const name = words.say(code)('widget:languageName');
    return html`<a href="?lang=${code}" lang="${code}" hreflang="${code}">${name}</a> `;
  });
  return html`<header>
    ${
      !begun &&
      html`<div class="slim">
        <div class="wrap">
          <nav aria-label="${t('widget:site.language')}">${tongues}</nav>
        </div>
      </div>`
    }
    <div class="center">
      <div class="wrap">
        ${brandMark(comune)}
        <p class="town">
          ${t('widget:chat.title')}<br /><span>${t('widget:chat.subtitleComune', { comune: comune.name })}</span>
        </p>
      </div>
    </div>
  </header>`;
}

/** First after the heading, where the form leads: to leave at once, and the number that always answers. */
function wayOut({ t, site, fresh, comune, sealed }: Screen): Html {
  const { shown, url } = emergency(site);
  const label = t('widget:chat.exit');
  const exit = fresh
    ? html`<a class="button plain" href="${EXIT_URL}" rel="noreferrer">${label}</a>`
    : html`<form class="exit" method="post" action="/testo/${comune.id}" autocomplete="off">
        <input type="hidden" name="page" value="${sealed}" />
        <button class="button plain" name="do" value="exit">${label}</button>
      </form>`;
  return html`<div class="calls way-out">
    ${exit}
    <a class="button call" href="${url}">${t('widget:chat.emergency', { number: shown })}</a>
  </div>`;
}

/** Whether the newest answer is the card of the comune's own desk: once on a page is enough. */
function isAbove(screen: Screen): boolean {
  const desk = firstDesk(screen, screen.comune)?.id;
  return desk !== undefined && repliesOf(newest(screen.log)).some(({ card }) => card?.desk === desk);
}

/** The whole talk, one press away and without a question to the server; open where the browser knows no folding. */
function before(screen: Screen): Html | undefined {
  const past = earlier(screen.log);
  if (past.length === 0) return undefined;
  return html`<details>
    <summary>${screen.t('plain:before')}</summary>
    <ol class="talk">
      ${past.map((activity) => bubble(activity, screen, false))}
    </ol>
  </details>`;
}

/** Another comune, the chat, the telephone: nobody has to stay here. */
function footer({ t, language, comune, others }: Screen): Html {
  const towns = others.map(({ id, name }) => html`<li><a href="/testo/${id}?lang=${language}">${name}</a></li>`);
  const chat = html`${t('widget:text.how')} <a href="/chat/${comune.id}?lang=${language}">${t('widget:text.chat')}</a>`;
  return html`<footer>
    <div class="wrap">
      ${links(comune, 'web') && html`<p>${chat}</p>`}
      ${
        towns.length > 0 &&
        html`<h2>${t('widget:site.other')}</h2>
          <ul class="towns">
            ${towns}
          </ul>`
      }
      <p>${t('widget:site.notice')}</p>
    </div>
  </footer>`;
}

/** The number of the desk, said at the end of every sentence about what did not work. */
export function deskLine({ t, comune, ...facts }: Facts & { comune: Comune }): string {
  const phone = firstDesk({ t, ...facts }, comune)?.phones[0]?.value ?? comune.switchboard.value;
  return t('widget:chat.person', { phone: phone.shown });
}
