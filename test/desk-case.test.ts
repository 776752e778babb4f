// The case page over HTTP: who may act, what each button does, what is refused, and that nothing typed is lost.
// How it looks and works in a browser is left to desk-browser.test.ts, machines that press buttons to desk-scanner.test.ts.
import assert from 'node:assert/strict';
import type { Case } from '../bot/ports.ts';
import { deskWorld, does, guesses, look, press } from './support/desk.ts';
import type { DeskWorld } from './support/desk.ts';
import { rome } from './support/fresh.ts';

describe('the case page', () => {
  let world: DeskWorld;
  let made: Case;
  let link: string;
  let digits: string;
  /** A browser that has proven itself. */
  let anna: string;

  before(async () => {
    world = await deskWorld();
  });
  after(() => world.close());
  beforeEach(async () => {
    world.at('2026-11-23T09:00');
    made = await world.request(
      {},
      {
        safe: { anyTime: false, wishes: 'Mai il sabato. Non lasciare messaggi.', copyByMail: false },
        note: { text: 'Mi hanno staccato la luce.', lang: 'it' },
        preferred: [{ start: rome('2026-11-24T09:00').toISOString(), end: rome('2026-11-24T12:00').toISOString() }],
      },
    );
    ({ link, digits } = world.mailOf(made));
    anna = '';
  });

  it('says at the top what is needed, how urgently, and what the person was promised', async () => {
    const needs = [{ area: 'housing', need: 'eviction', urgency: 'urgent' } as const];
    const urgent = await world.request({}, { needs });
    const page = await look(world.mailOf(urgent).link);
    const [top = ''] = page.html.split('tel:');
    for (const words of ['URGENTE', 'sfratto o perdita della casa', 'abbiamo detto: una risposta entro'])
      assert.ok(top.includes(words), words);
    const taken = await world.request({ state: 'taken' }, { needs });
    assert.doesNotMatch((await look(world.mailOf(taken).link)).html, /abbiamo detto/);
  });

  it('names who is to be called, where that is not the person', async () => {
    const thirdParty = { knows: 'no', call: 'writer', writer: 'Carla, la figlia' } as const;
    const other = await world.request({}, { forWhom: 'relative', name: 'Ginestra', thirdParty });
    const { html } = await look(world.mailOf(other).link);
    const order = ['non sa di questa richiesta', 'Richiesta per Ginestra', 'Carla, la figlia (chi ha scritto)', 'tel:'];
    const places = order.map((words) => html.indexOf(words));
    assert.ok(!places.includes(-1), String(places));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

  it('says that the person reads the name, and that they do not after violence', async () => {
    assert.match((await look(link)).html, /La persona lo legge nella chat\. Resta scritto/);
    const needs = [{ area: 'relational', need: 'violence', urgency: 'urgent' } as const];
    const other = await world.request({}, { needs });
    assert.match((await look(world.mailOf(other).link)).html, /La persona non lo legge/);
  });

  const enter = async (): Promise<void> => {
    anna = (await does(link, '', { do: 'enter', who: 'Anna', digits })).cookie;
  };
  const state = async (): Promise<string> => (await world.read(made.id)).made.state;
  const types = async (): Promise<string[]> => (await world.read(made.id)).events.map(({ type }) => type);

  describe('is closed to machines and strangers', () => {
    const untouched = async (): Promise<void> => {
      const { made: now, events } = await world.read(made.id);
      assert.deepEqual(now, made);
      assert.deepEqual(
        events.map(({ type }) => type),
        ['requested', 'delivered'],
      );
    };

    it('shows by GET, and neither GET nor HEAD acts', async () => {
      const page = await look(link);
      assert.equal(page.status, 200);
      assert.ok(page.html.indexOf('Mai il sabato') < page.html.indexOf('333 000 0000'), 'cautions come first');
      assert.match(page.html, /href="tel:\+393330000000"/);
      const head = await fetch(link, { method: 'HEAD' });
      assert.deepEqual([head.status, await head.text()], [200, '']);
      await untouched();
    });

    it('says in its headers that nothing runs, leaks or stays', async () => {
      const { headers } = await fetch(link);
      assert.match(
        headers.get('content-security-policy') ?? '',
        /^default-src 'none'; style-src 'self'.*frame-ancestors 'none'$/,
      );
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.match(headers.get('x-robots-tag') ?? '', /noindex/);
      assert.doesNotMatch((await look(link)).html, /<script|<style| style=| on\w+=/);
    });

    for (const [why, fields] of Object.entries<Record<string, string>>({
      'no button': { who: 'Anna' },
      'an unknown button': { do: 'delete', who: 'Anna' },
      'no name': { do: 'take' },
      'a name without letters': { do: 'take', who: ' 12 ' },
      'a filled trap': { do: 'take', who: 'Anna', altro_recapito: 'x@example.org' },
      'no one-time value': { do: 'take', who: 'Anna', once: '' },
      'a made-up one-time value': { do: 'take', who: 'Anna', once: 'AAAA.BBBB' },
    }))
      it(`does nothing with ${why}`, async () => {
        const answer = await does(link, '', { digits, ...fields });
        assert.ok([409, 422].includes(answer.status), String(answer.status));
        assert.match(answer.html, /role="alert"/);
        await untouched();
      });

    it('does nothing with all buttons pressed at once', async () => {
      const page = await look(link);
      const once = /name="once"\s+value="([^"]*)"/.exec(page.html)?.[1] ?? '';
      const body = new URLSearchParams([
        ['once', once],
        ['do', 'take'],
        ['do', 'enter'],
        ['who', 'Anna'],
        ['digits', digits],
      ]);
      assert.equal((await fetch(link, { method: 'POST', body })).status, 422);
      await untouched();
    });

    it('does nothing after twelve hours, and keeps what was typed', async () => {
      await enter();
      const page = await look(link, anna);
      world.pass(12 * 60 + 1);
      const late = await press(link, page, { do: 'write', text: 'Le scrivo più tardi' });
      assert.equal(late.status, 409);
      assert.match(late.html, /Le scrivo più tardi/);
      await untouched();
    });

    it('locks a link after five guesses at its digits, and a new one with others goes to the inbox alone', async () => {
      for (const [round, guess] of guesses(digits, 5).entries()) {
        const answer = await does(link, '', { do: 'take', who: 'Anna', digits: guess });
        assert.equal(answer.status, round < 4 ? 422 : 429);
      }
      const right = await does(link, '', { do: 'take', who: 'Anna', digits });
      assert.equal(right.status, 429, 'the right digits come too late');
      await untouched();
      world.pass(1);
      await press(link, right, { do: 'renew' });
      const [mail] = await world.mails();
      assert.equal(mail?.mail.to[0]?.address, 'sportellosociale@comune.porcari.lu.it');
      const fresh = /http:\S+\/s\/c\/\S+/.exec(mail?.mail.text ?? '')?.[0] ?? '';
      const { made: now, events } = await world.read(made.id);
      assert.deepEqual([now.life.linkEpoch, events.at(-1)?.type, events.at(-1)?.by], [1, 'link_renewed', 'bot']);
      assert.equal((await does(link, '', { do: 'take', who: 'Anna', digits })).status, 410, 'the old one is dead');
      assert.equal((await does(fresh, '', { do: 'take', who: 'Anna', digits })).status, 422, 'and so are its digits');
      const mine = world.mailOf(now).digits;
      assert.match(mail?.mail.text ?? '', new RegExp(`la prima volta: ${mine}\n`));
      assert.equal((await does(fresh, '', { do: 'take', who: 'Anna', digits: mine })).status, 303);
    });

    it('opens again an hour later, and counts the same wrong digits once', async () => {
      const [wrong = '', ...others] = guesses(digits, 5);
      for (let round = 0; round < 12; round += 1)
        assert.equal((await does(link, '', { do: 'take', who: 'Anna', digits: wrong })).status, 422);
      for (const other of others) await does(link, '', { do: 'take', who: 'Anna', digits: other });
      assert.equal((await does(link, '', { do: 'take', who: 'Anna', digits })).status, 429);
      world.pass(60);
      assert.equal((await does(link, '', { do: 'take', who: 'Anna', digits })).status, 303);
    });

    it('renews no link that works', async () => {
      const page = await look(link);
      assert.doesNotMatch(page.html, /value="renew"/);
      assert.equal((await press(link, page, { do: 'renew' })).status, 422);
      await untouched();
      assert.deepEqual(await world.mails(), []);
    });
  });

  describe('asks once who acts', () => {
    it('takes in charge with name and digits, and remembers the browser out of reach of scripts', async () => {
      const page = await look(link);
      const body = { do: 'take', who: '  Anna  B. ', digits: `${digits.slice(0, 2)} ${digits.slice(2)}` };
      const done = await press(link, page, body);
      assert.deepEqual([done.status, done.location], [303, '?ok=take']);
      const { made: now, events } = await world.read(made.id);
      assert.deepEqual(
        [now.state, now.life.takenBy, now.life.takenAt],
        ['taken', 'Anna B.', world.now().toISOString()],
      );
      assert.deepEqual(events.at(-1)?.data, { by: 'Anna B.' });
      const again = await look(`${link}?ok=take`, done.cookie);
      assert.match(again.html, /Da questo computer agisce: Anna B\./);
      assert.match(again.html, /In carico a Anna B\./);
      assert.doesNotMatch(again.html, /name="digits"/);
    });

    it('sets a cookie that is sealed, HttpOnly, Lax, and kept to these pages', async () => {
      const page = await look(link);
      const once = /name="once"\s+value="([^"]*)"/.exec(page.html)?.[1] ?? '';
      const body = new URLSearchParams({ once, do: 'enter', who: 'Anna', digits });
      const cookie = (await fetch(link, { method: 'POST', body, redirect: 'manual' })).headers.get('set-cookie') ?? '';
      assert.match(cookie, /^bussola_desk=[\w-]+\.[\w-]+; Path=\/s; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
    });

    it('lets somebody else sign on the same computer', async () => {
      await enter();
      const forgotten = await does(link, anna, { do: 'rename' });
      const page = await look(link, forgotten.cookie);
      assert.match(page.html, /name="who"/);
      assert.doesNotMatch(page.html, /name="digits"/);
      const done = await press(link, page, { do: 'take', who: 'Bea' });
      assert.equal(done.status, 303);
      assert.equal((await world.read(made.id)).made.life.takenBy, 'Bea');
    });

    it('trusts a browser for the desk it has proven, not for another', async () => {
      await enter();
      const other = await world.request();
      assert.equal((await does(world.mailOf(other).link, anna, { do: 'take' })).status, 303);
      const elsewhere = await world.request({ deskId: 'altopascio-ufficio-sociale', comune: 'altopascio' });
      assert.equal((await does(world.mailOf(elsewhere).link, anna, { do: 'take' })).status, 422);
    });
  });

  describe('lets the operator', () => {
    beforeEach(enter);

    it('propose a time of the desk, and another sequence later', async () => {
      const page = await look(link, anna);
      const slot = rome('2026-11-26T09:30').toISOString();
      assert.match(page.html, new RegExp(`value="${slot}"`));
      assert.equal((await press(link, page, { do: 'propose', slot, how: 'office' })).status, 303);
      const { appointment } = (await world.read(made.id)).made.life;
      assert.deepEqual(
        [appointment?.start, appointment?.how, appointment?.sequence, appointment?.state],
        [slot, 'office', 1, 'proposed'],
      );
      await does(link, anna, { do: 'propose', day: '2026-12-01', time: '10:00', how: 'phone' });
      assert.equal((await world.read(made.id)).made.life.appointment?.sequence, 2);
      assert.deepEqual((await types()).slice(-3), ['taken', 'proposed', 'proposed']);
    });

    it('type a time by hand: warned where the desk is closed, refused where it is past', async () => {
      const sunday = { do: 'propose', day: '2026-11-29', time: '10:00', how: 'phone' };
      const warned = await does(link, anna, sunday);
      assert.equal(warned.status, 422);
      assert.match(warned.html, /risulta chiuso/);
      assert.match(warned.html, /value="2026-11-29"/);
      assert.equal((await press(link, warned, { ...sunday, anyway: 'yes' })).status, 303);
      const past = await does(link, anna, { ...sunday, day: '2026-11-01', anyway: 'yes' });
      assert.match(past.html, /già passato/);
      const never = await does(link, anna, { ...sunday, day: '2026-02-31' });
      assert.equal(never.status, 422);
      const both = await does(link, anna, { ...sunday, slot: rome('2026-11-26T09:30').toISOString() });
      assert.match(both.html, /non tutti e due/);
    });

    it('confirm a time of the person’s own, and no other', async () => {
      const other = await does(link, anna, {
        do: 'settle',
        slot: rome('2026-11-26T09:30').toISOString(),
        how: 'office',
      });
      assert.equal(other.status, 409);
      const slot = rome('2026-11-24T10:30').toISOString();
      assert.equal((await does(link, anna, { do: 'settle', slot, how: 'office' })).status, 303);
      const { life, state: now } = (await world.read(made.id)).made;
      assert.deepEqual([now, life.appointment?.state, life.appointment?.start], ['confirmed', 'confirmed', slot]);
    });

    it('write, which is relayed once and thread and trail keep apart', async () => {
      const text = 'Può venire giovedì?\nPorti la bolletta.';
      const page = await look(link, anna);
      assert.equal((await press(link, page, { do: 'write', text })).status, 303);
      const { messages, events } = await world.read(made.id);
      assert.deepEqual(
        messages.map(({ from, by, text: said }) => [from, by, said]),
        [['desk', 'Anna', text]],
      );
      assert.ok(events.every(({ data }) => !JSON.stringify(data ?? {}).includes('bolletta')));
      const twice = await press(link, page, { do: 'write', text });
      assert.deepEqual([twice.status, twice.location], [303, '?ok=write'], 'a double click is one message');
      const stale = await press(link, page, { do: 'write', text: 'Un altro testo, dalla pagina vecchia' });
      assert.equal(stale.status, 409);
      assert.match(stale.html, /Un altro testo, dalla pagina vecchia/);
      assert.equal((await world.read(made.id)).messages.length, 1);
      assert.equal((await does(link, anna, { do: 'write', text: ' \n ' })).status, 422);
    });

    it('telephone at a time the person asked not to be called only when sure of it', async () => {
      // "Mai il sabato", and the rules that the chat read in it.
      const safe = { anyTime: false, wishes: 'Mai il sabato', copyByMail: false, rules: { neverDays: [6] } };
      const start = rome('2026-11-28T09:00').toISOString();
      const preferred = [{ start, end: rome('2026-11-28T10:00').toISOString() }];
      const saturday = await world.request({}, { safe, preferred });
      const page = world.mailOf(saturday).link;
      assert.match((await look(page, anna)).html, /28 novembre[^<]*\(non per telefono\)/);
      for (const fields of [
        { do: 'propose', day: '2026-11-28', time: '10:00', how: 'phone' },
        { do: 'settle', slot: start, how: 'phone' },
      ]) {
        const warned = await does(page, anna, fields);
        assert.equal(warned.status, 422);
        assert.match(warned.html, /La persona ha chiesto: «Mai il sabato»\. Va bene lo stesso\?/);
        assert.equal((await press(page, warned, { ...fields, anyway: 'yes' })).status, 303, fields.do);
      }
      const office = await world.request({}, { safe, preferred });
      const settled = await does(world.mailOf(office).link, anna, { do: 'settle', slot: start, how: 'office' });
      assert.equal(settled.status, 303, 'who comes to the desk is not called');
    });

    it('say that they spoke already, with an appointment ahead, which is then no more', async () => {
      const slot = rome('2026-11-24T09:30').toISOString();
      await does(link, anna, { do: 'settle', slot, how: 'office' });
      const page = await look(link, anna);
      assert.match(page.html, /Ci siamo già parlati/);
      assert.doesNotMatch(page.html, /Non ci siamo parlati/);
      assert.equal((await press(link, page, { do: 'met' })).status, 303);
      const { made: now } = await world.read(made.id);
      assert.deepEqual([now.state, now.life.appointment?.state], ['met', 'cancelled']);
    });

    it('be heard where the person wrote, without their name or address', async () => {
      const plain = await world.request();
      await does(world.mailOf(plain).link, anna, { do: 'write', text: 'La aspetto giovedì.' });
      const told = (await world.told(plain.conversationId)).at(-1) ?? '';
      assert.match(told, /«La aspetto giovedì\.»/);
      assert.doesNotMatch(told, /Anna|@/);
    });

    it('refuse with a reason, asked once more, and never without words for "other"', async () => {
      assert.match((await does(link, anna, { do: 'refuse' })).html, /Scelga il motivo/);
      assert.match((await does(link, anna, { do: 'refuse', reason: 'other' })).html, /scriva che cosa dire/);
      const sure = await does(link, anna, { do: 'refuse', reason: 'not_resident', text: 'Chieda a Lucca' });
      assert.match(sure.html, /Non segue questa richiesta\?/);
      assert.equal(await state(), 'delivered');
      const done = await press(link, sure, { do: 'refuse_sure', reason: 'not_resident', text: 'Chieda a Lucca' });
      assert.equal(done.status, 303);
      const { made: now, events, messages } = await world.read(made.id);
      assert.deepEqual([now.state, now.life.refusal], ['refused', 'not_resident']);
      assert.deepEqual(events.find(({ type }) => type === 'refused')?.data, { reason: 'not_resident', by: 'Anna' });
      assert.equal(messages[0]?.text, 'Chieda a Lucca');
      assert.doesNotMatch((await look(link, anna)).html, /name="do"\s+value="(take|write|close)"/);
    });

    it('forward: the person is asked, unless they had agreed', async () => {
      const to = 'altopascio-ufficio-sociale';
      const sure = await does(link, anna, { do: 'forward', to });
      assert.match(sure.html, /solo se la persona dice di sì/);
      await press(link, sure, { do: 'forward_sure', to });
      assert.deepEqual([await state(), (await world.read(made.id)).made.life.forwardTo], ['forward_asked', to]);
      assert.equal((await world.store.casesByCode(made.code ?? '')).length, 1);
    });

    it('forward at once where it was agreed: links die, the other desk gets its own case and mail', async () => {
      const { life } = made;
      const agreed = await world.request({ code: 'PRC-Q2Q2Q', life: { ...life, mayForward: true } });
      const mine = world.mailOf(agreed);
      const to = 'altopascio-ufficio-sociale';
      const sure = await does(mine.link, anna, { do: 'forward', to });
      assert.equal((await press(mine.link, sure, { do: 'forward_sure', to })).status, 303);
      const [old, fresh] = await world.store.casesByCode('PRC-Q2Q2Q');
      assert.deepEqual([old?.state, old?.life.linkEpoch, fresh?.deskId, fresh?.part], ['forwarded', 1, to, 2]);
      assert.deepEqual([fresh?.state, fresh?.comune, fresh?.life.forwardedFrom], ['requested', 'porcari', agreed.id]);
      assert.deepEqual(fresh?.details, agreed.details);
      const mail = (await world.mails()).find(({ kind }) => kind === 'request');
      assert.equal(mail?.caseId, fresh?.id);
      const shut = await look(mine.link, anna);
      assert.equal(shut.status, 410);
      assert.match(shut.html, /passata a un altro sportello/);
      assert.match(shut.html, /L&#39;ha ricevuta: [^<]*Altopascio[^<]*, [\d ]+\./);
      assert.doesNotMatch((await look(mine.link)).html, /ha ricevuta/, 'who has only the address does not hear of it');
      assert.match(mail?.mail.text ?? '', /Arriva da: Sportello sociale .*Porcari, 0583 \d+; la persona è d'accordo/);
      assert.doesNotMatch(shut.html, /333 000|bollett/);
    });

    it('say how it went and close', async () => {
      await does(link, anna, { do: 'settle', slot: rome('2026-11-24T09:00').toISOString(), how: 'phone' });
      assert.doesNotMatch((await look(link, anna)).html, /value="not_met"/, 'not before it was');
      world.pass(36 * 60);
      await does(link, anna, { do: 'not_met' });
      await does(link, anna, { do: 'met' });
      const sure = await does(link, anna, { do: 'close', outcome: 'helped' });
      await press(link, sure, { do: 'close_sure', outcome: 'helped' });
      const { made: now } = await world.read(made.id);
      assert.deepEqual([now.state, now.life.outcome], ['closed', 'helped']);
      assert.deepEqual((await types()).slice(2), ['taken', 'confirmed', 'not_met', 'met', 'closed']);
      assert.match((await look(link, anna)).html, /Chiusa\. Esito: aiuto avviato\./);
    });
  });

  describe('with two operators', () => {
    it('tells the second who was first and keeps what they typed', async () => {
      await enter();
      const bea = (await does(link, '', { do: 'enter', who: 'Bea', digits })).cookie;
      const herPage = await look(link, bea);
      await does(link, anna, { do: 'take' });
      const late = await press(link, herPage, { do: 'write', text: 'La chiamo domani alle nove' });
      assert.equal(late.status, 409);
      assert.match(late.html, /Nel frattempo Anna ha preso in carico la richiesta \(\d\d:\d\d\)/);
      assert.match(late.html, /La chiamo domani alle nove/);
      assert.match(late.html, /In carico a Anna/);
      assert.equal((await world.read(made.id)).messages.length, 0);
      const then = await press(link, late, { do: 'write', text: 'La chiamo domani alle nove' });
      assert.equal(then.status, 303, 'having seen it, she may');
    });

    it('lets one of two that press at the same moment through', async () => {
      await enter();
      const bea = (await does(link, '', { do: 'enter', who: 'Bea', digits })).cookie;
      const [one, two] = await Promise.all([look(link, anna), look(link, bea)]);
      const both = await Promise.all([press(link, one, { do: 'take' }), press(link, two, { do: 'take' })]);
      assert.deepEqual(both.map(({ status }) => status).toSorted(), [303, 409]);
      assert.equal((await types()).filter((type) => type === 'taken').length, 1);
    });

    it('does not mind that the mail was delivered meanwhile', async () => {
      await enter();
      const page = await look(link, anna);
      await world.office.act(made.id, () => true);
      assert.equal((await press(link, page, { do: 'take' })).status, 303);
    });
  });

  describe('refuses links', () => {
    it('that are forged, cut or for another purpose: the same answer as for nothing', async () => {
      const nothing = await look(`${world.url}/s/c/nothing`);
      assert.equal(nothing.status, 404);
      const token = link.split('/').at(-1) ?? '';
      const forged = [
        link.slice(0, -1),
        `${link}A`,
        link.replace('/s/c/', '/s/d/'),
        world.env.links.url('desk', made.deskId, 0, world.now(), 7).replace('/s/d/', '/s/c/'),
        world.env.links.url('case', 'no-such-case', 0, world.now(), 7),
        `${world.url}/s/c/${Buffer.from(`${made.id} 0 9999999999`).toString('base64url')}.${token.split('.')[1] ?? ''}`,
      ];
      for (const one of forged) {
        const { status, html } = await look(one);
        assert.deepEqual([status, html], [404, nothing.html], one);
        assert.equal((await does(one, '', { do: 'take', who: 'Anna', digits })).status, 404);
      }
      assert.equal(await state(), 'delivered');
    });

    it('of another case: its one-time value and its digits are worth nothing here', async () => {
      const other = await world.request();
      const page = await look(world.mailOf(other).link);
      assert.equal((await press(link, page, { do: 'take', who: 'Anna', digits })).status, 409);
      const wrong = await does(link, '', { do: 'take', who: 'Anna', digits: world.mailOf(other).digits });
      assert.equal(wrong.status, 422);
      assert.equal(await state(), 'delivered');
    });

    it('that are too old: no data, and a new one to the inbox at most every ten minutes', async () => {
      const old = world.mailOf(made, 1).link;
      world.pass(25 * 60);
      const page = await look(old);
      assert.equal(page.status, 410);
      assert.doesNotMatch(page.html, /333 000|luce|sabato|PRC-/);
      const asked = await press(old, page, { do: 'renew' });
      assert.match(asked.html, /arriva fra poco/);
      assert.match((await press(old, page, { do: 'renew' })).html, /arriva fra poco/);
      assert.deepEqual(
        (await world.mails()).map(({ kind, mail }) => [kind, mail.to[0]?.address]),
        [['link', 'sportellosociale@comune.porcari.lu.it']],
      );
      assert.equal((await world.read(made.id)).made.life.linkEpoch, 1, 'once in ten minutes');
      world.pass(11);
      assert.match((await look(old)).html, /Ce n&#39;è uno più nuovo|Ce n'è uno più nuovo/);
      await does(old, '', { do: 'renew' });
      assert.equal((await world.mails()).length, 1);
      assert.equal((await world.read(made.id)).made.life.linkEpoch, 1, 'who has a dead link cannot kill the newest');
      assert.equal((await does(old, '', { do: 'take', who: 'Anna', digits })).status, 410);
      assert.equal(await state(), 'delivered');
    });
  });

  it('shows hostile words as words', async () => {
    const hostile = await world.request(
      {},
      {
        name: '<img src=x onerror=alert(1)>',
        contact: { kind: 'phone', value: '"><script>alert(1)</script>', shown: '"><b>333' },
        note: { text: `</blockquote><script>alert(1)</script>\u202Etxet ${'a'.repeat(10_000)}`, lang: 'it"><b>' },
        safe: { anyTime: false, wishes: '<script>alert(2)</script>', copyByMail: false },
      },
    );
    const { html } = await look(world.mailOf(hostile).link);
    assert.doesNotMatch(html, /<script|<img|<b>|\u202E/);
    assert.match(html, /&lt;script&gt;alert\(1\)/);
    assert.doesNotMatch(html, /href="tel:"/);
    assert.ok(html.length < 40_000, String(html.length));
  });
});
