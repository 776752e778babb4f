// A desk on the plain pages, in the order of the chat: who, open or closed, numbers, where, what to bring, why, how fresh.
// The facts come whole in the reply; the bubble around it is left to bubble.ts.
import type { Card } from '../../../bot/message.ts';
import type { Say } from '../../../bot/words.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';
import { numbersIn } from '../pages/numbers.ts';

/** What the words around the facts are said with, and in which language. */
interface Spoken {
  t: Say;
  language: string;
}

/** `live`: the reasons can be changed from here. */
export function cardOf(card: Card, spoken: Spoken, live: boolean): Html {
  const { t, language } = spoken;
  return html`<section class="panel card">
    <h3><bdi>${card.title}</bdi></h3>
    ${!card.title.includes(card.organization) && html`<p><bdi>${card.organization}</bdi></p>`}
    ${card.what !== '' && html`<p>${card.what}</p>`}
    ${card.opening !== undefined && html`<p class="opening">${numbersIn(card.opening, language)}</p>`}
    ${card.hours !== undefined && html`<p>${numbersIn(card.hours, language)}</p>`} ${phones(card, spoken)}
    ${facts(card, spoken)} ${list(t('widget:chat.bring'), card.bring)} ${list(t('widget:chat.how'), card.how)}
    ${reasons(card, t, live)} ${also(card, spoken)}
    <p class="${card.stale ? 'fresh stale' : 'fresh'}">${numbersIn(card.freshness, language)}</p>
  </section>`;
}

/** Another tab: Back to a page that came by POST asks questions that frighten. Numbers and mail open no tab. */
export function linkTo(url: string, label: string, { t, language }: Spoken, look: string): Html {
  // In one box: the button lays out its parts side by side.
  const said = html`<span dir="auto">${numbersIn(label, language)}</span>`;
  if (!url.startsWith('http')) return html`<a class="${look}" href="${url}">${said}</a>`;
  return html`<a class="${look}" href="${url}" target="_blank" rel="noopener noreferrer"
    >${said} <span class="hidden">(${t('widget:chat.newTab')})</span></a
  >`;
}

function phones({ phones: numbers }: Card, spoken: Spoken): Html | undefined {
  if (numbers.length === 0) return undefined;
  return html`<p class="calls">
    ${numbers.map(({ shown, url }) => html`${linkTo(url, spoken.t('widget:chat.call', { number: shown }), spoken, 'button call')} `)}
  </p>`;
}

function facts({ address, email }: Card, spoken: Spoken): Html | undefined {
  const { t } = spoken;
  if (!address && !email) return undefined;
  return html`<dl>
    ${
      address &&
      html`<div>
        <dt>${t('widget:chat.address')}</dt>
        <dd><bdi>${address.shown}</bdi> ${linkTo(address.mapUrl, t('widget:chat.map'), spoken, 'map')}</dd>
      </div>`
    }
    ${
      email &&
      html`<div>
        <dt>${t('widget:chat.email')}</dt>
        <dd><a dir="ltr" href="${email.url}">${email.shown}</a></dd>
      </div>`
    }
  </dl>`;
}

function list(title: string, items: string[]): Html | undefined {
  if (items.length === 0) return undefined;
  return html`<h4>${title}</h4>
    <ul>
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>`;
}

function reasons({ reasons: all }: Card, t: Say, live: boolean): Html | undefined {
  if (all.length === 0) return undefined;
  const items = all.map(({ label, choice }) => {
    const name = t('widget:chat.changeReason', { reason: label });
    const button = html`<button class="small" name="choice" value="${choice}" aria-label="${name}">
      ${t('widget:chat.change')}
    </button>`;
    return html`<li>${label} ${live && button}</li>`;
  });
  return html`<h4>${t('widget:chat.why')}</h4>
    <ul>
      ${items}
    </ul>`;
}

function also({ also: others }: Card, spoken: Spoken): Html | undefined {
  const { t, language } = spoken;
  if (others.length === 0) return undefined;
  const items = others.map(({ name, line, phone }) => {
    const call = phone && linkTo(phone.url, t('widget:chat.call', { number: phone.shown }), spoken, 'call');
    return html`<li>
      <strong><bdi>${name}</bdi></strong
      >. ${numbersIn(line, language)} ${call}
    </li>`;
  });
  return html`<h4>${t('widget:chat.also')}</h4>
    <ul class="also">
      ${items}
    </ul>`;
}
