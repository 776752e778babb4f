// When things were said: a divider where a day begins, the hour where it helps, both as the page's language writes them.
// Where they stand in the talk is left to transcript.ts.
import { el } from './dom.ts';

const DAY = 86_400_000;
/** Minutes of silence after which a message of the bot tells its hour. */
const SILENCE = 5 * 60_000;
/** The class of a message that no log tells yet. Such stay last. */
export const WAITS = 'waits';

/** Where in the list what the log tells goes. */
export const firstWaiting = (list: HTMLElement): Element | null => list.querySelector(`:scope > .${WAITS}`);

export interface Days {
  /**
   * To be called with each message that the log tells, in order, before it is put in the list. Gives the time to show:
   * never before the message above, nor in the future, for a telephone's clock and the server's may be far apart.
   */
  begin(at: Date): Date;
  hour(at: Date): HTMLTimeElement;
  /** The hour, where the talk had paused before it or nobody had asked for it. */
  hourAfterPause(at: Date, always: boolean): HTMLTimeElement | undefined;
  /** The list is empty again. */
  clear(): void;
}

const dayOf = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

export function createDays(list: HTMLElement, language: () => string): Days {
  let last: Date | undefined;
  let marks: { day: number; mark: HTMLElement }[] = [];
  let pause = 0;
  let made: { language: string; format: Intl.DateTimeFormat } | undefined;

  /** Slow to make: once for a language, and only when an hour is shown. */
  const hours = (): Intl.DateTimeFormat => {
    if (made?.language !== language())
      made = {
        language: language(),
        format: new Intl.DateTimeFormat(language(), { hour: 'numeric', minute: '2-digit' }),
      };
    return made.format;
  };
  const name = (day: number): string => {
    // A day with a change of the clock has not 24 hours.
    const ago = Math.round((dayOf(new Date()) - day) / DAY);
    if (ago < 2) return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(-ago, 'day');
    return new Intl.DateTimeFormat(language(), { weekday: 'long', day: 'numeric', month: 'long' }).format(day);
  };
  const mark = (day: number): HTMLElement => {
    const line = el('li', { class: 'day' });
    marks.push({ day, mark: line });
    return line;
  };
  const hour = (at: Date): HTMLTimeElement => el('time', { datetime: at.toISOString() }, hours().format(at));

  return {
    begin: (told) => {
      const at = new Date(Math.max(last?.getTime() ?? 0, Math.min(told.getTime(), Date.now())));
      const day = dayOf(at);
      const before = last && dayOf(last);
      pause = last ? at.getTime() - last.getTime() : 0;
      last = at;
      // A talk that is all of today needs nobody to say so.
      if (before === day || (before === undefined && day === dayOf(new Date()))) return at;
      if (before !== undefined && marks.length === 0) list.prepend(mark(before));
      list.insertBefore(mark(day), firstWaiting(list));
      for (const each of marks) each.mark.textContent = name(each.day);
      return at;
    },
    hour,
    hourAfterPause: (at, always) => (always || pause > SILENCE ? hour(at) : undefined),
    clear: () => {
      last = undefined;
      marks = [];
    },
  };
}
