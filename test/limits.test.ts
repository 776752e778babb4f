// How much may be asked and written, and by whom it is counted: a flood is held, a household is one, a cry passes.
// What is said to who is counted out on the plain pages is left to plain-limits.test.ts.
import assert from 'node:assert/strict';
import { createLimiter, createLimits } from '../adapters/web/limits.ts';
import type { Limiter } from '../adapters/web/limits.ts';
import { call, open, startWeb } from './support/web.ts';
import type { Web } from './support/web.ts';

const urgent = (text: string): boolean => text.includes('pericolo');
const few = (burst: number): Limiter => createLimiter({ burst, perSecond: 0.001 });

describe('limits', () => {
  describe('by address', () => {
    let web: Web;
    before(async () => {
      web = await startWeb({ limits: { ...createLimits(), requests: few(1) } });
    });
    after(() => web.stop());
    const statusFrom = async (address: string): Promise<number> =>
      (await fetch(web.url, { headers: { 'x-forwarded-for': address } })).status;

    it('count a household of IPv6 as one, however many addresses it takes', async () => {
      assert.equal(await statusFrom('2001:db8:1:2::1'), 200);
      assert.equal(await statusFrom('2001:db8:1:2:ffff::9'), 429);
      assert.equal(await statusFrom('2001:0DB8:0001:0002:0:0:0:5'), 429);
      assert.equal(await statusFrom('2001:db8:1:3::1'), 200, 'a neighbour');
      assert.equal(await statusFrom('2001:db8::1'), 200);
      assert.equal(await statusFrom('2001:db8:0:0:4::'), 429);
    });

    it('count an address of IPv4 as itself, in whatever dress', async () => {
      assert.equal(await statusFrom('192.0.2.1'), 200);
      for (const same of ['::ffff:192.0.2.1', '::FFFF:c000:0201', '0:0:0:0:0:ffff:192.0.2.1'])
        assert.equal(await statusFrom(same), 429, same);
      assert.equal(await statusFrom('::ffff:192.0.2.2'), 200);
    });
  });

  describe('by conversation', () => {
    const sayIn = async (web: Web): Promise<(text: string) => Promise<number>> => {
      const { conversationId, token } = await open(web);
      const path = `/conversations/${conversationId}/activities`;
      return async (text) => (await call(web, 'POST', path, { token, body: { type: 'message', text } })).status;
    };

    it('let a cry pass though the words before it were too many, and charge it to none of them', async () => {
      const web = await startWeb({ urgent, limits: { ...createLimits(), messages: few(2) } });
      try {
        const say = await sayIn(web);
        for (let times = 0; times < 20; times += 1) assert.equal(await say('sono in pericolo'), 200);
        assert.deepEqual([await say('uno'), await say('due'), await say('tre')], [200, 200, 429]);
        assert.equal(await say('sono in pericolo'), 200);
      } finally {
        await web.stop();
      }
    });

    it('hold a flood of cries without a turn, and let through what any person can cry', async () => {
      const { cries } = createLimits();
      for (let times = 0; times < 60; times += 1) assert.equal(cries.take('one'), 0);
      const web = await startWeb({ urgent, limits: { ...createLimits(), cries: few(10) } });
      try {
        const say = await sayIn(web);
        for (let times = 0; times < 25; times += 1)
          assert.equal(await say('sono in pericolo'), times < 10 ? 200 : 429, String(times));
        assert.equal(web.heard.filter(({ kind }) => kind === 'message').length, 10);
        assert.equal(await say('uno'), 200);
      } finally {
        await web.stop();
      }
    });

    it('find a cry at either end of a very long text, and search no more than that', async () => {
      const searched: number[] = [];
      const noting = (text: string): boolean => {
        searched.push(text.length);
        return urgent(text);
      };
      const web = await startWeb({ urgent: noting, limits: { ...createLimits(), messages: few(1) } });
      try {
        const say = await sayIn(web);
        const long = 'parole '.repeat(18_000);
        assert.equal(await say(long), 200);
        assert.equal(await say(long), 429);
        assert.equal(await say(`sono in pericolo ${long}`), 200);
        assert.equal(await say(`${long} sono in pericolo`), 200);
        assert.ok(Math.max(...searched) < 13_000, String(searched));
        assert.ok(Math.max(...searched.slice(1)) < 4000, String(searched));
      } finally {
        await web.stop();
      }
    });
  });
});
