// The list of messages, in order, each once. Arrivals never move the focus.
// How a message looks is left to bubble.ts, what is in view to scroll.ts, where messages come from to chat.ts.
import type { Reply } from '../../../bot/message.ts';
import { botItem, ownItem } from './bubble.ts';
import { createDays, firstWaiting, WAITS } from './days.ts';
import { el } from './dom.ts';
import type { Labels } from './labels.ts';
import { createPace } from './pace.ts';
import { createScroll } from './scroll.ts';

export interface Transcript {
  /** `fresh`: it arrives now, so it may take a moment as if written. */
  bot(reply: Reply, at: Date, fresh: boolean): void;
  /** A message of the person; `waiting` until the server has it. Once only for each id. */
  user(id: string, text: string, at: Date, waiting: boolean): void;
  settle(id: string, problem?: string): void;
  /** A line that nobody said. */
  note(text: string): void;
  typing(on: boolean): void;
  /** The labels are others now: what was said in their language takes them up. */
  relabel(): void;
  /** Takes away the choices offered so far. */
  retire(): void;
  /** What is being read stays in view while `change` makes everything larger or smaller. */
  hold(change: () => void): void;
}

interface Parts {
  list: HTMLElement;
  scroller: HTMLElement;
  typingLine: HTMLElement;
  newer: HTMLButtonElement;
  labels: () => Labels;
  language: () => string;
  /** Nobody is said to be writing where nothing can arrive. */
  online: () => boolean;
  choose(id: string, label: string): void;
  tell(text: string, lang: string): void;
}

/** A bubble of the bot, and how to make it anew in other labels than it was made in. */
interface Said {
  item: HTMLElement;
  make(): HTMLElement;
  lang: string;
  labels: Labels;
}

export function createTranscript(parts: Parts): Transcript {
  const { list, typingLine, labels, choose, tell } = parts;
  const mine = new Map<string, HTMLElement>();
  /** Told once in large: a talk about a request names it often. */
  const codes = new Set<string>();
  const said: Said[] = [];
  const days = createDays(list, parts.language);
  const scroll = createScroll(parts);

  const typing = (wanted: boolean): void => {
    const on = wanted && parts.online();
    if (typingLine.hidden === !on) return;
    // Who reads further up is not pulled away by something that is on its way.
    const follows = on && scroll.nearEnd();
    typingLine.hidden = !on;
    if (follows) scroll.toEnd();
  };
  const pace = createPace(typing);

  const add = (item: HTMLElement): void => {
    // The first of all is in view as it comes: nothing is measured for it.
    const first = list.childElementCount === 0;
    const wasNear = first || scroll.nearEnd();
    list.insertBefore(item, firstWaiting(list));
    if (!first) scroll.follow(item, wasNear);
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

  const showBot = (reply: Reply, at: Date): void => {
    if (reply.erased) {
      list.replaceChildren();
      mine.clear();
      codes.clear();
      said.length = 0;
      days.clear();
    }
    retireOlder();
    const shown = days.begin(at);
    const hour = days.hourAfterPause(shown, reply.told === true);
    const code = reply.case && !codes.has(reply.case) && reply.text.includes(reply.case) ? reply.case : undefined;
    if (code !== undefined) codes.add(code);
    const make = (): HTMLElement => botItem(reply, labels(), { hour, code }, { tapped, tell });
    const item = make();
    said.push({ item, make, lang: reply.lang, labels: labels() });
    add(item);
  };

  /** A bubble in a language whose words came after it. */
  const relabel = (): void => {
    for (const one of said) {
      if (one.lang !== parts.language() || one.labels === labels()) continue;
      if (!one.item.isConnected || one.item.contains(document.activeElement)) continue;
      const choosable = one.item.querySelector('.choices') !== null;
      const made = one.make();
      if (!choosable) made.querySelector('.choices')?.remove();
      one.item.replaceWith(made);
      Object.assign(one, { item: made, labels: labels() });
    }
    retireOlder();
  };

  /** The log tells it: it stands behind what the log told before, at the time that the log knows. */
  const toItsPlace = (item: HTMLElement, at: Date): void => {
    item.querySelector('time')?.replaceWith(days.hour(days.begin(at)));
    item.classList.remove(WAITS);
    const next = firstWaiting(list);
    if (item.nextElementSibling === next) return;
    const focused = item === document.activeElement;
    list.insertBefore(item, next);
    if (focused) item.focus({ preventScroll: true });
  };

  return {
    // The greeting opens the talk at once; numbers to call in danger wait for nothing.
    bot: (reply, at, fresh) =>
      pace.add(
        () => showBot(reply, at),
        reply.text.length,
        !fresh || reply.kind === 'floor' || list.childElementCount === 0,
      ),
    user: (id, text, at, waiting) => {
      pace.flush();
      const known = mine.get(id);
      if (known) return waiting ? undefined : toItsPlace(known, at);
      // What waits is in no log yet: its time says nothing of those around it.
      const item = ownItem(text, labels(), days.hour(waiting ? at : days.begin(at)), waiting);
      mine.set(id, item);
      item.classList.toggle(WAITS, waiting);
      list.insertBefore(item, waiting ? null : firstWaiting(list));
      scroll.toEnd();
    },
    settle: (id, problem = '') => {
      const item = mine.get(id);
      const state = item?.querySelector('.state');
      if (state) state.textContent = problem;
      // Refused, it will never be told: it stays where it was written.
      if (problem !== '') item?.classList.remove(WAITS);
    },
    note: (text) => {
      pace.flush();
      retire();
      add(el('li', { class: 'note' }, el('p', {}, text)));
    },
    typing,
    relabel,
    retire,
    hold: scroll.hold,
  };
}
