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
});
