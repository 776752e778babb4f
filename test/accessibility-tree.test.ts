// What a screen reader is told in a whole triage: by the browser's own accessibility tree, and by what appears in the live region.
// Each message once, in its order and language; nothing again after a reload; nothing moves the focus. Rules are left to axe.
import assert from 'node:assert/strict';
import type { CDPSession } from 'playwright-core';
import { openChat } from './support/browser-talk.ts';
import { heardBy, LISTEN } from './support/live.ts';
import type { Heard } from './support/live.ts';
import { openDesk } from './support/operator.ts';
import { roadPage } from './support/road-page.ts';
import { STORIES } from './support/screens.ts';
import { DESK_PHONE, PERSON, walk } from './support/walk.ts';
import type { Shown, Talker } from './support/walk.ts';

describe('what a screen reader is told', function () {
  this.timeout(60_000);
  const on = roadPage();
  beforeEach(() => on.page.addInitScript(LISTEN));

  const heard = (): Promise<Heard[]> => heardBy(on.page);
  /** Keeps what the bot said, turn by turn. */
  const keeping = (talker: Talker, said: Shown[]): Talker => {
    const keep = (bubbles: Shown[]): Shown[] => {
      said.push(...bubbles);
      return bubbles;
    };
    return {
      say: async (text) => keep(await talker.say(text)),
      choose: async (id, label) => keep(await talker.choose(id, label)),
    };
  };
  const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
  /** Of the greeting nothing came over a wire that was listened to. */
  const isSaid = (all: readonly Heard[], said: readonly Shown[]): void => {
    assert.equal(all.length, said.length + 1, all.map(({ text }) => text).join('\n---\n'));
    for (const [at, { text, choices }] of said.entries()) {
      const told = plain(all[at + 1]?.text ?? '');
      assert.ok(told.includes(plain(text)), `${told}\nis not\n${text}`);
      for (const { label } of choices) assert.ok(told.includes(label), `${label} is not in ${told}`);
    }
  };

  for (const language of ['it', 'ar'] as const)
    it(`says each message of a request once, in order, in its language: ${language}`, async () => {
      const said: Shown[] = [];
      const talk = await openChat(on.page, `${on.road.url}/chat/porcari?lang=${language}`);
      await walk(keeping(talk, said), { ...PERSON, story: STORIES[language].bill });
      const all = await heard();
      isSaid(all, said);
      assert.deepEqual([...new Set(all.map(({ lang }) => lang))], [language]);
    });

  it('moves no focus with what arrives, and says what a desk answers once', async () => {
    const talk = await openChat(on.page, `${on.road.url}/chat/porcari`);
    const { code } = await walk(talk);
    const desk = await openDesk(on.browser, await on.road.mail(new RegExp(`${code} richiesta`)), 'Anna');
    await on.page.locator('#box').focus();
    const before = (await heard()).length;
    await desk.take();
    await desk.propose();
    const proposed = on.page.locator('#list > li.bot', { hasText: 'propone un incontro' });
    await proposed.waitFor();
    await desk.page.context().close();
    const fresh = (await heard()).slice(before);
    assert.equal(fresh.length, 2, fresh.map(({ text }) => text).join('\n---\n'));
    assert.match(fresh[0]?.text ?? '', /presa in carico/);
    assert.match(fresh[1]?.text ?? '', /propone un incontro/);
    assert.deepEqual(
      fresh.map(({ focus }) => focus),
      ['box', 'box'],
    );
  });

  it('says nothing again after a reload, and what comes after it once', async () => {
    const talk = await openChat(on.page, `${on.road.url}/chat/porcari`);
    await talk.say(STORIES.it.bill);
    await on.page.reload();
    await on.page.locator('#list > li.me').waitFor();
    await on.page.locator('.choice').first().waitFor();
    const bubbles = await talk.choose('', 'No, per ora no');
    assert.equal(bubbles.length, 1);
    const all = await heard();
    assert.equal(all.length, 1, all.map(({ text }) => text).join('\n---\n'));
    assert.ok(plain(all[0]?.text ?? '').includes(plain(bubbles[0]?.text ?? '–')));
  });

  it('finds in the tree a log of named speakers, buttons by their words, and a telephone to call', async () => {
    const talk = await openChat(on.page, `${on.road.url}/chat/porcari`);
    await walk(talk);
    const tree = await treeOf(await on.page.context().newCDPSession(on.page));
    const named = (role: string): string[] => tree.filter((node) => node.role === role).map(({ name }) => name);
    assert.deepEqual(named('main').length, 1);
    assert.ok(named('textbox').every((name) => name !== ''));
    for (const name of [...named('button'), ...named('link')]) assert.notEqual(name, '');
    assert.ok(named('link').some((name) => name.includes(DESK_PHONE)));
    assert.ok(named('button').includes('Esci subito'));
    assert.equal(named('heading')[0], 'Bussola');
    const speakers = named('StaticText').filter((text) => text === 'Bussola:' || text === 'Lei:');
    assert.equal(speakers.length, await on.page.locator('#list > li.bot, #list > li.me').count());
  });
});

interface TreeNode {
  id: string;
  role: string;
  name: string;
}

async function treeOf(cdp: CDPSession): Promise<TreeNode[]> {
  const { nodes } = await cdp.send('Accessibility.getFullAXTree');
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ nodeId, role, name }) => ({
      id: nodeId,
      role: String(role?.value ?? ''),
      name: String(name?.value ?? '').trim(),
    }));
}
