// The chat page: an empty transcript with everything that must work before the script does. No inline code.
// What happens in it is left to adapters/web/widget.
import type { Phone } from '../../../bot/ports.ts';
import { mapLabels } from '../widget/labels.ts';
import type { Label, Labels, PageData } from '../widget/labels.ts';
import { html, jsonScript } from './html.ts';
import type { Html } from './html.ts';
import { COMPASS, emergency, firstDesk, frame } from './site.ts';
import type { View } from './site.ts';

export function chatPage(view: View): string {
  const { t, site, comune } = view;
  const words = (name: Label): string =>
    t(`widget:chat.${name}`, {
      comune: comune?.name ?? '',
      number: emergency(site).shown,
      phone: phoneOf(view)?.shown ?? '',
    });
  const head = html`<link rel="stylesheet" href="${site.widget.chatStyle.path}" />
    <script src="${site.widget.chatScript.path}" defer></script>`;
  const body = html`<body>
    ${header(view, words)}
    <main>
      <div id="scroller" role="region" tabindex="0" aria-label="${words('transcript')}" data-aria="transcript">
        <noscript
          ><p>${t('widget:chat.noscript', { number: emergency(site).shown })} ${textLink(view, words)}</p></noscript
        >
        <ol id="list"></ol>
        <p id="typing" hidden data-label="typing">${words('typing')}</p>
      </div>
      <button id="newer" type="button" hidden data-label="newMessage">${words('newMessage')}</button>
      <div id="live" class="hidden" aria-live="polite" aria-relevant="additions"></div>
    </main>
    <footer>
      <form id="composer" autocomplete="off">
        <label for="box" data-label="input">${words('input')}</label>
        <p id="counter" role="status" hidden></p>
        <div>
          <textarea id="box" name="text" rows="1" enterkeyhint="send" dir="auto" aria-describedby="counter"></textarea>
          <button id="send" type="submit" data-label="send">${words('send')}</button>
        </div>
      </form>
      ${person(view, words)}
    </footer>
    ${jsonScript('page-data', pageData(view))}
  </body>`;
  const title = comune ? `${words('title')} · ${words('subtitleComune')}` : `${words('title')} · ${words('subtitle')}`;
  return frame(view, title, body, head);
}

type Name = (name: Label) => string;

function header(view: View, words: Name): Html {
  const { site, comune, language } = view;
  const subtitle = comune ? 'subtitleComune' : 'subtitle';
  const others = Object.entries(pageData(view).languages).map(
    ([code, { name }]) =>
      html`<button
        type="button"
        class="tongue"
        lang="${code}"
        data-language="${code}"
        ${code === language && html` hidden`}
      >
        ${name}
      </button>`,
  );
  return html`<header>
    <div class="top">
      <div class="brand">
        ${COMPASS}
        <div>
          <h1 data-label="title">${words('title')}</h1>
          <p data-label="${subtitle}">${words(subtitle)}</p>
        </div>
      </div>
      <div class="tongues">${others}</div>
      <button id="close" type="button" hidden aria-label="${words('close')}" data-aria="close">
        <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false">
          <path d="M5 5l14 14M19 5L5 19" stroke="currentColor" stroke-width="2.5" />
        </svg>
      </button>
      <div class="tools">
        <a class="sos" href="${emergency(site).url}" data-label="emergency">${words('emergency')}</a>
        <button id="exit" type="button" data-label="exit">${words('exit')}</button>
      </div>
    </div>
    <div class="bar">
      <p id="status" role="status">${words('connecting')}</p>
      <p data-label="automatic">${words('automatic')}</p>
    </div>
  </header>`;
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
  return html`<a href="${path}?lang=${language}" target="_blank" data-label="textPage">${words('textPage')}</a>`;
}

function pageData(view: View): PageData {
  const { site, comune, language } = view;
  const languages = site.words.languages.map((code) => {
    const say = site.words.say(code);
    return [code, { name: say('widget:languageName'), labels: labelsOf(say) }] as const;
  });
  return {
    comune: comune?.id ?? null,
    comuneName: comune?.name ?? null,
    language,
    languages: Object.fromEntries(languages),
    emergency: emergency(site),
    phone: phoneOf(view)?.shown ?? null,
  };
}

function labelsOf(say: View['t']): Labels {
  return mapLabels((name, holes) =>
    say(`widget:chat.${name}`, Object.fromEntries(holes.map((hole) => [hole, `{{${hole}}}`]))),
  );
}
