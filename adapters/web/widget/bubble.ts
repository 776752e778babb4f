// One message as it looks: the bot's with its card, links and choices, the person's with its state.
// Where it goes in the talk, and what a choice does, is left to transcript.ts.
import type { Reply } from '../../../bot/message.ts';
import { copyButton } from './copy.ts';
import { linksBeside } from '../links-beside.ts';
import { renderCard, renderLinks } from './card.ts';
import type { Setting } from './card.ts';
import { el } from './dom.ts';
import { dirOf } from './labels.ts';
import type { Labels } from './labels.ts';
import { isolate, named, writtenDir } from './numbers.ts';

export interface Acts {
  /** A choice or a reason was tapped; `many`: the others stay. */
  tapped(id: string, label: string, button: HTMLButtonElement, many: boolean): void;
  tell(text: string, lang: string): void;
}

/** `code`: of a case, to be shown large. `hour` is shown above it. Said in the message's own language and direction, whatever the page's. */
export function botItem(
  reply: Reply,
  labels: Labels,
  { hour, code }: { hour: HTMLElement | undefined; code: string | undefined },
  acts: Acts,
): HTMLElement {
  const dir = dirOf(reply.lang);
  const own = { lang: reply.lang, dir };
  const set: Setting = {
    labels,
    dir,
    choose: (id, label, button) => acts.tapped(id, label, button, false),
    tell: (text) => acts.tell(text, document.documentElement.lang),
  };
  const bubble = el('div', { class: 'bubble', ...own }, ...inside(reply, code, set));
  const author = el('span', { class: 'hidden' }, `${labels.bot}: `);
  return el(
    'li',
    { class: `bot ${reply.card ? 'card' : reply.kind}` },
    author,
    hour,
    bubble,
    choices(reply, labels, acts, own),
  );
}

function inside(reply: Reply, code: string | undefined, set: Setting): (Node | undefined)[] {
  if (reply.card) return [renderCard(reply.card, set), renderLinks(linksBeside(reply.links, reply.card), set)];
  const text = said(reply.text, code, set);
  const links = renderLinks(reply.links, set);
  return reply.kind === 'floor' ? [el('h2', {}, set.labels.floorTitle), links, ...text] : [...text, links];
}

/** A code that must be kept stands under the line that tells it, large enough to be copied by hand. */
function said(text: string, code: string | undefined, { dir, labels, tell }: Setting): HTMLElement[] {
  const part = (words: string): HTMLElement => el('p', { class: 'text' }, ...isolate(words, dir));
  if (code === undefined) return [part(text)];
  const end = `${text}\n`.indexOf('\n', text.indexOf(code));
  const shown = el('p', { class: 'keep' }, el('bdi', { dir: 'ltr' }, code), copyButton('code', code, labels, tell));
  const rest = text.slice(end + 1);
  return [part(text.slice(0, end)), shown, ...(rest === '' ? [] : [part(rest)])];
}

function choices(
  reply: Reply,
  labels: Labels,
  { tapped }: Acts,
  own: { lang: string; dir: string },
): HTMLElement | undefined {
  if (reply.choices.length === 0) return undefined;
  const buttons = reply.choices.map(({ id, label }) => {
    const button = el('button', { type: 'button', class: 'choice' }, ...named(label, own.dir));
    button.addEventListener('click', () => tapped(id, label, button, reply.multi === true));
    return el('li', {}, button);
  });
  const hint = reply.multi ? el('p', { class: 'hint' }, labels.chooseMany) : undefined;
  return el('div', { class: 'choices', ...own }, hint, el('ul', {}, ...buttons));
}

/** The person's words run as they are written; nobody knows their language for certain. */
export function ownItem(text: string, labels: Labels, hour: HTMLElement, waiting: boolean): HTMLElement {
  return el(
    'li',
    { class: 'me', tabindex: '-1' },
    el('span', { class: 'hidden' }, `${labels.you}: `),
    el('div', { class: 'bubble' }, el('p', { class: 'text', dir: 'auto' }, ...isolate(text, writtenDir(text))), hour),
    el('p', { class: 'state' }, waiting ? labels.pending : ''),
  );
}
