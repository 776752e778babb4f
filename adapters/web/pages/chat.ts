// The chat page: an empty transcript with everything that must work before the script does. No inline code.
// What happens in it is left to adapters/web/widget.
import type { Phone } from '../../../bot/ports.ts';
import { numberIn } from '../widget/labels.ts';
import type { Label, PageData } from '../widget/labels.ts';
import { chatLabels } from './assets.ts';
import { brandMark, languagesFor } from './brand.ts';
import { html, jsonScript } from './html.ts';
import type { Html } from './html.ts';
import { CROSS, DOTS, GLOBE } from './icons.ts';
import { emergency, firstDesk, frame } from './site.ts';
import type { View } from './site.ts';

export function chatPage(view: View): string {
  const { t, site, comune } = view;
  const words = (name: Label): string =>
    t(`widget:chat.${name}`, {
      comune: comune?.name ?? '',
      number: emergency(site).shown,
      phone: numberIn(view.language, phoneOf(view)?.shown ?? ''),
    });
  const data = pageData(view);
  const head = html`<link rel="stylesheet" href="${site.widget.chatStyle.path}" />
    <script src="${site.widget.chatScript.path}" defer></script>`;
  const body = html`<body>
    ${header(view, words, data)}
    <p id="status" role="status" data-status="connecting">${words('connecting')}</p>
    <main aria-label="${words('title')}" data-aria="title">
      <div id="scroller" role="region" tabindex="0" aria-label="${words('transcript')}" data-aria="transcript">
        <p class="quiet" data-label="automatic">${words('automatic')}</p>
        <noscript
          ><p>${t('widget:chat.noscript', { number: emergency(site).shown })} ${textLink(view, words)}</p></noscript
        >
        <ol id="list"></ol>
        <p id="typing" hidden data-label="typing">${words('typing')}</p>
      </div>
      <button id="newer" type="button" hidden data-label="newMessage">${words('newMessage')}</button>
      <div id="live" class="hidden" aria-live="polite" aria-relevant="additions"></div>
    </main>
    <footer aria-label="${words('input')}" data-aria="input">
      <form id="composer" autocomplete="off">
        <label class="hidden" for="box" data-label="input">${words('input')}</label>
        <p id="counter" hidden></p>
        <div>
          <textarea
            id="box"
            name="text"
            rows="1"
            enterkeyhint="send"
            dir="auto"
            aria-describedby="counter"
            placeholder="${words('inputHint')}"
            data-hint="inputHint"
          ></textarea>
          <button id="send" type="submit" data-label="send">${words('send')}</button>
        </div>
      </form>
      ${person(view, words)}
    </footer>
    ${jsonScript('page-data', data)}
  </body>`;
  // The name of a tab is read by whoever passes: it tells of no office and no need.
  return frame(view, words('title'), body, head);
}

type Name = (name: Label) => string;

function header(view: View, words: Name, data: PageData): Html {
  const { site, comune } = view;
  const subtitle = comune ? 'subtitleComune' : 'subtitle';
  return html`<header aria-label="${words('options')}" data-aria="options">
    <div class="top">
      <div class="brand">
        ${brandMark(comune)}
        <div>
          <h1 data-label="title">${words('title')}</h1>
          <p data-label="${subtitle}">${words(subtitle)}</p>
        </div>
      </div>
      ${languageMenu(words, data)} ${optionsMenu(view, words)}
      <button id="close" type="button" hidden aria-label="${words('close')}" data-aria="close">${CROSS}</button>
      <div class="tools">
        <a class="sos" href="${emergency(site).url}" data-label="emergency">${words('emergency')}</a>
        <button id="exit" type="button" data-label="exit">${words('exit')}</button>
      </div>
    </div>
  </header>`;
}

/** As many languages as there are, in the room of one: each is called what its own speakers call it. */
function languageMenu(words: Name, { language, languages }: PageData): Html {
  const choices = Object.entries(languages).map(
    ([code, { name }]) =>
      html`<button type="button" lang="${code}" data-language="${code}" aria-current="${String(code === language)}">
        ${name}
      </button>`,
  );
  const now = languages[language]?.name ?? language;
  return html`<details class="menu" id="language">
    <summary>
      ${GLOBE}<span class="hidden" data-label="language">${words('language')}</span>
      <span class="tongue-now name" lang="${language}">${now}</span>
      <span class="tongue-now code" lang="${language}">${language.toUpperCase()}</span>
    </summary>
    <div>${choices}</div>
  </details>`;
}

function optionsMenu(view: View, words: Name): Html {
  const label = (name: Label): Html => html`<span data-label="${name}">${words(name)}</span>`;
  return html`<details class="menu" id="options">
    <summary>${DOTS}<span class="hidden" data-label="options">${words('options')}</span></summary>
    <div>
      <button id="big" type="button" aria-pressed="false" data-label="bigger">${words('bigger')}</button>
      ${textLink(view, words)}
      <details id="clean">
        <summary data-label="clean">${words('clean')}</summary>
        <p data-label="cleanText">${words('cleanText')}</p>
        <button id="cleanYes" type="button" data-label="cleanYes">${words('cleanYes')}</button>
        <button id="cleanErase" type="button" data-label="cleanErase">${words('cleanErase')}</button>
      </details>
      <p class="hint">${label('exitHint')}</p>
    </div>
  </details>`;
}

/** A person is one tap away on every page: the desk's number, and the page that needs no chat. */
function person(view: View, words: Name): Html {
  const phone = phoneOf(view);
  const call = phone && html`<a class="call" href="${phone.uri}" data-label="person">${words('person')}</a>`;
  return html`<p class="person">${call}${textLink(view, words)}</p>`;
}

function phoneOf(view: View): Phone | undefined {
  return view.comune && (firstDesk(view, view.comune)?.phones[0]?.value ?? view.comune.switchboard.value);
}

function textLink({ comune, language }: View, words: Name): Html {
  const path = comune ? `/testo/${comune.id}` : '/testo';
  return html`<a class="plain" href="${path}?lang=${language}" target="_blank" data-label="textPage"
    >${words('textPage')}</a
  >`;
}

function pageData(view: View): PageData {
  const { site, comune, language, t } = view;
  const languages = languagesFor(comune, site.words.languages).map((code) => {
    const words = site.widget.labels[code]?.path ?? '';
    return [code, { name: site.words.say(code)('widget:languageName'), words }] as const;
  });
  return {
    comune: comune?.id ?? null,
    comuneName: comune?.name ?? null,
    language,
    labels: chatLabels(t),
    languages: Object.fromEntries(languages),
    emergency: emergency(site),
    phone: phoneOf(view)?.shown ?? null,
  };
}
