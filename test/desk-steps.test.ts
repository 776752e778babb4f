// What operators do, as steps on one case: what changes, what the trail says, what the person hears, which mails leave.
// The page with its links and digits is left to desk-case.test.ts, which step may follow which to case-machine.test.ts.
import assert from 'node:assert/strict';
import { deskTimes, isClosed, typedTime, wishedTimes } from '../adapters/web/desk/case/times.ts';
import { targetsOf } from '../adapters/web/desk/case/targets.ts';
import { newLife } from '../bot/cases/life.ts';
import {
  askForward,
  close,
  confirmPreferred,
  forward,
  notMet,
  propose,
  refuse,
  take,
  write,
} from '../bot/cases/desk-steps.ts';
import { beginWork } from '../bot/cases/work.ts';
import type { CaseWork } from '../bot/cases/work.ts';
import type { Case, CaseDetails } from '../bot/ports.ts';
import { aCase } from './store-samples.ts';
import { testEnvironment } from './support/environment.ts';
import { rome } from './support/fresh.ts';

const env = testEnvironment();
const NOW = rome('2026-11-23T10:00');
const TIME = { start: rome('2026-11-26T09:30'), end: rome('2026-11-26T10:00'), how: 'office' as const };
const MAIL: NonNullable<CaseDetails['contact']> = {
  kind: 'email',
  value: 'persona@prova.example',
  shown: 'persona@prova.example',
};

function work(changes: Partial<Case> = {}, details: Partial<CaseDetails> = {}): CaseWork {
  const base = aCase({ state: 'delivered', ...changes });
  return beginWork(env, { ...base, details: { ...base.details, contact: MAIL, ...details } }, NOW);
}

const told = ({ change }: CaseWork): string[] => change.tells.map(({ reply }) => reply.text);
const buttons = ({ change }: CaseWork): string[] =>
  change.tells.flatMap(({ reply }) => reply.choices.map(({ id }) => id));
const trail = ({ change }: CaseWork): string[] => change.events.map(({ type }) => type);
const kinds = ({ change }: CaseWork): string[] =>
  change.outbox.map(({ kind, mail }) => `${kind} ${mail.to[0]?.address ?? ''}`);

describe('what desks do', () => {
  it('taking it in charge is told once, whichever step came first', () => {
    const taken = work();
    assert.equal(take(taken, 'Anna'), true);
    assert.equal(take(taken, 'Bruno'), false);
    assert.equal(taken.made.life.takenBy, 'Anna');
    assert.deepEqual(kinds(taken), ['person persona@prova.example']);
    const wrote = work();
    write(wrote, 'Bruno', 'Buongiorno');
    assert.deepEqual(
      [wrote.made.state, wrote.made.life.takenBy, trail(wrote)],
      ['taken', 'Bruno', ['taken', 'desk_wrote']],
    );
    assert.deepEqual(buttons(wrote), ['case.answer.prc-7f3k2.1']);
  });

  describe('to a request of which several desks have a part', () => {
    const other = (deskId: string, changes: Partial<Case> = {}): Case =>
      aCase({ id: 'case-2', part: 2, deskId, ...changes });
    const partOf = (others: Case[], changes: Partial<Case> = {}, details: Partial<CaseDetails> = {}): CaseWork => {
      const { made } = work(changes, details);
      return beginWork(env, made, NOW, [made, ...others]);
    };
    const own = env.directory.desk('porcari-segretariato') ?? assert.fail('no desk');

    it('is said with its name, where the name tells nobody why one goes there', () => {
      const named = partOf([other('lucca-ufficio-casa')]);
      write(named, 'Anna', 'Buongiorno');
      assert.ok(told(named)[0]?.includes(`PRC-7F3K2 (a: ${own.name})`), told(named)[0]);
      const needs = [{ area: 'relational', need: 'violence', urgency: 'none' } as const];
      for (const one of [
        partOf([other('lucca-ufficio-casa', { state: 'forwarded' })]),
        partOf([other('lucca-ufficio-casa', { code: 'PRC-22222' })]),
        partOf([other('lucca-ufficio-casa')], {}, { needs }),
      ]) {
        take(one, 'Anna');
        assert.ok(
          told(one).every((text) => !text.includes(own.name)),
          told(one).join(),
        );
      }
    });

    it('refused, sends nobody to a desk that has another part already', () => {
      const alone = partOf([], { deskId: 'lucca-ufficio-casa' });
      refuse(alone, 'Anna', 'not_competent', '');
      assert.ok(told(alone)[0]?.includes(own.name));
      const asked = partOf([other(own.id)], { deskId: 'lucca-ufficio-casa' });
      refuse(asked, 'Anna', 'not_competent', '');
      assert.ok(!told(asked)[0]?.includes(own.name), told(asked)[0]);
      assert.ok(told(asked)[0]?.includes(env.directory.comune('porcari').switchboard.value.shown));
    });
  });

  it('a time has two buttons of its own sequence; one that was agreed is moved', () => {
    const one = work();
    assert.equal(propose(one, 'Anna', TIME), true);
    assert.deepEqual(buttons(one), ['case.accept.prc-7f3k2.1.1', 'case.decline.prc-7f3k2.1.1']);
    assert.match(told(one)[0] ?? '', /giovedì 26 novembre 2026, dalle 09:30 alle 10:00, allo sportello/);
    const appointment = { ...TIME, start: TIME.start.toISOString(), end: TIME.end.toISOString() };
    const agreed = work({
      state: 'confirmed',
      life: { ...newLife(), appointment: { ...appointment, sequence: 3, state: 'confirmed', reminded: ['two_days'] } },
    });
    propose(agreed, 'Anna', { ...TIME, start: rome('2026-11-26T09:00') });
    assert.deepEqual(buttons(agreed), ['case.accept.prc-7f3k2.1.4', 'case.decline.prc-7f3k2.1.4']);
    assert.deepEqual([trail(agreed).at(-1), agreed.made.life.appointment?.reminded], ['moved', []]);
    assert.match(told(agreed)[0] ?? '', /deve cambiare/);
  });

  it('a time that is past, empty, or not one of theirs is no time', () => {
    assert.equal(propose(work(), 'Anna', { ...TIME, start: NOW }), false);
    assert.equal(propose(work(), 'Anna', { ...TIME, end: TIME.start }), false);
    assert.equal(confirmPreferred(work(), 'Anna', TIME), false);
    const late = work(
      {},
      { preferred: [{ start: rome('2026-11-19T09:00').toISOString(), end: rome('2026-11-19T12:00').toISOString() }] },
    );
    assert.equal(
      confirmPreferred(late, 'Anna', { ...TIME, start: rome('2026-11-19T09:00'), end: rome('2026-11-19T09:30') }),
      false,
    );
    assert.equal(late.change.events.length, 0);
  });

  it('one of their own times is agreed at once: both calendars get it', () => {
    const own = work(
      {},
      { preferred: [{ start: rome('2026-11-26T09:00').toISOString(), end: rome('2026-11-26T12:00').toISOString() }] },
    );
    assert.equal(confirmPreferred(own, 'Anna', TIME), true);
    assert.deepEqual(kinds(own), ['person persona@prova.example', 'note sportellosociale@comune.porcari.lu.it']);
    assert.ok(own.change.outbox.every(({ mail }) => mail.ics !== undefined));
  });

  it('an ending takes an agreed time out of both calendars and says whom to call', () => {
    const appointment = { ...TIME, start: TIME.start.toISOString(), end: TIME.end.toISOString() };
    const agreed = work({
      state: 'confirmed',
      life: { ...newLife(), appointment: { ...appointment, sequence: 1, state: 'confirmed', reminded: [] } },
    });
    assert.equal(notMet(agreed, 'Anna'), false, 'it has not been yet');
    assert.equal(refuse(agreed, 'Anna', 'not_resident', ''), true);
    assert.equal(agreed.made.life.appointment?.state, 'cancelled');
    const cancelled = agreed.change.outbox.filter(({ mail }) => mail.ics?.method === 'CANCEL');
    assert.equal(cancelled.length, 2);
    assert.deepEqual(agreed.change.cancelMails, ['case-1']);
    assert.match(told(agreed).at(-1) ?? '', /0583 \d+/);
    assert.equal(agreed.change.tells.at(-1)?.reply.links[0]?.url.startsWith('tel:'), true);
    const closed = work({ state: 'taken' });
    assert.equal(close(closed, 'Anna', 'not_reached'), true);
    assert.match(told(closed)[0] ?? '', /senza riuscirci/);
  });

  it('says no more than codes in the trail', () => {
    const one = work();
    write(one, 'Anna', 'Porti il foglio dello sfratto');
    refuse(one, 'Anna', 'other', 'Chieda alla signora Bianchi');
    const said = JSON.stringify(one.change.events);
    assert.doesNotMatch(said, /sfratto|Bianchi|Esempio|prova\.example/);
  });

  describe('passing it on', () => {
    const TO = 'altopascio-ufficio-sociale';

    it('asks the person with two buttons, and lets no notification show to whom', () => {
      const plain = work();
      assert.equal(askForward(plain, 'Anna', 'altopascio-ufficio-sociale'), true);
      assert.deepEqual(buttons(plain), ['case.forward_yes.prc-7f3k2.1', 'case.forward_no.prc-7f3k2.1']);
      assert.match(told(plain)[0] ?? '', /Altopascio/);
      const telling = work({ channel: 'telegram' });
      askForward(telling, 'Anna', 'cav-luna');
      assert.doesNotMatch(told(telling)[0] ?? '', /Luna|violenza/i);
    });

    it('goes nowhere without a mail of somebody else’s', () => {
      assert.equal(askForward(work(), 'Anna', 'porcari-segretariato'), false);
      assert.equal(forward(work(), 'Anna', 'no-such-desk', []), false);
      const ids = targetsOf(env.directory, aCase()).map(({ id }) => id);
      assert.ok(ids.includes('cav-luna') && ids.includes('altopascio-ufficio-sociale'));
      assert.ok(!ids.includes('porcari-segretariato') && !ids.includes('porcari-punto-insieme'), 'the same inbox');
      assert.ok(!ids.includes('lucca-ufficio-casa'), 'another comune’s own affair');
    });

    it('makes a case of the other desk’s own, with the check-ins and the next part', () => {
      const checks = { from: NOW.toISOString(), asked: [], answers: [] };
      const one = work({ life: { ...newLife(), checks, mayForward: true } });
      assert.equal(forward(one, 'Anna', TO, [one.made, aCase({ id: 'case-2', part: 2 })]), true);
      const [next] = one.change.cases;
      assert.deepEqual([next?.part, next?.code, next?.version, next?.comune], [3, 'PRC-7F3K2', 0, 'porcari']);
      assert.deepEqual([next?.life.checks, one.made.life.checks], [checks, undefined]);
      assert.deepEqual([next?.life.mayForward, next?.life.since], [undefined, NOW.toISOString()]);
      assert.equal(one.change.outbox.filter(({ kind, caseId }) => kind === 'request' && caseId === next?.id).length, 1);
      assert.deepEqual(
        one.change.events.map(({ caseId, type, by }) => [caseId, type, by]),
        [
          ['case-1', 'forwarded', 'desk'],
          [next?.id, 'requested', 'desk'],
        ],
      );
    });

    it('is not told to who has just said yes', () => {
      const one = work({ state: 'forward_asked', life: { ...newLife(), forwardTo: TO } });
      assert.equal(forward(one, '', TO, [one.made], 'person'), true);
      assert.deepEqual(told(one), []);
      assert.deepEqual(one.change.events[0]?.data, { desk: TO });
    });
  });
});

describe('the times on offer', () => {
  it('are half hours of the desk’s next openings, holidays left out', () => {
    const days = deskTimes(env, aCase(), rome('2026-12-23T10:00')).map(({ start }) => start.toISOString().slice(0, 13));
    assert.equal(days[0], '2026-12-24T08');
    assert.ok(days.every((day) => !day.startsWith('2026-12-25') && !day.startsWith('2026-12-26')));
    assert.equal(new Set(days.map((day) => day.slice(0, 10))).size, 4);
  });

  it('end with the person’s own, and never begin before now', () => {
    const preferred = [{ start: rome('2026-11-24T09:00').toISOString(), end: rome('2026-11-24T10:10').toISOString() }];
    const made = aCase({ details: { ...aCase().details, preferred } });
    const times = wishedTimes(made, rome('2026-11-24T09:10'));
    assert.deepEqual(times, [{ start: rome('2026-11-24T09:30'), end: rome('2026-11-24T10:00') }]);
  });

  it('typed by hand are Rome’s, also where the clocks change', () => {
    assert.equal(typedTime('2027-03-29', '09:00')?.start.toISOString(), '2027-03-29T07:00:00.000Z');
    assert.equal(typedTime('2026-10-26', '09:00')?.start.toISOString(), '2026-10-26T08:00:00.000Z');
    for (const [day, time] of [
      ['2026-02-31', '09:00'],
      ['2027-03-28', '02:30'],
      ['26-11-24', '09:00'],
      ['2026-11-24', '25:00'],
      ['', ''],
    ] as const)
      assert.equal(typedTime(day, time), undefined, `${day} ${time}`);
  });

  it('are known to be closed on a holiday and past the last hour', () => {
    const at = (day: string, time: string): boolean => isClosed(env, aCase(), typedTime(day, time) ?? assert.fail());
    assert.equal(at('2026-11-24', '10:00'), false);
    assert.equal(at('2026-11-24', '11:45'), true);
    assert.equal(at('2026-12-08', '10:00'), true);
  });
});
