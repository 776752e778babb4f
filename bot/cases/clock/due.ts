// What may be due in the life of a case, one thing each: its name, its moment, what is done, and until when it makes sense.
// Which of them a case has is left to the plans, doing them to acts.ts.

/**
 * To the desk: `remind`, `unanswered`, `expired`, `ask_met`, and `second` to its second inbox; `alert` to the coordinator.
 * To the person: all others; `expire` and `end` close the case as well.
 */
export type Act =
  | 'remind'
  | 'unanswered'
  | 'ask_met'
  | 'second'
  | 'alert'
  | 'lost'
  | 'limit'
  | 'quiet'
  | 'quiet_moved'
  | 'answer_time'
  | 'answer_forward'
  | 'two_days'
  | 'morning'
  | 'check'
  | 'expire'
  | 'end';

/** Only one thing of a kind is done at a time, the latest that still makes sense. */
export type Audience = 'desk' | 'second' | 'coordinator' | 'person';

export interface Due {
  /** Kept in `life.clock.done` once done: once in a stretch of the life. */
  id: string;
  act: Act;
  at: () => Date;
  /** From then on it is not worth doing. */
  until?: Date;
  /** It must happen, also where the person may not be written to: they read it when they come. */
  must?: true;
  /** For the trail: working days that have passed, or the day of a check-in. */
  after?: number;
}

/** In order: nothing in a line is due before what stands before it. */
export type Line = Iterable<Due>;

const AUDIENCES: Partial<Record<Act, Audience>> = {
  remind: 'desk',
  unanswered: 'desk',
  ask_met: 'desk',
  second: 'second',
  alert: 'coordinator',
};

export function audienceOf({ act }: Due): Audience {
  return AUDIENCES[act] ?? 'person';
}

/** For the trail. */
export function passed({ after }: Due): { after?: number } {
  return after === undefined ? {} : { after };
}
