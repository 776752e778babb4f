// How and when people say they may be contacted, and the rules that are read in it. The careful side wherever it is not sure.
// When a message may then go is left to safe-moment.test.ts.
import assert from 'node:assert/strict';
import type { SafeRules } from '../bot/cases/types.ts';
import { rulesInWords } from '../bot/safe-contact/in-words.ts';
import { allowsMail, readWishes } from '../bot/safe-contact/read.ts';
import { loadWords } from '../bot/words.ts';

const SILENT: SafeRules = { silent: true };
const FREE: SafeRules = {};
const never = (...days: number[]): SafeRules => ({ neverDays: days });
const hours = (...spans: [number, number][]): SafeRules => ({
  hours: spans.map(([from, to]) => ({ from: from * 60, to: to * 60 })),
});
const MORNING = hours([8, 12]);
const ONLY_TUESDAY = never(0, 1, 3, 4, 5, 6);

const SAID: Record<string, [string, SafeRules][]> = {
  it: [
    ["mai il sabato, c'è mio marito", never(6)],
    ['Mai di sabato!', never(6)],
    ['non chiamate il sabato', never(6)],
    ['il sabato no', never(6)],
    ['sabato e domenica mai', never(0, 6)],
    ['mai sabato, domenica e lunedì', never(0, 1, 6)],
    ['né sabato né domenica', never(0, 6)],
    ['non nel fine settimana', never(0, 6)],
    ['il sabato no, la domenica sì', never(6)],
    ['non il sabato ma la domenica va bene', never(6)],
    ['potete chiamare sempre tranne il sabato', never(6)],
    ['sempre, ma mai la domenica', never(0)],
    ['no, mai il sabato', never(6)],
    ['mai il sabato tranne la mattina', never(6)],
    ['mai il sabato mattina', never(6)],
    ['il sabato va bene', never(0, 1, 2, 3, 4, 5)],
    ['anche il sabato va bene', FREE],
    ['il martedì va bene, mai dopo le 18', { ...never(0, 1, 3, 4, 5, 6), ...hours([0, 18]) }],
    ['potete chiamare il martedì, mai la domenica', ONLY_TUESDAY],
    ['potete chiamare la mattina, mai il sabato', { ...never(6), ...MORNING }],
    ['potete chiamare anche il sabato', FREE],
    ['non potete chiamare il sabato', never(6)],
    ['solo di martedì', ONLY_TUESDAY],
    ['mai tranne il martedì', ONLY_TUESDAY],
    ['non chiamate mai tranne il martedì', ONLY_TUESDAY],
    ['solo il martedì e il giovedì', never(0, 1, 3, 5, 6)],
    ['solo dal lunedì al venerdì', never(0, 6)],
    ['solo la mattina', MORNING],
    ['preferirei la mattina', MORNING],
    ['chiamatemi solo la mattina, grazie', MORNING],
    ['la mattina sì, la sera no', hours([0, 17])],
    ['mai di sera', hours([0, 17])],
    ['non chiamatemi la sera perché dormono i bambini', hours([0, 17])],
    ['mai di notte', hours([8, 20])],
    ['dopo le 18', hours([18, 24])],
    ['dopo le 18.30', { hours: [{ from: 1110, to: 1440 }] }],
    ['dalle 15 in poi', hours([15, 24])],
    ['dopo le 6 di sera', hours([18, 24])],
    ['dopo mezzogiorno', hours([12, 24])],
    ['prima delle 12', hours([0, 12])],
    ['fino alle 17', hours([0, 17])],
    ['non oltre le 18', hours([0, 18])],
    ['mai dopo le 18', hours([0, 18])],
    ['mai prima delle 9 e dopo le 18', hours([9, 18])],
    ['dalle 9 alle 11', hours([9, 11])],
    ['9-11', hours([9, 11])],
    ['tra le 9 e le 11', hours([9, 11])],
    ['dalle nove alle undici', hours([9, 11])],
    ['dalle 9 all’una', hours([9, 13])],
    ['dalle 3 alle 5', hours([15, 17])],
    ['dopo le 9 e prima delle 12', hours([9, 12])],
    ['dalle 9 alle 11 o dalle 15 alle 17', hours([9, 11], [15, 17])],
    ['non chiamate dalle 12 alle 15', hours([0, 12], [15, 24])],
    ['mai prima delle 15 e mai la domenica', { ...never(0), ...hours([15, 24]) }],
    ['solo la mattina e mai il sabato', { ...never(6), ...MORNING }],
    ['dopo le 18, mai il sabato', { ...never(6), ...hours([18, 24]) }],
    ['mai dopo le 18, solo lunedì', { ...never(0, 2, 3, 4, 5, 6), ...hours([0, 18]) }],
    ['solo martedì e giovedì mattina', { ...never(0, 1, 3, 5, 6), ...MORNING }],
    ['potete chiamare quando volete', FREE],
    ['sempre', FREE],
    ['non lasciate messaggi in segreteria', FREE],
    ['non chiamate a casa', FREE],
    ['non chiamate a casa, solo sul cellulare', FREE],
    ['niente telefonate, scrivetemi', FREE],
    ['parlate solo con me', FREE],
    ['niente e-mail', { noMail: true }],
    ['niente e-mail e mai il sabato', { ...never(6), noMail: true }],
    // Not surely read, or a danger in itself: nothing goes out by itself.
    ['non lasciate messaggi', SILENT],
    ['solo la mattina, mai il sabato, non lasciate messaggi', SILENT],
    ['non scrivetemi', SILENT],
    ['niente messaggi', SILENT],
    ['non contattatemi', SILENT],
    ['solo per e-mail', SILENT],
    ['solo whatsapp', SILENT],
    ['mio marito controlla il telefono', SILENT],
    ['mai il sabato, mio marito legge i messaggi', SILENT],
    ['non dite niente a mio marito', SILENT],
    ['mio figlio non deve sapere', SILENT],
    ['quando mio marito è al lavoro', SILENT],
    ['solo quando sono sola', SILENT],
    ['non solo la mattina', SILENT],
    ['solo martedì mattina e giovedì pomeriggio', SILENT],
    ['mai nei festivi', SILENT],
    ['il sabato', SILENT],
    ['la mattina', SILENT],
    ['dopo le 6', SILENT],
    ['mai il sabato, dopo le 18', SILENT],
    ['solo la mattina e solo il pomeriggio', SILENT],
    ['mai', SILENT],
    ['dipende', SILENT],
    ["c'è mio marito", SILENT],
    ['bof xyz', SILENT],
    ['339 000 0000', SILENT],
    ['mai lunedì, martedì, mercoledì, giovedì, venerdì, sabato e domenica', SILENT],
  ],
  en: [
    ['never on Saturday, my husband is home', never(6)],
    ['not on weekends', never(0, 6)],
    ["don't call on Sundays", never(0)],
    ['you can call any time except Saturday', never(6)],
    ['weekdays only, 9-17', { ...never(0, 6), ...hours([9, 17]) }],
    ['only Tuesdays', ONLY_TUESDAY],
    ['only in the morning', MORNING],
    ['mornings only please', MORNING],
    ['after 6pm', hours([18, 24])],
    ['before noon', hours([0, 12])],
    ['from 9 to 11', hours([9, 11])],
    ['between 9 and 11 am', hours([9, 11])],
    ['never before 3 pm and never on Sunday', { ...never(0), ...hours([15, 24]) }],
    ['no emails', { noMail: true }],
    ["don't leave messages on the answering machine", FREE],
    ["don't write to me", SILENT],
    ['my husband checks my phone', SILENT],
    ['only when I am alone', SILENT],
  ],
  ro: [
    ['niciodată sâmbăta, soțul e acasă', never(6)],
    ['nu în weekend', never(0, 6)],
    ['oricând în afară de sâmbătă', never(6)],
    ['doar marți', ONLY_TUESDAY],
    ['doar dimineața', MORNING],
    ['după ora 18', hours([18, 24])],
    ['înainte de ora 12', hours([0, 12])],
    ['între 9 și 11', hours([9, 11])],
    ['de la 9 la 11', hours([9, 11])],
    ['nu mă sunați seara', hours([0, 17])],
    ['fără e-mail', { noMail: true }],
    ['nu lăsați mesaje în căsuța vocală', FREE],
    ['nu îmi scrieți', SILENT],
    ['soțul îmi verifică telefonul', SILENT],
  ],
  // Not spoken here, but these words are read.
  es: [
    ['nunca los sábados', never(6)],
    ['solo por la mañana', MORNING],
    ['mi marido controla el teléfono', SILENT],
  ],
  fr: [
    ['jamais le samedi', never(6)],
    ['pas avant 15h', hours([15, 24])],
    ['après 18 heures', hours([18, 24])],
  ],
};

describe('wishes about being contacted', () => {
  for (const [language, said] of Object.entries(SAID))
    for (const [text, rules] of said)
      it(`${language}: ${text}`, () => {
        assert.deepEqual(readWishes(text, language), rules);
      });

  it('are read in another language than the talk’s', () => {
    assert.deepEqual(readWishes('never on Saturday', 'it'), never(6));
    assert.deepEqual(readWishes('mai il sabato', 'ro'), never(6));
  });

  it('may allow mail in so many words', () => {
    for (const text of ['va bene l’e-mail', 'scrivetemi per e-mail', 'solo per e-mail'])
      assert.ok(allowsMail(text, 'it'), text);
    for (const text of ['niente e-mail', 'mai il sabato', 'mio marito legge le e-mail'])
      assert.ok(!allowsMail(text, 'it'), text);
  });

  it('never make a rule of words cut anywhere, or of very long ones, that is looser than silence by accident', () => {
    const text = 'mai il sabato, mio marito controlla il telefono';
    assert.deepEqual(readWishes(`${'mai il sabato, '.repeat(200)}xyz`, 'it'), SILENT);
    assert.deepEqual(readWishes(text.toUpperCase(), 'it'), SILENT);
  });
});

describe('wishes said back', () => {
  const words = loadWords();
  const back = (text: string, language = 'it'): string =>
    rulesInWords(readWishes(text, language), words.say(language), language);

  it('say what the machine will do', () => {
    assert.equal(back('mai il sabato'), 'non Le scrivo mai di sabato');
    assert.equal(back('solo di martedì'), 'Le scrivo solo di martedì');
    assert.equal(
      back('mai sabato e domenica, niente e-mail'),
      'non Le scrivo mai di sabato e domenica; non Le mando e-mail',
    );
    assert.equal(back('dopo le 18.30'), 'Le scrivo solo dopo le 18.30');
    assert.equal(back('prima delle 12'), 'Le scrivo solo prima delle 12');
    assert.equal(back('dalle 9 alle 11'), 'Le scrivo solo dalle 9 alle 11');
    assert.equal(back('mio marito controlla il telefono'), words.say('it')('safe:silent'));
    assert.equal(back('non chiamate a casa'), words.say('it')('safe:free'));
    assert.match(back('never on Saturday', 'en'), /never write to you on Saturday/);
    assert.match(back('doar marți', 'ro'), /doar în ziua de marți/);
  });
});
