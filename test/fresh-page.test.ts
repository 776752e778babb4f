// The page behind "è ancora giusto?", over HTTP as a browser and as a machine would use it.
// When the question goes out is left to fresh-ask.test.ts.
import assert from 'node:assert/strict';
import { createOffice } from '../bot/cases/office.ts';
import type { Proposal } from '../bot/ports.ts';
import { deskLines } from '../bot/desk-lines.ts';
import { freshWorld, rome } from './support/fresh.ts';
import type { FreshWorld } from './support/fresh.ts';
import { startWeb } from './support/web.ts';
import type { Web } from './support/web.ts';

const DESK = 'porcari-segretariato';
const EPOCH = 202612;

describe('the page where a desk answers for its facts', () => {
  let world: FreshWorld;
  let web: Web;
  let url: string;
  let digits: string;
  let mailed: number;

  beforeEach(async () => {
    world = await freshWorld('2026-11-24T10:00');
    mailed = 0;
    const { env, store } = world;
    env.coordinator = { name: 'Coordinamento', address: 'coordinamento@piana.example' };
    const office = createOffice({ env, store, clock: world.now, committed: () => {} });
    web = await startWeb({
      store,
      clock: world.now,
      desk: { env, office, mailed: () => void (mailed += 1), answered: async () => world.freshness.refresh() },
    });
    await world.at('2026-12-01T10:00');
    await world.mails();
    url = web.url + new URL(env.links.url('fresh', DESK, EPOCH, world.now(), 45)).pathname;
    digits = env.links.digits(`fresh ${DESK} ${EPOCH}`);
  });
  afterEach(async () => {
    await web.stop();
    await world.close();
  });

  const get = async (address = url, cookie = ''): Promise<{ status: number; text: string }> => {
    const response = await fetch(address, { headers: { cookie } });
    return { status: response.status, text: await response.text() };
  };
  const once = (page: string): string =>
    /name="once" value="([^"]+)"/.exec(page)?.[1] ?? assert.fail('no one-time value');
  const post = async (form: Record<string, string>, cookie = '') => {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
      headers: { cookie },
    });
    const set = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    return { status: response.status, text: await response.text(), set, location: response.headers.get('location') };
  };
  const signed = async (form: Record<string, string>) =>
    post({ once: once((await get()).text), who: 'G. Prova', digits, altro_recapito: '', ...form });
  const check = async () => (await world.store.deskChecks()).find(({ deskId }) => deskId === DESK);
  const open = async (): Promise<Proposal[]> => world.store.proposals();
  const card = (): string => {
    const desk = world.env.directory.desk(DESK) ?? assert.fail();
    return deskLines({ env: world.env, at: world.now(), state: { language: 'it' } }, desk, 'porcari').freshness;
  };
  const fieldOf = async (what: string): Promise<string> =>
    new RegExp(`name="(${DESK}\\.${what}\\.\\d+)"`).exec((await get()).text)?.[1] ?? assert.fail(what);

  it('shows the facts as citizens read them, once for all desks that share them', async () => {
    const { status, text } = await get();
    assert.equal(status, 200);
    for (const fact of ['0583 211899', 'martedì e giovedì 9–12', 'Piazza Felice Orsi, Porcari', 'dato: aprile 2025'])
      assert.ok(text.includes(fact), fact);
    assert.equal(text.match(/<section class="card">/g)?.length, 1);
    assert.ok(text.includes('Vale anche per: Punto Insieme'));
    assert.doesNotMatch(text, /fresh:|undefined|\{\{|Tu,Th/);
    assert.equal((await check())?.unanswered, 1);
  });

  it('verifies everything with one button, and the card says so at once', async () => {
    const { status, location } = await signed({ do: 'right' });
    assert.deepEqual([status, location], [303, '?ok=right']);
    const held = await check();
    assert.deepEqual([held?.unanswered, held?.verifiedAt], [0, world.now()]);
    assert.equal(card(), 'Verificato dallo sportello martedì 1 dicembre 2026.');
    const after = await get(`${url}?ok=right`);
    assert.match(after.text, /role="status">Grazie\./);
    assert.match(after.text, /verificato da voi martedì 1 dicembre 2026/);
    assert.deepEqual(await open(), []);
  });

  it('takes a correction for the coordinator, who is told by mail; the directory stays as it is', async () => {
    const { status, location } = await signed({ do: 'correct', [await fieldOf('hours')]: 'martedì dalle 9 alle 13' });
    assert.deepEqual([status, location], [303, '?ok=correct']);
    const [proposal, ...others] = await open();
    assert.deepEqual(others, []);
    const { deskId, field, before, after, by, state, at } = proposal ?? assert.fail();
    assert.deepEqual(
      [deskId, field, before, after, by, state, at],
      [DESK, 'hours', 'Tu,Th 09:00-12:00', 'martedì dalle 9 alle 13', 'G. Prova', 'open', world.now()],
    );
    assert.deepEqual([(await check())?.unanswered, (await check())?.verifiedAt], [0, null]);
    assert.match(card(), /^Dato pubblicato/, 'nobody said that the rest is right');
    const [mail] = await world.mails();
    assert.deepEqual([mail?.kind, mail?.mail.to[0]?.address, mailed], ['alert', 'coordinamento@piana.example', 1]);
    assert.ok(!mail?.mail.text.includes('martedì dalle 9'), 'what was written is on the page alone');
    assert.match(
      (await get(`${url}?ok=correct`)).text,
      /il coordinamento la controlla[\s\S]*in attesa: Orari, martedì dalle 9 alle 13/,
    );
  });

  it('never calls verified what was just corrected, also where the rest is right', async () => {
    await signed({ do: 'correct', rest: 'yes', [await fieldOf('phone')]: '0583 000 111' });
    assert.deepEqual((await check())?.verifiedAt, world.now());
    assert.match(card(), /^Dato pubblicato/);
    const [proposal] = await open();
    await world.store.decideProposal(proposal?.id ?? '', 'rejected', world.now());
    await world.freshness.refresh();
    assert.match(card(), /^Verificato dallo sportello/, 'a correction that was rejected no longer counts');
  });

  it('asks again where words and button do not agree, and keeps what was typed', async () => {
    const hours = await fieldOf('hours');
    const both = await signed({ do: 'right', [hours]: 'solo il giovedì' });
    assert.equal(both.status, 422);
    assert.match(both.text, /c&#39;è una correzione scritta[\s\S]*solo il giovedì/);
    const nothing = await signed({ do: 'correct' });
    assert.deepEqual([nothing.status, /nessuna correzione/.test(nothing.text)], [422, true]);
    assert.deepEqual([await open(), (await check())?.verifiedAt], [[], null]);
  });

  it('takes no e-mail that is no address, and keeps it to be mended', async () => {
    const email = await fieldOf('email');
    for (const typed of ['nuova sociale@porcari', 'sociale@porcari', 'a@b.it, c@d.it', 'chiamare il comune']) {
      const again = await signed({ do: 'correct', [email]: typed });
      assert.equal(again.status, 422, typed);
      assert.match(again.text, /non è un indirizzo e-mail/);
      assert.ok(again.text.includes(`value="${typed}"`), typed);
    }
    assert.deepEqual(await open(), []);
    assert.equal((await signed({ do: 'correct', [email]: ' nuova@comune.prova.example ' })).status, 303);
    assert.equal((await open())[0]?.after, 'nuova@comune.prova.example');
  });

  it('acts once, however often the same page is sent', async () => {
    const form = {
      once: once((await get()).text),
      who: 'G. Prova',
      digits,
      do: 'correct',
      [await fieldOf('other')]: 'Chiuso ad agosto.',
    };
    const answers = await Promise.all([post(form), post(form), post(form)]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [303, 303, 303],
    );
    assert.equal((await open()).length, 1);
  });

  it('does not ask name and digits twice of the same browser', async () => {
    const { set } = await signed({ do: 'right' });
    const again = await get(url, set);
    assert.doesNotMatch(again.text, /name="(who|digits)"/);
    assert.equal((await post({ once: once(again.text), do: 'right' }, set)).status, 303);
  });

  it('is not moved by machines that open, submit and press', async () => {
    for (const method of ['GET', 'HEAD']) assert.equal((await fetch(url, { method })).status, 200);
    const page = (await get()).text;
    const names = [...page.matchAll(/<(?:input|textarea)[^>]*\bname="([^"]+)"/g)].map(([, name = '']) => name);
    const asIs = { once: once(page), altro_recapito: '' };
    const filled = Object.fromEntries(names.map((name) => [name, name === 'once' ? once(page) : '1234']));
    const tries: Record<string, string>[] = [{}, asIs, { ...filled }, { do: 'right' }];
    for (const action of ['right', 'correct']) {
      tries.push(
        { ...asIs, do: action },
        { ...filled, do: action },
        { ...filled, altro_recapito: '', digits: '', do: action },
      );
      tries.push({ ...asIs, do: action, who: 'Prova', digits: digits === '0000' ? '0001' : '0000' });
    }
    for (const form of tries) assert.ok((await post(form)).status >= 400, JSON.stringify(form));
    assert.deepEqual([await open(), (await check())?.unanswered, (await check())?.verifiedAt], [[], 1, null]);
  });

  it('refuses what is forged, expired, or made for something else', async () => {
    const { links } = world.env;
    const path = (made: string): string => web.url + new URL(made).pathname;
    const expired = path(links.url('fresh', DESK, 202609, rome('2026-09-01T10:00'), 45));
    assert.equal((await get(expired)).status, 410);
    assert.match((await get(expired)).text, /scaduto/);
    const token = links.url('case', DESK, EPOCH, world.now(), 45).split('/').at(-1) ?? '';
    for (const address of [
      `${web.url}/s/f/${token}`,
      `${url}x`,
      path(links.url('fresh', 'nessuno', EPOCH, world.now(), 45)),
    ])
      assert.equal((await get(address)).status, 404, address);
  });

  it('holds markup for words', async () => {
    await signed({ do: 'correct', [await fieldOf('other')]: '<script>alert(1)</script>' });
    assert.doesNotMatch((await get()).text, /<script/);
    assert.match((await get()).text, /&lt;script&gt;/);
  });
});
