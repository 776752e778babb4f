// Words that are not clear, or were taken for something else: one question apart, one tap to put it right, none dropped.
// How the words read on the screen is left to the transcripts, how texts are understood to the decoder's tests.
import assert from 'node:assert/strict';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { namedNeeds, valuesOf } from '../bot/answers.ts';
import { advance } from '../bot/conversation.ts';
import type { Decoded } from '../bot/decoder/types.ts';
import type { FloorHit } from '../bot/floor/types.ts';
import type { Channel, Reply } from '../bot/message.ts';
import type { ConversationState } from '../bot/state.ts';
import type { Unclear } from '../bot/unclear.ts';
import { UNCLEAR } from './support/scripted-decoder.ts';
import { testEnvironment } from './support/environment.ts';

const directory = loadDirectory();
const env = testEnvironment({ directory });
const AT = new Date('2026-11-24T09:00:00Z');
const DESPAIR: FloorHit = { dangers: ['suicide'], minorWrites: false, child: false };

/** A talk on one channel: what is said to it, what it answered last, what it remembers. */
function open(channel: Channel = 'web', language = 'it') {
  let state: ConversationState | undefined;
  let replies: Reply[] = [];
  const unclear: Unclear[] = [];
  let count = 0;
  const turn = (text: string, more: { choice?: string; decoded?: Partial<Decoded>; hit?: FloorHit; start?: true }) => {
    count += 1;
    const { choice, decoded, hit = null, start } = more;
    const incoming = {
      channel,
      conversationId: 'c',
      messageId: String(count),
      kind: start ? ('start' as const) : ('message' as const),
      text,
      language,
      ...(choice === undefined ? {} : { choice }),
    };
    const read = choice === undefined && !start ? { ...UNCLEAR, lang: language, ...decoded } : undefined;
    // As the store keeps it: plain JSON.
    const kept: ConversationState | undefined = state && JSON.parse(JSON.stringify(state));
    const done = advance(env, kept, [], { incoming, decoded: read, hit, at: AT });
    state = done.state;
    replies = done.effects.replies;
    unclear.push(...done.unclear);
  };
  turn('', { start: true });
  const now = (): ConversationState => state ?? assert.fail('no turn yet');
  return {
    unclear,
    type: (text: string, decoded: Partial<Decoded> = {}, hit?: FloorHit) =>
      turn(text, { decoded, ...(hit ? { hit } : {}) }),
    tap: (choice: string) => turn('', { choice }),
    state: now,
    needs: () => namedNeeds(now().answers),
    answer: (question: string) => valuesOf(now().answers, question),
    text: () => replies.map(({ text }) => text).join('\n'),
    first: () => replies[0] ?? assert.fail('no reply'),
    buttons: () => (replies.at(-1)?.choices ?? []).map(({ id }) => id),
  };
}

const either: Partial<Decoded> = {
  comune: 'porcari',
  forWhom: 'other',
  answers: { 'economic.cutoff': 'cut_frail' },
  likely: [
    { need: 'bills', sure: 0.35 },
    { need: 'rent', sure: 0.3 },
    { need: 'debts', sure: 0.04 },
  ],
};
const bills: Partial<Decoded> = {
  area: 'economic',
  need: 'bills',
  comune: 'porcari',
  confidence: 0.5,
  likely: [
    { need: 'bills', sure: 0.5 },
    { need: 'rent', sure: 0.2 },
    { need: 'debts', sure: 0.1 },
    { need: 'income', sure: 0.08 },
  ],
};

describe('the question that splits', () => {
  it('is asked where nothing is claimed and two to four needs may be meant', () => {
    const talk = open();
    talk.type('non riesco a pagare', either);
    assert.deepEqual(talk.buttons(), ['split.bills', 'split.rent', 'split.other']);
    assert.deepEqual(talk.needs(), []);
  });

  for (const [what, likely] of [
    ['one need only', [{ need: 'bills', sure: 0.6 }]],
    [
      'too little together',
      [
        { need: 'bills', sure: 0.25 },
        { need: 'rent', sure: 0.2 },
      ],
    ],
    ['nothing', []],
  ] satisfies [string, Decoded['likely']][])
    it(`is not asked where ${what} may be meant`, () => {
      const talk = open();
      talk.type('non riesco a pagare', { likely });
      assert.ok(!talk.buttons().some((id) => id.startsWith('split.')));
    });

  it('is not asked in the middle of another question, nor about what is off topic', () => {
    const asked = open();
    asked.type('la bolletta', { ...bills, likely: [{ need: 'bills', sure: 1 }] });
    asked.type('mah', either);
    assert.deepEqual(
      asked.buttons().filter((id) => id.startsWith('split.')),
      [],
    );
    const off = open();
    off.type('quanto costa la pizza', { ...either, answers: { 'triage.off_topic': 'yes' } });
    assert.deepEqual(
      off.buttons().filter((id) => id.startsWith('split.')),
      [],
    );
  });

  const ways: [string, (talk: ReturnType<typeof open>) => void][] = [
    ['a tap', (talk) => talk.tap('split.bills')],
    ['its words', (talk) => talk.type('La bolletta')],
    ['a sentence', (talk) => talk.type('è per la bolletta del gas')],
    ['its place', (talk) => talk.type('la prima')],
    ['its number', (talk) => talk.type('1')],
    ['its id', (talk) => talk.type('split.bills')],
    ['the other denied', (talk) => talk.type("non l'affitto")],
    [
      'what the decoder reads',
      (talk) => talk.type('mi hanno scritto quelli della luce', { area: 'economic', need: 'bills', confidence: 0.9 }),
    ],
  ];
  for (const channel of ['web', 'telegram', 'terminal', 'botframework'] as const)
    for (const [how, answer] of ways)
      it(`is answered by ${how} on ${channel}, and what else was said is kept`, () => {
        const talk = open(channel);
        talk.type('non riesco a pagare', either);
        answer(talk);
        assert.deepEqual(talk.needs(), ['bills']);
        assert.deepEqual(talk.answer('access.comune'), ['porcari']);
        assert.deepEqual(talk.answer('access.for_whom'), ['relative']);
        assert.deepEqual(talk.answer('economic.cutoff'), ['cut_frail']);
        assert.equal(talk.state().split, null);
        assert.equal(talk.first().kind, 'text');
      });

  it('takes more than one of them', () => {
    for (const said of ['1 e 2', 'la bolletta e l’affitto']) {
      const talk = open();
      talk.type('non riesco a pagare', either);
      talk.type(said);
      assert.deepEqual(talk.needs(), ['bills', 'rent'], said);
    }
  });

  it('"altro", "no", "non è questo" lead to the usual question', () => {
    for (const said of ['Altro', 'altro', "l'ultima", '3', 'no', 'non è questo', 'nessuna delle due', 'neither']) {
      const talk = open();
      talk.type('non riesco a pagare', either);
      talk.type(said);
      assert.ok(talk.buttons().includes('triage.areas.housing'), said);
      assert.deepEqual(talk.answer('access.comune'), ['porcari'], said);
    }
  });

  it('inside one area "altro" leads to that area', () => {
    const talk = open();
    talk.type('sono messa male', {
      area: 'economic',
      likely: [
        { need: 'debts', sure: 0.3 },
        { need: 'food', sure: 0.3 },
      ],
    });
    assert.deepEqual(talk.buttons(), ['split.debts', 'split.food', 'split.other']);
    talk.tap('split.other');
    assert.ok(talk.buttons().includes('economic.need.bills'));
  });

  it('keeps a second area that was named, and does not ask where a further need was heard clearly', () => {
    const likely: Decoded['likely'] = [
      { need: 'debts', sure: 0.3 },
      { need: 'food', sure: 0.3 },
    ];
    const talk = open();
    talk.type('sono messa male', { area: 'economic', secondaryArea: 'housing', comune: 'capannori', likely });
    talk.tap('split.debts');
    talk.tap('economic.debt_kind.other');
    assert.ok(talk.buttons().includes('housing.need.rent'));
    const clear = open();
    clear.type('sono messa male', { area: 'economic', otherNeeds: ['rent'], secondaryArea: 'housing', likely });
    assert.deepEqual(clear.needs(), ['rent']);
  });

  it('keeps the need already told when it is asked about a second area', () => {
    const talk = open();
    talk.tap('triage.areas.several');
    talk.type('1 e 2');
    talk.tap('housing.need.rent');
    talk.type('mah', {
      likely: [
        { need: 'debts', sure: 0.3 },
        { need: 'food', sure: 0.3 },
      ],
    });
    talk.tap('split.food');
    assert.deepEqual(talk.needs(), ['food', 'rent']);
  });

  it('is asked again after an aside, not after another need in words', () => {
    const talk = open();
    talk.type('non riesco a pagare', either);
    talk.type('chi sei');
    assert.ok(talk.buttons().includes('split.rent'));
    talk.type('mi sento solo', { area: 'relational', need: 'loneliness', confidence: 0.95 });
    assert.deepEqual(talk.needs(), ['loneliness']);
    assert.equal(talk.state().split, null);
  });

  it('is not repeated to who does not answer it: the usual question, then a person', () => {
    const talk = open();
    talk.type('non riesco a pagare', either);
    talk.type('eh già', either);
    assert.ok(talk.buttons().includes('triage.areas.housing'));
    talk.type('uffa');
    assert.ok(talk.buttons().includes('human.request'));
  });

  it('a stale button of it says so, and the talk goes on where it was', () => {
    const talk = open();
    talk.type('non riesco a pagare', either);
    talk.tap('split.food');
    assert.match(talk.text(), /non è più valida/);
    assert.ok(talk.buttons().includes('split.rent'));
    talk.tap('split.rent');
    for (const stale of ['split.bills', 'split.other', 'split.', 'split.nonsense', 'correct.other', 'correct.bills']) {
      const before = talk.state().answers;
      talk.tap(stale);
      assert.match(talk.text(), /non è più valida/, stale);
      assert.deepEqual(talk.state().answers, before, stale);
    }
  });

  it('a cry for help typed as its answer gets the numbers first, and is not kept to learn from', () => {
    const talk = open();
    talk.type('non riesco a pagare', either);
    talk.type('la prima, ma voglio morire', {}, DESPAIR);
    assert.equal(talk.first().kind, 'floor');
    assert.deepEqual(talk.needs(), []);
    talk.type('hai capito male');
    assert.equal(talk.first().kind, 'floor');
    assert.notEqual(talk.state().floor, null);
    assert.deepEqual(talk.unclear, []);
    talk.tap('floor.continue');
    talk.tap('floor.safe_now');
    assert.ok(talk.buttons().includes('split.rent'));
  });
});

describe('what was understood', () => {
  it('is corrected in one tap where it is not sure: two needs, and something else', () => {
    const talk = open();
    talk.type('i soldi di casa', bills);
    assert.deepEqual(talk.buttons().slice(-3), ['correct.rent', 'correct.debts', 'correct.other']);
    talk.tap('correct.rent');
    assert.deepEqual(talk.needs(), ['rent']);
    assert.deepEqual(talk.answer('access.comune'), ['porcari']);
  });

  it('has no such buttons where it is sure, or where the words gave a detail too', () => {
    for (const sure of [
      { ...bills, likely: [{ need: 'bills', sure: 0.85 }] },
      { ...bills, answers: { 'economic.cutoff': 'cut' } },
    ] satisfies Partial<Decoded>[]) {
      const talk = open();
      talk.type('la bolletta', sure);
      assert.deepEqual(
        talk.buttons().filter((id) => id.startsWith('correct.')),
        [],
      );
    }
  });

  it('has fewer beside many buttons, none beside a delicate question, none while a danger is open', () => {
    const many = open();
    many.type('affitto, forse', {
      ...bills,
      need: 'rent',
      area: 'housing',
      comune: 'none',
      likely: [
        { need: 'rent', sure: 0.5 },
        { need: 'bills', sure: 0.2 },
        { need: 'debts', sure: 0.2 },
      ],
    });
    assert.deepEqual(
      many.buttons().filter((id) => id.startsWith('correct.')),
      ['correct.bills', 'correct.other'],
    );
    const delicate = open();
    delicate.type('sono giù', {
      area: 'health',
      need: 'mental_health',
      confidence: 0.5,
      likely: [
        { need: 'mental_health', sure: 0.5 },
        { need: 'loneliness', sure: 0.3 },
      ],
    });
    assert.deepEqual(delicate.buttons(), ['health.mind.talk', 'health.mind.end_it']);
    const danger = open();
    danger.type('voglio morire', {}, DESPAIR);
    danger.type('i soldi di casa', bills);
    assert.deepEqual(
      danger.buttons().filter((id) => id.startsWith('correct.')),
      [],
    );
  });

  it('"no" answers the question, not the correction; the last is the last answer', () => {
    for (const said of ['no', "l'ultima"]) {
      const talk = open();
      talk.type('i soldi di casa', bills);
      talk.type(said);
      assert.deepEqual(talk.answer('economic.cutoff'), ['no'], said);
      assert.deepEqual(talk.needs(), ['bills'], said);
    }
  });

  it('"no" to a question that has no such answer means that it was wrong', () => {
    const talk = open();
    talk.type('affitto, forse', { ...bills, need: 'rent', area: 'housing', comune: 'none' });
    talk.type('no');
    assert.deepEqual(talk.needs(), []);
    assert.ok(talk.buttons().includes('triage.areas.housing'));
  });

  const said: [string, string[]][] = [
    ["no, è per l'affitto", ['rent']],
    ['No, l’affitto', ['rent']],
    ["non è la bolletta, è l'affitto", ['rent']],
    ["hai capito male, è per l'affitto", ['rent']],
    ["no, it's about the rent", ['rent']],
    ['I meant the rent', ['rent']],
    ['hai capito male', []],
    ['no, ha capito male', []],
    ['non è questo', []],
    ['no, è per altro', []],
    ['you misunderstood', []],
    ["that's not it", []],
  ];
  for (const [words, needs] of said)
    it(`is corrected by words, sure or not: ${words}`, () => {
      for (const likely of [bills.likely ?? [], []]) {
        const talk = open();
        talk.type('i soldi di casa', { ...bills, likely, confidence: 0.9 });
        talk.type(words);
        assert.deepEqual(talk.needs(), needs);
        assert.deepEqual(talk.answer('access.comune'), ['porcari']);
        assert.equal(talk.buttons().includes('triage.areas.housing'), needs.length === 0);
      }
    });

  it('is corrected by what the decoder reads after "no, è per"', () => {
    const talk = open();
    talk.type('i soldi di casa', bills);
    talk.type('no, è per mia madre che non si alza', {
      area: 'health',
      need: 'elderly_care',
      confidence: 0.8,
      forWhom: 'other',
    });
    assert.deepEqual(talk.needs(), ['elderly_care']);
  });

  it('is not corrected by a no that answers', () => {
    for (const words of [
      'no, per ora no',
      'no, non ancora arrivata',
      'no, ho già pagato tutto quello che dovevo del affitto',
    ]) {
      const talk = open();
      talk.type('i soldi di casa', bills);
      talk.type(words);
      assert.deepEqual(talk.needs(), ['bills'], words);
    }
  });

  it('is corrected after the card too; its buttons are gone after the next answer', () => {
    const talk = open();
    talk.type('i soldi di casa', bills);
    talk.tap('economic.cutoff.no');
    talk.tap('correct.rent');
    assert.match(talk.text(), /non è più valida/);
    talk.tap('access.followed.first');
    assert.equal(talk.state().asking.kind, 'result');
    talk.type("no, è per l'affitto");
    assert.deepEqual(talk.needs(), ['rent']);
    assert.equal(talk.state().asking.kind, 'result');
  });

  it('of two needs the right one is kept in one tap', () => {
    const talk = open();
    talk.type('casa e lavoro', { ...bills, otherNeeds: ['unfit_home'], secondaryArea: 'housing' });
    assert.deepEqual(talk.buttons().slice(-3), ['correct.only.bills', 'correct.only.unfit_home', 'correct.other']);
    talk.tap('correct.only.unfit_home');
    assert.deepEqual(talk.needs(), ['unfit_home']);
  });

  it('replaces the wrong need only', () => {
    const talk = open();
    talk.type('casa e lavoro', { ...bills, otherNeeds: ['unfit_home'], secondaryArea: 'housing' });
    talk.type('non è la bolletta, sono i debiti');
    assert.deepEqual(talk.needs(), ['debts', 'unfit_home']);
  });
});

describe('words to learn from', () => {
  it('are those that fell through, with what they turned out to be where that was said', () => {
    const talk = open();
    talk.type('blu');
    talk.type('non riesco a pagare', either);
    talk.tap('split.rent');
    talk.type('hai capito male');
    assert.deepEqual(talk.unclear, [
      { text: 'blu', lang: 'it', why: 'not_understood', said: null },
      { text: 'non riesco a pagare', lang: 'it', why: 'not_understood', said: null, corrected: 'rent' },
    ]);
  });

  it('are those that were corrected, with what they were taken for', () => {
    const talk = open();
    talk.type('i soldi di casa', bills);
    talk.tap('correct.rent');
    const again = open();
    again.type('i soldi di casa', bills);
    again.tap('correct.other');
    const told = { text: 'i soldi di casa', lang: 'it', why: 'corrected', said: 'bills' };
    assert.deepEqual([...talk.unclear, ...again.unclear], [{ ...told, corrected: 'rent' }, told]);
  });

  it('are never words of danger, nor what is typed into a request', () => {
    const talk = open();
    talk.type('voglio morire', {}, DESPAIR);
    talk.type('blu');
    talk.tap('floor.continue');
    talk.tap('floor.safe_now');
    talk.type('forse', bills, { ...DESPAIR, maybe: true });
    talk.type("no, è per l'affitto");
    assert.deepEqual(talk.needs(), ['rent']);
    talk.tap('access.followed.first');
    talk.tap('result.request');
    talk.type('blu');
    assert.deepEqual(talk.unclear, []);
  });
});

describe('several needs in one message', () => {
  const cases: [string, Partial<Decoded>, string[], string[]][] = [
    [
      'two areas',
      {
        area: 'economic',
        need: 'bills',
        otherNeeds: ['eviction'],
        secondaryArea: 'housing',
        answers: { 'housing.eviction_when': 'days', 'economic.cutoff': 'no' },
      },
      ['eviction', 'bills'],
      ['uno sfratto', 'le bollette'],
    ],
    [
      'one area',
      { area: 'housing', need: 'unfit_home', otherNeeds: ['homelessness'], answers: { 'housing.tonight': 'hosted' } },
      ['homelessness', 'unfit_home'],
      ['un posto dove stare', 'una casa malsana'],
    ],
    [
      'three areas',
      {
        area: 'economic',
        need: 'debts',
        otherNeeds: ['elderly_care', 'eviction'],
        secondaryArea: 'health',
        answers: { 'housing.eviction_when': 'days' },
      },
      ['eviction', 'elderly_care', 'debts'],
      ['uno sfratto', 'una persona anziana', 'i debiti'],
    ],
    [
      'three needs of two areas',
      {
        area: 'economic',
        need: 'bills',
        otherNeeds: ['food', 'rent'],
        secondaryArea: 'housing',
        answers: { 'economic.fragile': 'no' },
      },
      ['food', 'bills', 'rent'],
      ['la spesa', 'le bollette', "l'affitto"],
    ],
    [
      'three needs of one area',
      { area: 'economic', need: 'bills', otherNeeds: ['debts', 'food'], answers: { 'economic.fragile': 'no' } },
      ['food', 'bills', 'debts'],
      ['la spesa', 'le bollette', 'i debiti'],
    ],
  ];
  for (const [what, decoded, needs, spoken] of cases)
    it(`${what}: all are said and shown on the card, the most urgent first, none dropped`, () => {
      const talk = open('web', 'it');
      talk.type('tante cose', { ...decoded, comune: 'capannori', confidence: 0.95 });
      assert.deepEqual(talk.needs().toSorted(), needs.toSorted());
      inOrder(talk.text(), spoken);
      if (talk.buttons().includes('housing.tonight.hosted')) talk.tap('housing.tonight.hosted');
      if (talk.buttons().includes('access.followed.first')) talk.tap('access.followed.first');
      assert.equal(talk.state().asking.kind, 'result');
      const why = /Perché qui: .*/.exec(talk.text())?.[0] ?? '';
      const labels = needs.map((need) => labelOf(need));
      inOrder(why, labels);
      for (const label of labels) assert.ok(why.includes(label), label);
      talk.tap('result.change');
      assert.equal(talk.buttons().filter((id) => /\.need$|^change\.also\./.test(id)).length, needs.length);
    });

  it('a need beside the main one of its area can be taken off by itself', () => {
    const talk = open();
    talk.type('tante cose', {
      area: 'economic',
      need: 'bills',
      otherNeeds: ['debts', 'income'],
      comune: 'capannori',
      confidence: 0.95,
      answers: { 'economic.cutoff': 'no' },
    });
    talk.tap('access.followed.first');
    talk.tap('result.change');
    talk.tap('change.also.debts');
    assert.deepEqual(talk.needs(), ['bills', 'income']);
  });

  it('an area without a need stands beside a need of another', () => {
    const talk = open();
    talk.type('i soldi e la casa', {
      area: 'economic',
      secondaryArea: 'housing',
      comune: 'capannori',
      confidence: 0.8,
    });
    talk.tap('economic.need.bills');
    talk.tap('economic.cutoff.no');
    assert.ok(talk.buttons().includes('housing.need.rent'));
    talk.type('non riesco a pagare la pigione', { area: 'housing', need: 'rent', confidence: 0.9 });
    assert.deepEqual(talk.needs(), ['bills', 'rent']);
  });
});

function labelOf(need: string): string {
  const area = ['economic', 'housing', 'relational', 'health'].find((one) => env.words.has(`${one}:need.${need}`));
  return env.words.say('it')(`${area ?? ''}:need.${need}`);
}

function inOrder(text: string, parts: readonly string[]): void {
  const places = parts.map((part) => text.indexOf(part));
  assert.ok(
    places.every((place) => place >= 0),
    `${parts.join(', ')} in: ${text}`,
  );
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    text,
  );
}
