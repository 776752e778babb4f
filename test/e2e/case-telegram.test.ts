// The road of a case on Telegram: pushes that say nothing, the words after a tap, blocked chats, hurried ones, the commands.
// What Telegram itself refuses is left to the Bot API double, the desk's page to the desk's tests.
import assert from 'node:assert/strict';
import { openStore } from '../../adapters/store/open.ts';
import { silentLog } from '../../bot/log.ts';
import type { Store } from '../../bot/ports.ts';
import { TelegramApiDouble } from '../doubles/telegram-api.ts';
import { does, look } from '../support/desk.ts';
import { HttpTalk } from '../support/direct-line-http.ts';
import { rome } from '../support/fresh.ts';
import { eventually, openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { talkOnTelegram } from '../support/telegram-talk.ts';
import { PERSON, walk } from '../support/walk.ts';
import type { Shown, Talker } from '../support/walk.ts';

const READ = 'La leggo';
const FAR = new Date('2099-01-01T00:00:00Z');
const MANY = 100;
const CHATS = [501, 502, 503, 504] as const;
/** Telegram's own limit. */
const MOST_BYTES = 64;

interface Sent {
  chat: number;
  code: string;
  talk: Talker;
  /** A step of the desk; resolves with the answer of the page. */
  desk(fields: Record<string, string>): Promise<void>;
  page(): Promise<string>;
}

describe('the road of a case on Telegram', function () {
  this.timeout(60_000);
  let api: TelegramApiDouble;
  let road: Road;
  let store: Store;
  /** All at once: each chat is slow, and none waits for another. */
  let requests: Sent[];
  before(async () => {
    api = await TelegramApiDouble.start();
    road = await openRoad({ TELEGRAM_TOKEN: api.token, TELEGRAM_API_ROOT: api.root });
    store = await openStore({ dataDir: road.dataDir, log: silentLog });
    requests = await Promise.all(CHATS.map(request));
  });
  after(async () => {
    await store.close();
    await road.close();
    await api.stop();
  });

  /** A request begun on the web, which the person goes on with on Telegram: there a chat hears one thing a second. */
  async function request(chat: number): Promise<Sent> {
    const web = new HttpTalk(road.url);
    await web.open({ channelData: { comune: 'porcari' } });
    const { code } = await walk(web);
    // The server's clock is ahead of this one: whatever waits is looked at.
    const undelivered: Store['undelivered'] = async (channel) =>
      (await store.undelivered(channel, FAR, MANY)).filter(({ conversationId }) => conversationId === `tg:${chat}`);
    const talk = talkOnTelegram(api, chat, { undelivered });
    await talk.say(code);
    await talk.choose(`case.prove.${code.toLowerCase()}`, '');
    assert.match(textOf(await talk.say('000')), new RegExp(`seguire la richiesta ${code} da questa chat`));
    const here = await talk.choose(`case.here.${code.toLowerCase()}`, '');
    assert.match(textOf(here), new RegExp(`Da adesso la richiesta ${code} si segue qui`));
    const { link, digits } = await road.mail(new RegExp(`${code} richiesta`));
    let cookie = '';
    return {
      chat,
      code,
      talk,
      async desk(fields) {
        const known = cookie === '' ? { who: 'Anna', digits } : {};
        const done = await does(link, cookie, { ...known, ...fields });
        assert.equal(done.status, 303, `${fields['do']}: ${done.html}`);
        cookie = done.cookie;
      },
      page: async () => (await look(link, cookie)).html,
    };
  }

  const requestOf = (index: number): Sent => requests[index] ?? assert.fail('no such request');

  /** What comes by itself. */
  async function pushed(chat: number, act: () => Promise<void>): Promise<string> {
    const before = api.sent(chat).length;
    await act();
    await api.until(() => api.sent(chat).length > before, 15_000);
    return api.texts(chat).slice(before).join('\n');
  }
  const textOf = (shown: Shown[]): string => shown.map(({ text }) => text).join('\n');
  const notes = (code: string, subject: string): number =>
    road.smtp.delivered.filter(({ mail }) => mail.subject === `[Bussola] ${code} ${subject}`).length;

  it('says first only that there is something to read, then what it is, and brings the answer to the desk', async () => {
    const { chat, code, talk, desk } = requestOf(0);
    const slot = rome('2026-11-24T09:30').toISOString();
    const steps: [Record<string, string>, string][] = [
      [{ do: 'take' }, 'è stata presa in carico'],
      [{ do: 'write', text: 'Porti la bolletta.' }, '«Porti la bolletta.»'],
      [{ do: 'propose', slot, how: 'office' }, 'propone un incontro: martedì 24 novembre'],
    ];
    for (const [fields, words] of steps) {
      const push = await pushed(chat, () => desk(fields));
      assert.match(push, /^C'è una novità[^\n]*$/);
      assert.doesNotMatch(push, /sportello|bollett|incontro|carico|novembre/);
      assert.deepEqual(api.buttons(chat), [READ]);
      // A word does what the button does: nobody answers what they have not read.
      const read = await (fields['do'] === 'propose' ? talk.say('cosa?') : talk.choose(READ, READ));
      assert.ok(textOf(read).includes(words), words);
      assert.ok(!textOf(read).includes('Mando allo sportello'));
    }
    assert.match(textOf(await talk.say('dove devo andare?')), /Dove: Piazza Felice Orsi/);
    assert.match(textOf(await talk.choose('Sì, va bene', 'Sì, va bene')), /L'appuntamento è: martedì 24 novembre/);
    await road.mail(new RegExp(`${code} appuntamento confermato`));
    await talk.say('posso rispondere allo sportello?');
    const state = await store.casesByCode(code);
    assert.equal(state[0]?.state, 'confirmed');
    const calls = JSON.stringify(api.callsOf('sendMessage').map(({ parameters }) => parameters));
    const data = [...calls.matchAll(/callback_data\W+([\w.-]+)/g)].map(([, id = '']) => id);
    for (const act of ['prove', 'news', 'accept', 'decline', 'move', 'answer'])
      assert.ok(
        data.some((id) => id.startsWith(`case.${act}.`)),
        act,
      );
    for (const id of data) assert.ok(Buffer.byteLength(id) <= MOST_BYTES, id);
  });

  it('tells the desk once that a chat is blocked, loses nothing, and begins again when the person is back', async () => {
    const { chat, code, talk, desk, page } = requestOf(1);
    await pushed(chat, () => desk({ do: 'take' }));
    api.block(chat);
    await desk({ do: 'write', text: 'La aspettiamo domani.' });
    const { sent } = await road.mail(new RegExp(`${code} i messaggi in chat non arrivano`));
    for (const word of [PERSON.name, 'bolletta', 'aspettiamo']) assert.ok(!sent.mail.text?.includes(word), word);
    await desk({ do: 'write', text: 'E porti un documento.' });
    await eventually(async () => (await store.undelivered('telegram', FAR, 1)).length === 0, 'still on its way');
    assert.equal(notes(code, 'i messaggi in chat non arrivano'), 1);
    assert.match(await page(), /non arrivano più i messaggi della chat/);
    const [made] = await store.casesByCode(code);
    assert.equal(made?.state, 'taken');

    api.unblock(chat);
    const back = textOf(await talk.say('a che punto è la mia richiesta?'));
    for (const words of ['presa in carico', '«La aspettiamo domani.»', '«E porti un documento.»'])
      assert.ok(back.includes(words), back);
    assert.doesNotMatch(await page(), /non arrivano più i messaggi della chat/);
    api.block(chat);
    await desk({ do: 'write', text: 'Ci vediamo.' });
    await eventually(() => notes(code, 'i messaggi in chat non arrivano') === 2, 'not told again');
  });

  it('waits as long as Telegram says, and then tells once', async () => {
    const { chat, desk } = requestOf(2);
    const calls = (): number[] =>
      api.callsOf('sendMessage').flatMap(({ parameters, status }) => (parameters['chat_id'] === chat ? [status] : []));
    const before = calls().length;
    api.fail({ method: 'sendMessage', chat, code: 429, retryAfter: 1 });
    assert.match(await pushed(chat, () => desk({ do: 'take' })), /^C'è una novità/);
    assert.deepEqual(calls().slice(before), [429, 200]);
  });

  it('knows /stato, /scarica and /cancella', async () => {
    const { chat, code, talk, desk } = requestOf(3);
    await pushed(chat, () => desk({ do: 'write', text: 'Porti la bolletta.' }));
    const status = textOf(await talk.say('/stato'));
    assert.match(status, /«Porti la bolletta\.»/);
    assert.match(status, new RegExp(`Richiesta ${code}, mandata lunedì 23 novembre`));
    assert.doesNotMatch(textOf(await talk.say('/scarica')), new RegExp(PERSON.name));
    const copy = textOf(await talk.choose('confirm.copy.yes', 'Sì'));
    assert.match(copy, new RegExp(`${code}: è nata in un'altra chat`));
    for (const part of [PERSON.name, PERSON.contact]) assert.ok(!copy.includes(part), part);
    await talk.say('/cancella');
    assert.match(textOf(await talk.choose('confirm.erase.yes', 'Sì')), /ho cancellato/);
    // What was only followed here goes back, whole, to where it was made.
    const [made] = await store.casesByCode(code);
    assert.equal(made?.state, 'taken');
    assert.notEqual(made.conversationId, `tg:${chat}`);
    assert.ok(JSON.stringify(made).includes(PERSON.name));
    assert.equal((await store.caseMessages(made.id)).length, 1);
  });
});
