// A machine that follows, runs and submits every link of every mail changes no case; the operator who comes after it still can.
// What the machine does is left to support/scanner.ts.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { freshMail } from '../bot/fresh/mail.ts';
import { keyOf, ownerOf } from '../bot/fresh/owners.ts';
import { coordinatorLinkMail, deskLinkMail } from '../bot/mail/links.ts';
import { noteToDesk } from '../bot/mail/notes.ts';
import type { Case, OutboxMail } from '../bot/ports.ts';
import { launchBrowser } from './support/browser.ts';
import { deskWorld, does } from './support/desk.ts';
import type { DeskWorld } from './support/desk.ts';
import { linksIn, scan } from './support/scanner.ts';

/** The link of a mail, and what is to be sent there by whoever has read the mail: its digits too. */
function proofOf({ mail }: OutboxMail, fields: Record<string, string>): [string, string, Record<string, string>] {
  const [, digits = ''] = /la prima volta: (\d{4})/.exec(mail.text) ?? [];
  return [linksIn(mail.html)[0] ?? assert.fail('no link'), '', { ...fields, digits }];
}

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

  const all = async (cases: Case[]) =>
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
    const mine = world.mailOf(fresh);

    const sent = await scan(browser, links);

    assert.ok(sent > 15, `it sent ${sent} forms`);
    assert.deepEqual(await all([fresh, taken]), before);
    // Whoever reads the mails gets in by them: the same digits again and again are one guess, and nothing was renewed.
    assert.equal((await does(mine.link, '', { do: 'take', who: 'Bea', digits: mine.digits })).status, 303);
    assert.equal((await does(...proofOf(list, { do: 'enter', who: 'Bea' }))).status, 303);
    assert.deepEqual(await world.mails(), []);
  });

  it('answers for no facts and decides on no correction', async () => {
    world.env.coordinator = { name: 'Coordinamento', address: 'coordinamento@piana.example' };
    const { env, store } = world;
    const owner = ownerOf(env.directory, 'porcari-segretariato') ?? assert.fail('no owner');
    const asked = { deskId: keyOf(owner, undefined), askedAt: world.now(), unanswered: 0, verifiedAt: null };
    const proposal = {
      id: 'prop-1',
      deskId: asked.deskId,
      field: 'other',
      before: '',
      after: 'Il campanello non funziona.',
      by: 'Anna',
      at: world.now(),
      state: 'open' as const,
      decidedAt: null,
    };
    await store.saveDeskCheck(asked, { proposals: [proposal] });
    const facts = freshMail(env, owner, asked, world.now());
    const figures = coordinatorLinkMail(env, world.now()) ?? assert.fail('no coordinator');
    const before = [await store.deskChecks(), await store.proposals()];

    const sent = await scan(
      browser,
      [facts, figures].flatMap(({ mail }) => linksIn(mail.html)),
    );

    assert.ok(sent > 10, `it sent ${sent} forms`);
    assert.deepEqual([await store.deskChecks(), await store.proposals()], before);
    assert.deepEqual(await world.mails(), []);
    // Whoever reads them still can.
    const reject = { do: 'proposal_reject', proposal: proposal.id, value: proposal.after, who: 'Bruna' };
    assert.equal((await does(...proofOf(figures, reject))).status, 303);
    assert.equal((await store.proposals())[0]?.state, 'rejected');
    assert.equal((await does(...proofOf(facts, { do: 'right', who: 'Bruna' }))).status, 303);
    assert.notEqual((await store.deskChecks())[0]?.verifiedAt, null);
  });

  it('changes no case by a link that is too old', async () => {
    const made = await world.request();
    const { link } = world.mailOf(made, 1);
    world.pass(26 * 60);
    const before = await all([made]);
    await scan(browser, [link]);
    // A link that nobody could use any more gives way to a new one, and the request stays as it is.
    const { made: now } = await world.read(made.id);
    assert.equal(now.life.linkEpoch, 1, 'renewed once, however often it was pressed');
    const [after] = await all([made]);
    const { clock, ...life } = now.life;
    assert.equal(clock?.from, made.life.since, 'the desk has not spoken');
    const plain = { ...now, version: made.version, dueAt: made.dueAt, life: { ...life, linkEpoch: 0 } };
    assert.deepEqual([plain, after?.messages, after?.told], [made, before[0]?.messages, before[0]?.told]);
    assert.deepEqual(
      after?.events.slice(before[0]?.events.length).map(({ type, by }) => [type, by]),
      [['link_renewed', 'bot']],
    );
    const asked = await world.mails();
    assert.ok(asked.length <= 1, 'at most one new link, to the inbox');
    for (const { mail } of asked)
      assert.deepEqual(
        mail.to.map(({ address }) => address),
        ['sportellosociale@comune.porcari.lu.it'],
      );
  });
});
