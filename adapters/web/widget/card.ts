// Lays out a desk card and a floor message. The facts come whole in the reply; none is made here.
// Where the card goes, and what a tapped reason does, is left to transcript.ts.
import type { Card, Link } from '../../../bot/message.ts';
import { el, link } from './dom.ts';
import { fill } from './labels.ts';
import type { Labels } from './labels.ts';

type Choose = (id: string, label: string, button: HTMLButtonElement) => void;

export function renderCard(card: Card, labels: Labels, choose: Choose): HTMLElement {
  return el(
    'section',
    { class: 'card', 'aria-label': card.title },
    el('h2', {}, card.title),
    card.title.includes(card.organization) ? undefined : el('p', { class: 'org' }, card.organization),
    card.what ? el('p', {}, card.what) : undefined,
    opening(card),
    card.phones.length > 0 ? phones(card.phones, labels) : undefined,
    facts(card, labels),
    list(labels.bring, card.bring),
    list(labels.how, card.how),
    reasons(card, labels, choose),
    also(card, labels),
    el('p', { class: card.stale ? 'fresh stale' : 'fresh' }, card.freshness),
  );
}

/** Open or closed first, then the week: both are whole sentences already. */
function opening({ opening, hours }: Card): HTMLElement | undefined {
  if (!opening && !hours) return undefined;
  const now = opening ? el('strong', {}, opening) : undefined;
  return el('div', { class: 'opening' }, now, hours ? el('p', {}, hours) : undefined);
}

/** Links that the card has not shown yet. */
export function otherLinks(links: Link[], card: Card): Link[] {
  const shown = [...card.phones.map(({ url }) => url), card.email?.url, card.address?.mapUrl];
  return links.filter(({ url }) => !shown.includes(url));
}

/** Buttons to call, the biggest thing on the card. */
function phones(numbers: Card['phones'], labels: Labels): HTMLElement {
  const buttons = numbers.map(({ shown, url }) =>
    link(fill(labels.call, { number: shown }), url, { class: 'big call' }),
  );
  return el('p', { class: 'calls' }, ...buttons);
}

function facts(card: Card, labels: Labels): HTMLElement | undefined {
  const rows: HTMLElement[] = [];
  const row = (name: string, ...value: (Node | string | undefined)[]): void => {
    rows.push(el('div', {}, el('dt', {}, name), el('dd', {}, ...value)));
  };
  if (card.address) {
    const map = link(labels.map, card.address.mapUrl, { class: 'map' }, labels.newTab);
    row(labels.address, card.address.shown, ' ', map);
  }
  if (card.email) row(labels.email, link(card.email.shown, card.email.url));
  return rows.length > 0 ? el('dl', {}, ...rows) : undefined;
}

function list(title: string, items: string[]): HTMLElement | undefined {
  if (items.length === 0) return undefined;
  return el('div', {}, el('h3', {}, title), el('ul', {}, ...items.map((item) => el('li', {}, item))));
}

function reasons(card: Card, labels: Labels, choose: Choose): HTMLElement | undefined {
  if (card.reasons.length === 0) return undefined;
  const items = card.reasons.map(({ label, choice }) => {
    const name = fill(labels.changeReason, { reason: label });
    const button = el('button', { type: 'button', class: 'small once', 'aria-label': name }, labels.change);
    button.addEventListener('click', () => choose(choice, name, button));
    return el('li', {}, el('span', {}, label), ' ', button);
  });
  return el('div', {}, el('h3', {}, labels.why), el('ul', { class: 'reasons' }, ...items));
}

function also(card: Card, labels: Labels): HTMLElement | undefined {
  if (card.also.length === 0) return undefined;
  const items = card.also.map(({ name, line, phone }) =>
    el(
      'li',
      {},
      el('strong', {}, name),
      el('span', {}, line),
      phone ? link(fill(labels.call, { number: phone.shown }), phone.url, { class: 'call' }) : undefined,
    ),
  );
  return el('div', {}, el('h3', {}, labels.also), el('ul', { class: 'also' }, ...items));
}

/** Links of a message as buttons; the floor's come before its words. */
export function renderLinks(links: Link[], labels: Labels): HTMLElement | undefined {
  if (links.length === 0) return undefined;
  const buttons = links.map(({ label, url }) =>
    link(label, url, { class: url.startsWith('tel:') ? 'big call' : 'big' }, labels.newTab),
  );
  return el('p', { class: 'calls' }, ...buttons);
}
