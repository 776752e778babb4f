// "Did you manage to speak with the desk?": when it is asked, of whom, and of whom never.
// What the answer does is left to the tests of the person's steps.
import assert from 'node:assert/strict';
import { answerCheck, erase } from '../bot/cases/person-steps.ts';
import { beginWork, finished } from '../bot/cases/work.ts';
import type { Case, CaseDetails } from '../bot/ports.ts';
import type { Need, Urgency } from '../flows/types.ts';
import { aCase } from './store-samples.ts';
import { after, asked, clockEnvironment, look, play, rome, shown, toldOf, trailOf } from './support/clock-play.ts';

describe('a check-in', () => {
  const env = clockEnvironment();
  const monday = rome('2026-09-14 15:20');

  function advised(from: Date, changes: Partial<Case> = {}, details: Partial<CaseDetails> = {}): Case {
    const checks = { from: from.toISOString(), asked: [], answers: [] };
    const all = { ...aCase().details, ...details };
    return asked(env, from, { state: 'advised', requestedAt: null, ...changes, details: all }, { checks });
  }
  const momentsOf = (made: Case): string[] =>
    play(env, made, rome('2028-01-01 00:00')).all.flatMap(({ at, trail }) =>
      trail.filter((line) => line.startsWith('check_asked')).map(() => shown(at)),
    );

  it('is asked after 7 and 30 days, at ten, with three buttons', () => {
    const { made, all } = play(env, advised(monday, { state: 'closed' }), rome('2027-01-01 00:00'));
    assert.deepEqual(trailOf(all), ['2026-09-21 10:00 check_asked 7', '2026-10-14 10:00 check_asked 30']);
    assert.deepEqual(
      all[0]?.tells[0]?.choices.map(({ id }) => id),
      ['case.check_yes.prc-7f3k2.1.7', 'case.check_no.prc-7f3k2.1.7', 'case.check_later.prc-7f3k2.1.7'],
    );
    assert.match(all[0]?.tells[0]?.text ?? '', /^Le scrivo per la Sua richiesta PRC-7F3K2/);
    assert.deepEqual(made.life.checks?.asked, [7, 30]);
    assert.equal(made.dueAt, null);
  });

  it('of a contact that was only shown says so; a case without a code is named by its id', () => {
    const { all } = play(env, advised(monday, { code: null }), rome('2026-09-22 00:00'));
    assert.deepEqual(
      all[0]?.tells[0]?.choices.map(({ id }) => id),
      ['case.check_yes.case-1.7', 'case.check_no.case-1.7', 'case.check_later.case-1.7'],
    );
    assert.match(all[0]?.tells[0]?.text ?? '', /^Le scrivo come mi aveva chiesto/);
  });

  it('of who has not managed yet is asked once more, seven days after they said so', () => {
    const answered = (day: number, at: string, answer: 'yes' | 'no' | 'later', made: Case): Case =>
      after(env, made, rome(at), (work) => assert.equal(answerCheck(work, day, answer), true));
    const asks = (made: Case): string[] =>
      trailOf(play(env, made, rome('2027-06-01 00:00')).all).filter((line) => line.includes('check_asked'));
    const first = play(env, advised(monday), rome('2026-09-22 00:00')).made;
    assert.deepEqual(asks(answered(7, '2026-09-22 18:00', 'later', first)), [
      '2026-09-29 10:00 check_asked 14',
      '2026-10-14 10:00 check_asked 30',
    ]);
    for (const answer of ['yes', 'no'] as const)
      assert.deepEqual(asks(answered(7, '2026-09-22 18:00', answer, first)), ['2026-10-14 10:00 check_asked 30']);
    // Not within a week of the day on which they are asked anyway.
    assert.deepEqual(asks(answered(7, '2026-10-02 18:00', 'later', first)), ['2026-10-14 10:00 check_asked 30']);
    // Once: another "not yet" ends it; and so after thirty days.
    const second = play(env, answered(7, '2026-09-22 18:00', 'later', first), rome('2026-09-30 00:00')).made;
    assert.deepEqual(asks(answered(14, '2026-09-30 10:00', 'later', second)), ['2026-10-14 10:00 check_asked 30']);
    const last = play(env, second, rome('2026-10-15 00:00')).made;
    const third = answered(30, '2026-10-15 10:00', 'later', last);
    assert.deepEqual(asks(third), ['2026-10-22 10:00 check_asked 37']);
    const over = play(env, third, rome('2026-10-23 00:00')).made;
    assert.deepEqual(asks(answered(37, '2026-10-23 10:00', 'later', over)), []);
  });

  it('falls on days on which offices work', () => {
    assert.deepEqual(momentsOf(advised(rome('2026-12-19 10:00'))), ['2026-12-28 10:00', '2027-01-18 10:00']);
    assert.deepEqual(momentsOf(advised(rome('2027-03-22 10:00'))), ['2027-03-30 10:00', '2027-04-21 10:00']);
    assert.deepEqual(momentsOf(advised(rome('2026-08-08 10:00'))), ['2026-08-17 10:00', '2026-09-07 10:00']);
  });

  it('is never asked without consent, after a danger, against a wish, or of a request taken back', () => {
    const need = (name: Need, urgency: Urgency): Partial<CaseDetails> => ({
      needs: [
        { area: 'economic', need: 'bills', urgency: 'none' },
        { area: 'relational', need: name, urgency },
      ],
    });
    const never = [
      advised(monday, {}, need('violence', 'none')),
      advised(monday, {}, need('family_conflict', 'emergency')),
      advised(monday, {}, { safe: { anyTime: false, copyByMail: true, rules: { silent: true } } }),
      ...(['withdrawn', 'forwarded', 'refused', 'draft'] as const).map((state) => advised(monday, { state })),
      asked(env, monday, { state: 'advised' }),
    ];
    for (const made of never) assert.equal(made.dueAt, null, `${made.state} ${JSON.stringify(made.details.needs)}`);
    assert.ok(advised(monday, {}, need('family_conflict', 'urgent')).dueAt);
  });

  it('is never asked of who had everything erased, and no desk hears of a contact that was only shown', () => {
    for (const state of ['advised', 'closed', 'delivered'] as const) {
      const work = beginWork(env, advised(monday, { state }), rome('2026-09-15 10:00'));
      assert.equal(erase(work), true);
      const { cases, outbox } = finished(work);
      assert.equal(cases[0]?.dueAt, null, state);
      assert.equal(outbox.length, state === 'advised' ? 0 : 1, state);
    }
  });

  it('after a standstill is asked once, and not when it would be strange', () => {
    const told = (at: string): string[] => toldOf([look(env, advised(monday), rome(at)).happened]);
    assert.equal(told('2026-09-30 11:00').length, 1);
    assert.equal(told('2026-10-06 11:00').length, 0);
    assert.equal(told('2026-10-20 11:00').length, 1);
    assert.equal(told('2026-12-01 11:00').length, 0);
    assert.equal(look(env, advised(monday), rome('2026-12-01 11:00')).made.dueAt, null);
  });

  it('gives way to what the person needs to know', () => {
    const checks = { from: monday.toISOString(), asked: [], answers: [] };
    const one = asked(env, monday, { comune: 'montecarlo', deskId: 'montecarlo-servizi-sociali' }, { checks });
    const { made, happened } = look(env, one, rome('2026-09-22 11:00'));
    assert.equal(happened.tells.length, 1);
    assert.match(happened.tells[0]?.text ?? '', /^Nessuno ha ancora risposto/);
    assert.deepEqual(made.life.checks?.asked, [7]);
  });
});
