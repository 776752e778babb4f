// Lays out a desk card and the links of a message. The facts come whole in the reply; none is made here.
// Where the card goes, and what a tapped reason does, is left to bubble.ts and transcript.ts.
import type { Card, Link } from '../../../bot/message.ts';
import { copyButton } from './copy.ts';
import { el, link } from './dom.ts';
import { fill } from './labels.ts';
import type { Labels } from './labels.ts';
import { isolate, named } from './numbers.ts';

/** What a card needs around it: the page's words, the direction of the message, and what its buttons do. */
export interface Setting {
  labels: Labels;
  dir: string;
  /** A reason to be asked again. */
  choose(id: string, label: string, button: HTMLButtonElement): void;
  /** To be said to who does not see the screen. */
  tell(text: string): void;
}

export function renderCard(card: Card, set: Setting): HTMLElement {
  const { labels } = set;
  return el(
    'section',
    { class: 'card', 'aria-label': card.title },
    el('h2', {}, ...named(card.title, set.dir)),
    card.title.includes(card.organization)
      ? undefined
      : el('p', { class: 'org' }, ...named(card.organization, set.dir)),
    card.what ? el('p', {}, ...isolate(card.what, set.dir)) : undefined,
    opening(card, set),
    card.phones.length > 0
      ? el('div', { class: 'calls' }, ...card.phones.map((phone) => number(phone, set)))
      : undefined,
    facts(card, labels),
    list(labels.bring, card.bring, set),
    list(labels.how, card.how, set),
    reasons(card, set),
    also(card, set),
    el('p', { class: card.stale ? 'fresh stale' : 'fresh' }, ...isolate(card.freshness, set.dir)),
  );
}

/** Open or closed first, then the week: both are whole sentences already. */
function opening({ opening, hours }: Card, { dir }: Setting): HTMLElement | undefined {
  if (!opening && !hours) return undefined;
  const now = opening ? el('strong', {}, ...isolate(opening, dir)) : undefined;
  return el('div', { class: 'opening' }, now, hours ? el('p', {}, ...isolate(hours, dir)) : undefined);
}

/** The biggest thing on the card: one tap calls; beside it the number goes to another telephone. */
function number({ shown, url }: { shown: string; url: string }, { labels, tell }: Setting): HTMLElement {
  return el(
    'div',
    { class: 'number' },
    call(shown, url, labels, 'big-link call'),
    copyButton('number', shown, labels, tell),
  );
}

function call(shown: string, url: string, labels: Labels, style: string): HTMLElement {
  const [before, after] = labels.call.split('{{number}}');
  // One box around it all: what is beside the icon must not fall apart into columns.
  return link(el('span', {}, before, el('bdi', { dir: 'ltr' }, shown), after), url, { class: style });
}

function facts(card: Card, labels: Labels): HTMLElement | undefined {
  const rows: HTMLElement[] = [];
  const row = (name: string, ...value: (Node | string | undefined)[]): void => {
    rows.push(el('div', {}, el('dt', {}, name), el('dd', {}, ...value)));
  };
  if (card.address)
    row(
      labels.address,
      el('bdi', {}, card.address.shown),
      link(labels.map, card.address.mapUrl, { class: 'map' }, labels.newTab),
    );
  if (card.email) row(labels.email, link(el('bdi', {}, card.email.shown), card.email.url, { class: 'mail' }));
  return rows.length > 0 ? el('dl', {}, ...rows) : undefined;
}

function list(title: string, items: string[], { dir }: Setting): HTMLElement | undefined {
  if (items.length === 0) return undefined;
  return el('div', {}, el('h3', {}, title), el('ul', {}, ...items.map((item) => el('li', {}, ...isolate(item, dir)))));
}

function reasons(card: Card, { labels, choose }: Setting): HTMLElement | undefined {
  if (card.reasons.length === 0) return undefined;
  const items = card.reasons.map(({ label, choice }) => {
    const name = fill(labels.changeReason, { reason: label });
    const button = el('button', { type: 'button', class: 'small once', 'aria-label': name }, labels.change);
    button.addEventListener('click', () => choose(choice, name, button));
    return el('li', {}, el('span', {}, label), ' ', button);
  });
  return el('div', {}, el('h3', {}, labels.why), el('ul', { class: 'reasons' }, ...items));
}

function also(card: Card, { labels, dir }: Setting): HTMLElement | undefined {
  if (card.also.length === 0) return undefined;
  const items = card.also.map(({ name, line, phone }) =>
    el(
      'li',
      {},
      el('strong', {}, ...named(name, dir)),
      el('span', {}, ...isolate(line, dir)),
      phone ? call(phone.shown, phone.url, labels, 'call') : undefined,
    ),
  );
  return el('div', {}, el('h3', {}, labels.also), el('ul', { class: 'also' }, ...items));
}

/** What a link leads to, by its address: the paper and the calendar are pages of ours. */
function kindOf(url: string): string {
  if (/^tel:/i.test(url)) return ' call';
  if (/^mailto:/i.test(url)) return ' mail';
  const [, place = ''] = /^(?:https?:\/\/[^/]+)?\/(agenda|carta)\//i.exec(url) ?? [];
  return place && ` ${place}`;
}

/** Links of a message as buttons; the floor's come before its words. */
export function renderLinks(links: Link[], { labels, dir }: Setting): HTMLElement | undefined {
  if (links.length === 0) return undefined;
  const buttons = links.map(({ label, url }) =>
    link(el('span', {}, ...named(label, dir)), url, { class: `big-link${kindOf(url)}` }, labels.newTab),
  );
  return el('p', { class: 'calls' }, ...buttons);
}
