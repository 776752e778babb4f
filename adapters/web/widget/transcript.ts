// The list of messages: bubbles, choices, cards. Arrivals never move the focus.
// Where messages come from and go to is left to chat.ts.
import type { Reply } from '../../../bot/message.ts';
import { otherLinks, renderCard, renderLinks } from './card.ts';
import { el } from './dom.ts';
import type { Labels } from './labels.ts';

export interface Transcript {
  bot(reply: Reply): void;
  /** A message of the person; `waiting` until the server has it. Once only for each id. */
  user(id: string, text: string, waiting: boolean): void;
  settle(id: string, problem?: string): void;
  /** A line that nobody said. */
  note(text: string): void;
  typing(on: boolean): void;
  /** Takes away the choices offered so far. */
  retire(): void;
  /** Forgets everything on the screen: the person asked for it. */
  clear(): void;
  toEnd(): void;
}

interface Parts {
  list: HTMLElement;
  scroller: HTMLElement;
  typingLine: HTMLElement;
  newer: HTMLButtonElement;
  labels: () => Labels;
  choose(id: string, label: string): void;
}

const NEAR = 120;

export function createTranscript({ list, scroller, typingLine, newer, labels, choose }: Parts): Transcript {
  const mine = new Map<string, HTMLElement>();

  /** On low screens the whole page scrolls instead of the list (chat.css). */
  const port = (): Element =>
    getComputedStyle(scroller).overflowY === 'visible' ? document.documentElement : scroller;
  const nearEnd = (): boolean => {
    const { scrollHeight, scrollTop, clientHeight } = port();
    return scrollHeight - scrollTop - clientHeight < NEAR;
  };
  /** The first message that came below what is in view, and was not yet looked at. */
  let unread: HTMLElement | undefined;
  const seen = (): void => {
    unread = undefined;
    newer.hidden = true;
  };
  const toEnd = (): void => {
    port().scrollTop = port().scrollHeight;
    seen();
  };
  const onScroll = (): void => {
    if (nearEnd()) seen();
  };
  scroller.addEventListener('scroll', onScroll);
  addEventListener('scroll', onScroll);
  /** Where that element begins below the upper edge of what is in view, pixels. */
  const below = (element: Element): number => {
    const edge = port() === scroller ? scroller.getBoundingClientRect().top : 0;
    return element.getBoundingClientRect().top - edge - 8;
  };
  newer.addEventListener('click', () => {
    if (unread?.isConnected) port().scrollTop += below(unread);
    else toEnd();
    seen();
    scroller.focus({ preventScroll: true });
  });

  /** Keeps the last thing the person said in view, so that a long answer is read from its beginning. */
  const follow = (added: HTMLElement, wasNear: boolean): void => {
    if (!wasNear) {
      unread ??= added;
      newer.hidden = false;
      return;
    }
    const said = list.querySelectorAll<HTMLElement>('li.me');
    const anchor = said[said.length - 1] ?? list.firstElementChild ?? added;
    const view = port();
    // What comes later, to who has read to the end, would lie out of view under what they said long ago.
    const far = below(added) - below(anchor) > view.clientHeight / 2;
    view.scrollTop += below(far ? added : anchor);
  };

  const add = (item: HTMLElement): void => {
    const wasNear = nearEnd() || !typingLine.hidden;
    list.append(item);
    follow(item, wasNear);
  };

  const clear = (): void => {
    list.replaceChildren();
    mine.clear();
  };

  const retire = (): void => {
    for (const old of list.querySelectorAll('.choices, .once')) old.remove();
  };

  /** Choices given before the person's last word belong to a question that is over. */
  const retireOlder = (): void => {
    const said = list.querySelectorAll('li.me');
    const last = said[said.length - 1];
    if (!last) return;
    for (const old of list.querySelectorAll('.choices, .once'))
      if (old.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_FOLLOWING) old.remove();
  };

  const tapped = (id: string, label: string, button: HTMLButtonElement, many: boolean): void => {
    if (!many) retire();
    else {
      button.setAttribute('aria-pressed', 'true');
      button.disabled = true;
    }
    choose(id, label);
    // The tapped button may be gone: the answer just given is the next place to read on from.
    const said = list.lastElementChild;
    if (said instanceof HTMLElement) said.focus({ preventScroll: true });
  };

  const choices = (reply: Reply): HTMLElement | undefined => {
    if (reply.choices.length === 0) return undefined;
    const buttons = reply.choices.map(({ id, label }) => {
      const button = el('button', { type: 'button', class: 'choice' }, label);
      button.addEventListener('click', () => tapped(id, label, button, reply.multi === true));
      return el('li', {}, button);
    });
    const hint = reply.multi ? el('p', { class: 'hint' }, labels().chooseMany) : undefined;
    return el('div', { class: 'choices' }, hint, el('ul', {}, ...buttons));
  };

  return {
    bot: (reply) => {
      const words = labels();
      retireOlder();
      const text = el('p', { class: 'text' }, reply.text);
      const links = renderLinks(reply.card ? otherLinks(reply.links, reply.card) : reply.links, words);
      const inside =
        reply.card !== undefined
          ? [renderCard(reply.card, words, (id, label, button) => tapped(id, label, button, false)), links]
          : reply.kind === 'floor'
            ? [el('h2', {}, words.floorTitle), links, text]
            : [text, links];
      const kind = reply.card ? 'card' : reply.kind;
      const bubble = el('div', { class: 'bubble', lang: reply.lang, dir: 'auto' }, ...inside);
      add(
        el('li', { class: `bot ${kind}` }, el('span', { class: 'hidden' }, `${words.bot}: `), bubble, choices(reply)),
      );
    },
    user: (id, text, waiting) => {
      if (mine.has(id)) return;
      const words = labels();
      const state = el('p', { class: 'state' }, waiting ? words.pending : '');
      const bubble = el('div', { class: 'bubble', dir: 'auto' }, el('p', { class: 'text' }, text));
      const item = el(
        'li',
        { class: 'me', tabindex: '-1' },
        el('span', { class: 'hidden' }, `${words.you}: `),
        bubble,
        state,
      );
      mine.set(id, item);
      list.append(item);
      toEnd();
    },
    settle: (id, problem = '') => {
      const state = mine.get(id)?.querySelector('.state');
      if (state) state.textContent = problem;
    },
    note: (text) => {
      retire();
      add(el('li', { class: 'note' }, el('p', {}, text)));
    },
    typing: (on) => {
      typingLine.hidden = !on;
      if (on) toEnd();
    },
    retire,
    clear,
    toEnd,
  };
}
