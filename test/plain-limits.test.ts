// The plain pages under a flood: little is read, nothing is begun, and whoever may be in danger always has the numbers.
// Limits of the chat are left to limits.test.ts.
import assert from 'node:assert/strict';
import { createCalendar } from '../adapters/directory/calendar.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { createLimiter, createLimits } from '../adapters/web/limits.ts';
import type { Limiter, Limits } from '../adapters/web/limits.ts';
import { PlainTalk } from './support/plain.ts';
import { startWeb } from './support/web.ts';
import type { Web } from './support/web.ts';

const OUTSIDE = { 'x-forwarded-for': '192.0.2.7' };
const directory = loadDirectory();
const plain = { directory, calendar: createCalendar(directory), freshness: (): undefined => undefined };
const few = (burst: number): Limiter => createLimiter({ burst, perSecond: 0.001 });

describe('plain pages under a flood', () => {
  let web: Web;
  const searched: number[] = [];
  const urgent = (text: string): boolean => {
    searched.push(text.length);
    return text.includes('pericolo');
  };
  const begin = async (limits: Partial<Limits> = {}): Promise<PlainTalk> => {
    web = await startWeb({ plain, urgent, limits: { ...createLimits(), ...limits } });
    searched.length = 0;
    return new PlainTalk(web.url, 'porcari', OUTSIDE).open();
  };
  afterEach(() => web.stop());

  it('a form sent again and again is counted like any request, and keeps what was typed', async () => {
    const talk = await begin({ requests: few(3) });
    const first = talk.copy();
    await talk.say('ho perso il lavoro');
    assert.equal(talk.status, 200);
    for (const wanted of [200, 429, 429]) {
      const again = first.copy();
      await again.say('ho perso il lavoro');
      assert.equal(again.status, wanted);
      if (wanted === 200) continue;
      assert.equal(again.box(), 'ho perso il lavoro');
      assert.match(again.notice() ?? '', /molte richieste.*112/);
      assert.ok(Number(again.headers.get('retry-after')) > 0);
    }
    assert.equal(web.heard.length, 2);
  });

  it('of who has asked too often little is read, and a cry is heard until no person can be meant', async () => {
    const talk = await begin({ requests: few(1), cries: few(4) });
    const long = 'parole '.repeat(3000);
    await talk.say(long);
    assert.equal(talk.status, 429);
    assert.ok(Math.max(...searched) < 4000, String(searched));
    await talk.say(`${long} sono in pericolo`);
    assert.equal(talk.status, 200);
    assert.equal(web.heard.at(-1)?.kind, 'message');
    const heard = web.heard.length;
    for (let times = 0; times < 5; times += 1) await talk.say('sono in pericolo');
    assert.equal(talk.status, 429);
    assert.match(talk.words(), /1522/);
    assert.ok(talk.html.indexOf('1522') < talk.html.indexOf('<textarea'), 'the numbers come first');
    assert.ok(web.heard.length < heard + 5);
  });

  it('cries without a talk begin so many and no more, and cost nobody else their place', async () => {
    const talk = await begin({ cries: few(3), conversations: few(1) });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...OUTSIDE };
    const cry = async (): Promise<Response> =>
      fetch(talk.address, { method: 'POST', headers, body: 'text=sono+in+pericolo' });
    for (let times = 0; times < 3; times += 1) assert.equal((await cry()).status, 200);
    const beyond = await cry();
    assert.equal(beyond.status, 429);
    assert.match(await beyond.text(), /1522[^]*<textarea[^>]*>\s*sono in pericolo/);
    assert.equal(web.heard.filter(({ kind }) => kind === 'start').length, 3);
    await talk.say('ciao');
    assert.equal(talk.status, 200);
  });

  it('ten thousand characters in any script are a message; what nobody writes is not even searched', async () => {
    const talk = await begin();
    for (const letter of ['خ', '中', '𝓪']) {
      await talk.say(letter.repeat(10_000));
      assert.equal(talk.status, 200);
      assert.equal(web.heard.at(-1)?.text, letter.repeat(10_000));
    }
    const heard = web.heard.length;
    searched.length = 0;
    const response = await fetch(talk.address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...OUTSIDE },
      body: new URLSearchParams({ page: talk.ticket(), text: 'parole '.repeat(9000) }).toString(),
    });
    assert.equal(response.status, 413);
    assert.deepEqual([searched, web.heard.length], [[], heard]);
  });
});
