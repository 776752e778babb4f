// A desk as an Adaptive Card: the reply's own text, laid out, with its links as buttons. It adds no word and drops none.
// Which channels are sent one, and what else their activity carries, is left to to-activity.ts.
import { directionOf } from './direction.ts';
import type { Card, Link, Reply } from './message.ts';

/** `headed`: the card tells by itself whose it is; else its first lines stand in the bubble above it. */
export function adaptiveCard(reply: Reply & { card: Card }, { headed }: { headed: boolean }): object {
  const { card, text, lang } = reply;
  const [head = [], contacts = [], ...rest] = text.split('\n\n').map((block) => block.split('\n'));
  const known = urlsOf(card);
  const rtl = directionOf(lang) === 'rtl';
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    // 1.3 is what the archived Emulator draws; the direction of writing came later.
    version: rtl ? '1.5' : '1.3',
    ...(rtl ? { rtl } : {}),
    lang,
    fallbackText: text,
    speak: headOf(text),
    body: [
      ...(headed ? containers([head], card) : []),
      ...containers([contacts], card),
      ...actionSets(reply.links.filter(({ url }) => known.has(url))),
      ...containers(rest, card, { separator: true }),
      ...actionSets(reply.links.filter(({ url }) => !known.has(url))),
    ],
  };
}

/** Name of the desk and what it does: the lines before the first gap. */
export function headOf(text: string): string {
  return text.split('\n\n', 1)[0] ?? text;
}

function containers(blocks: string[][], card: Card, look: object = {}): object[] {
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => ({
      type: 'Container',
      spacing: 'Medium',
      ...look,
      items: lines.map((line, at) => ({
        type: 'RichTextBlock',
        ...(at > 0 ? { spacing: 'Small' } : {}),
        // A text block would read markup into it; a run is shown as it is written.
        inlines: [{ type: 'TextRun', text: line, ...lookOf(line, card) }],
      })),
    }));
}

function lookOf(line: string, card: Card): object {
  if (line === card.title) return { weight: 'Bolder', size: 'Large' };
  if (card.phones.some(({ shown }) => line.endsWith(shown))) return { weight: 'Bolder' };
  if (line !== card.freshness) return {};
  return card.stale ? { color: 'Warning', weight: 'Bolder' } : { isSubtle: true };
}

/** Renderers drop what comes after the fifth button of a set. */
const MOST_ACTIONS = 5;

function actionSets(links: Link[]): object[] {
  const sets: object[] = [];
  for (let at = 0; at < links.length; at += MOST_ACTIONS)
    sets.push({
      type: 'ActionSet',
      actions: links
        .slice(at, at + MOST_ACTIONS)
        .map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url })),
    });
  return sets;
}

function urlsOf({ phones, email, address }: Card): Set<string> {
  return new Set([...phones.map(({ url }) => url), email?.url ?? '', address?.mapUrl ?? '']);
}
