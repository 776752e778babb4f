// Which language the talk goes on in: the writer's, told with the way back; few words do not undo what many showed.
// How a text's language is told is left to the decoder's tests, how the words read to the transcripts.
import assert from 'node:assert/strict';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { take } from '../bot/cases/desk-steps.ts';
import { beginWork } from '../bot/cases/work.ts';
import { advance } from '../bot/conversation.ts';
import type { FloorHit } from '../bot/floor/types.ts';
import type { Reply } from '../bot/message.ts';
import type { Case } from '../bot/ports.ts';
import type { ConversationState } from '../bot/state.ts';
import { loadWords } from '../bot/words.ts';
import { aCase } from './store-samples.ts';
import { UNCLEAR } from './support/scripted-decoder.ts';
import { testEnvironment } from './support/environment.ts';

const directory = loadDirectory();
const words = loadWords();
const env = testEnvironment({ directory, words });
const AT = new Date('2026-11-24T09:00:00Z');
const DESPAIR: FloorHit = { dangers: ['suicide'], minorWrites: false, child: false };
const LONG = 'am nevoie de ajutor cu chiria de acasă';

/** A talk on a page in that language; every text comes with the language the decoder took it for. */
function open(language = 'it') {
  let state: ConversationState | undefined;
  let replies: Reply[] = [];
  let count = 0;
  const turn = (text: string, lang: string, more: { choice?: string; hit?: FloorHit } = {}) => {
    const { hit = null, ...choice } = more;
    const kind = count === 0 ? ('start' as const) : ('message' as const);
    count += 1;
    const incoming = { channel: 'web', conversationId: 'c', messageId: `${count}`, kind, text, language } as const;
    const decoded = text === '' ? undefined : { ...UNCLEAR, lang };
    const done = advance(env, state, [], { incoming: { ...incoming, ...choice }, decoded, hit, at: AT });
    state = done.state;
    replies = done.effects.replies;
  };
  turn('', language);
  return {
    write: (text: string, lang: string, hit?: FloorHit) => turn(text, lang, hit ? { hit } : {}),
    tap: (choice: string) => turn('', language, { choice }),
    language: () => state?.language,
    told: (lang: string) => replies.filter(({ text }) => text === words.say(lang)('common:language_followed')).length,
    texts: () => replies.map(({ text }) => text),
    buttons: () => (replies.at(-1)?.choices ?? []).map(({ id }) => id),
    answersIn: () => [...new Set(replies.map(({ lang }) => lang))],
  };
}

describe('the language of the talk', () => {
  it('becomes the writer’s, told once before the answer, with the command that changes it', () => {
    const talk = open();
    talk.write(LONG, 'ro');
    assert.deepEqual(talk.answersIn(), ['ro']);
    assert.equal(talk.texts()[0], words.say('ro')('common:language_followed'));
    assert.match(talk.texts()[0] ?? '', /\/lingua$/);
    talk.write('nu pot să plătesc factura la gaz luna asta', 'ro');
    assert.equal(talk.told('ro'), 0);
    talk.write('/lingua', 'it');
    assert.deepEqual(
      talk.buttons(),
      words.languages.map((language) => `command.language.${language}`),
    );
    talk.tap('command.language.it');
    assert.equal(talk.language(), 'it');
    talk.write(LONG, 'ro');
    assert.equal(talk.language(), 'it', 'who chose a language keeps it');
  });

  it('is not changed by one or two words', () => {
    const talk = open();
    talk.write('bună ziua', 'ro');
    assert.equal(talk.language(), 'it');
  });

  it('is not changed by a telephone number, a date or an amount, whatever they are taken for', () => {
    for (const [text, lang] of [
      ['333 000 0000', 'ar'],
      ['055 12 34 56', 'ro'],
      ['12 / 05 / 2026', 'uk'],
      ['+39 333 000 00 00 !!', 'zh'],
      ['tel 333 000 0000 00 00 00', 'ro'],
    ] as const) {
      const talk = open();
      talk.write(text, lang);
      assert.equal(talk.language(), 'it', text);
      assert.deepEqual(talk.answersIn(), ['it'], text);
      assert.equal(
        talk.buttons().some((id) => id.startsWith('command.language')),
        false,
        text,
      );
    }
  });

  it('is not changed by few words once the person has written in it, and is by many', () => {
    const talk = open();
    talk.write(LONG, 'ro');
    talk.write('am doi copii mici', 'en');
    assert.equal(talk.language(), 'ro');
    talk.write('sorry, I would rather write to you in English', 'en');
    assert.equal(talk.language(), 'en');
    assert.equal(talk.told('en'), 1);
  });

  it('is put right by the next words where the first few were misread', () => {
    const talk = open();
    talk.write('am doi copii', 'en');
    assert.equal(talk.language(), 'en');
    talk.write('nu mai am bani', 'ro');
    assert.equal(talk.language(), 'ro');
  });

  it('is not changed by a command or a button of its own, whatever they resemble', () => {
    const talk = open('ro');
    talk.write('mulțumesc, la revedere', 'it');
    assert.equal(talk.language(), 'ro');
    talk.write('Altceva, sau nu știu', 'pt');
    assert.equal(talk.language(), 'ro');
  });

  it('changes at a word where it is asked for by name, in any language spoken', () => {
    for (const [asked, language] of [
      ['rumeno', 'ro'],
      ['Romanian please', 'ro'],
      ['în engleză', 'en'],
      ['italiană', 'it'],
    ] as const) {
      const talk = open('en');
      talk.write(asked, 'it');
      assert.equal(talk.language(), language, asked);
      assert.equal(talk.told(language), 0, 'the command says it');
    }
  });

  it('follows a cry without a word about languages before the numbers', () => {
    const talk = open();
    talk.write('nu mai vreau să trăiesc deloc', 'ro', DESPAIR);
    assert.equal(talk.told('ro'), 0);
    assert.match(talk.texts()[0] ?? '', /^112/);
  });

  it('says which languages it writes where it does not have the person’s', () => {
    const talk = open();
    talk.write('bonjour je cherche un logement', 'fr');
    const told = talk.texts().join('\n');
    assert.deepEqual(talk.answersIn(), ['fr', 'it']);
    assert.ok(told.startsWith(words.say('fr')('floor:not_written')), 'first in their own');
    assert.ok(told.includes(words.say('it')('common:language_missing', { language: 'francese (français)' })));
    for (const { switchboard } of directory.comuni()) assert.ok(told.includes(switchboard.value.shown));
    for (const name of words.languages.map((language) => names[language] ?? language))
      assert.match(told, new RegExp(name));
    assert.deepEqual(
      talk.buttons().slice(-3),
      ['ar', 'en', 'ro'].map((code) => `command.language.${code}`),
    );
    talk.write('je n’arrive plus à payer le loyer', 'fr');
    assert.ok(!talk.texts().some((text) => text.includes('mediatore')), 'said once');
    assert.ok(!talk.buttons().includes('command.language.en'));
  });

  it('says which it can read where it cannot read the person’s, in two languages, also to who chose the page’s', () => {
    const talk = open();
    talk.tap('command.language.it');
    talk.write('Ich brauche Hilfe mit der Miete', 'de');
    const told = talk.texts().join('\n');
    assert.match(told, /German \(Deutsch\)[^]*tedesco \(Deutsch\)/);
    assert.match(told, /italiano, العربية, English, română, /);
    assert.match(told, /112/);
    assert.deepEqual(
      talk.buttons().slice(-3),
      ['ar', 'en', 'ro'].map((code) => `command.language.${code}`),
    );
  });

  it('takes what the trained ear hears in a language it never learnt for no cry, a sign for one', () => {
    const talk = open();
    talk.write('Ich brauche Hilfe mit der Miete', 'de', { ...DESPAIR, heard: true });
    assert.match(talk.texts()[0] ?? '', /German[^]*112/);
    talk.write('mio marito mi picchia, ich brauche Hilfe', 'de', DESPAIR);
    assert.match(talk.texts()[0] ?? '', /^112/);
  });

  it('tells of it after a cry, not before the numbers', () => {
    const talk = open();
    talk.write('burri im më rreh çdo natë', 'sq', DESPAIR);
    assert.equal(talk.texts().length, 1);
    talk.write('nuk e di', 'sq');
    assert.ok(!talk.texts().some((text) => text.includes('mediatore')));
    talk.tap('floor.continue');
    talk.tap('floor.safe_now');
    assert.ok(talk.texts()[0]?.startsWith(words.say('sq')('floor:not_written')));
  });
});

describe('the language of a request that was sent', () => {
  const cases = (made: Partial<Case>): Case[] => [aCase({ conversationId: 'c', version: 1, ...made })];
  const switched = (known: Case[]): Case[] => {
    const incoming = { channel: 'web', conversationId: 'c', messageId: '1', kind: 'message', text: '' } as const;
    const turn = { incoming: { ...incoming, choice: 'command.language.ro' }, decoded: undefined, hit: null, at: AT };
    return advance(env, undefined, known, turn).effects.cases;
  };

  it('is the one that the person chooses: what comes later by itself is said in it', () => {
    const [made = assert.fail('the case is as it was')] = switched(cases({ state: 'delivered' }));
    assert.equal(made.details.language, 'ro');
    const work = beginWork(env, made, AT);
    take(work, 'Anna');
    assert.equal(work.change.tells[0]?.reply.text, words.say('ro')('case:told.taken', { code: made.code ?? '' }));
  });

  it('stays as it was where nothing more will be said', () => {
    assert.deepEqual(switched(cases({ state: 'closed' })), []);
    assert.equal(switched(cases({ state: 'closed', dueAt: AT }))[0]?.details.language, 'ro');
  });
});

const names: Record<string, string> = { it: 'italiano', en: 'inglese', ro: 'rumeno' };
