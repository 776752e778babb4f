// Around an appointment: the person who has not answered, two reminders, the question afterwards; and desks that fall silent.
// Calendar files are left to the mail's tests, a desk that never answered to clock-waiting.test.ts.
import assert from 'node:assert/strict';
import { record } from '../bot/cases/work.ts';
import type { Appointment, Case, CaseDetails } from '../bot/ports.ts';
import { aCase } from './store-samples.ts';
import {
  after,
  asked,
  clockEnvironment,
  look,
  mailsOf,
  play,
  rome,
  shown,
  toldOf,
  trailOf,
} from './support/clock-play.ts';

describe('an appointment', () => {
  const env = clockEnvironment();
  const montecarlo = { comune: 'montecarlo', deskId: 'montecarlo-servizi-sociali' } as const;
  const monday = rome('2026-09-14 10:00');

  function appointment(start: string, state: Appointment['state'], how: Appointment['how'] = 'office'): Appointment {
    const at = rome(start);
    const end = new Date(at.getTime() + 30 * 60_000).toISOString();
    return { start: at.toISOString(), end, how, sequence: 1, state, reminded: [] };
  }
  function confirmed(start: string, at: Date, changes: Partial<Case> = {}, how?: Appointment['how']): Case {
    return asked(
      env,
      at,
      { ...montecarlo, state: 'confirmed', ...changes },
      { appointment: appointment(start, 'confirmed', how) },
    );
  }
  function proposed(start: string, at: Date): Case {
    return asked(env, at, { ...montecarlo, state: 'proposed' }, { appointment: appointment(start, 'proposed') });
  }
  const remindersOf = (made: Case, until: string): string[] =>
    trailOf(play(env, made, rome(until)).all).filter((line) => line.includes('appointment_reminded'));

  describe('confirmed', () => {
    it('holds the request until it has been, however far it is, whatever else happened meanwhile', () => {
      const far = confirmed('2027-05-20 10:30', monday);
      const { made } = play(env, { ...far, state: 'forward_asked' }, rome('2027-05-20 11:00'));
      assert.equal(made.state, 'forward_asked');
      const { made: kept } = play(env, far, rome('2027-10-10 11:00'));
      assert.equal(kept.state, 'confirmed');
      const { made: ended, all } = play(env, kept, rome('2027-12-01 00:00'));
      assert.deepEqual([ended.state, ended.dueAt], ['expired', null]);
      // Never more than 180 days; both sides hear of it.
      assert.deepEqual(toldOf(all).slice(-1), [
        '2027-10-17 11:00 Da molti mesi non ho notizie della Sua richiesta PRC-7F3K2, e ora la chiudo',
      ]);
      assert.deepEqual(mailsOf(all).slice(-1), ['2027-10-17 11:00 note to desk: chiusa da sola']);
    });

    it('is not the last word: who still writes is not told that nothing was heard of it', () => {
      const taken = asked(env, monday, { ...montecarlo, state: 'taken' });
      const wrote = after(env, taken, rome('2027-01-20 10:00'), (work) => record(work, 'person_wrote', 'person'));
      const { made } = play(env, wrote, rome('2027-06-18 10:00'));
      assert.equal(made.state, 'taken');
      assert.equal(play(env, made, rome('2027-06-20 10:00')).made.state, 'expired');
    });

    it('is recalled two days before and in the morning, and the desk is asked the day after', () => {
      const { made, all } = play(env, confirmed('2026-09-24 10:30', monday), rome('2026-09-26 00:00'));
      assert.deepEqual(trailOf(all), [
        '2026-09-22 10:30 appointment_reminded two_days',
        '2026-09-24 09:00 appointment_reminded morning',
        '2026-09-25 13:00 reminded desk 1',
      ]);
      assert.deepEqual(mailsOf(all), ['2026-09-25 13:00 note to desk: vi siete sentiti?']);
      assert.deepEqual(made.life.appointment?.reminded, ['two_days', 'morning']);
      const [early, late] = all.flatMap(({ tells }) => tells);
      assert.match(
        early?.text ?? '',
        /^Le ricordo l'appuntamento PRC-7F3K2: giovedì 24 settembre alle 10.30, allo sportello/,
      );
      assert.match(late?.text ?? '', /: oggi alle 10.30, allo sportello/);
      assert.deepEqual(
        late?.choices.map(({ id }) => id),
        ['case.decline.prc-7f3k2.1.1'],
      );
    });

    it('is recalled by day only, whenever it begins', () => {
      for (const [start, reminders] of [
        ['2026-09-24 08:00', ['2026-09-22 09:00 two_days', '2026-09-23 18:00 morning']],
        ['2026-09-24 08:45', ['2026-09-22 09:00 two_days', '2026-09-23 18:00 morning']],
        ['2026-09-24 09:00', ['2026-09-22 09:00 two_days', '2026-09-24 08:00 morning']],
        ['2026-09-24 09:30', ['2026-09-22 09:30 two_days', '2026-09-24 08:30 morning']],
        ['2026-09-24 17:00', ['2026-09-22 17:00 two_days', '2026-09-24 09:00 morning']],
        ['2026-09-24 20:00', ['2026-09-22 19:30 two_days', '2026-09-24 09:00 morning']],
      ] as const)
        assert.deepEqual(
          remindersOf(confirmed(start, monday), '2026-09-25 00:00').map((line) =>
            line.replace('appointment_reminded ', ''),
          ),
          reminders,
          start,
        );
    });

    it('keeps the hour of the wall when the clocks change in between', () => {
      // Back on 25 October 2026, on again on 28 March 2027.
      assert.deepEqual(remindersOf(confirmed('2026-10-26 11:00', rome('2026-10-19 10:00')), '2026-10-27 00:00'), [
        '2026-10-24 11:00 appointment_reminded two_days',
        '2026-10-26 09:00 appointment_reminded morning',
      ]);
      assert.deepEqual(remindersOf(confirmed('2027-03-29 11:00', rome('2027-03-22 10:00')), '2027-03-30 00:00'), [
        '2027-03-27 11:00 appointment_reminded two_days',
        '2027-03-29 09:00 appointment_reminded morning',
      ]);
    });

    it('just now is not recalled within three hours, nor what is past', () => {
      const cases = [
        ['2026-09-22 10:00', ['2026-09-24 09:00']],
        ['2026-09-22 06:30', ['2026-09-22 10:30', '2026-09-24 09:00']],
        ['2026-09-22 08:00', ['2026-09-24 09:00']],
        ['2026-09-24 05:00', ['2026-09-24 09:00']],
        ['2026-09-24 07:00', []],
      ] as const;
      for (const [at, reminders] of cases) {
        const found = remindersOf(confirmed('2026-09-24 10:30', rome(at)), '2026-09-25 00:00');
        assert.deepEqual(
          found.map((line) => line.slice(0, 16)),
          reminders,
          at,
        );
      }
    });

    it('is recalled once after a standstill, as long as there is time to go', () => {
      const one = confirmed('2026-09-24 10:30', monday);
      const told = (at: string): string[] => toldOf([look(env, one, rome(at)).happened]).map((line) => line.slice(17));
      assert.deepEqual(told('2026-09-23 15:00'), ["Le ricordo l'appuntamento PRC-7F3K2"]);
      assert.deepEqual(told('2026-09-24 09:50'), ["Le ricordo l'appuntamento PRC-7F3K2"]);
      assert.deepEqual(told('2026-09-24 10:15'), []);
      assert.deepEqual(told('2026-09-26 10:15'), []);
    });

    it('by telephone says who calls; where the desk writes meanwhile, nothing is said twice or skipped', () => {
      const one = confirmed('2026-09-24 10:30', monday, {}, 'phone');
      const { made, all } = play(env, one, rome('2026-09-23 00:00'));
      assert.match(all[0]?.tells[0]?.text ?? '', /per telefono/);
      const wrote = after(env, made, rome('2026-09-24 08:00'), (work) =>
        work.change.events.push({ caseId: made.id, at: work.at, type: 'desk_wrote', by: 'desk' }),
      );
      assert.deepEqual(remindersOf(wrote, '2026-09-25 00:00'), ['2026-09-24 09:00 appointment_reminded morning']);
    });

    it('names the day to who may read it another day', () => {
      const { made } = play(
        env,
        confirmed('2026-09-24 10:30', monday, { channel: 'telegram' }),
        rome('2026-09-24 09:00'),
      );
      assert.match(made.life.waiting[0]?.reply.text ?? '', /: giovedì 24 settembre alle 10.30, allo sportello/);
      assert.equal(made.life.waiting.length, 1);
    });

    it('obeys days and hours that are not safe: later, or not at all', () => {
      const only = (rules: NonNullable<CaseDetails['safe']>['rules'] & object): Pick<Case, 'details'> => ({
        details: { ...aCase().details, safe: { anyTime: false, copyByMail: true, rules } },
      });
      const starting = (rules: Parameters<typeof only>[0]): string[] =>
        remindersOf(confirmed('2026-09-24 10:30', monday, only(rules)), '2026-09-25 00:00').map((line) =>
          line.slice(0, 16),
        );
      assert.deepEqual(starting({ neverDays: [2] }), ['2026-09-23 08:00', '2026-09-24 09:00']);
      assert.deepEqual(starting({ neverDays: [4] }), ['2026-09-22 10:30']);
      assert.deepEqual(starting({ hours: [{ from: 15 * 60, to: 17 * 60 }] }), ['2026-09-22 15:00']);
      assert.deepEqual(starting({ silent: true }), []);
    });

    it('after which nobody says anything is asked about every month, and ends', () => {
      const { made, all } = play(env, confirmed('2026-09-24 10:30', monday), rome('2027-12-01 00:00'));
      assert.deepEqual(trailOf(all).slice(3), [
        '2026-10-22 13:00 reminded desk',
        '2026-11-19 13:00 reminded desk',
        '2026-12-17 13:00 reminded desk',
        '2027-01-14 13:00 reminded desk',
        '2027-02-11 13:00 reminded desk',
        '2027-02-21 11:00 expired',
        '2027-02-21 11:00 person_told ended',
      ]);
      assert.equal(made.state, 'expired');
      const notes = mailsOf(all).flatMap((line) => (line.includes('to desk') ? line.slice(17) : []));
      assert.deepEqual([...new Set(notes)], ['note to desk: vi siete sentiti?', 'note to desk: chiusa da sola']);
    });
  });

  describe('proposed', () => {
    it('is asked about again after two days, and the desk is told once it is past', () => {
      const { all } = play(env, proposed('2026-09-24 10:30', monday), rome('2026-09-25 00:00'));
      assert.deepEqual(trailOf(all), ['2026-09-16 10:00 reminded person', '2026-09-24 11:00 reminded desk 0']);
      assert.deepEqual(mailsOf(all), ['2026-09-24 11:00 note to desk: vi siete sentiti?']);
      const note = all[1]?.outbox[0]?.mail.text ?? '';
      assert.match(note, /è passato\. Era: giovedì 24 settembre 2026, dalle 10:30 alle 11:00, allo sportello\./);
      assert.match(note, /La persona non aveva risposto alla proposta/);
      assert.doesNotMatch(note, /non ha ancora una risposta/);
      const [told] = all[0]?.tells ?? [];
      assert.match(
        told?.text ?? '',
        /lo sportello propone: giovedì 24 settembre alle 10.30, allo sportello.*Va bene per Lei\?$/,
      );
      assert.deepEqual(
        told?.choices.map(({ id }) => id),
        ['case.accept.prc-7f3k2.1.1', 'case.decline.prc-7f3k2.1.1'],
      );
    });

    it('is asked about a day before where that comes first, and not twice in three hours', () => {
      const asks = (start: string, at: string): string[] =>
        trailOf(play(env, proposed(start, rome(at)), rome(start)).all).map((line) => line.slice(0, 16));
      assert.deepEqual(asks('2026-09-16 09:30', '2026-09-14 15:00'), ['2026-09-15 09:30']);
      assert.deepEqual(asks('2026-09-15 17:00', '2026-09-14 15:00'), []);
      // At night: in the morning.
      assert.deepEqual(asks('2026-09-24 09:30', '2026-09-14 23:30'), ['2026-09-17 08:00']);
    });

    it('is not asked about once it is past, and the person hears where to call when the desk stays silent', () => {
      const { happened } = look(env, proposed('2026-09-24 10:30', monday), rome('2026-09-24 15:00'));
      assert.deepEqual(happened.trail, ['reminded desk 0']);
      const { all } = play(env, proposed('2026-09-24 10:30', monday), rome('2026-10-10 00:00'));
      assert.deepEqual(trailOf(all).slice(1), [
        '2026-09-24 11:00 reminded desk 0',
        '2026-10-01 13:00 reminded desk 5',
        '2026-10-08 13:00 person_told quiet 10',
      ]);
    });

    it('anew is another: what was said of the first no longer counts', () => {
      const { made } = play(env, proposed('2026-09-24 10:30', monday), rome('2026-09-17 00:00'));
      const next = { ...appointment('2026-09-28 10:30', 'proposed'), sequence: 2 };
      const again = after(env, { ...made, life: { ...made.life, appointment: next } }, rome('2026-09-17 10:00'));
      assert.equal(shown(again.dueAt ?? monday), '2026-09-19 10:00');
    });
  });

  describe('not yet: a desk that fell silent', () => {
    it('is reminded after 5 days, the person may call after 10', () => {
      for (const state of ['taken', 'not_met'] as const) {
        const { all } = play(env, asked(env, monday, { ...montecarlo, state }), rome('2026-10-05 00:00'));
        assert.deepEqual(
          trailOf(all),
          ['2026-09-21 13:00 reminded desk 5', '2026-09-28 13:00 person_told quiet 10'],
          state,
        );
        assert.deepEqual(mailsOf(all), ['2026-09-21 13:00 note to desk: ancora aperta'], state);
        assert.match(
          all.at(-1)?.tells[0]?.text ?? '',
          /^Da un po' lo sportello non mi dà notizie.*\nSportello|^Da un po'/,
        );
      }
    });

    it('has the time again with each word it says', () => {
      const taken = asked(env, monday, { ...montecarlo, state: 'taken' });
      const { made } = play(env, taken, rome('2026-09-22 00:00'));
      const wrote = after(env, made, rome('2026-09-22 10:00'), (work) =>
        work.change.events.push({ caseId: made.id, at: work.at, type: 'desk_wrote', by: 'desk' }),
      );
      assert.equal(shown(wrote.dueAt ?? monday), '2026-09-29 13:00');
      const personWrote = after(env, made, rome('2026-09-22 10:00'), (work) =>
        work.change.events.push({ caseId: made.id, at: work.at, type: 'person_wrote', by: 'person' }),
      );
      assert.equal(shown(personWrote.dueAt ?? monday), '2026-09-28 13:00');
    });

    it('is reminded after 2 days where another time is wanted, the person may call after 5', () => {
      const { all } = play(env, asked(env, monday, { ...montecarlo, state: 'moved' }), rome('2026-09-25 00:00'));
      assert.deepEqual(trailOf(all), [
        '2026-09-16 13:00 reminded desk 2',
        '2026-09-21 13:00 person_told quiet_moved 5',
      ]);
      assert.deepEqual(mailsOf(all), ['2026-09-16 13:00 note to desk: aspetta un altro orario']);
    });

    it('waits for a yes to pass it on: the person is asked again after two days, the desk reminded after 5', () => {
      const { all } = play(
        env,
        asked(env, monday, { ...montecarlo, state: 'forward_asked' }),
        rome('2026-10-01 00:00'),
      );
      assert.deepEqual(trailOf(all), ['2026-09-16 10:00 reminded person', '2026-09-21 13:00 reminded desk 5']);
      assert.deepEqual(
        all[0]?.tells[0]?.choices.map(({ id }) => id),
        ['case.forward_yes.prc-7f3k2.1', 'case.forward_no.prc-7f3k2.1'],
      );
    });

    it('that opens twice a week has its own days, but never more than so many of the offices', () => {
      // Porcari: Tuesdays and Thursdays. Its fifth day would be the 29th, its tenth the 15th of October.
      const { all } = play(env, asked(env, monday, { state: 'taken' }), rome('2026-10-03 00:00'));
      assert.deepEqual(trailOf(all), ['2026-09-24 13:00 reminded desk 5', '2026-10-02 13:00 person_told quiet 10']);
    });

    it('about what is urgent is reminded after a day of the offices, after two the person and the coordinator know', () => {
      for (const urgency of ['urgent', 'emergency'] as const) {
        const details = { ...aCase().details, needs: [{ area: 'housing', need: 'eviction', urgency } as const] };
        const played = (state: Case['state']): string[] =>
          trailOf(play(env, asked(env, monday, { state, details }), rome('2026-09-19 00:00')).all);
        assert.deepEqual(played('taken'), [
          '2026-09-15 13:00 reminded desk 1',
          '2026-09-16 13:00 escalated coordinator 2',
          '2026-09-16 13:00 person_told quiet 2',
        ]);
        assert.deepEqual(played('moved').at(-1), '2026-09-16 13:00 person_told quiet_moved 2');
        assert.deepEqual(played('forward_asked'), [
          '2026-09-15 13:00 reminded desk 1',
          '2026-09-16 10:00 reminded person',
          '2026-09-16 13:00 escalated coordinator 2',
        ]);
        const { all } = play(env, asked(env, monday, { state: 'taken', details }), rome('2026-09-17 00:00'));
        assert.match(mailsOf(all).at(-1) ?? '', /alert to coordinator: ferma da giorni/);
      }
    });

    it('is asked how it ended ten days after the meeting', () => {
      const { all } = play(env, asked(env, monday, { ...montecarlo, state: 'met' }), rome('2026-10-05 00:00'));
      assert.deepEqual(trailOf(all), ['2026-09-28 13:00 reminded desk 10']);
    });
  });

  it('nothing is said of a case that is over', () => {
    for (const state of ['closed', 'refused', 'forwarded', 'withdrawn', 'expired'] as const)
      assert.equal(
        asked(env, monday, { state }, { appointment: appointment('2026-09-24 10:30', 'confirmed') }).dueAt,
        null,
        state,
      );
  });
});
