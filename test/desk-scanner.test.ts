// A machine that follows, runs and submits every link of every mail changes no case; the operator who comes after it still can.
// What the machine does is left to support/scanner.ts.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { deskLinkMail } from '../bot/mail/links.ts';
import { noteToDesk } from '../bot/mail/notes.ts';
import type { Case } from '../bot/ports.ts';
import { launchBrowser } from './support/browser.ts';
import { deskWorld, does } from './support/desk.ts';
import type { DeskWorld } from './support/desk.ts';
import { linksIn, scan } from './support/scanner.ts';

describe('a mail scanner', function () {
  this.timeout(120_000);
  let world: DeskWorld;
  let browser: Browser;

  before(async () => {
    [world, browser] = await Promise.all([deskWorld(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await world.close();
  });

  const all = async (cases: Case[]): Promise<unknown[]> =>
    Promise.all(
      cases.map(async ({ id, conversationId }) => ({
        ...(await world.read(id)),
        told: await world.told(conversationId),
      })),
    );

  it('changes no case, by whatever mail it comes', async () => {
    const fresh = await world.request();
    const taken = await world.request();
    const anna = await does(world.mailOf(taken).link, '', {
      do: 'take',
      who: 'Anna',
      digits: world.mailOf(taken).digits,
    });
    assert.equal(anna.status, 303);
    await world.office.act(fresh.id, (work) => {
      noteToDesk(work, 'reminder');
      return true;
    });
    const desk = world.env.directory.desk('porcari-segretariato') ?? assert.fail('no desk');
    const list = deskLinkMail(world.env, desk, world.now()) ?? assert.fail('no inbox');
    const mails = [...(await world.mails()), list];
    const links = [...new Set([...mails.flatMap(({ mail }) => linksIn(mail.html)), world.mailOf(taken).link])];
    assert.ok(links.length >= 3, 'a case new, a case taken, a list');
    const before = await all([fresh, taken]);

    const sent = await scan(browser, links);

    assert.ok(sent > 15, `it sent ${sent} forms`);
    assert.deepEqual(await all([fresh, taken]), before);
    // Whoever reads the mail gets in, with a new link where the machine had used up the guesses of the old one.
    world.pass(1);
    const { link, digits } = world.mailOf(fresh);
    assert.equal((await does(link, '', { do: 'take', who: 'Bea', digits })).status, 303);
  });

  it('changes no case by a link that is too old', async () => {
    const made = await world.request();
    const { link } = world.mailOf(made, 1);
    world.pass(26 * 60);
    const before = await all([made]);
    await scan(browser, [link]);
    assert.deepEqual(await all([made]), before);
    const asked = await world.mails();
    assert.ok(asked.length <= 1, 'at most one new link, to the inbox');
    for (const { mail } of asked)
      assert.deepEqual(
        mail.to.map(({ address }) => address),
        ['sportellosociale@comune.porcari.lu.it'],
      );
  });
});
