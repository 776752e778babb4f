// The floor sees danger in every guise and stays calm at what only looks like it: measured on the project's own sentences.
// What the floor answers is left to floor-answer.test.ts.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { assert as check, constantFrom, oneof, property, string } from 'fast-check';
import { readCorpus, readHeldOut } from '../bot/floor/corpus.ts';
import { detectDanger } from '../bot/floor/detect.ts';
import { MODEL } from '../bot/floor/ear.ts';
import type { EarHeader } from '../bot/floor/ear.ts';
import { loadSigns } from '../bot/floor/signs.ts';
import { DANGERS } from '../bot/floor/types.ts';

interface Row {
  text: string;
  lang: string;
  set: 'tune' | 'held';
  dangers?: string[];
}

const rows = (name: string): Row[] =>
  readFileSync(new URL(`data/floor/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Row => JSON.parse(line));

const crisis = rows('crisis');
const calm = rows('calm');
const lookalikes = rows('lookalikes');
/** Raised in full: what is only likely does not stop the talk. */
const raised = (some: Row[]): Row[] =>
  some.filter(({ text }) => detectDanger(text)?.maybe === undefined && detectDanger(text) !== null);
const missed = (some: Row[]): string[] =>
  some.filter(({ text }) => detectDanger(text) === null).map(({ text }) => text);

describe('floor: its ear', () => {
  it('is the one the sentences give', () => {
    const header: EarHeader = JSON.parse(readFileSync(MODEL, 'utf8').split('\n')[0] ?? '');
    const digest = createHash('sha256').update(JSON.stringify(readCorpus())).digest('hex');
    assert.equal(header.corpus, digest.slice(0, 16), 'the sentences have changed: run "npm run train:floor"');
  });
});

describe('floor: measured', () => {
  it('has enough sentences', () => {
    assert.ok(crisis.length >= 250 && lookalikes.length >= 200 && calm.length >= 150);
  });

  for (const set of ['tune', 'held'] as const) {
    const of = (all: Row[]): Row[] => all.filter((row) => row.set === set);
    const least =
      set === 'tune' ? { recall: 0.97, lookalikes: 0.03, calm: 0.01 } : { recall: 0.6, lookalikes: 0.25, calm: 0.05 };

    it(`${set}: finds at least ${least.recall * 100} % of the cries for help`, () => {
      const misses = missed(of(crisis));
      assert.ok(1 - misses.length / of(crisis).length >= least.recall, `missed:\n${misses.join('\n')}`);
    });

    it(`${set}: raises few look-alikes and calm messages`, () => {
      for (const [name, some, most] of [
        ['lookalikes', of(lookalikes), least.lookalikes],
        ['calm', of(calm), least.calm],
      ] as const) {
        const alarms = raised(some).map(({ text }) => text);
        assert.ok(alarms.length / some.length <= most, `${name} raised:\n${alarms.join('\n')}`);
      }
    });
  }

  // Voices that neither the signs nor the ear have seen. The floors stand a little under what was measured: recall
  // 82 % (89 % with the likely ones) in Italian, not the 97 % that is wanted; see docs/adr.
  for (const [lang, least] of [
    ['it', { full: 0.79, any: 0.87 }],
    ['en', { full: 0.74, any: 0.87 }],
  ] as const)
    it(`held-out voices, ${lang}: finds no fewer cries than when last measured, and raises no more look-alikes`, () => {
      const heldOut = readHeldOut().filter((sentence) => sentence.lang === lang);
      const share = (kind: string, count: (hit: ReturnType<typeof detectDanger>) => boolean): number => {
        const some = heldOut.filter((sentence) => sentence.kind === kind);
        return some.filter(({ text }) => count(detectDanger(text))).length / some.length;
      };
      const full = (hit: ReturnType<typeof detectDanger>): boolean => hit !== null && !hit.maybe;
      assert.ok(share('crisis', full) >= least.full, `full ${share('crisis', full)}`);
      assert.ok(share('crisis', (hit) => hit !== null) >= least.any);
      assert.ok(share('lookalike', full) <= 0.14, `look-alikes ${share('lookalike', full)}`);
      assert.ok(share('calm', full) <= 0.05);
    });

  it('stays calm at the ordinary answers of a request', () => {
    const replies = readCorpus().filter(({ voice }) => /^(answers|buttons|commands) /.test(voice));
    const alarms = replies.filter(({ text }) => detectDanger(text) !== null).map(({ text }) => text);
    assert.ok(replies.length > 700 && alarms.length <= replies.length * 0.01, alarms.join('\n'));
  });

  it('names the danger that is there', () => {
    const seen = crisis.filter(({ set, text }) => set === 'tune' && detectDanger(text) !== null);
    const right = seen.filter(({ text, dangers = [] }) =>
      dangers.every((name) => detectDanger(text)?.dangers.some((d) => d === name)),
    );
    assert.ok(
      right.length / seen.length >= 0.95,
      seen
        .filter((row) => !right.includes(row))
        .map(({ text }) => text)
        .join('\n'),
    );
  });
});

describe('floor: what must never be missed or raised', () => {
  const dangersOf = (text: string): readonly string[] => detectDanger(text)?.dangers ?? [];

  for (const [text, danger] of [
    ['vorrei farla finita', 'suicide'],
    ['non c’e piu motivo di vivere', 'suicide'],
    ["non c'è più motivo di vivere", 'suicide'],
    ['mio marito mi ha messo le mani addosso ieri', 'violence'],
    ['MI STA SFONDANDO LA PORTA', 'violence'],
    ['ho 12 anni mi picchiano', 'child'],
    ['la vicina urla sempre e il bambino piange, secondo me lo picchiano', 'child'],
    ['mi gira la testa e mi fa male il braccio sinistro', 'medical'],
    ['stanotte dormo in macchina con mia figlia di 6 anni', 'no_shelter'],
    ['no aspetti, scherzavo. prima però ho scritto che voglio morire', 'suicide'],
    ['il mio nome? non serve più, tanto voglio morire', 'suicide'],
  ] as const) {
    it(`finds ${danger}: ${text}`, () => assert.ok(dangersOf(text).includes(danger), dangersOf(text).join()));
  }

  for (const text of [
    'muoio di freddo in casa, la caldaia è rotta',
    'mi ammazzo di lavoro',
    'il cane è morto',
    'questa bolletta mi ammazza',
    'è da suicidio',
    'ammazza che caro',
    'mi uccide il mal di testa',
    'sono morta di vergogna',
    'farla finita con questo lavoro',
    'non ce la faccio più a pagare',
    'non ce la faccio più, assisto mio marito con l’alzheimer giorno e notte',
    'non voglio morire, voglio solo pagare la bolletta',
    'anni fa mio marito mi picchiava, ora sono separata',
    'sono senza fissa dimora, giro tra Lucca e Altopascio',
    'muoio di fame',
    'se chiedo aiuto mi portano via i figli?',
  ]) {
    it(`stays calm: ${text}`, () => assert.deepEqual(dangersOf(text), []));
  }

  it('sees who writes and whether children are there', () => {
    assert.deepEqual(detectDanger('ho 12 anni mi picchiano'), { dangers: ['child'], minorWrites: true, child: true });
    assert.equal(detectDanger('stanotte dormo in macchina con mia figlia di 6 anni')?.child, true);
    assert.equal(detectDanger('stanotte dormo in macchina')?.child, false);
    assert.equal(detectDanger('ho 40 anni e voglio morire')?.minorWrites, false);
    assert.equal(detectDanger("I'm 15 and I want to die")?.minorWrites, true);
  });

  it('names every danger, most pressing first', () => {
    assert.deepEqual(dangersOf('ho preso tutte le pastiglie, voglio morire'), ['medical', 'suicide']);
  });

  it('sees that a solved danger has come back', () => {
    assert.deepEqual(dangersOf('anni fa mio marito mi picchiava, ora ha ricominciato'), ['violence']);
  });
});

describe('floor: disguises', () => {
  const disguises: Record<string, (text: string) => string> = {
    capitals: (text) => text.toUpperCase(),
    'no accents': (text) => text.normalize('NFD').replace(/\p{M}/gu, ''),
    'typographic apostrophe': (text) => text.replaceAll("'", '’'),
    'zero-width inside words': (text) => [...text].join('\u200b'),
    'combining marks': (text) => text.replace(/[aeiou]/g, (letter) => `${letter}\u0301\u0323`),
    'full-width letters': (text) =>
      text.replace(/[a-z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
    'Cyrillic twins': (text) => text.replaceAll('a', 'а').replaceAll('o', 'о').replaceAll('e', 'е'),
    leet: (text) => text.replace(/(?<=[a-z])o(?=[a-z])/g, '0').replace(/(?<=[a-z])i(?=[a-z])/g, '1'),
    'spelled out': (text) =>
      text
        .split(' ')
        .map((word) => [...word].join(' '))
        .join('   '),
    dots: (text) =>
      text
        .split(' ')
        .map((word) => (word.length > 3 ? [...word].join('.') : word))
        .join(' '),
    emoji: (text) => text.replace(/(?<=[a-z]{2})(?=[a-z]{2})/, '🔪'),
    'right-to-left override': (text) => `\u202e${text}\u202c`,
    'long vowels': (text) => text.replace(/([aeiou])(?=\s|$)/g, '$1$1$1$1'),
  };
  for (const [name, disguise] of Object.entries(disguises)) {
    it(name, () => {
      for (const text of ['vorrei farla finita', 'voglio morire', 'mio marito mi picchia', 'penso al suicidio']) {
        assert.notEqual(detectDanger(disguise(text)), null, disguise(text));
      }
    });
  }

  it('typing slips in long words', () => {
    for (const text of [
      'penso al sucidio',
      'voglio ammazarmi',
      'mi ha vilentata',
      'mi ha minaciata di morte',
      'vogliomorire',
    ]) {
      assert.notEqual(detectDanger(text), null, text);
    }
  });
});

describe('floor: whatever is written', () => {
  const certain = [
    'voglio morire',
    'mi sta picchiando',
    'vorrei farla finita',
    'stanotte non so dove dormire',
    'mia madre non respira',
  ];

  it('never throws and gives a whole answer', () => {
    check(
      property(
        oneof(string({ unit: 'binary', maxLength: 300 }), string({ unit: 'grapheme', maxLength: 300 })),
        (text) => {
          const hit = detectDanger(text);
          assert.ok(hit === null || hit.dangers.every((danger) => DANGERS.includes(danger)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('finds a cry inside other talk', () => {
    const talk = constantFrom(...calm.filter(({ lang }) => lang === 'it').map(({ text }) => text));
    check(
      property(talk, constantFrom(...certain), talk, (before, cry, after) => {
        assert.notEqual(detectDanger(`${before}. ${cry}. ${after}`), null);
      }),
      { numRuns: 300 },
    );
  });

  it('finds a cry at the end of a very long text, and calm stays calm', () => {
    const filler = 'mi serve un appuntamento per la bolletta della luce che non posso pagare ';
    assert.equal(detectDanger(filler.repeat(140)), null);
    assert.notEqual(detectDanger(`${filler.repeat(140)} voglio morire`), null);
    assert.notEqual(detectDanger(`${filler.repeat(20_000)} voglio morire`), null);
  });
});

describe('floor: the files of signs', () => {
  it('can be read and every danger has signs', () => {
    const { dangers } = loadSigns();
    for (const danger of DANGERS) assert.ok(dangers[danger].signs.length + dangers[danger].certain.length > 20, danger);
  });

  it('says which file is wrong', () => {
    assert.throws(() => loadSigns(new URL('data/floor/broken/', import.meta.url)), /xx\.yaml.*nobody/s);
  });
});
