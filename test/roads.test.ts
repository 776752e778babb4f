// Every combination of area, need, further question, comune, follow-up and for whom: it ends soon, at somebody who answers.
// Single machines are left to flows.test.ts; how words become answers to the decoder's tests.
import assert from 'node:assert/strict';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { destinationOf } from '../bot/desks.ts';
import { loadWords } from '../bot/words.ts';
import { MOST_TURNS } from '../flows/setup.ts';
import { AREAS, COMUNI, NEEDS } from '../flows/types.ts';
import type { Answer, Area, ComuneId, Need } from '../flows/types.ts';
import { roadsFrom, shown } from './support/roads.ts';
import type { Road } from './support/roads.ts';

const heard = (question: string, ...values: string[]): Answer => ({ question, values, by: 'words' });
const needHeard = (area: Area, need: Need): Answer[] => [heard('triage.areas', area), heard(`${area}.need`, need)];
const bothHeard = (...needs: { area: Area; need: Need }[]): Answer[] => [
  heard('triage.areas', 'several'),
  heard('triage.several', ...needs.map(({ area }) => area), 'done'),
  ...needs.map(({ area, need }) => heard(`${area}.need`, need)),
];
const onPageOf = (comune: ComuneId): Answer => ({ question: 'access.comune', values: [comune], by: 'page' });
const everyNeed = AREAS.flatMap((area) => NEEDS[area].map((need) => ({ area, need })));

describe('every road', () => {
  // The first tap is the first message: it costs no turn more than words would.
  const tapped = ['unsure', ...AREAS].flatMap((area) => roadsFrom([heard('triage.areas', area)]));
  const written = everyNeed.flatMap(({ area, need }) => roadsFrom(needHeard(area, need)));
  const onPages = everyNeed.flatMap(({ area, need }) =>
    COMUNI.flatMap((comune) => roadsFrom([onPageOf(comune), ...needHeard(area, need)])),
  );
  const twoNeeds = everyNeed.flatMap((one) =>
    everyNeed
      .filter((other) => AREAS.indexOf(other.area) > AREAS.indexOf(one.area))
      .flatMap((other) => roadsFrom([...bothHeard(one, other), onPageOf('capannori')])),
  );
  const severalTapped = roadsFrom([heard('triage.areas', 'several')]);
  const roads = [...tapped, ...written, ...onPages, ...twoNeeds, ...severalTapped];
  const inside = roads.flatMap((road) =>
    COMUNI.filter((id) => id === road.arrival.comune).map((comune) => ({ road, comune })),
  );

  it(`takes at most ${MOST_TURNS} turns from a tapped area, the comune unknown`, () => {
    assert.deepEqual(tooLong(tapped, MOST_TURNS), []);
  });

  it(`takes at most ${MOST_TURNS} turns from words that name the need, with the comune unknown or of the page`, () => {
    assert.deepEqual(tooLong([...written, ...onPages, ...twoNeeds], MOST_TURNS), []);
  });

  it('takes one turn more where two troubles are picked by hand, and one for the question about tonight', () => {
    const tonight = ({ arrival }: Road): boolean => arrival.trail.includes('housing.tonight');
    assert.deepEqual(
      tooLong(
        severalTapped.filter((road) => !tonight(road)),
        MOST_TURNS + 1,
      ),
      [],
    );
    assert.deepEqual(tooLong(severalTapped.filter(tonight), MOST_TURNS + 2), []);
  });

  it('takes one turn in what cannot wait, from words that name need and comune', () => {
    const first = [...needHeard('relational', 'violence'), heard('access.comune', 'porcari')];
    assert.deepEqual(
      roadsFrom(first).map(({ turns }) => turns),
      [1],
    );
  });

  it('reaches every need, and somebody outside the territory too', () => {
    const reached = new Set(tapped.flatMap(({ arrival }) => arrival.referrals.map(({ need }) => need)));
    assert.deepEqual(
      everyNeed.map(({ need }) => need).filter((need) => !reached.has(need)),
      [],
    );
    assert.ok(tapped.some(({ arrival }) => arrival.comune === 'outside'));
  });

  it('arrives in the comune that was named, with the answers that decided it', () => {
    for (const road of roads) {
      const named = road.answers.find(({ question }) => question === 'access.comune')?.values[0];
      assert.equal(road.arrival.comune, named, shown(road));
      for (const question of road.arrival.trail)
        assert.ok(
          road.answers.some((answer) => answer.question === question),
          `${question}: ${shown(road)}`,
        );
    }
  });

  it('puts the most urgent first', () => {
    const rank = { emergency: 0, urgent: 1, none: 2 };
    for (const road of roads) {
      const ranks = road.arrival.referrals.map(({ urgency }) => rank[urgency]);
      assert.deepEqual(
        ranks,
        ranks.toSorted((a, b) => a - b),
        shown(road),
      );
    }
  });

  it('asks nothing optional once something is urgent', () => {
    const optional = ['access.followed', 'access.for_whom'];
    for (const road of roads.filter(({ arrival }) => arrival.referrals[0].urgency !== 'none'))
      assert.deepEqual(
        road.arrival.trail.filter((question) => optional.includes(question)),
        [],
        shown(road),
      );
  });

  describe('in every comune', () => {
    const directory = loadDirectory();
    const words = loadWords();

    it('ends at a desk with a phone, and never far from a person of that comune', () => {
      for (const { road, comune } of inside) {
        const { primary, also } = destinationOf(directory, road.arrival, comune);
        assert.ok(primary.phones.length > 0, `${primary.id}: ${shown(road)}`);
        const own = directory.desks('segretariato', comune)[0]?.phones[0]?.value.uri;
        const numbers = [primary, ...also].map((desk) => desk.phones[0]?.value.uri);
        assert.ok(own !== undefined && numbers.includes(own), `no desk of ${comune}: ${shown(road)}`);
      }
    });

    it('names 112 wherever there is danger, as a desk or in the words said before the card', () => {
      for (const { road, comune } of inside)
        for (const referral of road.arrival.referrals.filter(({ urgency }) => urgency === 'emergency')) {
          const { primary, also } = destinationOf(directory, road.arrival, comune);
          const asDesk = [primary, ...also].some((desk) => desk.service === 'emergency_112');
          const asWords = referral.notes.some((note) => words.say('it')(`notes:${note}`).includes('112'));
          assert.ok(asDesk || asWords, shown(road));
        }
    });

    it('tells nobody of the same desk twice', () => {
      for (const { road, comune } of inside) {
        const { primary, also } = destinationOf(directory, road.arrival, comune);
        const ids = [primary, ...also].map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length, `${ids.join(' ')}: ${shown(road)}`);
      }
    });
  });
});

function tooLong(roads: readonly Road[], most: number): string[] {
  return roads.filter(({ turns }) => turns > most).map((road) => `${road.turns} turns: ${shown(road)}`);
}
