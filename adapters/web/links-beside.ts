// Which links of a message stand beside its card, on the widget and on the plain pages alike.
// How a link looks is left to each of them.
import type { Card, Link } from '../../bot/message.ts';

/** Links that the card does not show by itself: neither its own, nor those of whom else one may call. */
export function linksBeside(links: Link[], card: Card | undefined): Link[] {
  if (!card) return links;
  const also = card.also.flatMap(({ phone }) => phone?.url ?? []);
  const shown = [...card.phones.map(({ url }) => url), card.email?.url, card.address?.mapUrl, ...also];
  return links.filter(({ url }) => !shown.includes(url));
}
