// How a reply looks on Telegram: pieces, buttons, links, bold title.
// That Telegram takes it is left to telegram.test.ts.
import assert from 'node:assert/strict';
import { assert as check, constantFrom, property, string } from 'fast-check';
import { toMessages as render } from '../adapters/telegram/render.ts';
import type { RenderOptions, TelegramMessage } from '../adapters/telegram/render.ts';
import type { Reply } from '../bot/message.ts';
import { loadWords } from '../bot/words.ts';
import { splitText } from '../adapters/telegram/split.ts';
import { reply } from './doubles/telegram-bench.ts';

const say = loadWords().say('it');
const toMessages = (one: Reply, more: Partial<RenderOptions> = {}): TelegramMessage[] => render(one, { say, ...more });

describe('a text in pieces', () => {
  it('loses no visible character, exceeds no limit and cuts no character in two', () => {
    check(
      property(string({ unit: constantFrom('a', ' ', '\n', '.', '🙂', 'è', '\n\n'), maxLength: 400 }), (text) => {
        const pieces = splitText(text, 50);
        assert.equal(pieces.join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
        for (const piece of pieces) {
          assert.ok(piece.length > 0 && piece.length <= 50);
          assert.ok(piece.isWellFormed());
        }
      }),
      { numRuns: 300 },
    );
  });

  it('prefers the end of a paragraph, then of a line, a sentence, a word', () => {
    const words = 'parola '.repeat(4).trim();
    assert.deepEqual(splitText(`${words}.\n\n${words}`, 40), [`${words}.`, words]);
    assert.deepEqual(splitText(`${words}\n${words}`, 40), [words, words]);
    assert.deepEqual(splitText(`${words}. ${words}`, 40), [`${words}.`, words]);
    assert.deepEqual(
      splitText('x'.repeat(90), 40).map((piece) => piece.length),
      [40, 40, 10],
    );
  });
});

describe('a reply on Telegram', () => {
  const tel = { label: 'Chiama il Comune', url: 'tel:+390583211899' };
  const mail = { label: 'Scrivi', url: 'mailto:sportello@comune.example?subject=x' };
  const web = { label: 'Mappa', url: 'https://mappa.example/x' };

  it('has web links as buttons, above the choices', () => {
    const [message] = toMessages(reply('Ecco', { links: [web], choices: [{ id: 'a', label: 'Avanti' }] }));
    assert.deepEqual(message?.reply_markup, {
      inline_keyboard: [[{ text: 'Mappa', url: 'https://mappa.example/x' }], [{ text: 'Avanti', callback_data: 'a' }]],
    });
  });

  it('writes numbers and addresses that the text does not already hold', () => {
    const [bare] = toMessages(reply('Ecco', { links: [tel, mail] }));
    assert.equal(bare?.text, 'Ecco\n\nChiama il Comune: +390583211899\nScrivi: sportello@comune.example');
    const whole = 'Chiami lo 0583 211 899 o scriva a sportello@comune.example';
    assert.equal(toMessages(reply(whole, { links: [tel, mail] }))[0]?.text, whole);
    const other = 'Chiami lo 0583 2118991';
    assert.match(toMessages(reply(other, { links: [tel] }))[0]?.text ?? '', /\+390583211899$/);
    assert.match(
      toMessages(reply('Lo 0583 112112', { links: [{ label: '112', url: 'tel:112' }] }))[0]?.text ?? '',
      /\n112$/,
    );
  });

  it('has the title of a card in bold', () => {
    const card = {
      title: 'Sportello sociale',
      organization: 'Comune',
      what: '',
      reasons: [],
      phones: [],
      bring: [],
      how: [],
      freshness: '',
      also: [],
    };
    const [message] = toMessages(reply('Sportello sociale\nComune', { kind: 'card', card }));
    assert.deepEqual(message?.entities, [{ type: 'bold', offset: 0, length: 17 }]);
  });

  it('takes ids of 60 bytes and says whose mistake a longer one is', () => {
    assert.doesNotThrow(() => toMessages(reply('x', { choices: [{ id: 'a'.repeat(60), label: 'A' }] })));
    assert.throws(() => toMessages(reply('x', { choices: [{ id: 'è'.repeat(31), label: 'A' }] })), /60 bytes/);
  });

  it('asks for a number under the question itself, or under a line of its own where buttons hang', () => {
    const key = [[{ text: 'Invia il mio numero', request_contact: true }]];
    const [alone, ...none] = toMessages(reply('Quale numero?', { phone: 'asked' }));
    assert.deepEqual([pick(alone, 'keyboard'), none.length], [key, 0]);
    const choices = [{ id: 'a', label: 'Salta' }];
    const [question, offer] = toMessages(reply('Quale numero?', { phone: 'asked', choices }));
    assert.deepEqual(pick(question, 'inline_keyboard'), [[{ text: 'Salta', callback_data: 'a' }]]);
    assert.match(offer?.text ?? '', /scriverlo/);
    assert.deepEqual(pick(offer, 'keyboard'), key);
  });

  it('takes the key away with the first words that have no buttons, and never before the numbers of a danger', () => {
    const shape = (one: Reply): [string, string][] =>
      toMessages(one).map((message) => [message.text, Object.keys(message.reply_markup ?? {}).join()]);
    const choices = [{ id: 'a', label: 'Avanti' }];
    assert.deepEqual(shape(reply('Grazie.', { phone: 'done' })), [['Grazie.', 'remove_keyboard']]);
    assert.deepEqual(shape(reply('Grazie.\n\nQuando?', { phone: 'done', choices })), [
      ['Grazie.', 'remove_keyboard'],
      ['Quando?', 'inline_keyboard'],
    ]);
    assert.deepEqual(shape(reply('Quando?', { phone: 'done', choices })), [
      ['Va bene.', 'remove_keyboard'],
      ['Quando?', 'inline_keyboard'],
    ]);
    assert.deepEqual(shape(reply('Chiami il 112', { kind: 'floor', phone: 'done', choices })), [
      ['Chiami il 112', 'inline_keyboard'],
      ['Va bene.', 'remove_keyboard'],
    ]);
    const floor = toMessages(reply('112\nIo resto qui', { kind: 'floor', phone: 'done', choices }));
    assert.deepEqual(
      floor.map((one) => one.protect_content),
      [true, true],
    );
  });

  it('opens the sheet and the calendar with a button, and writes their addresses where it may not', () => {
    const links = ['carta', 'agenda'].map((path) => ({ label: path, url: `https://bussola.example/${path}/x7` }));
    const [message] = toMessages(reply('Ecco', { links }));
    assert.equal(message?.text, 'Ecco');
    assert.deepEqual(
      pick(message, 'inline_keyboard'),
      links.map(({ label, url }) => [{ text: label, url }]),
    );
    const [bare] = toMessages(reply('Ecco', { links }), { bare: true });
    for (const { url } of links) assert.ok(bare?.text.includes(url));
    const local = { label: 'carta', url: 'http://localhost:3000/carta/x7' };
    assert.ok(toMessages(reply('Ecco', { links: [local] }))[0]?.text.includes(local.url));
  });
});

function pick(message: TelegramMessage | undefined, part: string): unknown {
  return message?.reply_markup && Reflect.get(message.reply_markup, part);
}
