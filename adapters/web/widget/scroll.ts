// What of the talk is in view: follows what is new where the person has read to the end, and else says that there is more.
// What is put in the list is left to transcript.ts.

interface Parts {
  list: HTMLElement;
  scroller: HTMLElement;
  newer: HTMLButtonElement;
}

export interface Scroll {
  nearEnd(): boolean;
  toEnd(): void;
  /** Brings what was added into view, where the reader `wasNear` the end before it came. */
  follow(added: HTMLElement, wasNear: boolean): void;
  /** What is being read stays in view while `change` makes everything larger or smaller. */
  hold(change: () => void): void;
}

const NEAR = 120;

export function createScroll({ list, scroller, newer }: Parts): Scroll {
  /** On low screens the whole page scrolls instead of the list (conditions.css). */
  const low = matchMedia('(max-height: 420px)');
  const port = (): Element => (low.matches ? document.documentElement : scroller);
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

  const reading = (): Element | undefined =>
    [...list.children].find((one) => below(one) + one.getBoundingClientRect().height > 0);

  return {
    nearEnd,
    toEnd,
    hold: (change) => {
      if (nearEnd()) {
        change();
        return toEnd();
      }
      const anchor = reading();
      const before = anchor ? below(anchor) : 0;
      change();
      if (anchor) port().scrollTop += below(anchor) - before;
    },
    // Keeps the last thing the person said in view, so that a long answer is read from its beginning.
    follow: (added, wasNear) => {
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
    },
  };
}
