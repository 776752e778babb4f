// Tells that an answer is late: only of a message that the server has, and that nobody has answered.
// The words, and whether there is something truer to say, are left to chat.ts.

const LATE = 12_000;

export interface Late {
  /** The server has that message. */
  sent(id: string): void;
  /** The log tells that message of the person. */
  said(id: string): void;
  /** The log tells an answer. */
  answered(): void;
}

export function createLate(tell: () => void): Late {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = '';
  /** The last message that has an answer behind it. The log may be faster than the word that a message arrived. */
  let done = '';
  return {
    sent: (id) => {
      clearTimeout(timer);
      if (id !== done) timer = setTimeout(tell, LATE);
    },
    said: (id) => {
      told = id;
    },
    answered: () => {
      done = told;
      clearTimeout(timer);
    },
  };
}
