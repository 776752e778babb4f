// What carries a talk from Telegram to the web: when it is offered, what goes along, and who cannot use it.
// The browser that opens the link is left to carry.test.ts.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toMessages } from '../adapters/telegram/render.ts';
import { createCarryLinks } from '../bot/carry/token.ts';
import { readConfig } from '../bot/config.ts';
import { createCore } from '../bot/core.ts';
import type { Core } from '../bot/core.ts';
import { silentLog } from '../bot/log.ts';
import type { Incoming, Reply } from '../bot/message.ts';
import { floorTalk, idsOf, reminded, textOf } from './support/floor-talk.ts';
import type { FloorTalk } from './support/floor-talk.ts';

const SECRET = 'a secret that only these tests know, long enough';
const SITE = 'https://bussola.example';
const MINUTE = 60_000;
const HEALTH = 'mia madre ha novant’anni e non si lava più da sola, vive a Porcari';

describe('the token of a carried talk', () => {
  const links = createCarryLinks(SECRET, SITE) ?? assert.fail('no links');
  const at = new Date('2026-11-24T09:00:00Z');
  const given = { id: 'one', conversationId: 'tg:501', comune: 'porcari', language: 'it', at } as const;
  const tokenOf = (url: string): string => new URL(url).hash.slice('#c='.length);

  it('stands behind the # alone, never twice the same, and tells nothing', () => {
    const [url, other] = [links.url(given), links.url(given)];
    assert.notEqual(url, other);
    const { origin, pathname, search, hash } = new URL(url);
    assert.deepEqual([origin, pathname, search], [SITE, '/chat/porcari', '?lang=it']);
    assert.match(hash, /^#c=[\w-]{60,300}$/);
    assert.doesNotMatch(Buffer.from(tokenOf(url), 'base64url').toString('latin1'), /501|one|tg/);
  });

  it('is read for half an hour', () => {
    const token = tokenOf(links.url(given));
    const read = links.read(token, new Date(at.getTime() + 29 * MINUTE));
    assert.deepEqual([read?.id, read?.conversationId], ['one', 'tg:501']);
    assert.equal(links.read(token, new Date(at.getTime() + 30 * MINUTE)), undefined);
  });

  it('is nobody else’s to make or to change', () => {
    const token = tokenOf(links.url(given));
    for (const index of token.split('').keys()) {
      const changed = token.slice(0, index) + (token[index] === 'A' ? 'Q' : 'A') + token.slice(index + 1);
      const read = links.read(changed, at);
      // The last letter of a word in base64url holds bits that count for nothing.
      if (index < token.length - 1) assert.equal(read, undefined, `letter ${index}`);
    }
    for (const wrong of ['', 'x', 'A'.repeat(10_000), `${token}==`, `${token} `, token.slice(0, 30)])
      assert.equal(links.read(wrong, at), undefined);
    const others = createCarryLinks(`${SECRET}!`, SITE) ?? assert.fail('no links');
    assert.equal(others.read(token, at), undefined);
  });

  it('is made only where nobody can listen on the way', () => {
    for (const url of ['http://localhost:3978', 'http://127.0.0.1:1', SITE]) assert.ok(createCarryLinks(SECRET, url));
    for (const url of ['http://bussola.example', 'http://localhost.example', 'http://10.0.0.1'])
      assert.equal(createCarryLinks(SECRET, url), undefined);
  });
});

describe('a talk carried from Telegram to the web', () => {
  let dataDir: string;
  let core: Core;
  let now: Date;
  let chats = 0;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'bussola-carry-'));
    core = await open(SITE);
  });
  beforeEach(() => {
    now = new Date('2026-11-24T09:00:00Z');
  });
  after(async () => {
    await core.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const open = (publicUrl: string): Promise<Core> =>
    createCore(readConfig({ DATA_DIR: dataDir, TOKEN_SECRET: SECRET, PUBLIC_URL: publicUrl }), () => now, silentLog, {
      announce: () => {},
    });

  const telegram = (more: Partial<Incoming> = {}, on = core): FloorTalk & { id: string } => {
    chats += 1;
    const id = `tg:${700 + chats}`;
    return { id, ...floorTalk(on, { channel: 'telegram', conversationId: id, ...more }) };
  };
  const linkOf = (replies: Reply[]): string | undefined =>
    replies.flatMap(({ links }) => links).find(({ url }) => url.includes('#c='))?.url;
  const tokenOf = (replies: Reply[]): string =>
    new URL(linkOf(replies) ?? assert.fail('no link')).hash.slice('#c='.length);
  /** A new chat on the web, opened with that token. */
  const web = async (carry: string, id = `web-${(chats += 1)}`): Promise<Reply[]> => {
    const activities = await core.turn({
      channel: 'web',
      conversationId: id,
      messageId: 'start',
      kind: 'start',
      text: '',
      comune: 'lucca',
      language: 'it',
      carry,
    });
    return activities.flatMap((one) => (one.from === 'bot' ? [one.reply] : []));
  };
  const RESUMED = /Riprendiamo da dove eravamo/;
  const GONE = /Quel collegamento non vale più/;

  it('is offered once at health, beside a number, and the question stays', async () => {
    const talk = telegram();
    await talk.start();
    const replies = await talk.say(HEALTH);
    assert.match(textOf(replies), /resta sul telefono e sui server di Telegram/);
    const notice = replies.find((one) => linkOf([one]));
    assert.ok(notice?.links.some(({ url }) => url.startsWith('tel:')));
    assert.ok(idsOf(replies).some((id) => id.startsWith('health.')));
    assert.equal(linkOf(await talk.forge(idsOf(replies)[0] ?? '')), undefined);
  });

  it('is one button on Telegram, and without the button still whole in the text', async () => {
    const notice = (await telegram().say(HEALTH)).find((one) => linkOf([one])) ?? assert.fail('no notice');
    const say = core.env.words.say('it');
    const [message = assert.fail('no message')] = toMessages(notice, { say });
    const button = { text: 'Continui qui, in privato', url: linkOf([notice]) };
    assert.ok(JSON.stringify(message.reply_markup).includes(JSON.stringify(button)));
    assert.ok(!message.text.includes('#c='));
    assert.equal(message.link_preview_options.is_disabled, true);
    assert.ok(toMessages(notice, { say, bare: true })[0]?.text.includes(linkOf([notice]) ?? ''));
  });

  it('speaks to a minor as one speaks to a minor', async () => {
    const replies = await telegram().say('ho 12 anni e mio padre mi picchia');
    const notice = replies.find((one) => linkOf([one])) ?? assert.fail('no notice');
    assert.match(notice.text, /quello che scrivi.*Se vuoi restare qui/s);
    assert.doesNotMatch(notice.text, /scrive |preferisce/);
  });

  it('is offered at violence and despair after the numbers, and their buttons stay', async () => {
    for (const text of ['mio marito mi picchia', 'voglio farla finita']) {
      const replies = await telegram().say(text);
      assert.equal(replies[0]?.kind, 'floor');
      assert.match(replies[0].text, /112/);
      assert.equal(linkOf(replies.slice(1)), linkOf(replies));
      assert.ok(linkOf(replies));
      assert.ok(idsOf(replies).includes('floor.continue'));
    }
  });

  it('is not offered for a bill, on the web, in a terminal, or over plain http', async () => {
    assert.equal(
      linkOf(await telegram().say('non riesco a pagare la bolletta della luce, abito a Porcari')),
      undefined,
    );
    for (const channel of ['web', 'terminal', 'botframework'] as const)
      assert.equal(linkOf(await telegram({ channel }).say(HEALTH)), undefined);
    const plain = await open('http://bussola.example');
    assert.equal(linkOf(await telegram({}, plain).say(HEALTH)), undefined);
    await plain.close();
  });

  it('begins where the other was, in its language and comune, and the other goes on', async () => {
    const talk = telegram();
    const replies = await talk.say(HEALTH);
    const here = await web(tokenOf(replies));
    assert.match(textOf(here), RESUMED);
    assert.deepEqual(idsOf(here), idsOf(replies));
    const answer = await talk.tap(idsOf(replies)[0] ?? '');
    assert.doesNotMatch(textOf(answer), /Riprendiamo/);
    assert.notDeepEqual(idsOf(answer), idsOf(replies));
    const english = await telegram({ language: 'en', languageFixed: true }).say(
      'my mother is 90 and needs care at home',
    );
    assert.match(textOf(await web(tokenOf(english))), /Let's go on from where we were/);
  });

  it('brings the numbers of a danger first', async () => {
    const here = await web(tokenOf(await telegram().say('mio marito mi picchia')));
    assert.ok(reminded(here));
    assert.match(here[0]?.text ?? '', /1522/);
    assert.match(textOf(here), RESUMED);
  });

  it('brings no name, no number, no words', async () => {
    const talk = telegram();
    const first = await talk.say(HEALTH);
    for (let step = 0; step < 8 && !idsOf(await talk.say('')).includes('result.request'); step += 1)
      await talk.forge(idsOf(await talk.say(''))[0] ?? '');
    await talk.tap('result.request');
    await talk.tap('request.consent.yes');
    await talk.say('Genoveffa Provini');
    await talk.say('0583 000042');
    const id = `web-${(chats += 1)}`;
    const here = await web(tokenOf(first), id);
    assert.match(textOf(here), RESUMED);
    const kept = await core.store.load(id);
    const log = await core.store.activities(id, 0);
    assert.doesNotMatch(JSON.stringify([kept, log]), /Genoveffa|Provini|000042|novant/);
    assert.ok((kept?.cases ?? []).every(({ conversationId }) => conversationId === id));
  });

  it('opens once, however fast two are', async () => {
    const token = tokenOf(await telegram().say(HEALTH));
    const both = await Promise.all([web(token), web(token)]);
    const texts = both.map(textOf).toSorted();
    assert.equal(texts.filter((text) => RESUMED.test(text)).length, 1);
    assert.equal(texts.filter((text) => GONE.test(text)).length, 1);
    assert.match(textOf(await web(token)), GONE);
  });

  it('is the same answer where the same opening is repeated', async () => {
    const token = tokenOf(await telegram().say(HEALTH));
    const id = 'web-repeated';
    const [one, two] = await Promise.all([web(token, id), web(token, id)]);
    assert.deepEqual(one, two);
    assert.deepEqual(await web(token, id), one);
    assert.match(textOf(one ?? []), RESUMED);
  });

  it('opens nothing in a chat that had begun, and is not used up by it', async () => {
    const token = tokenOf(await telegram().say(HEALTH));
    const known = floorTalk(core, { conversationId: 'web-known' });
    await known.start();
    assert.doesNotMatch(textOf(await known.say('', { kind: 'start', carry: token })), /Riprendiamo|collegamento/);
    assert.match(textOf(await web(token)), RESUMED);
  });

  it('is a normal chat with one calm sentence when it is late, changed, or not ours', async () => {
    const token = tokenOf(await telegram().say(HEALTH));
    for (const wrong of [`${token}A`, token.slice(1), 'x', 'a'.repeat(1000)]) {
      const here = await web(wrong);
      assert.match(textOf(here), GONE);
      assert.match(textOf(here), /Buongiorno. Sono Bussola.*Comune di Lucca/);
    }
    now = new Date(now.getTime() + 31 * MINUTE);
    assert.match(textOf(await web(token)), GONE);
  });

  it('is dead when the talk behind it was erased or begun again, and when another link came after it', async () => {
    for (const word of ['cancella tutto', 'ricomincia']) {
      const talk = telegram();
      const token = tokenOf(await talk.say(HEALTH));
      await talk.say(word);
      await talk.forge(word === 'ricomincia' ? 'confirm.restart.yes' : 'confirm.erase.yes');
      assert.match(textOf(await web(token)), GONE, word);
      assert.match(tokenOf(await talk.say(HEALTH)), /^[\w-]+$/);
      assert.match(textOf(await web(token)), GONE, word);
    }
  });

  it('opens nothing that did not come from Telegram', async () => {
    const links = core.env.carry ?? assert.fail('no links');
    const other = floorTalk(core, { conversationId: 'web-private' });
    await other.say(HEALTH);
    const url = links.url({ id: 'mine', conversationId: 'web-private', comune: undefined, language: 'it', at: now });
    assert.match(textOf(await web(new URL(url).hash.slice(3))), GONE);
  });
});
