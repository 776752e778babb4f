// Mails to a desk that never arrive: another way at once, the coordinator and the person know; once for each failure.
// What makes a mail lost is left to the store's tests, desks that only do not answer to clock-waiting.test.ts.
import assert from 'node:assert/strict';
import type { Case, MailKind } from '../bot/ports.ts';
import { aCase } from './store-samples.ts';
import { asked, clockEnvironment, look, mailsOf, play, rome, shown, toldOf } from './support/clock-play.ts';

describe('a mail that never arrived', () => {
  const env = clockEnvironment();
  // A Monday; the desk opens from 9 to 13 every weekday.
  const monday = rome('2026-09-14 10:00');
  const montecarlo = { comune: 'montecarlo', deskId: 'montecarlo-servizi-sociali' } as const;
  const villa = { comune: 'villa_basilica', deskId: 'villa-basilica-servizi-sociali' } as const;

  /** As the store leaves it. */
  function lose(made: Case, at: Date, kind: MailKind = 'request', state: Case['state'] = 'undeliverable'): Case {
    const lost = [...(made.life.lost ?? []), kind];
    return { ...made, state, life: { ...made.life, lost }, dueAt: at };
  }

  it('goes to the second inbox at once, with an alert, and the person is told whom to call', () => {
    const { made, happened } = look(env, lose(asked(env, monday, montecarlo), monday), rome('2026-09-14 10:05'));
    assert.deepEqual(happened.mails, [
      'request to second: richiesta di appuntamento',
      'alert to coordinator: e-mail non consegnata',
    ]);
    const [told] = happened.tells;
    assert.match(told?.text ?? '', /^Non riesco a scrivere allo sportello per la Sua richiesta PRC-7F3K2/);
    assert.match(told?.text ?? '', /: 0583 \d+/);
    assert.deepEqual(happened.trail, ['escalated second', 'escalated coordinator', 'person_told lost']);
    assert.equal(made.life.lost, undefined);
    assert.equal(made.life.since, rome('2026-09-14 10:05').toISOString());
  });

  it('that arrives there gives that inbox the whole time, and all that follows', () => {
    const { made } = look(env, lose(asked(env, monday, montecarlo), monday), rome('2026-09-15 10:05'));
    const { all } = play(env, { ...made, state: 'delivered' }, rome('2026-09-23 00:00'));
    assert.deepEqual(mailsOf(all), [
      '2026-09-17 13:00 note to second: aspetta una risposta: secondo avviso',
      '2026-09-21 13:00 note to second: aspetta una risposta: secondo avviso',
      '2026-09-21 13:00 alert to coordinator: nessuno ha risposto',
      '2026-09-22 13:00 note to second: aspetta una risposta: secondo avviso',
      '2026-09-22 13:00 alert to coordinator: nessuno ha risposto',
    ]);
    assert.deepEqual(toldOf(all), ['2026-09-22 13:00 Nessuno ha ancora risposto alla Sua richiesta PRC-7F3K2']);
  });

  it('of what is urgent, that arrives there: the person hears once more, a day of the offices later', () => {
    const details = { ...aCase().details, needs: [{ area: 'economic', need: 'bills', urgency: 'urgent' } as const] };
    const { made } = look(env, lose(asked(env, monday, { ...montecarlo, details }), monday), rome('2026-09-14 10:05'));
    const { all } = play(env, { ...made, state: 'delivered' }, rome('2026-09-25 00:00'));
    assert.deepEqual(toldOf(all), ['2026-09-15 13:00 Nessuno ha ancora risposto alla Sua richiesta PRC-7F3K2']);
    assert.deepEqual(mailsOf(all).slice(0, 3), [
      '2026-09-14 13:00 note to second: aspetta una risposta: secondo avviso – URGENTE',
      '2026-09-15 13:00 note to second: aspetta una risposta: secondo avviso – URGENTE',
      '2026-09-15 13:00 alert to coordinator: nessuno ha risposto – URGENTE',
    ]);
  });

  it('that fails there too is only an alert, however often', () => {
    let { made } = look(env, lose(asked(env, monday, montecarlo), monday), monday);
    for (const minutes of ['10:20', '10:40']) {
      const at = rome(`2026-09-14 ${minutes}`);
      const looked = look(env, lose(made, at), at);
      assert.deepEqual(looked.happened.mails, ['alert to coordinator: e-mail non consegnata']);
      assert.deepEqual(looked.happened.tells, []);
      made = looked.made;
    }
    // Nobody writes to an inbox that takes nothing: the coordinator is reminded in its place.
    const { all } = play(env, made, rome('2026-10-10 00:00'));
    assert.deepEqual([...new Set(all.flatMap(({ mails }) => mails))], ['alert to coordinator: e-mail non consegnata']);
    assert.deepEqual(toldOf(all), []);
    assert.equal(all.length, 5);
  });

  it('where there is no second inbox goes to the coordinator', () => {
    const { happened } = look(env, lose(asked(env, monday, villa), monday), monday);
    assert.deepEqual(happened.mails, [
      'request to coordinator: richiesta di appuntamento',
      'alert to coordinator: e-mail non consegnata',
    ]);
    assert.deepEqual(happened.trail, ['escalated coordinator', 'escalated coordinator', 'person_told lost']);
  });

  it('where there is nobody at all the person is told, and told how to begin again at the end', () => {
    const alone = clockEnvironment({ coordinator: undefined });
    const { all, made } = play(alone, lose(asked(alone, monday, villa), monday), rome('2027-02-01 00:00'));
    assert.deepEqual(
      all.flatMap(({ outbox }) => outbox.map(({ kind }) => kind)),
      ['note'],
    );
    assert.deepEqual(toldOf(all), [
      '2026-09-14 10:00 Non riesco a scrivere allo sportello per la Sua richiesta PRC-7F3K2',
      '2026-11-13 10:00 Sono passati due mesi e nessuno ha risposto alla Sua richiesta PRC-7F3K2',
    ]);
    assert.equal(made.state, 'expired');
  });

  it('at night goes on at once, the person is told in the morning', () => {
    const night = rome('2026-09-15 02:00');
    const { made, happened } = look(env, lose(asked(env, monday, montecarlo), night), night);
    assert.equal(happened.mails.length, 2);
    assert.deepEqual(happened.tells, []);
    assert.equal(shown(made.dueAt ?? night), '2026-09-15 08:00');
    const { happened: morning } = look(env, made, rome('2026-09-15 08:00'));
    assert.equal(morning.tells.length, 1);
  });

  it('that is a note of a case under way: the coordinator and the person know', () => {
    const taken = asked(env, monday, { ...montecarlo, state: 'taken' });
    const { happened } = look(env, lose(taken, monday, 'note', 'taken'), monday);
    assert.deepEqual(happened.mails, ['alert to coordinator: e-mail tornata indietro']);
    assert.equal(happened.tells.length, 1);
  });

  it('that is a reminder to a desk that was waited for: the whole request goes to the second inbox', () => {
    const { happened } = look(env, lose(asked(env, monday, montecarlo), monday, 'note', 'delivered'), monday);
    assert.deepEqual(happened.mails, [
      'request to second: richiesta di appuntamento',
      'alert to coordinator: e-mail tornata indietro',
    ]);
  });

  it('that is the first mail of a request taken meanwhile is nobody’s worry', () => {
    const taken = asked(env, monday, { ...montecarlo, state: 'taken' });
    const { made, happened } = look(env, lose(taken, monday, 'request', 'taken'), monday);
    assert.deepEqual([happened.mails, happened.tells], [[], []]);
    assert.equal(made.life.lost, undefined);
  });

  describe('to the person', () => {
    const value = 'fiordaliso@esempio.example';
    const details = { ...aCase().details, contact: { kind: 'email' as const, value, shown: value } };
    const withMail = (state: Case['state']): Case => asked(env, monday, { ...montecarlo, state, details });

    it('is told to the desk and to them, once, with a way to leave another contact', () => {
      const { made, happened } = look(env, lose(withMail('taken'), monday, 'person', 'taken'), monday);
      assert.deepEqual(happened.mails, ["note to desk: l'e-mail alla persona torna indietro"]);
      assert.match(happened.tells[0]?.text ?? '', /PRC-7F3K2 non Le arrivano/);
      assert.deepEqual(
        happened.tells[0]?.choices.map(({ id }) => id),
        ['case.contact'],
      );
      const again = look(env, lose(made, monday, 'copy', 'taken'), rome('2026-09-14 11:00'));
      assert.deepEqual([again.happened.mails, again.happened.tells], [[], []]);
    });

    it('is nobody’s worry where they have left another contact, or all is over', () => {
      const phone = asked(env, monday, { ...montecarlo, state: 'taken' });
      for (const made of [phone, withMail('closed')]) {
        const { happened } = look(env, lose(made, monday, 'person', made.state), monday);
        assert.deepEqual([happened.mails, happened.tells], [[], []]);
      }
    });

    it('hides no request that never arrived', () => {
      const lost: MailKind[] = ['copy'];
      const made = { ...withMail('undeliverable'), dueAt: monday };
      const { happened } = look(env, { ...made, life: { ...made.life, lost } }, monday);
      assert.ok(happened.mails.includes('request to second: richiesta di appuntamento'));
    });
  });

  it('that said that the request was taken back is for the coordinator alone', () => {
    const withdrawn = asked(env, monday, { ...montecarlo, state: 'withdrawn' });
    const { made, happened } = look(env, lose(withdrawn, monday, 'withdrawal', 'withdrawn'), monday);
    assert.deepEqual(happened.mails, ['alert to coordinator: e-mail tornata indietro']);
    assert.deepEqual(happened.tells, []);
    assert.equal(made.dueAt, null);
  });
});
