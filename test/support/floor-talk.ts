// Talks with the real conversation over a real store, message by message, at every hour, as everybody.
// What is expected of the answers is left to the tests of the floor.
import assert from 'node:assert/strict';
import type { Core } from '../../bot/core.ts';
import type { Incoming, Reply } from '../../bot/message.ts';

export interface FloorTalk {
  start(): Promise<Reply[]>;
  say(text: string, more?: Partial<Incoming>): Promise<Reply[]>;
  /** Taps the button of that id; it must be on offer. */
  tap(id: string): Promise<Reply[]>;
  /** Sends the id of a button whether it is on offer or not. */
  forge(id: string): Promise<Reply[]>;
}

let talks = 0;

export function floorTalk(core: Core, more: Partial<Incoming> = {}): FloorTalk {
  talks += 1;
  let count = 0;
  let offered: string[] = [];
  const base = { channel: 'web', conversationId: `floor-${talks}`, ...more } as const;
  const turn = async (part: Partial<Incoming>): Promise<Reply[]> => {
    count += 1;
    const activities = await core.turn({ ...base, messageId: `m${count}`, kind: 'message', text: '', ...part });
    const replies = activities.flatMap((activity) => (activity.from === 'bot' ? [activity.reply] : []));
    offered = replies.at(-1)?.choices.map(({ id }) => id) ?? [];
    return replies;
  };
  return {
    start: () => turn({ kind: 'start' }),
    say: (text, part = {}) => turn({ text, ...part }),
    forge: (choice) => turn({ choice }),
    tap: (choice) => {
      assert.ok(offered.includes(choice), `${choice} is not among ${offered.join(', ')}`);
      return turn({ choice });
    },
  };
}

export const textOf = (replies: Reply[]): string => replies.map(({ text }) => text).join('\n');
export const idsOf = (replies: Reply[]): string[] => replies.at(-1)?.choices.map(({ id }) => id) ?? [];

/** The whole answer of the floor: numbers in lines, not the one-line reminder. */
export function numbersShown(replies: Reply[]): boolean {
  return replies.some(({ kind, text, choices }) => kind === 'floor' && text.includes('112') && choices.length > 0);
}

/** The line with the numbers before another answer: the danger is still open. */
export function reminded(replies: Reply[]): boolean {
  return replies[0]?.kind === 'floor';
}
