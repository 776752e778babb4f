// Plays the clock of one case: lets it do what is due, alarm by alarm, and keeps what it said to whom and when.
// Stores, channels and mails that travel are left to the tests that need them.
import assert from 'node:assert/strict';
import type { Reply } from '../../bot/message.ts';
import type { Calendar, Case, CaseLife, Desk, OutboxMail } from '../../bot/ports.ts';
import { newLife } from '../../bot/cases/life.ts';
import { tick } from '../../bot/cases/clock/tick.ts';
import { beginWork, finished } from '../../bot/cases/work.ts';
import type { CaseWork } from '../../bot/cases/work.ts';
import type { Environment } from '../../bot/talk.ts';
import type { ComuneId } from '../../flows/types.ts';
import { aCase } from '../store-samples.ts';
import { testEnvironment } from './environment.ts';

export interface Happened {
  at: Date;
  /** `desk: … aspetta una risposta`, `second: …`, `coordinator: …`, `person: …`: receiver and subject. */
  mails: string[];
  tells: Reply[];
  /** `reminded desk 2`. */
  trail: string[];
  outbox: OutboxMail[];
}

const COORDINATOR = { name: 'Coordinamento di prova', address: 'coordinamento@zona.example' };
/** The longest play: a case has an end. */
const MOST = 400;

/** As a test needs it: with a coordinator, and a calendar that remembers what it reckoned. */
export function clockEnvironment(changes: Partial<Environment> = {}): Environment {
  const env = testEnvironment({ coordinator: COORDINATOR, ...changes });
  return { ...env, calendar: remembering(env.calendar) };
}

function remembering(calendar: Calendar): Calendar {
  const opening = once((desk, comune, at) => calendar.opening(desk, comune, at));
  return {
    opening: (desk, comune, at) => opening(desk, comune, at, 0),
    slots: once((desk, comune, from, count) => calendar.slots(desk, comune, from, count)),
    afterWorkingDays: once((desk, comune, from, days) => calendar.afterWorkingDays(desk, comune, from, days)),
  };
}

/** Asked the same of the same desk at the same moment, the answer is the same. */
function once<T>(ask: (desk: Desk, comune: ComuneId, at: Date, count: number) => T): typeof ask {
  const known = new Map<string, T>();
  return (desk, comune, at, count) => {
    const key = `${desk.id} ${desk.hours?.value} ${at.getTime()} ${count}`;
    const found = known.get(key) ?? ask(desk, comune, at, count);
    known.set(key, found);
    return found;
  };
}

/** `2026-11-24 10:00` on Rome's clocks. */
export function rome(text: string): Date {
  const [day = '', time = ''] = text.split(' ');
  const inWinter = new Date(`${day}T${time}:00+01:00`);
  return shown(inWinter) === text ? inWinter : new Date(`${day}T${time}:00+02:00`);
}

const CLOCK = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'short' });

export function shown(at: Date): string {
  return CLOCK.format(at);
}

/** A case asked of Porcari's desk (Tuesday and Thursday, 9 to 12), with its alarm. */
export function asked(env: Environment, at: Date, changes: Partial<Case> = {}, life: Partial<CaseLife> = {}): Case {
  const base = { createdAt: at, requestedAt: at, state: 'delivered', life: { ...newLife(), ...life } } as const;
  return after(env, aCase({ ...base, ...changes }), at);
}

/** The case after a step, with its alarm; what the step caused is dropped. */
export function after(env: Environment, made: Case, at: Date, todo: (work: CaseWork) => void = () => {}): Case {
  const work = beginWork(env, made, at);
  todo(work);
  return theCase(finished(work).cases, made.id);
}

/** One look at the case. The next alarm is always later, or there is none. */
export function look(env: Environment, made: Case, at: Date): { made: Case; happened: Happened } {
  const work = beginWork(env, made, at);
  assert.equal(tick(work), true);
  const change = finished(work);
  const next = theCase(change.cases, made.id);
  assert.ok(next.dueAt === null || next.dueAt > at, `${next.state}: the alarm does not move on`);
  const desk = env.directory.desk(made.deskId);
  const receivers = new Map([
    [desk?.inbox?.address, 'desk'],
    [desk?.secondInbox?.address, 'second'],
    [env.coordinator?.address, 'coordinator'],
  ]);
  return {
    made: next,
    happened: {
      at,
      outbox: change.outbox,
      mails: change.outbox.map(({ kind, mail }) => {
        const to = receivers.get(mail.to[0]?.address) ?? 'person';
        return `${kind} to ${to}: ${mail.subject.replace('[Bussola] ', '').replace(`${made.code ?? ''} `, '')}`;
      }),
      tells: change.tells.map(({ reply }) => reply),
      trail: change.events.map(({ type, data }) => [type, ...Object.values(data ?? {})].join(' ')),
    },
  };
}

/** Every alarm until then. Looks that did nothing are left out. */
export function play(env: Environment, from: Case, until: Date): { made: Case; all: Happened[] } {
  const all: Happened[] = [];
  let made = from;
  for (let count = 0; made.dueAt && made.dueAt <= until; count += 1) {
    assert.ok(count < MOST, 'the alarm never ends');
    const looked = look(env, made, made.dueAt);
    made = looked.made;
    all.push(looked.happened);
  }
  return { made, all: all.filter(({ mails, tells, trail }) => mails.length + tells.length + trail.length > 0) };
}

/** `2026-12-01 12:00 reminded desk 2`, a line for each thing in the trail. */
export function trailOf(all: Happened[]): string[] {
  return all.flatMap(({ at, trail }) => trail.map((line) => `${shown(at)} ${line}`));
}

/** `2026-12-15 12:00 Nessuno ha ancora risposto …`: the first words of what the person was told. */
export function toldOf(all: Happened[]): string[] {
  return all.flatMap(({ at, tells }) => tells.map(({ text }) => `${shown(at)} ${text.split(/[.:\n]/)[0] ?? ''}`));
}

export function mailsOf(all: Happened[]): string[] {
  return all.flatMap(({ at, mails }) => mails.map((line) => `${shown(at)} ${line}`));
}

function theCase(cases: Case[], id: string): Case {
  return cases.find((one) => one.id === id) ?? assert.fail(`case ${id} is gone`);
}
