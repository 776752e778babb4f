// The floor's answer gives the right numbers for the danger and the hour, asks nothing and speaks the person's language.
// Whether there is danger is left to floor.test.ts.
import assert from 'node:assert/strict';
import { FLOOR_CHOICES, floorAnswer, floorCheck, floorMaybe, floorPerson, floorReminder } from '../bot/floor/answer.ts';
import type { FloorWords } from '../bot/floor/answer.ts';
import { DANGERS } from '../bot/floor/types.ts';
import type { FloorHit } from '../bot/floor/types.ts';
import type { Calendar, Comune, Desk, Directory } from '../bot/ports.ts';
import { loadWords } from '../bot/words.ts';
import type { ServiceKey } from '../flows/types.ts';

const words = loadWords();
const fact = <T>(value: T) => ({ value, status: 'FOUND' as const, source: 'test', date: '2026-01', confirm: false });
const desk = (service: ServiceKey, shown: string, name: string, more: Partial<Desk> = {}): Desk => ({
  id: service,
  service,
  name,
  organization: '',
  serves: ['lucca', 'porcari'],
  phones: [fact({ shown, uri: `tel:${shown.replaceAll(' ', '')}` })],
  ...more,
});

const DESKS = [
  desk('emergency_112', '112', '112'),
  desk('violence_1522', '1522', '1522', { website: fact('https://www.1522.eu'), languages: ['it', 'en', 'ar'] }),
  desk('anti_violence_centre', '0583 000001', 'Centro Prova'),
  desk('child_emergency_114', '114', '114'),
  desk('child_line_19696', '19696', 'Telefono Azzurro'),
  desk('telefono_amico', '02 2327 2327', 'Telefono Amico', { hours: fact('Mo-Su 09:00-24:00') }),
  desk('medical_116117', '116117', '116117'),
  desk('anti_trafficking', '800 000 000', 'Antitratta'),
  desk('segretariato', '0583 000002', 'Sportello Prova', { hours: fact('Tu 09:00-12:00') }),
  desk('street_unit', '0583 000003', 'Unità di strada Prova'),
  desk('cold_plan', '0583 000004', 'Villa Pardini'),
];

const directory: Directory = {
  comuni: () => [],
  comune: (): Comune => assert.fail('not asked for'),
  desks: (service) => DESKS.filter((one) => one.service === service),
  desk: () => undefined,
  measure: () => undefined,
  frazioni: () => [],
};

/** Telefono Amico from 9 to 24 by the winter clock of Rome (one hour ahead of UTC); the sportello opens on Tuesday. */
const calendar: Calendar = {
  opening: (one, _comune, at) => {
    if (one.service !== 'telefono_amico') return { open: false, next: new Date('2026-11-24T08:00:00Z') };
    const hour = (at.getUTCHours() + 1) % 24;
    return hour >= 9
      ? { open: true, until: new Date('2026-11-23T23:00:00Z') }
      : { open: false, next: new Date('2026-11-23T08:00:00Z') };
  },
  slots: () => [],
  afterWorkingDays: (_desk, _comune, from) => from,
};

const EARLY = new Date('2026-11-23T07:30:00Z');
const TEN = new Date('2026-11-23T09:00:00Z');

function given(dangers: FloorHit['dangers'], more: Partial<FloorWords> & { hit?: FloorHit } = {}): FloorWords {
  return {
    hit: { dangers, minorWrites: false, child: false },
    at: TEN,
    language: 'it',
    comune: 'porcari',
    directory,
    calendar,
    words,
    ...more,
  };
}
const urls = (input: FloorWords): string[] => floorAnswer(input).links.map((link) => link.url);

describe('floor answer', () => {
  it('medical: 112 and nothing else', () => assert.deepEqual(urls(given(['medical'])), ['tel:112']));

  it('violence: 112, 1522 with chat and languages, the centre', () => {
    assert.deepEqual(urls(given(['violence'])), ['tel:112', 'tel:1522', 'https://www.1522.eu', 'tel:0583000001']);
    assert.match(floorAnswer(given(['violence'])).text, /italiano, inglese, arabo/);
  });

  it('child: 112, 114, 19696', () => assert.deepEqual(urls(given(['child'])), ['tel:112', 'tel:114', 'tel:19696']));

  it('despair at ten: Telefono Amico answers', () => {
    assert.deepEqual(urls(given(['suicide'])), ['tel:112', 'tel:0223272327', 'tel:116117']);
    assert.match(floorAnswer(given(['suicide'])).text, /02 2327 2327.*Risponde adesso, fino alle 24/);
  });

  it('despair at half past eight: Telefono Amico is said to open at nine and is not a button', () => {
    assert.deepEqual(urls(given(['suicide'], { at: EARLY })), ['tel:112', 'tel:116117']);
    assert.match(floorAnswer(given(['suicide'], { at: EARLY })).text, /ora non risponde.*oggi alle 9/);
  });

  it('no shelter: the sportello with its next opening and the street unit, the cold plan through the services', () => {
    const { text } = floorAnswer(given(['no_shelter']));
    assert.deepEqual(urls(given(['no_shelter'])), ['tel:112', 'tel:0583000002', 'tel:0583000003']);
    assert.match(text, /martedì 24 novembre.*alle 9/);
    assert.match(text, /tramite i servizi/);
  });

  it('no shelter with a child: families go through the services, never to a dormitory door', () => {
    const { text } = floorAnswer(
      given(['no_shelter'], { hit: { dangers: ['no_shelter'], minorWrites: false, child: true } }),
    );
    assert.match(text, /famiglie.*servizi sociali/);
    assert.doesNotMatch(text, /Pardini/);
  });

  it('several dangers: every number once, 112 first', () => {
    const all = urls(given(['medical', 'violence', 'child', 'suicide', 'no_shelter']));
    assert.equal(all[0], 'tel:112');
    assert.equal(new Set(all).size, all.length);
    for (const number of ['1522', '114', '19696', '116117']) assert.ok(all.includes(`tel:${number}`));
  });

  it('a directory and a calendar that fail still leave 112', () => {
    const broken: Directory = { ...directory, desks: () => assert.fail('no directory') };
    const shut: Calendar = { ...calendar, opening: () => assert.fail('no calendar') };
    for (const danger of ['medical', 'violence', 'child', 'suicide', 'no_shelter'] as const) {
      assert.deepEqual(urls(given([danger], { directory: broken, calendar: shut })), ['tel:112']);
      assert.match(floorAnswer(given([danger], { calendar: shut })).text, /112/);
    }
  });

  it('speaks to a minor as "tu"', () => {
    const { text } = floorAnswer(given(['child'], { hit: { dangers: ['child'], minorWrites: true, child: true } }));
    assert.match(text, /adulto di cui ti fidi/);
    assert.doesNotMatch(text, /chiami|\bSuo\b|scriva/);
  });

  for (const language of ['it', 'en']) {
    for (const minorWrites of [false, true]) {
      it(`${language}${minorWrites ? ', minor' : ''}: asks nothing, names no closed service, leaves no gap`, () => {
        for (const danger of ['medical', 'violence', 'child', 'suicide', 'no_shelter'] as const) {
          const reply = floorAnswer(
            given([danger], { language, hit: { dangers: [danger], minorWrites, child: minorWrites } }),
          );
          assert.equal(reply.kind, 'floor');
          assert.equal(reply.lang, language);
          assert.doesNotMatch(reply.text, /\?|SEUS|Pardini|\{\{|undefined/);
          assert.ok(reply.text.indexOf('112') < 90, reply.text);
          assert.deepEqual(
            reply.choices.map((choice) => choice.id),
            [FLOOR_CHOICES.human, FLOOR_CHOICES.continue],
          );
        }
      });
    }
  }

  it('calls a countrywide line by a name in the language of the answer', () => {
    const labels = (language: string): string[] =>
      floorAnswer(given(['child'], { language })).links.map(({ label }) => label);
    assert.deepEqual(labels('it').slice(0, 2), ['112, numero unico di emergenza', '114, emergenza infanzia']);
    assert.deepEqual(labels('ro').slice(0, 2), ['112, numărul de urgență', '114, copii în pericol']);
    assert.deepEqual(labels('ar').slice(0, 2), ['112، رقم الطوارئ', '114، أطفال في خطر']);
    assert.match(labels('en').join(), /^112, emergency number,114, children in danger,19696, Telefono Azzurro, for/);
  });

  it('the way out has a second step, and the reminder is one line with the numbers', () => {
    const check = floorCheck(given(['suicide']));
    assert.deepEqual(
      check.choices.map((choice) => choice.id),
      ['floor.safe_now', 'floor.numbers', 'floor.human'],
    );
    assert.match(check.text, /112/);
    const reminder = floorReminder(given(['violence']));
    assert.match(reminder.text, /^[^\n]*112[^\n]*1522[^\n]*$/);
    assert.deepEqual(reminder.choices, []);
  });

  describe('to whom', () => {
    const hitOf = (more: Partial<FloorHit>): { hit: FloorHit } => ({
      hit: { dangers: ['violence'], minorWrites: false, child: false, ...more },
    });

    it('a man who is hit gets 112 and 1522, and no centre for women', () =>
      assert.deepEqual(urls(given(['violence'], hitOf({ man: true }))), [
        'tel:112',
        'tel:1522',
        'https://www.1522.eu',
      ]));

    it('the centre is said to be for women, 1522 for anyone', () => {
      const { text } = floorAnswer(given(['violence']));
      assert.match(text, /1522: .*per le donne e per chiunque/);
      assert.match(text, /Per le donne: 0583 000001/);
    });

    it('somebody exploited gets the line against trafficking, not the centre for women', () =>
      assert.deepEqual(urls(given(['violence'], hitOf({ exploited: true }))), ['tel:112', 'tel:800000000']));

    it('where that line may not be shown, 1522', () => {
      const without = {
        ...directory,
        desks: (service: ServiceKey) => (service === 'anti_trafficking' ? [] : directory.desks(service, 'lucca')),
      };
      const input = given(['violence'], { ...hitOf({ exploited: true }), directory: without });
      assert.deepEqual(urls(input), ['tel:112', 'tel:1522']);
    });

    it('work that is not paid: one line with that number, nothing stopped', () => {
      const { text, choices, links } = floorMaybe(given(['violence'], hitOf({ exploited: true, maybe: true })));
      assert.match(text, /^[^\n]*non La paga[^\n]*800 000 000[^\n]*$/);
      assert.deepEqual(choices, []);
      assert.deepEqual(
        links.map(({ url }) => url),
        ['tel:800000000'],
      );
    });

    for (const danger of ['child', 'suicide', 'no_shelter'] as const)
      it(`a minor in danger (${danger}) gets 114 and 19696, an adult to trust, and no line that shuts`, () => {
        const input = given([danger], { at: EARLY, hit: { dangers: [danger], minorWrites: true, child: true } });
        const { text } = floorAnswer(input);
        assert.deepEqual(urls(input).slice(0, 3), ['tel:112', 'tel:114', 'tel:19696']);
        assert.match(text, /adulto di cui ti fidi/);
        assert.match(text, /Non è colpa tua/);
        assert.doesNotMatch(text, /Telefono Amico|116117|\bLa\b|\bLei\b|\bSuo\b/);
      });

    it('a minor who asks for a person: who answers children, and the way on', () => {
      const reply = floorPerson(given(['child'], { hit: { dangers: ['child'], minorWrites: true, child: true } }));
      assert.deepEqual(
        reply.links.map(({ url }) => url),
        ['tel:112', 'tel:114', 'tel:19696'],
      );
      assert.deepEqual(
        reply.choices.map(({ id }) => id),
        ['floor.continue'],
      );
    });
  });

  for (const language of words.floorLanguages)
    it(`${language}: every danger, every hour, adult and minor: 112 first, no gap, its own words`, () => {
      for (const danger of DANGERS)
        for (const at of [EARLY, TEN])
          for (const minorWrites of [false, true]) {
            const hit: FloorHit = { dangers: [danger], minorWrites, child: minorWrites };
            const input = given([danger], { language, talkLanguage: language, at, hit });
            for (const reply of [floorAnswer(input), floorCheck(input), floorReminder(input), floorMaybe(input)]) {
              assert.equal(reply.lang, language);
              assert.ok(reply.text.includes('112'), reply.text);
              assert.doesNotMatch(reply.text, /\{\{|undefined|NaN|SEUS|Pardini/);
              if (language !== 'it') assert.doesNotMatch(reply.text, /Gratuito, giorno|Io resto|lunedì|adesso/);
            }
            const [first = ''] = floorAnswer(input).text.split('\n');
            assert.match(first, /^112/);
          }
    });

  it('on a Monday before nine the line that is shut says when it opens, in the language of the writer', () => {
    assert.match(floorAnswer(given(['suicide'], { at: EARLY, language: 'sq' })).text, /mbyllur.*hënë.*09:00/);
    assert.match(floorAnswer(given(['suicide'], { at: EARLY, language: 'ar' })).text, /مغلق الآن.*الساعة 9/);
    assert.ok(!urls(given(['suicide'], { at: EARLY, language: 'sq' })).includes('tel:0223272327'));
  });

  it('a language that may have been guessed wrong is followed by 112 in the language of the talk', () => {
    const { text } = floorAnswer(given(['violence'], { language: 'pt', talkLanguage: 'it' }));
    assert.match(text.split('\n').at(-1) ?? '', /^112: subito/);
  });

  it('an unknown language gets Italian', () =>
    assert.equal(floorAnswer(given(['violence'], { language: 'xx' })).lang, 'it'));
});
