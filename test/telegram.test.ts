// Telegram in both modes: what arrives becomes one turn, what was committed reaches the chat.
// What only one mode has is left to telegram-polling.test.ts and telegram-webhook.test.ts, what people do there besides
// writing and tapping to telegram-lived.test.ts.
import assert from 'node:assert/strict';
import type { Message } from 'grammy/types';
import { loadWords } from '../bot/words.ts';
import { openBench, reply } from './doubles/telegram-bench.ts';
import type { Bench, Mode } from './doubles/telegram-bench.ts';

const CHAT = 501;
const OTHER = 502;

for (const mode of ['polling', 'webhook'] satisfies Mode[])
  describe(`Telegram by ${mode}`, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await openBench(mode);
      await bench.telegram.start();
    });
    afterEach(() => bench.close());

    const settled = async (turns: number): Promise<void> => {
      await bench.api.until(() => bench.turns.length >= turns && bench.api.updates.length === 0);
      await bench.telegram.deliver();
    };

    it('opens the comune of the deep link, and again at a second /start', async () => {
      for (const text of ['/start comune_porcari', '/start villa_basilica', '/start', '/start nowhere'])
        bench.api.say(CHAT, text);
      await settled(4);
      assert.deepEqual(
        bench.turns.map(({ kind, comune, text, conversationId }) => [kind, comune, text, conversationId]),
        [
          ['start', 'porcari', '', 'tg:501'],
          ['start', 'villa_basilica', '', 'tg:501'],
          ['start', undefined, '', 'tg:501'],
          ['start', undefined, '', 'tg:501'],
        ],
      );
      assert.equal(bench.api.sent(CHAT).length, 4);
    });

    it('passes words with the language of the person, and no names', async () => {
      bench.api.setLanguage(CHAT, 'ro');
      bench.api.say(CHAT, "Buongiorno, sono all'asciutto");
      await settled(1);
      const [turn] = bench.turns;
      assert.ok(turn);
      assert.deepEqual(turn, {
        channel: 'telegram',
        conversationId: 'tg:501',
        messageId: turn.messageId,
        kind: 'message',
        text: "Buongiorno, sono all'asciutto",
        language: 'ro',
      });
      assert.match(turn.messageId, /^m\d+$/);
    });

    it('turns commands of every language into choices, and nothing inside a sentence', async () => {
      const said = [
        '/lingua',
        '/privacy',
        '/cancella@BussolaTestBot',
        '/aiuto',
        '/stop',
        '/help',
        'vorrei /cancella',
        '/aiuto mi picchia',
        '/start mi picchia ora',
        '/boh',
      ];
      for (const [n, text] of said.entries()) bench.api.say(CHAT + n, text);
      await settled(said.length);
      const byChat = bench.turns.toSorted((a, b) => a.conversationId.localeCompare(b.conversationId));
      assert.deepEqual(
        byChat.map(({ choice, text }) => choice ?? text),
        [
          'command.language',
          'command.privacy',
          'command.erase',
          'command.human',
          'command.restart',
          'command.human',
          'vorrei /cancella',
          '/aiuto mi picchia',
          '/start mi picchia ora',
          '/boh',
        ],
      );
    });

    it('registers the commands in each language', async () => {
      await bench.api.until(() => bench.api.commands.has('en'));
      const names = (language: string): string => JSON.stringify(bench.api.commands.get(language));
      assert.match(names(''), /"lingua".*"privacy".*"cancella".*"aiuto".*"stop"/);
      assert.match(names('it'), /"cancella"/);
      assert.match(names('en'), /"erase"/);
      assert.equal(names(''), names('it'));
      const { commands } = bench.api;
      await bench.api.until(() => loadWords().languages.every((language) => commands.has(language)));
      // What Telegram takes, whatever the letters of the language.
      for (const menu of commands.values())
        for (const [, name = ''] of JSON.stringify(menu).matchAll(/"command":"([^"]*)"/g))
          assert.match(name, /^[a-z0-9_]{1,32}$/);
    });

    it('shows choices as buttons; a tap answers, is spent and stays readable', async () => {
      const choices = [
        { id: 'economic.need:bills', label: 'Bollette' },
        { id: 'economic.need:rent', label: 'Affitto' },
      ];
      bench.script = ({ choice }) =>
        choice ? [reply(`scelto ${choice}`)] : [reply('Di che cosa si tratta?', { choices })];
      bench.api.say(CHAT, 'aiuto');
      await settled(1);
      assert.deepEqual(bench.api.buttons(CHAT), ['Bollette', 'Affitto']);
      bench.api.tap(CHAT, 'Bollette');
      await settled(2);
      await bench.api.until(
        () => bench.api.sent(CHAT)[0]?.edited === true && bench.api.callsOf('answerCallbackQuery').length > 0,
      );
      assert.equal(bench.turns[1]?.choice, 'economic.need:bills');
      assert.equal(bench.turns[1]?.text, '');
      assert.deepEqual(bench.api.texts(CHAT), ['Di che cosa si tratta?\n\n✓ Bollette', 'scelto economic.need:bills']);
      assert.equal(bench.api.sent(CHAT)[0]?.reply_markup, undefined);
    });

    it('answers a tap on an old button, and one whose turn fails', async () => {
      bench.script = () => [reply('Scelga', { choices: [{ id: 'a:b', label: 'Questo' }] })];
      bench.api.say(CHAT, 'uno');
      await settled(1);
      const old = structuredClone(bench.api.sent(CHAT)[0]);
      assert.ok(old);
      bench.api.tap(CHAT, 'Questo');
      await settled(2);
      bench.api.say(CHAT, 'due');
      await settled(3);
      bench.failures.push(new Error('a mistake'), new Error('a mistake'), new Error('a mistake'));
      bench.api.tapOld(CHAT, old, 'a:b');
      await bench.api.until(() => bench.api.texts(CHAT).some((text) => text.includes('112')));
      assert.equal(bench.turns.length, 3);
      bench.api.tapOld(CHAT, old, 'a:b');
      await settled(4);
      const answers = bench.api.callsOf('answerCallbackQuery');
      const answered = new Set(answers.map(({ parameters }) => parameters['callback_query_id']));
      assert.equal(answered.size, 3);
      assert.ok(answers.every(({ status }) => status === 200));
    });

    it('takes a double tap for one, and answers both', async () => {
      bench.script = ({ choice }) => [
        reply(choice ? 'scelto' : 'Scelga', { choices: choice ? [] : [{ id: 'a:b', label: 'Questo' }] }),
      ];
      bench.api.say(CHAT, 'uno');
      await settled(1);
      const sent = structuredClone(bench.api.sent(CHAT)[0]);
      assert.ok(sent);
      bench.api.tapOld(CHAT, sent, 'a:b');
      bench.api.tapOld(CHAT, sent, 'a:b');
      bench.api.say(CHAT, 'due');
      await settled(3);
      assert.deepEqual(
        bench.turns.map(({ choice, text }) => choice ?? text),
        ['uno', 'a:b', 'due'],
      );
      await bench.api.until(() => bench.api.callsOf('answerCallbackQuery').length === 2);
    });

    it('makes one turn of an update that comes ten times', async () => {
      const update = bench.api.say(CHAT, 'una volta sola');
      for (let times = 0; times < 9; times += 1) bench.api.repeat(update);
      bench.api.say(CHAT, 'fine');
      await settled(2);
      assert.deepEqual(
        bench.turns.map(({ text }) => text),
        ['una volta sola', 'fine'],
      );
      assert.deepEqual(bench.api.texts(CHAT), ['eco: una volta sola', 'eco: fine']);
    });

    it('handles updates out of order once each', async () => {
      const [a, b, c] = ['primo', 'secondo', 'terzo'].map((text) => bench.api.say(CHAT, text));
      await settled(3);
      for (const update of [c, a, b]) bench.api.repeat(update);
      bench.api.say(CHAT, 'quarto');
      await settled(4);
      assert.deepEqual(
        bench.turns.map(({ text }) => text),
        ['primo', 'secondo', 'terzo', 'quarto'],
      );
    });

    it('goes on when update_id jumps back', async () => {
      bench.api.jumpTo(900_000_000);
      bench.api.say(CHAT, 'prima');
      await settled(1);
      bench.api.jumpTo(7);
      bench.api.say(CHAT, 'dopo');
      await settled(2);
      assert.deepEqual(bench.api.texts(CHAT), ['eco: prima', 'eco: dopo']);
    });

    it('waits as long as a 429 asks, in order, while other chats go on', async () => {
      bench.script = ({ text }) => [reply(`${text} 1`), reply(`${text} 2`)];
      bench.api.fail({ method: 'sendMessage', chat: CHAT, code: 429, retryAfter: 30 });
      bench.api.say(CHAT, 'lento');
      bench.api.say(OTHER, 'svelto');
      await settled(2);
      assert.deepEqual(bench.api.texts(OTHER), ['svelto 1', 'svelto 2']);
      bench.api.say(CHAT, 'poi');
      await settled(3);
      bench.advance(28);
      await bench.telegram.deliver();
      assert.deepEqual(bench.api.texts(CHAT), []);
      bench.advance(3);
      await bench.telegram.deliver();
      assert.deepEqual(bench.api.texts(CHAT), ['lento 1', 'lento 2', 'poi 1', 'poi 2']);
    });

    it('gives up quietly on a person who blocked the bot, and comes back with them', async () => {
      bench.api.say(CHAT, 'ciao');
      await settled(1);
      bench.api.block(CHAT);
      bench.api.say(CHAT, 'perso');
      bench.api.say(OTHER, 'sono qui');
      await settled(3);
      assert.deepEqual(await bench.store.undelivered('telegram', new Date(Date.now() + 1e10), 10), []);
      bench.api.unblock(CHAT);
      bench.api.say(CHAT, 'di nuovo');
      await settled(4);
      assert.deepEqual(bench.api.texts(CHAT), ['eco: ciao', 'eco: di nuovo']);
      assert.deepEqual(bench.api.texts(OTHER), ['eco: sono qui']);
    });

    it('sends the words alone when a button is refused, and buries what is refused twice', async () => {
      const links = [{ label: 'Mappa', url: 'https://nodots/x' }];
      bench.script = ({ text }) => [
        reply(text === 'mappa' ? 'Via Roma 1' : '\u200b', { links: text === 'mappa' ? links : [] }),
      ];
      bench.api.say(CHAT, 'mappa');
      bench.api.say(CHAT, 'vuoto');
      await settled(2);
      const [map, last, ...more] = bench.api.texts(CHAT);
      assert.equal(map, 'Via Roma 1\n\nMappa: https://nodots/x');
      assert.match(last ?? '', /Ho una risposta per Lei.*112/);
      assert.deepEqual(more, []);
      assert.deepEqual(
        bench.api.callsOf('sendMessage').map(({ status }) => status),
        [400, 200, 400, 400, 200],
      );
      assert.deepEqual(await bench.store.undelivered('telegram', new Date(Date.now() + 1e10), 10), []);
      assert.ok(bench.logged.some(({ event }) => event === 'telegram_send_refused'));
    });

    it('tries again when Telegram is not well', async () => {
      bench.api.fail({ method: 'sendMessage', code: 502, times: 2 });
      bench.api.say(CHAT, 'eccomi');
      await settled(1);
      for (const seconds of [2, 4]) {
        bench.advance(seconds);
        await bench.telegram.deliver();
      }
      assert.deepEqual(bench.api.texts(CHAT), ['eco: eccomi']);
    });

    it('puts off what nobody asked for while the moment is not safe; an answer goes at once', async () => {
      bench.script = ({ text }) => [reply(text, text === 'notizie' ? { told: true } : {})];
      bench.may = new Date(Date.now() + 60_000);
      bench.api.say(CHAT, 'notizie');
      await settled(1);
      await bench.telegram.deliver();
      assert.deepEqual(bench.api.texts(CHAT), []);
      bench.advance(61);
      bench.may = 'now';
      await bench.telegram.deliver();
      assert.deepEqual(bench.api.texts(CHAT), ['notizie']);
      bench.may = 'never';
      bench.api.say(CHAT, 'notizie');
      bench.api.say(CHAT, 'eccomi');
      await settled(3);
      await bench.telegram.deliver();
      assert.deepEqual(bench.api.texts(CHAT), ['notizie', 'eccomi']);
    });

    it('says in a group that it is not private, once, and leaves', async () => {
      bench.api.addToGroup(-900);
      bench.api.say(-900, 'mio marito mi picchia');
      bench.api.say(-900, '/start');
      bench.api.say(CHAT, 'ciao');
      await settled(1);
      await bench.api.until(() => bench.api.callsOf('leaveChat').length > 0);
      assert.equal(bench.turns.length, 1);
      assert.equal(bench.api.sent(-900).length, 1);
      assert.match(bench.api.texts(-900)[0] ?? '', /https:\/\/t\.me\/BussolaTestBot/);
      assert.equal(bench.api.callsOf('leaveChat').length, 1);
    });

    it('leaves a group at its next message where that failed, and greets it no second time', async () => {
      bench.api.fail({ method: 'leaveChat', code: 502, description: 'Bad Gateway', times: 2 });
      bench.api.addToGroup(-900);
      for (const tries of [1, 2, 3]) {
        await bench.api.until(() => bench.api.callsOf('leaveChat').length === tries && bench.api.updates.length === 0);
        if (tries < 3) bench.api.say(-900, `messaggio ${tries}`);
      }
      assert.equal(bench.api.callsOf('leaveChat').at(-1)?.status, 200);
      assert.equal(bench.api.sent(-900).length, 1);
      bench.api.addToGroup(-900);
      await bench.api.until(() => bench.api.sent(-900).length === 2);
    });

    it('ignores channel posts', async () => {
      const chat = { id: -77, type: 'channel' as const, title: 'Canale' };
      bench.api.push({ update_id: 5000, channel_post: { message_id: 1, date: 1, chat, sender_chat: chat, text: 'x' } });
      bench.api.jumpTo(5001);
      bench.api.say(CHAT, 'ciao');
      await settled(1);
      assert.deepEqual(
        bench.turns.map(({ conversationId }) => conversationId),
        ['tg:501'],
      );
      assert.deepEqual(bench.api.sent(-77), []);
    });

    it('says what kind of thing came instead of words, reads captions, and downloads nothing', async () => {
      const file = { file_id: 'f', file_unique_id: 'u' };
      const contents: Partial<Message>[] = [
        { voice: { ...file, duration: 40 } },
        { photo: [{ ...file, width: 1, height: 1 }] },
        { document: { ...file } },
        { sticker: { ...file, type: 'regular', width: 1, height: 1, is_animated: false, is_video: false } },
        { poll: { id: 'p', question: 'x' } as Message['poll'] & object },
        { dice: { emoji: '🎲', value: 3 } },
        { video_note: { ...file, length: 1, duration: 1 } },
      ];
      for (const [n, content] of contents.entries()) bench.api.send(CHAT + n, content);
      bench.api.send(CHAT + 7, { photo: [{ ...file, width: 1, height: 1 }], caption: 'questa bolletta' });
      await settled(8);
      assert.deepEqual(
        bench.turns
          .toSorted((a, b) => a.conversationId.localeCompare(b.conversationId))
          .map(({ kind, text, sent }) => [kind, text, sent]),
        [
          ...['voice', 'file', 'file', 'sticker', undefined, 'sticker', 'voice'].map((sent) => [
            'unsupported',
            '',
            sent,
          ]),
          ['message', 'questa bolletta', 'file'],
        ],
      );
      assert.deepEqual(bench.api.callsOf('getFile'), []);
    });

    it('says which message corrected words belong to', async () => {
      const said = bench.api.say(CHAT, 'abito a Pocari');
      await settled(1);
      bench.api.edit(CHAT, said.message?.message_id ?? 0, 'abito a Porcari');
      await settled(2);
      assert.equal(bench.turns[1]?.text, 'abito a Porcari');
      const [first, second] = bench.turns;
      assert.equal(second?.edits, first?.messageId);
      assert.match(second?.messageId ?? '', /^m\d+\.e\d+$/);
    });

    it('shows <b>& and apostrophes as they are', async () => {
      bench.script = ({ text }) => [reply(text)];
      const words = `D'Angelo <b>&amp; "figli" & <script> &#39; _*\`[a](b)`;
      bench.api.say(CHAT, words);
      await settled(1);
      assert.deepEqual(bench.api.texts(CHAT), [words]);
      assert.deepEqual(bench.api.sent(CHAT)[0]?.entities, []);
    });

    it('cuts a long text into messages, buttons under the last', async () => {
      const text = Array.from({ length: 200 }, (_, n) => `Riga ${n}: ${'parola 🙂 '.repeat(6)}`).join('\n');
      bench.script = () => [reply(text, { choices: [{ id: 'ok', label: 'Va bene' }] })];
      bench.api.say(CHAT, 'tutto');
      await settled(1);
      const sent = bench.api.sent(CHAT);
      assert.ok(sent.length > 2);
      assert.ok(sent.every((message) => message.text.length <= 4096));
      assert.equal(
        sent
          .map((message) => message.text)
          .join('\n')
          .replace(/\s+/g, ' '),
        text.trim().replace(/\s+/g, ' '),
      );
      assert.deepEqual(
        sent.map((message) => message.reply_markup !== undefined),
        sent.map((_, n) => n === sent.length - 1),
      );
    });

    it('protects what the floor says, and shows no previews', async () => {
      bench.script = () => [
        reply('Chiami il 112', { kind: 'floor' }),
        reply('Solo per Lei', { delicate: true }),
        reply('https://comune.example'),
      ];
      bench.api.say(CHAT, 'aiuto');
      await settled(1);
      assert.deepEqual(
        bench.api.sent(CHAT).map(({ protect, preview }) => [protect, preview]),
        [
          [true, false],
          [true, false],
          [false, false],
        ],
      );
    });

    it('delivers after a crash what had been committed', async () => {
      bench.api.fail({ method: 'sendMessage', code: 500, times: 100 });
      bench.api.say(CHAT, 'prima del crollo');
      await settled(1);
      await bench.telegram.stop();
      assert.deepEqual(bench.api.texts(CHAT), []);
      bench.api.forgive();
      bench.advance(600);
      bench.telegram = bench.another();
      await bench.telegram.start();
      await bench.telegram.deliver();
      assert.deepEqual(bench.api.texts(CHAT), ['eco: prima del crollo']);
    });

    it('sends nothing twice when deliveries overlap', async () => {
      bench.script = ({ text }) => [1, 2, 3].map((n) => reply(`${text} ${n}`));
      for (const chat of [601, 602, 603]) bench.api.say(chat, 'a');
      await bench.api.until(() => bench.turns.length > 0);
      await Promise.all(Array.from({ length: 10 }, () => bench.telegram.deliver()));
      await settled(3);
      for (const chat of [601, 602, 603]) assert.deepEqual(bench.api.texts(chat), ['a 1', 'a 2', 'a 3']);
    });
  });
