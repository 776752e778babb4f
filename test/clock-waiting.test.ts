// A desk that does not answer: reminders, the second inbox, the coordinator, the truth for the person, the end.
// Which days a desk works is checked by clock-calendar.test.ts, appointments by clock-appointments.test.ts.
import assert from 'node:assert/strict';
import type { Case, CaseDetails, Desk } from '../bot/ports.ts';
import { NEVER } from '../bot/cases/tell.ts';
import type { Environment } from '../bot/talk.ts';
import type { Urgency } from '../flows/types.ts';
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
import { aCase } from './store-samples.ts';

describe('a desk that does not answer', () => {
  const env = clockEnvironment();
  // A Monday.
  const monday = rome('2026-09-14 10:00');
  const withUrgency = (urgency: Urgency, changes: Partial<CaseDetails> = {}): Pick<Case, 'details'> => ({
    details: { ...aCase().details, needs: [{ area: 'economic', need: 'bills', urgency }], ...changes },
  });
  const withoutSecond = (desk: Desk | undefined): Desk | undefined => {
    if (!desk) return desk;
    const { secondInbox: _, ...rest } = desk;
    return rest;
  };
  const montecarlo = { comune: 'montecarlo', deskId: 'montecarlo-servizi-sociali' } as const;

  it('is reminded after 2 of its working days, its second inbox hears after 4, the person is told after 5', () => {
    const { made, all } = play(env, asked(env, monday, montecarlo), rome('2026-09-25 00:00'));
    assert.deepEqual(trailOf(all), [
      '2026-09-16 13:00 reminded desk 2',
      '2026-09-18 13:00 escalated second 4',
      '2026-09-18 13:00 escalated coordinator 4',
      '2026-09-21 13:00 reminded desk 5',
      '2026-09-21 13:00 escalated coordinator 5',
      '2026-09-21 13:00 person_told limit 5',
    ]);
    assert.deepEqual(mailsOf(all), [
      '2026-09-16 13:00 note to desk: aspetta una risposta',
      '2026-09-18 13:00 note to second: aspetta una risposta: secondo avviso',
      '2026-09-18 13:00 alert to coordinator: nessuno ha risposto',
      '2026-09-21 13:00 note to desk: senza risposta',
      '2026-09-21 13:00 alert to coordinator: nessuno ha risposto',
    ]);
    assert.deepEqual(made.life.reminded, ['desk', 'second', 'person']);
  });

  it('that opens twice a week has its own days, but never more than 4, 6 and 8 on which offices work', () => {
    const { all } = play(env, asked(env, monday), rome('2026-10-02 00:00'));
    // Its second day is Thursday the 17th; its fourth would be the 24th, its fifth the 29th.
    assert.deepEqual(trailOf(all.slice(0, 3)), [
      '2026-09-17 12:00 reminded desk 2',
      '2026-09-22 13:00 escalated second 4',
      '2026-09-22 13:00 escalated coordinator 4',
      '2026-09-24 13:00 reminded desk 5',
      '2026-09-24 13:00 escalated coordinator 5',
      '2026-09-24 13:00 person_told limit 5',
    ]);
  });

  it('tells the person the truth, the number, when it opens, and the switchboard', () => {
    const { all } = play(env, asked(env, monday), rome('2026-10-02 00:00'));
    const [told, ...others] = all.flatMap(({ tells }) => tells);
    assert.deepEqual(others, []);
    assert.equal(
      told?.text,
      [
        'Nessuno ha ancora risposto alla Sua richiesta PRC-7F3K2. Mi dispiace.',
        'Per favore chiami, e dica il codice:',
        'Sportello sociale (segretariato sociale) - Comune di Porcari: 0583 211899. Adesso è chiuso: apre martedì 29 settembre alle 9.',
        'Se non risponde nessuno, può chiamare il comune: 0583 21181.',
      ].join('\n'),
    );
    assert.deepEqual(
      told.links.map(({ url }) => url),
      ['tel:+390583211899', 'tel:+39058321181'],
    );
  });

  describe('to what is urgent', () => {
    const urgent = (at: string, where: Partial<Case> = {}): Case =>
      asked(env, rome(at), { ...where, ...withUrgency('urgent') });

    it('is reminded when it closes that day; a day of the offices later all hear at once, then it day by day', () => {
      // A Tuesday: Porcari opens again on Thursday only.
      const { all } = play(env, urgent('2026-09-15 10:00'), rome('2026-09-22 00:00'));
      assert.deepEqual(trailOf(all), [
        '2026-09-15 12:00 reminded desk 0',
        '2026-09-16 13:00 escalated second 1',
        '2026-09-16 13:00 escalated coordinator 1',
        '2026-09-16 13:00 reminded desk 1',
        '2026-09-16 13:00 person_told limit 1',
        '2026-09-17 13:00 reminded desk',
        '2026-09-17 13:00 escalated coordinator',
        '2026-09-18 13:00 reminded desk',
        '2026-09-18 13:00 escalated coordinator',
        '2026-09-18 13:00 person_told limit 3',
        '2026-09-21 13:00 reminded desk',
        '2026-09-21 13:00 escalated coordinator',
      ]);
      assert.deepEqual(mailsOf(all).slice(0, 4), [
        '2026-09-15 12:00 note to desk: aspetta una risposta – URGENTE',
        '2026-09-16 13:00 note to second: aspetta una risposta: secondo avviso – URGENTE',
        '2026-09-16 13:00 alert to coordinator: nessuno ha risposto – URGENTE',
        '2026-09-16 13:00 note to desk: senza risposta – URGENTE',
      ]);
    });

    it('is reminded on five more days, then every week, and so is the coordinator', () => {
      const { all } = play(env, urgent('2026-09-15 10:00'), rome('2026-12-01 00:00'));
      const to = (whom: string): string[] =>
        mailsOf(all).flatMap((line) => (line.includes(`to ${whom}`) ? line.slice(0, 10) : []));
      const after = ['2026-09-17', '2026-09-18', '2026-09-21', '2026-09-22', '2026-09-23'];
      const weekly = ['30', '07', '14', '21', '28', '04', '11'];
      assert.deepEqual(to('coordinator').slice(0, 6), ['2026-09-16', ...after]);
      assert.deepEqual(
        to('coordinator')
          .slice(6)
          .map((day) => day.slice(8)),
        weekly,
      );
      assert.equal(to('desk').length, 1 + to('coordinator').length + 1);
    });

    it('tells the person twice, and not again', () => {
      const { all } = play(env, urgent('2026-09-15 10:00'), rome('2026-11-01 00:00'));
      assert.deepEqual(toldOf(all), [
        '2026-09-16 13:00 Nessuno ha ancora risposto alla Sua richiesta PRC-7F3K2',
        '2026-09-18 13:00 Nessuno ha ancora risposto alla Sua richiesta PRC-7F3K2',
      ]);
    });

    it('has no reminder where it opens too late, or too shortly, before all are told', () => {
      const first = (at: string, where?: Partial<Case>): string[] =>
        trailOf(play(env, urgent(at, where), rome('2026-09-21 20:00')).all).slice(0, 1);
      // Less than an hour is left; it opens again in the afternoon; it is open all week but not on Saturday.
      assert.deepEqual(first('2026-09-15 11:30'), ['2026-09-16 13:00 escalated second 1']);
      assert.deepEqual(first('2026-09-15 12:30', { comune: 'lucca', deskId: 'lucca-segretariato-orsetti' }), [
        '2026-09-15 17:00 reminded desk 0',
      ]);
      assert.deepEqual(first('2026-09-19 10:00', montecarlo), ['2026-09-21 13:00 escalated second 1']);
      // Porcari closes at 12 on the day on which all are told: then.
      assert.deepEqual(first('2026-09-16 10:00'), ['2026-09-17 12:00 escalated second 1']);
    });
  });

  it('has two opening hours where there may be danger, then is reminded every working day', () => {
    const danger = { ...montecarlo, ...withUrgency('emergency') };
    // Friday at noon: an hour that day, an hour on Monday.
    const { all } = play(env, asked(env, rome('2026-09-18 12:00'), danger), rome('2026-09-23 20:00'));
    assert.deepEqual(trailOf(all), [
      '2026-09-21 10:00 escalated second',
      '2026-09-21 10:00 escalated coordinator',
      '2026-09-21 10:00 reminded desk',
      '2026-09-21 10:00 person_told limit',
      '2026-09-22 13:00 reminded desk',
      '2026-09-22 13:00 escalated coordinator',
      '2026-09-23 13:00 reminded desk',
      '2026-09-23 13:00 escalated coordinator',
    ]);
    assert.match(all[0]?.tells[0]?.text ?? '', /112/);
  });

  it('counts opening hours from 9 to 13 where they are not known', () => {
    const villa = {
      comune: 'villa_basilica',
      deskId: 'villa-basilica-servizi-sociali',
      ...withUrgency('emergency'),
    } as const;
    const first = (at: string): string => shown(asked(env, rome(at), villa).dueAt ?? new Date(0));
    assert.equal(first('2026-09-18 07:00'), '2026-09-18 11:00');
    assert.equal(first('2026-09-18 11:00'), '2026-09-18 13:00');
    assert.equal(first('2026-09-18 12:30'), '2026-09-21 10:30');
    assert.equal(first('2026-12-24 12:00'), '2026-12-28 10:00');
  });

  it('is reminded every week after that, and the case ends after sixty days', () => {
    const { made, all } = play(env, asked(env, monday), rome('2027-09-01 00:00'));
    assert.deepEqual(trailOf(all).slice(6), [
      '2026-10-01 12:00 reminded desk',
      '2026-10-08 12:00 reminded desk',
      '2026-10-15 12:00 reminded desk',
      '2026-10-22 12:00 reminded desk',
      '2026-10-29 12:00 reminded desk',
      '2026-11-05 12:00 reminded desk',
      '2026-11-12 12:00 reminded desk',
      '2026-11-13 10:00 expired',
      '2026-11-13 10:00 person_told expired',
    ]);
    assert.equal(made.state, 'expired');
    assert.equal(made.dueAt, null);
    const last = all.at(-1)?.tells[0];
    assert.match(last?.text ?? '', /^Sono passati due mesi e nessuno ha risposto alla Sua richiesta PRC-7F3K2/);
    assert.deepEqual(
      last?.choices.map(({ id }) => id),
      ['case.reopen.prc-7f3k2.1'],
    );
    assert.deepEqual(mailsOf(all).at(-1), '2026-11-13 10:00 note to desk: scaduta');
  });

  it('where nobody else can be written to, hears it once more itself', () => {
    const alone = clockEnvironment({ coordinator: undefined });
    const villa = { comune: 'villa_basilica', deskId: 'villa-basilica-servizi-sociali' } as const;
    const { all } = play(alone, asked(alone, monday, villa), rome('2026-09-25 00:00'));
    assert.deepEqual(mailsOf(all), [
      '2026-09-16 13:00 note to desk: aspetta una risposta',
      '2026-09-18 13:00 note to desk: aspetta una risposta: secondo avviso',
      '2026-09-21 13:00 note to desk: senza risposta',
    ]);
    const { all: led } = play(env, asked(env, monday, villa), rome('2026-09-19 00:00'));
    assert.deepEqual(mailsOf(led).at(-1), '2026-09-18 13:00 alert to coordinator: nessuno ha risposto');
  });

  describe('that cannot be written to any more', () => {
    const environmentWith = (
      change: (desk: Desk | undefined) => Desk | undefined,
      coordinator: Environment['coordinator'],
    ): Environment => {
      const desk = (id: string): Desk | undefined => change(env.directory.desk(id));
      return clockEnvironment({ directory: { ...env.directory, desk }, coordinator });
    };
    const without = (desk: Desk | undefined): Desk | undefined => {
      if (!desk) return desk;
      const { inbox: _, ...rest } = desk;
      return rest;
    };

    it('is not said to be reminded: its second inbox hears of it, and the coordinator, who is told why', () => {
      const shut = environmentWith(without, env.coordinator);
      const { made, all } = play(shut, asked(env, monday, montecarlo), rome('2026-09-22 00:00'));
      assert.deepEqual(trailOf(all), [
        '2026-09-16 13:00 escalated second 2',
        '2026-09-18 13:00 escalated second 4',
        '2026-09-18 13:00 escalated coordinator 4',
        '2026-09-21 13:00 escalated second 5',
        '2026-09-21 13:00 escalated coordinator 5',
        '2026-09-21 13:00 person_told limit 5',
      ]);
      assert.ok(mailsOf(all).includes('2026-09-18 13:00 alert to coordinator: sportello senza indirizzo'));
      assert.deepEqual(made.life.reminded, ['second', 'person']);
      const taken = asked(env, monday, { ...montecarlo, state: 'taken' });
      assert.deepEqual(trailOf(play(shut, taken, rome('2026-09-22 00:00')).all), [
        '2026-09-21 13:00 escalated second 5',
      ]);
    });

    it('and is no more: only the coordinator hears of it, never a desk that the person did not choose', () => {
      const gone = environmentWith((desk) => (desk?.id === montecarlo.deskId ? undefined : desk), env.coordinator);
      const all = [
        ...play(gone, asked(env, monday, montecarlo), rome('2026-12-01 00:00')).all,
        ...play(gone, asked(env, monday, { ...montecarlo, state: 'taken' }), rome('2027-09-01 00:00')).all,
      ];
      const to = new Set(
        all.flatMap(({ outbox }) => outbox.flatMap(({ mail }) => mail.to.map(({ address }) => address))),
      );
      assert.deepEqual([...to], [env.coordinator?.address]);
      assert.ok(all.every(({ trail }) => !trail.some((line) => line.startsWith('reminded desk'))));
      assert.match(all[0]?.outbox[0]?.mail.text ?? '', /Era per: montecarlo-servizi-sociali/);
      assert.ok(toldOf(all)[0]?.startsWith('2026-09-21 13:00 Nessuno ha ancora risposto'));
    });

    it('where nobody can, nothing is said to have been', () => {
      const nobody = environmentWith((desk) => without(withoutSecond(desk)), undefined);
      const { all } = play(nobody, asked(env, monday, montecarlo), rome('2026-09-22 00:00'));
      assert.deepEqual(trailOf(all), ['2026-09-21 13:00 person_told limit 5']);
    });
  });

  it('is left in peace once it has taken the request in charge', () => {
    const taken = after(env, asked(env, monday), rome('2026-09-15 10:00'), (work) => {
      work.made = { ...work.made, state: 'taken' };
    });
    const { all } = play(env, taken, rome('2026-09-25 00:00'));
    assert.deepEqual(trailOf(all), []);
  });

  it('has its whole time again from when another desk has the request, or it is opened again', () => {
    const passed = asked(env, monday, montecarlo, { since: rome('2026-09-22 09:00').toISOString() });
    assert.equal(shown(passed.dueAt ?? monday), '2026-09-24 13:00');
    const closed = after(env, { ...passed, state: 'closed' }, rome('2026-09-23 09:00'));
    assert.equal(closed.dueAt, null);
    const again = after(env, { ...closed, state: 'requested' }, rome('2026-10-05 09:00'));
    assert.equal(shown(again.dueAt ?? monday), '2026-10-07 13:00');
  });

  describe('after a standstill', () => {
    it('of a week, each hears one thing only', () => {
      const { happened } = look(env, asked(env, monday, montecarlo), rome('2026-09-30 11:00'));
      assert.deepEqual(happened.mails, [
        'note to desk: aspetta una risposta',
        'note to second: aspetta una risposta: secondo avviso',
        'alert to coordinator: nessuno ha risposto',
      ]);
      assert.deepEqual(toldOf([happened]), [
        '2026-09-30 11:00 Nessuno ha ancora risposto alla Sua richiesta PRC-7F3K2',
      ]);
    });

    it('of three months, only that it is over', () => {
      const { made, happened } = look(env, asked(env, monday, montecarlo), rome('2026-12-14 11:00'));
      assert.deepEqual(happened.mails, ['note to desk: scaduta']);
      assert.equal(happened.tells.length, 1);
      assert.equal(made.state, 'expired');
    });

    it('that ends at night, the desk hears at once, the person in the morning', () => {
      const night = look(env, asked(env, monday, montecarlo), rome('2026-09-22 03:00'));
      assert.equal(night.happened.mails.length, 3);
      assert.deepEqual(night.happened.tells, []);
      assert.equal(shown(night.made.dueAt ?? monday), '2026-09-22 08:00');
      const morning = look(env, night.made, rome('2026-09-22 08:00'));
      assert.equal(morning.happened.tells.length, 1);
      assert.deepEqual(morning.happened.mails, []);
    });
  });

  describe('safe contact', () => {
    it('is kept: the person hears on the first day and hour they wished', () => {
      const safe = {
        anyTime: false,
        copyByMail: true,
        rules: { neverDays: [1, 2], hours: [{ from: 17 * 60, to: 19 * 60 }] },
      };
      const one = asked(env, monday, { ...montecarlo, ...withUrgency('none', { safe }) });
      const { made, all } = play(env, one, rome('2026-09-25 00:00'));
      // Due on Monday 21 at 13: Wednesday at 17. Only that there is something to read; the words wait for them.
      assert.deepEqual(
        all.flatMap(({ at, tells }) => tells.map(({ text }) => [shown(at), /risposto|chiami/.test(text)])),
        [['2026-09-23 17:00', false]],
      );
      const kept = made.life.waiting[0]?.reply.text ?? '';
      assert.match(kept, /^Nessuno ha ancora risposto/);
      // Read another day, "now it is closed" would be wrong.
      assert.match(kept, /0583 \d+\. .*lunedì–venerdì 9–13/);
      assert.doesNotMatch(kept, /chiuso|aperto/);
    });

    it('of a word that waited is looked at again: after a standstill it may be night', () => {
      const reply = { kind: 'text', text: 'Una parola', lang: 'it', choices: [], links: [], case: null } as const;
      const waits = (notBefore: string): Case =>
        asked(
          env,
          monday,
          { state: 'taken' },
          { waiting: [{ reply: { ...reply, choices: [], links: [] }, notBefore }] },
        );
      const one = waits(rome('2026-09-14 18:00').toISOString());
      assert.equal(shown(one.dueAt ?? monday), '2026-09-14 18:00');
      const night = look(env, one, rome('2026-09-15 03:00'));
      assert.deepEqual(night.happened.tells, []);
      assert.equal(shown(night.made.dueAt ?? monday), '2026-09-15 08:00');
      const morning = look(env, night.made, rome('2026-09-15 08:00'));
      assert.deepEqual(
        morning.happened.tells.map(({ text }) => text),
        ['Una parola'],
      );
      assert.deepEqual(morning.made.life.waiting, []);
      // What waits for the person themselves is no alarm.
      assert.ok((waits(NEVER).dueAt ?? monday) > rome('2026-09-15 00:00'));
      assert.equal(after(env, { ...waits(NEVER), state: 'closed' }, monday).dueAt, null);
    });

    it('drops what was not read and is true no more', () => {
      const safe = { anyTime: false, copyByMail: true, rules: { silent: true } } as const;
      const one = asked(env, monday, { ...montecarlo, ...withUrgency('none', { safe }) });
      const { made } = play(env, one, rome('2026-09-25 00:00'));
      assert.equal(made.life.waiting.length, 1);
      const taken = after(
        env,
        made,
        rome('2026-09-25 10:00'),
        (work) => void (work.made = { ...work.made, state: 'taken' }),
      );
      assert.deepEqual(taken.life.waiting, []);
    });

    it('for who wants silence, lays the words ready and sends nothing', () => {
      const safe = { anyTime: false, copyByMail: true, rules: { silent: true } } as const;
      const one = asked(env, monday, { ...montecarlo, ...withUrgency('none', { safe }) });
      const { made, all } = play(env, one, rome('2027-06-01 00:00'));
      assert.deepEqual(
        all.flatMap(({ tells, outbox }) => [...tells, ...outbox.filter(({ kind }) => kind === 'person')]),
        [],
      );
      assert.deepEqual(
        made.life.waiting.map(({ reply }) => reply.text.slice(0, 12)),
        ['Sono passati'],
      );
      assert.equal(made.dueAt, null);
    });
  });
});
