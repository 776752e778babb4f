// Telegram as people live in it, in both modes: places, numbers, contacts, old buttons, groups that move, chats that are gone.
// Writing, tapping and what goes wrong on the way are left to telegram.test.ts, what the bot then says to sent.test.ts.
import assert from 'node:assert/strict';
import type { Message, Update } from 'grammy/types';
import type { Card } from '../bot/message.ts';
import { loadWords } from '../bot/words.ts';
import { openBench, reply } from './doubles/telegram-bench.ts';
import type { Bench, Mode } from './doubles/telegram-bench.ts';

const CHAT = 501;
const OTHER = 502;
const MAP = { label: 'Mappa', url: 'https://mappa.example/x' };
const DESK: Card = {
  title: 'Sportello',
  organization: 'Comune, servizi sociali',
  what: '',
  reasons: [],
  phones: [{ shown: '0583 000000', url: 'tel:+390583000000' }],
  address: { shown: 'Piazza di prova 1', mapUrl: MAP.url },
  bring: [],
  how: [],
  freshness: '',
  also: [],
};

for (const mode of ['polling', 'webhook'] satisfies Mode[])
  describe(`Telegram, lived in, by ${mode}`, () => {
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

    it('takes the comune of a place, never the coordinates; a live location that moves says nothing more', async () => {
      const { message } = bench.api.send(CHAT, {
        location: { latitude: 43.8421, longitude: 10.6163, live_period: 900 },
      });
      bench.api.send(OTHER, { location: { latitude: 45.4642, longitude: 9.19 } });
      const head = { message_id: message?.message_id ?? 0, date: 1, chat: message?.chat, from: message?.from };
      const moved = { ...head, edit_date: 2, location: { latitude: 43.9, longitude: 10.5 } };
      bench.api.push({ update_id: 3000, edited_message: moved } as Update);
      bench.api.jumpTo(3001);
      bench.api.say(CHAT, 'eccomi');
      await settled(3);
      const said = bench.turns.toSorted((a, b) => a.conversationId.localeCompare(b.conversationId));
      assert.deepEqual(
        said.map(({ kind, place, text }) => [kind, place, text]),
        [
          ['message', 'porcari', ''],
          ['message', undefined, 'eccomi'],
          ['message', 'elsewhere', ''],
        ],
      );
      const kept = JSON.stringify([bench.turns, await bench.store.activities(`tg:${CHAT}`, 0), bench.logged]);
      assert.doesNotMatch(kept, /43\.8|10\.6/);
    });

    it('answers the pictures of an album once, and reads the words under one of them', async () => {
      const photo = [{ file_id: 'f', file_unique_id: 'u', width: 1, height: 1 }];
      for (const caption of [undefined, undefined, 'la bolletta', undefined])
        bench.api.send(CHAT, { photo, media_group_id: '77', ...(caption ? { caption } : {}) });
      bench.api.say(CHAT, 'fine');
      await settled(3);
      assert.deepEqual(
        bench.turns.map(({ kind, text }) => [kind, text]),
        [
          ['unsupported', ''],
          ['message', 'la bolletta'],
          ['message', 'fine'],
        ],
      );
      assert.equal(bench.api.sent(CHAT).length, 3);
    });

    it("takes one's own number only", async () => {
      bench.api.sendContact(CHAT, '393331234567', CHAT);
      bench.api.sendContact(OTHER, '+393330000000', 999);
      bench.api.sendContact(503, '+393330000000');
      await settled(3);
      assert.deepEqual(
        bench.turns
          .toSorted((a, b) => a.conversationId.localeCompare(b.conversationId))
          .map(({ kind, text, sent }) => [kind, text, sent]),
        [
          ['message', '+393331234567', 'contact'],
          ['unsupported', '', 'contact'],
          ['unsupported', '', 'contact'],
        ],
      );
    });

    it("offers a key for one's own number where it is asked for, and takes it away afterwards", async () => {
      const choices = [{ id: 'request.contact.no', label: 'Non ho un numero' }];
      bench.script = ({ text }) =>
        text === 'sì'
          ? [reply('A quale numero?', { phone: 'asked', choices })]
          : [
              reply('Grazie.\n\nQuando preferisce?', {
                phone: 'done',
                choices: [{ id: 'request.when.any', label: 'Sempre' }],
              }),
            ];
      bench.api.say(CHAT, 'sì');
      await settled(1);
      assert.deepEqual(bench.api.keys(CHAT), [{ text: 'Invia il mio numero', sends: 'contact' }]);
      assert.deepEqual(bench.api.sent(CHAT)[0]?.reply_markup?.inline_keyboard.flat().length, 1);
      bench.api.shareNumber(CHAT, '+393331234567');
      await settled(2);
      assert.deepEqual(bench.api.keys(CHAT), []);
      assert.deepEqual(bench.api.texts(CHAT).slice(-2), ['Grazie.', 'Quando preferisce?']);
      assert.deepEqual(bench.api.buttons(CHAT), ['Sempre']);
      assert.ok(bench.api.callsOf('sendMessage').every(({ status }) => status === 200));
    });

    it("sends a desk's number to save at a tap, and again, and keeps every other button", async () => {
      bench.script = ({ choice }) =>
        choice === undefined
          ? [
              reply('Sportello\n0583 000000', {
                kind: 'card',
                card: DESK,
                links: [MAP],
                choices: [{ id: 'a:b', label: 'Avanti' }],
              }),
            ]
          : [reply('poi')];
      bench.api.say(CHAT, 'chi?');
      await settled(1);
      assert.deepEqual(bench.api.buttons(CHAT), ['Mappa', 'Salva il numero', 'Avanti']);
      for (const times of [1, 2]) {
        bench.api.tap(CHAT, 'Salva il numero');
        await bench.api.until(() => bench.api.sent(CHAT).length === 1 + times);
      }
      const [card, contact] = bench.api.sent(CHAT);
      assert.equal(contact?.contact?.phone, '+390583000000');
      assert.match(contact?.contact?.vcard ?? '', /FN:Sportello\r\n[^]*ORG:Comune\\, servizi sociali\r\n/);
      assert.equal(card?.edited, false);
      assert.equal(bench.turns.length, 1);
      bench.api.tap(CHAT, 'Avanti');
      await settled(2);
      await bench.api.until(() => bench.api.sent(CHAT)[0]?.edited === true);
      assert.deepEqual(
        bench.api
          .sent(CHAT)[0]
          ?.reply_markup?.inline_keyboard.flat()
          .map(({ text }) => text),
        ['Mappa', 'Salva il numero'],
      );
    });

    it("says so where the desk's number is no longer there", async () => {
      bench.api.say(CHAT, 'ciao');
      await settled(1);
      const [old] = bench.api.sent(CHAT);
      assert.ok(old);
      bench.api.tapOld(CHAT, old, 'tg.save.77');
      await bench.api.until(() => bench.api.callsOf('answerCallbackQuery').length > 0);
      assert.match(String(bench.api.callsOf('answerCallbackQuery')[0]?.parameters['text']), /non c'è più/);
      assert.deepEqual(bench.api.callsOf('sendContact'), []);
    });

    it('answers a tap on a message that was deleted or is too old, and takes the choice', async () => {
      bench.script = ({ choice }) => [reply(choice ?? 'Scelga', { choices: [{ id: 'a:b', label: 'Questo' }] })];
      bench.api.say(CHAT, 'uno');
      await settled(1);
      const [gone] = bench.api.sent(CHAT);
      bench.api.remove(CHAT, gone?.message_id ?? 0);
      bench.api.tapGone(CHAT, gone?.message_id ?? 0, 'a:b');
      await settled(2);
      await bench.api.until(() => bench.api.callsOf('answerCallbackQuery').length > 0);
      assert.equal(bench.turns[1]?.choice, 'a:b');
      assert.equal(bench.api.callsOf('answerCallbackQuery')[0]?.status, 200);
      assert.deepEqual(bench.api.callsOf('editMessageText'), []);
    });

    it('does not mark as chosen what no longer counted', async () => {
      const choices = [{ id: 'a:b', label: 'Questo' }];
      bench.script = ({ choice }) =>
        choice === undefined
          ? [reply('Scelga', { choices })]
          : [reply('Ecco dove eravamo.\n\nE poi?', { choices, stale: true })];
      bench.api.say(CHAT, 'uno');
      await settled(1);
      const [first] = bench.api.sent(CHAT);
      bench.api.tap(CHAT, 'Questo');
      await settled(2);
      await bench.api.until(() => first?.edited === true);
      assert.equal(first?.text, 'Scelga');
      assert.deepEqual(bench.api.buttons(CHAT), ['Questo']);
    });

    it('hears forwarded words and words sent through another bot; pins, reactions and business chats say nothing', async () => {
      const origin = { type: 'hidden_user' as const, date: 1, sender_user_name: 'Prova' };
      bench.api.send(CHAT, { text: 'inoltrato', forward_origin: origin });
      bench.api.send(OTHER, { text: 'per via', via_bot: { id: 1, is_bot: true, first_name: 'Altro' } });
      const said = bench.api.say(503, 'fissato');
      bench.api.send(503, { pinned_message: said.message } as Partial<Message>);
      const business = { ...said.message, message_id: 9, business_connection_id: 'b' };
      bench.api.push({ update_id: 6000, business_message: business } as Update);
      const reaction = { chat: said.message?.chat, message_id: 1, date: 1, old_reaction: [], new_reaction: [] };
      bench.api.push({ update_id: 6001, message_reaction: reaction } as Update);
      bench.api.jumpTo(6002);
      bench.api.say(503, 'fine');
      await settled(4);
      const texts = bench.turns.map(({ text }) => text);
      assert.deepEqual(texts.toSorted(), ['fine', 'fissato', 'inoltrato', 'per via']);
    });

    it('greets once a group that becomes a supergroup, and a closed forum is left all the same', async () => {
      bench.api.upgrade(-900, -100900);
      bench.api.addToGroup(-900);
      await bench.api.until(() => bench.api.callsOf('leaveChat').length > 0);
      bench.api.closeTopic(-901);
      bench.api.addToGroup(-901);
      bench.api.say(CHAT, 'ciao');
      await settled(1);
      await bench.api.until(() => bench.api.callsOf('leaveChat').length > 1);
      assert.equal(bench.api.sent(-100900).length, 1);
      assert.deepEqual(bench.api.sent(-900), []);
      assert.deepEqual(
        bench.api.callsOf('leaveChat').map(({ parameters }) => parameters['chat_id']),
        [-100900, -901],
      );
    });

    it('gives up on a chat that is no longer there as on one that is blocked', async () => {
      bench.api.forget(CHAT);
      bench.api.say(CHAT, 'perso');
      await settled(1);
      await bench.api.until(() => bench.logged.some(({ event }) => event === 'telegram_blocked'));
      assert.equal(bench.api.callsOf('sendMessage').length, 1);
      assert.deepEqual(await bench.store.undelivered('telegram', new Date(Date.now() + 1e10), 10), []);
    });

    it('gives the numbers of a desk where a whole answer is refused', async () => {
      bench.script = () => [reply('Sportello', { kind: 'card', card: DESK })];
      bench.api.fail({
        method: 'sendMessage',
        chat: CHAT,
        code: 400,
        description: 'Bad Request: ENTITY_INVALID',
        times: 2,
      });
      bench.api.say(CHAT, 'chi?');
      await settled(1);
      assert.deepEqual(bench.api.texts(CHAT).length, 1);
      assert.match(bench.api.texts(CHAT)[0] ?? '', /0583 000000.*112/);
      assert.deepEqual(await bench.store.undelivered('telegram', new Date(Date.now() + 1e10), 10), []);
    });

    it('tries its last words again where Telegram is not well, and then says them once', async () => {
      bench.script = () => [reply('Sportello', { kind: 'card', card: DESK })];
      const refuse = (): void =>
        bench.api.fail({
          method: 'sendMessage',
          chat: CHAT,
          code: 400,
          description: 'Bad Request: ENTITY_INVALID',
          times: 2,
        });
      refuse();
      bench.api.fail({ method: 'sendMessage', chat: CHAT, code: 429, retryAfter: 3 });
      bench.api.say(CHAT, 'chi?');
      await settled(1);
      assert.deepEqual(bench.api.texts(CHAT), []);
      refuse();
      bench.advance(4);
      await bench.telegram.deliver();
      assert.equal(bench.api.texts(CHAT).length, 1);
      assert.match(bench.api.texts(CHAT)[0] ?? '', /0583 000000.*112/);
      bench.advance(400);
      await bench.telegram.deliver();
      assert.equal(bench.api.texts(CHAT).length, 1);
      assert.deepEqual(await bench.store.undelivered('telegram', new Date(Date.now() + 1e10), 10), []);
    });

    it('names 112 in its last words, with or without other numbers, in every language', () => {
      const words = loadWords();
      for (const language of words.languages)
        for (const key of ['telegram:refused', 'telegram:refused_call'])
          assert.match(words.say(language)(key, { phones: '0583 000000' }), /112/, `${language} ${key}`);
    });

    it('says in the empty chat what it is, and writes it once', async () => {
      await bench.api.until(() => bench.api.descriptions.has('short.ro'));
      assert.match(bench.api.descriptions.get('long.') ?? '', /112/);
      assert.deepEqual(bench.api.descriptions.get('long.'), bench.api.descriptions.get('long.it'));
      assert.deepEqual(bench.api.menuButton, { type: 'commands' });
      const written = bench.api.callsOf('setMyDescription').length;
      await bench.another().start();
      assert.equal(bench.api.callsOf('setMyDescription').length, written);
    });
  });
