// What whoever holds a link and not its mail can do with it: guess digits, spell it otherwise, read a list, sign with more than a name.
// What an operator does who has the mail is left to desk-case.test.ts, machines that open mail to desk-scanner.test.ts.
import assert from 'node:assert/strict';
import { createGuesses } from '../adapters/web/desk/kit/guesses.ts';
import { signatureOf } from '../adapters/web/desk/kit/signature.ts';
import { erase } from '../bot/cases/person-steps.ts';
import { noChange } from '../bot/cases/change.ts';
import { linkKey } from '../bot/links.ts';
import { deskLinkMail, mailEpoch } from '../bot/mail/links.ts';
import type { Case } from '../bot/ports.ts';
import { deskWorld, does, guesses, look, press } from './support/desk.ts';
import type { DeskWorld } from './support/desk.ts';

describe('a link without its mail', () => {
  let world: DeskWorld;
  let made: Case;
  let link: string;
  let digits: string;

  before(async () => {
    world = await deskWorld();
  });
  after(() => world.close());
  beforeEach(async () => {
    world.at('2026-11-23T09:00');
    made = await world.request();
    ({ link, digits } = world.mailOf(made));
  });

  const once = async (): Promise<string> => /name="once"\s+value="([^"]*)"/.exec((await look(link)).html)?.[1] ?? '';
  const guess = async (url: string, value: string, tried: string): Promise<number> => {
    const body = new URLSearchParams({ once: value, do: 'enter', who: 'Mallo', digits: tried });
    return (await fetch(url, { method: 'POST', body, redirect: 'manual' })).status;
  };

  it('opens at one address alone, however else it is spelt', async () => {
    const [base = '', token = ''] = link.split('/s/c/');
    const [body = '', mac = ''] = token.split('.');
    const others = [
      `x/${token}`,
      `/${token}`,
      `a/b/c/${token}`,
      `${token}/`,
      `${body}~.${mac}`,
      `${body}=.${mac}`,
      `${body}==.${mac}`,
      `${body}+.${mac}`,
      `${body}%7e.${mac}`,
      `${body}%3D.${mac}`,
      `${body}.${mac}=`,
      `${body}.${mac}.`,
      `${token}%20`,
    ].map((one) => `${base}/s/c/${one}`);
    for (const other of [...others, `${base}/x/s/c/${token}`])
      assert.equal((await fetch(other, { redirect: 'manual' })).status, 404, other);
    assert.equal(world.env.links.unseal('any', world.env.links.seal('any', 'text').replace('.', '~.')), undefined);
    assert.equal(await guess(`${base}/s/c/x/${token}`, await once(), digits), 404);
  });

  it('gives twenty guesses a day, of two hundred in all spellings and at all hours', async () => {
    const [base = '', token = ''] = link.split('/s/c/');
    const tries = guesses(digits, 200);
    const value = await once();
    let compared = 0;
    for (const [index, tried] of tries.entries()) {
      if (index % 20 === 0) world.pass(60);
      const url = index % 3 === 0 ? `${base}/s/c/q${index}/${token}` : `${link}?n=${index}`;
      const status = await guess(url, value, tried);
      assert.ok([404, 422, 429].includes(status), String(status));
      // The last that is compared is answered as one too many.
      if (status === 422) compared += 1;
    }
    assert.ok(compared <= 20, `${compared} were compared`);
    world.pass(60);
    assert.equal(await guess(link, await once(), digits), 429, 'the right ones come too late');
    const asked = await does(link, '', { do: 'renew' });
    assert.equal(asked.status, 303);
    const { made: now } = await world.read(made.id);
    const mine = world.mailOf(now);
    assert.equal((await does(mine.link, '', { do: 'take', who: 'Anna', digits: mine.digits })).status, 303);
  });

  it('gives the same guesses to whoever tries many at once, also after a restart', async () => {
    const spend = async (nonce: { value: string; until: Date }): Promise<boolean> =>
      (await world.store.commitCase({ ...noChange(), nonce, at: world.now() })) === 'committed';
    const first = createGuesses(spend);
    const tries = guesses('9999', 12);
    const took = await Promise.all([...tries, ...tries].map((one) => first.take('key', one, world.now())));
    assert.equal(new Set([...tries, ...tries].filter((_, index) => took[index])).size, 5);
    const again = createGuesses(spend);
    assert.deepEqual(await Promise.all(['9999', '9999'].map((one) => again.take('key', one, world.now()))), [
      false,
      false,
    ]);
    assert.equal(again.locked('key', world.now()), true);
    assert.equal(await again.take('other', '9999', world.now()), true);
  });

  it('says of an erased request that it is erased, and offers nothing', async () => {
    const closed = await world.request({ state: 'closed' });
    const old = world.mailOf(closed).link;
    assert.equal((await world.office.act(closed.id, erase)).result, 'done');
    await world.mails();
    const page = await look(old);
    assert.equal(page.status, 410);
    assert.match(page.html, /I dati della persona sono cancellati/);
    assert.doesNotMatch(page.html, /<button/);
  });

  describe('to a list', () => {
    let epoch = 0;
    beforeEach(() => {
      epoch += 1;
    });
    const list = (days = 7): string => world.env.links.url('desk', made.deskId, epoch, world.now(), days);
    const right = (): string => world.env.links.digits(linkKey('desk', made.deskId, epoch));

    it('shows codes, and no way to a case until the digits are typed', async () => {
      const { html } = await look(list());
      assert.ok(html.includes(made.code ?? '-'));
      assert.doesNotMatch(html, /\/c\/|Contattare con prudenza/);
      const { cookie, status } = await does(list(), '', { do: 'enter', who: 'Anna', digits: right() });
      assert.equal(status, 303);
      assert.match((await look(list(), cookie)).html, /href="\.\.\/c\//);
    });

    it('locked by guesses, shows the way to a new one', async () => {
      for (const tried of guesses(right(), 5)) await does(list(), '', { do: 'enter', who: 'Mallo', digits: tried });
      const late = await does(list(3), '', { do: 'enter', who: 'Anna', digits: right() });
      assert.equal(late.status, 429);
      assert.match(late.html, /href="\.\.\/\.\.\/s"/);
      assert.doesNotMatch(late.html, /\/c\//);
    });

    it('ends together with the links on it', async () => {
      const { cookie } = await does(list(2), '', { do: 'enter', who: 'Anna', digits: right() });
      const url = list(2);
      world.pass(24 * 60);
      const hrefs = [...(await look(url, cookie)).html.matchAll(/href="\.\.(\/c\/[^"]+)"/g)].map(([, href]) => href);
      assert.ok(hrefs.length > 0);
      world.pass(23 * 60);
      for (const href of hrefs) assert.equal((await look(`${world.url}/s${href}`, cookie)).status, 200);
      world.pass(61);
      assert.equal((await look(url, cookie)).status, 410);
      for (const href of hrefs) assert.equal((await look(`${world.url}/s${href}`, cookie)).status, 410);
    });

    it('has digits of its own in each mail', () => {
      const desk = world.env.directory.desk(made.deskId) ?? assert.fail('no desk');
      const read = (): string | undefined =>
        /la prima volta: (\d{4})/.exec(deskLinkMail(world.env, desk, world.now())?.mail.text ?? '')?.[1];
      const first = read();
      assert.equal(first, world.env.links.digits(linkKey('desk', desk.id, mailEpoch(world.now()))));
      world.pass(10);
      assert.notEqual(read(), first);
    });
  });

  describe('with a name', () => {
    for (const [typed, name] of Object.entries({
      '  Anna  B. ': 'Anna B.',
      'dott.ssa M. D’Amico-Rossi': 'dott.ssa M. D’Amico-Rossi',
      'A.Rossi': 'A. Rossi',
      'A.B.': 'A.B.',
      'Anna\r\nBcc': 'Anna Bcc',
      '<b>Anna</b>': undefined,
      '<Anna> 5': 'Anna',
      'Anna z@z.example': undefined,
      'http://evil': undefined,
      'evil.example': undefined,
      'ev1l2.example': undefined,
      'www.x': undefined,
      ' 12 ': undefined,
      [`Anna ${'a'.repeat(99)}`]: `Anna ${'a'.repeat(35)}`,
    }))
      it(`${JSON.stringify(typed).slice(0, 40)} is ${name ?? 'no name'}`, () => {
        assert.equal(signatureOf(typed), name);
      });

    it('that is none, it is asked again and nothing reaches the person', async () => {
      const who = '<b>Anna</b> Bcc: z@z.example http://evil';
      const answer = await press(link, await look(link), { do: 'take', who, digits });
      assert.equal(answer.status, 422);
      assert.equal((await world.read(made.id)).made.state, 'delivered');
    });
  });
});
