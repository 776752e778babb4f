// The figures in a real browser: the page to print, and the coordinator's page behind its link; what it sends, shows and refuses.
// What the figures are is left to report-figures.test.ts, corrections of the directory to their own tests.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { take } from '../bot/cases/desk-steps.ts';
import { linkKey } from '../bot/links.ts';
import { COORDINATOR } from '../bot/mail/links.ts';
import { launchBrowser } from './support/browser.ts';
import { deskWorld, look, press } from './support/desk.ts';
import type { DeskWorld } from './support/desk.ts';
import { aYear, saveYear } from './support/report-year.ts';

const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const INBOX = { name: 'Coordinamento', address: 'coordinamento@comune.example' };

describe('the page of the figures', () => {
  let world: DeskWorld;
  let browser: Browser;
  let page: Page;

  before(async () => {
    [world, browser] = await Promise.all([deskWorld(), launchBrowser()]);
    await saveYear(world.store, aYear());
    page = await (await browser.newContext({ bypassCSP: true, acceptDownloads: true })).newPage();
  });
  after(async () => {
    await browser.close();
    await world.close();
  });
  beforeEach(() => {
    world.env.coordinator = INBOX;
  });

  const link = (days = 7): string => world.env.links.url('coordinator', COORDINATOR, 0, world.now(), days);
  const axe = async (): Promise<void> => {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    assert.deepEqual(
      violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]),
      [],
    );
  };
  const ask = async (): Promise<{ status: number; location: string | null }> => {
    const visit = await look(`${world.url}/s/k`);
    return press(`${world.url}/s/k`, visit, { do: 'send' });
  };

  it('sends its link to the coordinator alone, says the same whoever asks, and not more often than needed', async () => {
    assert.equal((await look(`${world.url}/s/k`)).status, 200);
    assert.deepEqual(await world.mails(), [], 'looking sends nothing');
    const first = await ask();
    const again = await ask();
    assert.deepEqual([first.status, first.location], [303, '?ok=sent']);
    assert.deepEqual([again.status, again.location], [303, '?ok=sent']);
    const mails = await world.mails();
    assert.deepEqual(
      mails.map(({ mail }) => mail.to),
      [[INBOX]],
    );
    world.env.coordinator = undefined;
    world.pass(11);
    assert.deepEqual([(await ask()).status, (await world.mails()).length], [303, 0]);
    const [, found = ''] = /(http:\S+\/s\/k\/\S+)/.exec(mails[0]?.mail.text ?? '') ?? [];
    assert.equal((await look(found)).status, 200);
  });

  it('does not open with a forged link, one for something else, or an old one', async () => {
    assert.equal((await look(`${world.url}/s/k/AAAA.BBBB`)).status, 404);
    const desk = world.env.links.url('desk', COORDINATOR, 0, world.now(), 7).replace('/s/d/', '/s/k/');
    assert.equal((await look(desk)).status, 404);
    const old = await look(link(0));
    assert.equal(old.status, 410);
    assert.doesNotMatch(old.html, /<table/);
  });

  it('shows charts and tables of the chosen months, and names no small group', async () => {
    const { status, html } = await look(`${link()}?from=2026-01&to=2026-04`);
    assert.equal(status, 200);
    assert.match(html, /Contatti per bisogno/);
    assert.match(html, /<svg[\s\S]*role="img"/);
    assert.doesNotMatch(html, /<th scope="row">Villa Basilica/);
    assert.match(html, /gruppi con meno di 5 persone/);
  });

  it('begins with the last twelve months that are over', async () => {
    const { html } = await look(link());
    const chosen = [...html.matchAll(/value="([\d-]+)" selected/g)].map(([, month]) => month);
    assert.equal(chosen.length, 2);
    const [from = '', to = ''] = chosen;
    const before = new Date(world.now().getTime());
    before.setUTCDate(0);
    assert.equal(to, before.toISOString().slice(0, 7));
    assert.equal(
      Number(to.slice(0, 4)) * 12 + Number(to.slice(5)) - Number(from.slice(0, 4)) * 12 - Number(from.slice(5)),
      11,
    );
  });

  it('refuses days, and goes on with the last year', async () => {
    const { status, html } = await look(`${link()}?from=2026-01-10`);
    assert.equal(status, 422);
    assert.match(html, /per mesi interi/);
  });

  it('gives the same figures to download, none of them kept by anybody on the way', async () => {
    const get = (format: string): Promise<Response> =>
      fetch(`${link()}?from=2026-01&to=2026-03&comune=lucca&format=${format}`);
    const [csv, json] = [await get('csv'), await get('json')];
    assert.match(csv.headers.get('content-type') ?? '', /^text\/csv/);
    assert.equal(csv.headers.get('content-disposition'), 'attachment; filename="bussola-2026-01-2026-03.csv"');
    assert.equal(csv.headers.get('cache-control'), 'no-store');
    assert.match(await csv.text(), /^month,place,subject,/);
    const shape: { place: string; total: { contacts: { total: number } } } = JSON.parse(await json.text());
    assert.deepEqual([shape.place, shape.total.contacts.total], ['lucca', 210]);
  });

  it('lets the coordinator decide on a correction, who has the digits of the mail and no other', async () => {
    const proposal = {
      id: 'prop-1',
      deskId: 'porcari-segretariato',
      field: 'other',
      before: '',
      after: 'Il campanello non funziona.',
      by: 'Anna',
      at: world.now(),
      state: 'open' as const,
      decidedAt: null,
    };
    const check = { deskId: proposal.deskId, askedAt: world.now(), unanswered: 0, verifiedAt: null };
    await world.store.saveDeskCheck(check, { proposals: [proposal] });
    const state = async (): Promise<string | undefined> => (await world.store.proposals())[0]?.state;
    const page = await look(link());
    assert.match(page.html, /Il campanello non funziona/);
    const digits = world.env.links.digits(linkKey('coordinator', COORDINATOR, 0));
    const wrong = digits === '0000' ? '0001' : '0000';
    const fields = { do: 'proposal_reject', proposal: proposal.id, who: 'Bruna', value: proposal.after };
    assert.equal((await press(link(), page, { ...fields, digits: wrong })).status, 422);
    assert.equal(await state(), 'open');
    const done = await press(link(), page, { ...fields, digits });
    assert.deepEqual([done.status, done.location], [303, '?ok=rejected']);
    assert.equal(await state(), 'rejected');
    const after = await look(`${link()}?ok=rejected`, done.cookie);
    assert.match(after.html, /Respinta: la rubrica resta com/);
  });

  it('says when none waits too long', async () => {
    const empty = await deskWorld();
    const url = empty.env.links.url('coordinator', COORDINATOR, 0, empty.now(), 7);
    const { html } = await look(url);
    await empty.close();
    assert.match(html, /Nessuna richiesta aspetta oltre il tempo promesso/);
    assert.match(html, /Per questo periodo non è pubblicato nessun numero/);
  });

  it('counts what was promised to the person: hours where there may be danger', async () => {
    const fresh = await deskWorld();
    const needs = [{ area: 'health', need: 'mental_health', urgency: 'emergency' } as const];
    const made = await fresh.request({}, { needs });
    const url = fresh.env.links.url('coordinator', COORDINATOR, 0, fresh.now(), 7);
    fresh.pass(60);
    assert.doesNotMatch((await look(url)).html, new RegExp(made.code ?? ''));
    fresh.pass(120);
    const { html } = await look(url);
    await fresh.close();
    assert.match(html, new RegExp(`${made.code} \\(0 giorni\\)`));
  });

  it('says which requests wait too long: code and days, nothing of the person', async () => {
    const made = await world.request({}, { name: 'Zibaldona Prova' });
    world.pass(60);
    assert.doesNotMatch((await look(link())).html, new RegExp(made.code ?? ''));
    world.pass(8 * 24 * 60);
    const { html } = await look(link());
    assert.match(html, new RegExp(`${made.code} \\(8 giorni\\)`));
    assert.match(html, /Comune di Porcari, 0583 \d+/, 'whom to call');
    assert.match(html, /e altre \d+/, 'of many only the oldest are named');
    await world.office.act(made.id, (work) => take(work, 'Anna'));
    assert.doesNotMatch((await look(link())).html, new RegExp(made.code ?? ''), 'somebody has it in hand');
    const waiting = html.slice(0, html.indexOf('id="proposals"'));
    assert.doesNotMatch(waiting, /Zibaldona|333 000|bollette|case-1\b/);
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${link()}?from=2026-01&to=2026-04`);
    const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
    await page.setViewportSize({ width: 1280, height: 800 });
    assert.equal(wide, false);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`has nothing that axe would find, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${link()}?from=2026-01&to=2026-04`);
      await axe();
      await page.goto(`${world.url}/s/k`);
      await axe();
    });

  it('is to be printed as a page of its own, in which axe finds nothing either', async () => {
    const answer = await fetch(`${link()}?from=2026-01&to=2026-04&format=html`);
    await page.setContent(await answer.text());
    assert.equal(await page.title(), 'Segretariato sociale della Piana di Lucca: i numeri del servizio');
    for (const table of await page.locator('table').all()) assert.equal(await table.locator('caption').count(), 1);
    assert.equal(
      (await page.locator('td:not([headers])').count()) > 0 && (await page.locator('th:not([scope])').count()),
      0,
    );
    await axe();
    await page.setViewportSize({ width: 390, height: 800 });
    const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
    assert.equal(wide, false, 'nothing runs out of a phone');
  });
});
