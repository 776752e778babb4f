// The plain pages when something is wrong: forms that are not ours, forms from elsewhere, too many, a store that is away.
// What is said when all goes well is left to plain.test.ts.
import assert from 'node:assert/strict';
import { createCalendar } from '../adapters/directory/calendar.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { createLimiter, createLimits } from '../adapters/web/limits.ts';
import { createPages } from '../adapters/web/pages/index.ts';
import { createTickets } from '../adapters/web/plain/ticket.ts';
import { noChange } from '../bot/cases/change.ts';
import { systemClock } from '../bot/clock.ts';
import { readConfig } from '../bot/config.ts';
import type { Reply } from '../bot/message.ts';
import { loadWords } from '../bot/words.ts';
import { PlainTalk } from './support/plain.ts';
import { startWeb } from './support/web.ts';
import type { Web } from './support/web.ts';

const directory = loadDirectory();
const SECRET = 'a secret of this test alone, and long enough';
const OUTSIDE = { 'x-forwarded-for': '192.0.2.7' };
const plain = { directory, calendar: createCalendar(directory), freshness: (): undefined => undefined };
const urgent = (text: string): boolean => text.includes('pericolo');

describe('plain pages at the edges', () => {
  let web: Web;
  before(async () => {
    web = await startWeb({ plain, urgent }, { TOKEN_SECRET: SECRET });
  });
  after(() => web.stop());
  const begin = async (sends: Record<string, string> = {}): Promise<PlainTalk> => {
    web.heard.length = 0;
    return new PlainTalk(web.url, 'porcari', sends).open();
  };

  it('looking at the page, however often, begins no talk', async () => {
    const talk = await begin();
    await talk.open('?lang=en');
    await fetch(talk.address, { method: 'HEAD' });
    assert.deepEqual(web.heard, []);
  });

  it('a talk has an id of its own kind, the comune and language of its page, and no person', async () => {
    const talk = await begin();
    await talk.say('buongiorno');
    const [start, said] = web.heard;
    assert.match(start?.conversationId ?? '', /^tx_[\w-]{24}$/);
    assert.deepEqual(
      { ...start, conversationId: '' },
      {
        channel: 'web',
        conversationId: '',
        messageId: 'start',
        kind: 'start',
        text: '',
        comune: 'porcari',
        language: 'it',
      },
    );
    assert.equal(said?.conversationId, start?.conversationId);
    assert.equal(said?.text, 'buongiorno');
    assert.equal(said?.person, undefined);
    assert.ok(!talk.html.includes(start?.conversationId ?? ''), 'the id stands nowhere on the page');
    assert.ok(
      !Buffer.from(talk.ticket(), 'base64url').toString('latin1').includes('tx_'),
      'nor can it be read in the form',
    );
  });

  it('a field that was changed, mixed from two, or made up opens nobody’s talk, and keeps what was typed', async () => {
    const [mine, other] = [await begin(), await begin()];
    await mine.say('una cosa mia');
    await other.say('una cosa di un altro');
    const [a, b] = [mine.ticket(), other.ticket()];
    const wrong = [
      '',
      'inventata',
      `${a.slice(0, 40)}${a[40] === 'A' ? 'B' : 'A'}${a.slice(41)}`,
      a.slice(0, 60) + b.slice(60),
      `${a}AAAA`,
      a.slice(0, -4),
      createTickets('another secret, of somebody else', () => new Date()).seal({
        conversation: web.heard[0]?.conversationId ?? '',
        message: 'm',
        seq: 3,
        language: 'it',
      }),
    ];
    web.heard.length = 0;
    for (const page of wrong) {
      const talk = mine.copy();
      await talk.submit({ page, text: 'ci sono ancora', do: 'say' });
      assert.equal(talk.status, 410, page);
      assert.equal(talk.box(), 'ci sono ancora');
      assert.match(talk.notice() ?? '', /non si apre più.*0583 211899.*ancora qui sotto/);
      assert.doesNotMatch(talk.html, /una cosa/);
    }
    assert.deepEqual(web.heard, []);
  });

  it('a button that is not on the page does nothing', async () => {
    const talk = await begin();
    await talk.submit({ text: '', do: 'say' });
    web.heard.length = 0;
    for (const choice of ['request.summary.send', 'confirm.erase.yes', 'area.nothing']) {
      await talk.submit({ choice });
      assert.match(talk.notice() ?? '', /non è più valida/);
    }
    await talk.submit({ choice: 'area.housing' });
    assert.deepEqual(
      web.heard.map(({ text, choice }) => [text, choice]),
      [['Casa', 'area.housing']],
    );
  });

  it('what a desk has told meanwhile is shown when it is asked for, and asks no turn; else the state of the request is asked', async () => {
    const talk = await begin();
    await talk.say('buongiorno');
    const conversationId = web.heard[0]?.conversationId ?? assert.fail();
    assert.doesNotMatch(talk.html, /value="news"/, 'nothing was requested yet');
    await tell(web, conversationId, 'Lo sportello ha letto la richiesta.');
    web.heard.length = 0;
    await talk.submit({ do: 'news', text: 'una cosa da dire' });
    assert.deepEqual(
      talk.shown().map(({ text }) => text),
      ['eco: buongiorno', 'Lo sportello ha letto la richiesta.'],
    );
    assert.deepEqual(web.heard, []);
    assert.equal(talk.notice(), undefined);
    assert.equal(talk.box(), 'una cosa da dire');
    assert.match(talk.html, /value="news">/);
    await talk.submit({ do: 'news' });
    assert.deepEqual(
      web.heard.map(({ text, choice }) => [text, choice]),
      [['Ci sono novità?', 'command.status']],
    );
    assert.equal(talk.box(), 'una cosa da dire');
  });

  it('nothing written is told so, and nothing is sent', async () => {
    const talk = await begin();
    await talk.say('buongiorno');
    web.heard.length = 0;
    await talk.submit({ text: ' \r\n ', do: 'say' });
    assert.match(talk.notice() ?? '', /Non vedo il messaggio/);
    assert.deepEqual(web.heard, []);
  });

  it('lines end as people end them, whatever the browser sends', async () => {
    const talk = await begin();
    await talk.say('una riga\r\ne un’altra');
    assert.equal(web.heard.at(-1)?.text, 'una riga\ne un’altra');
    assert.match(talk.html, /una riga<br \/>e un’altra/);
  });

  it('a form on somebody else’s page draws nobody into a talk', async () => {
    const own = new URL(web.url).origin;
    const foreign: Record<string, string>[] = [
      { origin: 'https://altrove.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: own, 'sec-fetch-site': 'cross-site' },
    ];
    for (const sends of foreign) {
      const talk = await begin(sends);
      await talk.say('ciao');
      assert.equal(talk.status, 403);
      assert.match(talk.notice() ?? '', /veniva da un’altra pagina/);
      assert.equal(talk.box(), '', 'what others wrote is not put into the person’s mouth');
      assert.deepEqual(web.heard, []);
    }
    const ours = await begin({ origin: own, 'sec-fetch-site': 'same-origin' });
    await ours.say('ciao');
    assert.equal(ours.status, 200);
  });

  it('is kept by nobody, framed by nobody, and runs nothing', async () => {
    const talk = await begin();
    for (const look of [0, 1]) {
      if (look === 1) await talk.say('ciao');
      const policy = talk.headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /unsafe|script-src/);
      assert.equal(talk.headers.get('cache-control'), 'no-store');
      assert.equal(talk.headers.get('referrer-policy'), 'same-origin');
      assert.equal(talk.headers.get('set-cookie'), null);
    }
    assert.match(talk.html, /<meta name="robots" content="noindex/);
    const style = /href="(\/testo\/style\.[\w-]+\.css)"/.exec(talk.html)?.[1] ?? assert.fail();
    assert.match((await fetch(web.url + style)).headers.get('content-type') ?? '', /^text\/css/);
  });

  it('a store that is away: one calm sentence, a number, and the same form to press again', async () => {
    const talk = await begin();
    await talk.submit({ text: '', do: 'say' });
    const before = web.heard[0]?.conversationId;
    await talk.say('guasto');
    assert.equal(talk.status, 503);
    assert.match(talk.notice() ?? '', /Riprovi tra poco.*112.*0583 211899/);
    assert.doesNotMatch(talk.html, /disk|secret path/);
    assert.equal(talk.box(), 'guasto');
    await talk.say('adesso va');
    assert.equal(talk.status, 200);
    assert.ok(web.heard.every(({ conversationId }) => conversationId === before));
    assert.equal(new Set(web.heard.slice(1).map(({ messageId }) => messageId)).size, 1, 'the same message again');
    await talk.say('errore');
    assert.equal(talk.status, 500);
    assert.doesNotMatch(talk.html, /a secret of the talk/);
  });

  it('a choice that could not be taken can be pressed again', async () => {
    let away = false;
    const activities: Web['store']['activities'] = async (id, after) => {
      if (away) throw new Error('away');
      return web.store.activities(id, after);
    };
    const store = { ...web.store, activities };
    const broken = await startWeb({ plain, urgent, store });
    try {
      const talk = await new PlainTalk(broken.url).open();
      away = true;
      await talk.submit({ choice: 'area.housing', text: '' });
      assert.equal(talk.status, 500);
      assert.deepEqual(talk.buttons(), [{ id: 'area.housing', label: 'Provi di nuovo' }]);
      away = false;
    } finally {
      await broken.stop();
    }
  });

  it('too many in a short time: what was typed stays, and words of danger pass', async () => {
    const slow = (): ReturnType<typeof createLimiter> => createLimiter({ burst: 2, perSecond: 0.001 });
    const limits = { ...createLimits(), messages: slow(), conversations: slow() };
    const strict = await startWeb({ plain, urgent, limits });
    try {
      const talk = await new PlainTalk(strict.url, 'porcari', OUTSIDE).open();
      for (const text of ['uno', 'due', 'tre']) await talk.say(text);
      assert.equal(talk.status, 200);
      await talk.say('quattro');
      assert.equal(talk.status, 429);
      assert.ok(Number(talk.headers.get('retry-after')) > 0);
      assert.equal(talk.box(), 'quattro');
      assert.match(talk.notice() ?? '', /molte richieste.*0583 211899/);
      await talk.say('sono in pericolo');
      assert.equal(talk.status, 200);
      assert.equal(strict.heard.at(-1)?.text, 'sono in pericolo');
      for (const wanted of [200, 429]) {
        const another = await new PlainTalk(strict.url, 'porcari', OUTSIDE).open();
        await another.say('ciao');
        assert.equal(another.status, wanted);
      }
    } finally {
      await strict.stop();
    }
  });

  it('more requests than an address may make stop no cry for help', async () => {
    const limits = { ...createLimits(), requests: createLimiter({ burst: 1, perSecond: 0.001 }) };
    const strict = await startWeb({ plain, urgent, limits });
    try {
      const talk = await new PlainTalk(strict.url, 'porcari', OUTSIDE).open();
      assert.equal((await fetch(talk.address, { headers: OUTSIDE })).status, 429);
      await talk.say('sono in pericolo');
      assert.equal(talk.status, 200);
    } finally {
      await strict.stop();
    }
  });

  it('an address that names no comune offers all of them; a body that is no form is refused', async () => {
    const pages = { get: () => ({ status: 404, headers: { 'content-type': 'text/html' }, body: '<p>Scelga</p>' }) };
    const other = await startWeb({ plain, pages });
    try {
      for (const method of ['GET', 'POST']) {
        const response = await fetch(`${other.url}/testo/atlantide`, { method });
        assert.equal(response.status, 404);
        assert.equal(await response.text(), '<p>Scelga</p>');
      }
      const headers = { 'content-type': 'application/json' };
      const refused = await fetch(`${other.url}/testo/porcari`, { method: 'POST', headers, body: '{}' });
      assert.equal(refused.status, 415);
    } finally {
      await other.stop();
    }
  });
});

describe('who is refused', () => {
  const accept = { accept: 'text/html,application/xhtml+xml', 'accept-language': 'it' };
  const config = readConfig({});
  let web: Web;
  before(async () => {
    const sources = { ...plain, words: loadWords(), config, clock: systemClock };
    const limits = { ...createLimits(), requests: createLimiter({ burst: 2, perSecond: 0.001 }) };
    web = await startWeb({ plain, urgent, limits, pages: await createPages(sources) });
  });
  after(() => web.stop());

  const isCalm = async (response: Response, status: number, said: RegExp): Promise<void> => {
    const text = await response.text();
    assert.equal(response.status, status);
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    for (const part of [said, /0583 21181/, /1522/, /Esci subito/]) assert.match(text, part);
    assert.doesNotMatch(text, /"error"|<script/);
  };

  it('for too much at once: a calm page with the numbers; a program gets the error', async () => {
    const form = { method: 'POST', body: new URLSearchParams({ text: 'a'.repeat(400_000) }) };
    await isCalm(await fetch(`${web.url}/testo/porcari`, { ...form, headers: accept }), 413, /troppo lungo/);
    await isCalm(await fetch(`${web.url}/testo/porcari`, { ...form, headers: { accept: '*/*' } }), 413, /troppo lungo/);
    const program = await fetch(`${web.url}/testo/porcari`, { ...form, headers: { accept: 'application/json' } });
    assert.deepEqual([program.status, Object.keys(Object(await program.json()))], [413, ['error']]);
  });

  it('for asking too often', async () => {
    const headers = { ...accept, ...OUTSIDE };
    for (const path of ['/', '/testo/porcari']) assert.equal((await fetch(web.url + path, { headers })).status, 200);
    const refused = await fetch(`${web.url}/testo/porcari?lang=it`, { headers });
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    await isCalm(refused, 429, /molte richieste/);
  });

  it('for an address that cannot be read', async () => {
    for (const path of ['/carta/%ff', '/testo/%E0%A4%A'])
      await isCalm(await fetch(web.url + path, { headers: accept }), 404, /Questa pagina non c’è/);
  });
});

/** As a desk's step does: a bubble in the log of the person's talk, from outside it. */
async function tell({ store }: Web, conversationId: string, text: string): Promise<void> {
  const reply: Reply = { kind: 'text', text, lang: 'it', choices: [], links: [], case: 'PRC-7F3K2', told: true };
  await store.commitCase({ ...noChange(), tells: [{ conversationId, reply }], at: new Date() });
}

describe('tickets of the plain pages', () => {
  it('say what was sealed, for a day', () => {
    let now = Date.parse('2026-11-22T10:00:00Z');
    const tickets = createTickets(SECRET, () => new Date(now));
    const first = tickets.fresh('ro');
    const next = tickets.next(first, 7, 'it');
    assert.deepEqual(next, { conversation: first.conversation, message: next.message, seq: 7, language: 'it' });
    assert.notEqual(next.message, first.message);
    const sealed = tickets.seal(next);
    assert.notEqual(sealed, tickets.seal(next), 'never twice the same');
    assert.deepEqual(tickets.open(sealed), next);
    now += 24 * 3_600_000;
    assert.deepEqual(tickets.open(sealed), next);
    now += 1000;
    assert.equal(tickets.open(sealed), undefined);
  });
});
