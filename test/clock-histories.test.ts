// Whatever happens to a case, in whatever order, and however late somebody looks: the alarm moves on, nobody is flooded,
// nobody is written to at night or after the end. Which rule does what is left to the other clock tests.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { alarmOf } from '../bot/cases/clock/alarm.ts';
import { lifeState } from '../bot/cases/life.ts';
import { beginWork, changeLife, finished, record, step } from '../bot/cases/work.ts';
import type { CaseWork } from '../bot/cases/work.ts';
import type { Appointment, Case, SafeRules } from '../bot/ports.ts';
import { CASE_STEPS, isOver } from '../flows/case.ts';
import type { CaseStep } from '../flows/case.ts';
import type { Urgency } from '../flows/types.ts';
import { aCase } from './store-samples.ts';
import { asked, clockEnvironment, look, rome, shown } from './support/clock-play.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Nobody is told more than this by time alone in seven days, whatever desk and person do. */
const MOST_A_WEEK = 4;
const DESKS = [
  { comune: 'montecarlo', deskId: 'montecarlo-servizi-sociali' },
  { comune: 'porcari', deskId: 'porcari-segretariato' },
  { comune: 'villa_basilica', deskId: 'villa-basilica-servizi-sociali' },
] as const;

interface Moment {
  /** Hours until then. */
  hours: number;
  what: CaseStep | 'lose_note' | 'nothing';
  /** Hours from then to the time that is proposed. */
  ahead: number;
  /** How many hours late the clock looks meanwhile: 0 as it should, more after a standstill. */
  late: number;
}

interface Told {
  at: Date;
  text: string;
}

interface Played {
  told: Told[];
  /** What the clock did of a case that was over. */
  afterEnd: string[];
  made: Case;
}

const moments = fc.array(
  fc.record({
    hours: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 1500 })),
    what: fc.constantFrom(...CASE_STEPS, 'lose_note' as const, 'nothing' as const),
    ahead: fc.integer({ min: 1, max: 500 }),
    late: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 800 }) },
    ),
  }),
  { minLength: 1, maxLength: 12 },
);
const rules = fc.constantFrom<(SafeRules | undefined)[]>(
  undefined,
  undefined,
  { silent: true },
  { neverDays: [6, 0] },
  { hours: [{ from: 17 * 60, to: 19 * 60 }] },
  { neverDays: [1, 2, 3], hours: [{ from: 9 * 60, to: 10 * 60 }], noMail: true },
);
const history = fc.record({
  start: fc.integer({ min: 0, max: 365 * 24 * 60 }).map((minutes) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000)),
  desk: fc.constantFrom(...DESKS),
  urgency: fc.constantFrom<Urgency[]>('none', 'urgent', 'emergency'),
  rules,
  checks: fc.boolean(),
  moments,
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

describe('the clock, whatever happens to a case', () => {
  const env = clockEnvironment();
  /** Every property is asked of the same histories. */
  const known = new Map<string, Played>();

  function begin({ start, desk, urgency, rules, checks }: History): Case {
    const details = {
      ...aCase().details,
      needs: [{ area: 'economic', need: 'bills', urgency } as const],
      safe: { anyTime: rules === undefined, copyByMail: true, ...(rules ? { rules } : {}) },
    };
    const from = start.toISOString();
    return asked(
      env,
      start,
      { ...desk, details, state: 'requested' },
      checks ? { checks: { from, asked: [], answers: [] } } : {},
    );
  }

  /** Plays all of it; what the clock told the person, and where the case ended. */
  function run(given: History): Played {
    const key = JSON.stringify(given);
    const played = known.get(key) ?? playAll(given);
    known.set(key, played);
    return played;
  }

  function playAll(given: History): Played {
    let made = begin(given);
    let now = given.start;
    const told: Told[] = [];
    const afterEnd: string[] = [];
    const looks = (until: Date, late: number): void => {
      for (let due = made.dueAt; due && due.getTime() + late * HOUR <= until.getTime(); due = made.dueAt) {
        // Only what is due is looked at, and never before the last thing that happened.
        const at = new Date(Math.max(due.getTime() + late * HOUR, now.getTime()));
        const looked = look(env, made, at);
        const { tells, trail, mails } = looked.happened;
        told.push(...tells.map(({ text }) => ({ at, text })));
        if (over(made.state)) afterEnd.push(...trail, ...mails);
        [made, now] = [looked.made, at];
      }
    };
    for (const { hours, what, ahead, late } of given.moments) {
      const next = new Date(now.getTime() + hours * HOUR);
      looks(next, late);
      now = new Date(Math.max(next.getTime(), now.getTime()));
      made = happens(made, now, what, ahead);
    }
    looks(new Date(now.getTime() + 500 * DAY), 0);
    return { told, afterEnd, made };
  }

  function happens(made: Case, at: Date, what: Moment['what'], ahead: number): Case {
    const work = beginWork(env, made, at);
    if (what === 'lose_note') changeLife(work, { lost: ['note'] });
    else if (what !== 'nothing' && step(work, what)) caused(work, what, ahead);
    return finished(work).cases.at(-1) ?? made;
  }

  function caused(work: CaseWork, what: CaseStep, ahead: number): void {
    const { appointment } = work.made.life;
    if (what === 'fail') changeLife(work, { lost: ['request'] });
    if (what === 'reopen') changeLife(work, { since: work.at.toISOString(), reminded: [] });
    if (what === 'propose' || what === 'settle') {
      const start = work.at.getTime() + ahead * HOUR;
      const sequence = (appointment?.sequence ?? 0) + 1;
      const state = what === 'settle' ? 'confirmed' : 'proposed';
      const span = { start: new Date(start).toISOString(), end: new Date(start + HOUR / 2).toISOString() };
      const next: Appointment = { ...span, how: 'office', sequence, state, reminded: [] };
      changeLife(work, { appointment: next });
      record(work, 'proposed', 'desk');
    }
    if (what === 'accept' && appointment) changeLife(work, { appointment: { ...appointment, state: 'confirmed' } });
  }

  const over = (state: Case['state']): boolean => isOver(lifeState(state) ?? assert.fail(state));
  const holds = (property: (given: History) => void): void =>
    fc.assert(fc.property(history, property), { numRuns: 80, seed: 20_261_124 });

  it('does all that is due at once, and is then due later, or never', () => {
    // `look` itself asserts that the alarm moves on; here that every case comes to rest.
    holds((given) => {
      const { made } = run(given);
      assert.equal(made.dueAt, null, made.state);
      assert.ok(over(made.state), made.state);
    });
  });

  it('tells a person little in a week, by day, on the days and hours they wished', () => {
    holds((given) => {
      const { told } = run(given);
      for (const { at, text } of told) {
        const [, time = ''] = shown(at).split(' ');
        assert.ok(time >= '08:00' && time <= '20:30', `${shown(at)} ${text}`);
        assert.ok(!given.rules?.silent, text);
        assert.ok(
          !given.rules?.neverDays?.includes(new Date(`${shown(at).slice(0, 10)}T00:00:00Z`).getUTCDay()),
          shown(at),
        );
        if (given.rules?.hours) assert.ok(time >= '09:00' && time <= '19:00', shown(at));
      }
      // Each step of desk or person may be followed by words of its own: they are counted where nothing was done.
      if (given.moments.every(({ what }) => what === 'nothing' || what === 'sent' || what === 'fail'))
        for (const { at } of told) {
          const week = told.filter((other) => other.at >= at && other.at.getTime() < at.getTime() + 7 * DAY);
          assert.ok(week.length <= MOST_A_WEEK, JSON.stringify(week));
        }
    });
  });

  it('never tells the same twice in a day, whatever desk and person do', () => {
    holds((given) => {
      const { told } = run(given);
      const lines = told.map(({ at, text }) => `${shown(at).slice(0, 10)} ${text}`);
      assert.equal(new Set(lines).size, lines.length, lines.join('\n'));
    });
  });

  it('of a case that is over only asks how it went, or says that a last mail never arrived', () => {
    const fine =
      /^check_asked|^person to person|^escalated coordinator$|^alert to coordinator: e-mail tornata indietro( – URGENTE)?$/;
    holds((given) =>
      assert.deepEqual(
        run(given).afterEnd.filter((line) => !fine.test(line)),
        [],
      ),
    );
  });

  it('is the same, looked at once or twice at the same moment', () => {
    holds((given) => {
      const made = begin(given);
      const at = new Date(given.start.getTime() + (given.moments[0]?.hours ?? 0) * HOUR);
      const once = look(env, made, at).made;
      const twice = look(env, once, at);
      assert.deepEqual(twice.made, once);
      assert.deepEqual([twice.happened.mails, twice.happened.tells, twice.happened.trail], [[], [], []]);
      assert.deepEqual(alarmOf(env, once, at), once.dueAt);
    });
  });

  it('has one alarm, and it is the case’s own: reckoned anew it is the same', () => {
    const made = asked(env, rome('2026-09-14 10:00'));
    assert.deepEqual(alarmOf(env, made, rome('2026-09-15 10:00')), made.dueAt);
  });
});
