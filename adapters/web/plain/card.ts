// A desk on the plain pages, in the order of the chat: who, open or closed, numbers, where, what to bring, why, how fresh.
// The facts come whole in the reply; the bubble around it is left to bubble.ts.
import type { Card, Link } from '../../../bot/message.ts';
import type { Say } from '../../../bot/words.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';

/** `live`: the reasons can be changed from here. */
export function cardOf(card: Card, t: Say, live: boolean): Html {
  return html`<section class="panel card">
    <h3>${card.title}</h3>
    ${!card.title.includes(card.organization) && html`<p>${card.organization}</p>`}
    ${card.what !== '' && html`<p>${card.what}</p>`}
    ${card.opening !== undefined && html`<p class="opening">${card.opening}</p>`}
    ${card.hours !== undefined && html`<p>${card.hours}</p>`} ${phones(card, t)} ${facts(card, t)}
    ${list(t('widget:chat.bring'), card.bring)} ${list(t('widget:chat.how'), card.how)} ${reasons(card, t, live)}
    ${also(card, t)}
    <p class="${card.stale ? 'fresh stale' : 'fresh'}">${card.freshness}</p>
  </section>`;
}

/** Links that the card does not show by itself. */
export function linksBeside(links: Link[], card: Card | undefined): Link[] {
  if (!card) return links;
  const also = card.also.flatMap(({ phone }) => phone?.url ?? []);
  const shown = [...card.phones.map(({ url }) => url), card.email?.url, card.address?.mapUrl, ...also];
  return links.filter(({ url }) => !shown.includes(url));
}

/** Another tab: Back to a page that came by POST asks questions that frighten. Numbers and mail open no tab. */
export function linkTo(url: string, label: string, t: Say, look: string): Html {
  if (!url.startsWith('http')) return html`<a class="${look}" href="${url}">${label}</a>`;
  return html`<a class="${look}" href="${url}" target="_blank" rel="noopener noreferrer"
    >${label} <span class="hidden">(${t('widget:chat.newTab')})</span></a
  >`;
}

function phones({ phones: numbers }: Card, t: Say): Html | undefined {
  if (numbers.length === 0) return undefined;
  return html`<p class="calls">
    ${numbers.map(({ shown, url }) => html`${linkTo(url, t('widget:chat.call', { number: shown }), t, 'button call')} `)}
  </p>`;
}

function facts({ address, email }: Card, t: Say): Html | undefined {
  if (!address && !email) return undefined;
  return html`<dl>
    ${
      address &&
      html`<div>
        <dt>${t('widget:chat.address')}</dt>
        <dd>${address.shown} ${linkTo(address.mapUrl, t('widget:chat.map'), t, 'map')}</dd>
      </div>`
    }
    ${
      email &&
      html`<div>
        <dt>${t('widget:chat.email')}</dt>
        <dd><a href="${email.url}">${email.shown}</a></dd>
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

function also({ also: others }: Card, t: Say): Html | undefined {
  if (others.length === 0) return undefined;
  const items = others.map(({ name, line, phone }) => {
    const call = phone && linkTo(phone.url, t('widget:chat.call', { number: phone.shown }), t, 'call');
    return html`<li><strong>${name}</strong>. ${line} ${call}</li>`;
  });
  return html`<h4>${t('widget:chat.also')}</h4>
    <ul class="also">
      ${items}
    </ul>`;
}
