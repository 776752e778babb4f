// Three presses of Esc on the page around the chat: what it shows goes at once, the frame erases what it holds, then the page is left.
// What Esc does to the panel is left to loader.ts.
import { blank, createEscapes, EXIT_URL } from './exit.ts';

/** The frame erases what it holds in far less; a frame that never loaded does not answer. */
const ERASING = 300;

export interface WayOut {
  /** One press of Esc; `counts`: the chat is open. */
  press(counts: boolean): void;
  /** Leaves at once. */
  go(): void;
}

/** `erase` tells the frame, which alone can erase what it remembers. */
export function createWayOut(erase: () => void): WayOut {
  const escaped = createEscapes();
  const go = (): void => {
    blank();
    location.replace(EXIT_URL);
  };
  const press = (counts: boolean): void => {
    if (!escaped(counts)) return;
    blank();
    erase();
    setTimeout(go, ERASING);
  };
  return { press, go };
}
