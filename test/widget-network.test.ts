// The chat on a bad network: offline, without answers, without sockets, cut, expired; and in two tabs.
// What goes over the socket is left to the tests of the wire.
import assert from 'node:assert/strict';
import { widgetPage } from './support/widget-page.ts';

describe('widget on a bad network', () => {
  const w = widgetPage();

  // What goes over the socket is in wire-widget.test.ts.
  const withoutSockets = (): Promise<void> => w.page.routeWebSocket('**/stream**', (socket) => socket.close());

  it('keeps what is written offline and sends it once when the network is back', async () => {
    await w.openChat();
    await w.context.setOffline(true);
    await w.write('scritto senza rete');
    await w.page.getByText('In attesa di partire').waitFor();
    await w.page.getByText('Manca la connessione').waitFor();
    await w.context.setOffline(false);
    await w.shows('Ricevuto: scritto senza rete');
    await w.page.getByText('In attesa di partire').waitFor({ state: 'detached' });
    assert.deepEqual(w.messages(), ['scritto senza rete']);
    assert.equal(await w.page.locator('#list').getByText('scritto senza rete', { exact: true }).count(), 1);
  });

  it('shows what waits last, and lets it touch no time of the talk, two days and a reload later', async () => {
    await w.openChat();
    await w.write('prima');
    await w.shows('Ricevuto: prima');
    await withoutSockets();
    const posts = (url: URL): boolean => url.pathname.endsWith('/activities');
    await w.page.route(posts, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
    await w.page.reload();
    await w.shows('Ricevuto: prima');
    await w.write('in attesa');
    await w.page.getByText('In attesa di partire').waitFor();
    await w.page.clock.setFixedTime(Date.now() + 2 * 86_400_000);
    await w.page.reload();
    await w.shows('Ricevuto: prima');
    const said = (): Promise<string[]> => w.page.locator('#list > li .text').allInnerTexts();
    const day = async (): Promise<number> =>
      Date.parse((await w.page.locator('li.me time').first().getAttribute('datetime')) ?? '');
    assert.deepEqual((await said()).slice(1), ['prima', 'Ricevuto: prima', 'in attesa']);
    assert.ok(Math.abs((await day()) - Date.now()) < 3_600_000, 'it was said two days ago');
    assert.equal(await w.page.locator('.day').count(), 1);
    await w.page.unroute(posts);
    await w.shows('Ricevuto: in attesa');
    assert.deepEqual((await said()).slice(1), ['prima', 'Ricevuto: prima', 'in attesa', 'Ricevuto: in attesa']);
    assert.ok(Math.abs((await day()) - Date.now()) < 3_600_000);
    assert.equal(await w.page.locator('.waits').count(), 0);
  });

  it('says of nobody that they are writing while there is no network', async () => {
    await w.openChat();
    await w.page.clock.install();
    await w.page.clock.pauseAt(Date.now() + 60_000);
    await w.write('sportello');
    // Both answers are here, and wait their turn.
    await w.page.locator('#live').getByText('Sportello sociale di Esempio').waitFor({ state: 'attached' });
    await w.page.locator('#typing').waitFor();
    await w.context.setOffline(true);
    await w.page.locator('#status[data-status="offline"]').waitFor();
    await w.page.clock.runFor(300);
    assert.equal(await w.page.locator('#list > .bot').count(), 2);
    assert.equal(await w.page.locator('#typing').isVisible(), false);
    await w.context.setOffline(false);
  });

  it('sends again what got no answer, and neither side counts it twice', async () => {
    await withoutSockets();
    await w.openChat();
    let lost = 0;
    await w.page.route('**/activities', async (route) => {
      if (route.request().method() !== 'POST' || lost++ > 0) return route.continue();
      await route.fetch();
      return route.abort();
    });
    const again = w.page.waitForResponse((response) => response.request().method() === 'POST');
    await w.write('una volta sola');
    await w.shows('Ricevuto: una volta sola');
    await w.page.getByText('In attesa di partire').waitFor({ state: 'detached' });
    await again;
    assert.deepEqual(w.messages(), ['una volta sola']);
    assert.equal(await w.page.locator('li.me').count(), 1);
    assert.equal(await w.page.locator('#list').getByText('Ricevuto: una volta sola').count(), 1);
  });

  describe('says that an answer is late', () => {
    const status = (): Promise<string | null> => w.page.locator('#status').getAttribute('data-status');
    /** The server's word on each message as `answer` has it; the log is held back from when it is told to be. */
    const between = async (answer: (n: number) => object): Promise<{ hold(): void; let(): void }> => {
      const held: (() => void)[] = [];
      const now = { holding: false };
      await w.page.routeWebSocket('**/stream**', (socket) => {
        const server = socket.connectToServer();
        server.onMessage((data) => {
          const frame: { n?: number } = data === '' ? {} : JSON.parse(String(data));
          if (frame.n !== undefined) socket.send(JSON.stringify(answer(frame.n)));
          else if (now.holding) held.push(() => socket.send(data));
          else socket.send(data);
        });
      });
      return {
        hold: () => void (now.holding = true),
        let: () => held.splice(0).forEach((give) => give()),
      };
    };

    it('of one that the server has, until the answer is there', async () => {
      const wire = await between((n) => ({ n }));
      await w.page.clock.install();
      await w.openChat();
      wire.hold();
      await w.write('con calma');
      await w.page.locator('li.me .state:empty').waitFor({ state: 'attached' });
      await w.page.clock.runFor(11_000);
      assert.equal(await status(), 'online');
      await w.page.clock.runFor(2000);
      await w.page.getByText('La risposta tarda').waitFor();
      wire.let();
      await w.shows('Ricevuto: con calma');
      assert.equal(await status(), 'online');
      await w.page.clock.runFor(20_000);
      assert.equal(await status(), 'online');
    });

    it('never of one that was refused', async () => {
      const wire = await between((n) => ({ n, status: 400, code: 'BadArgument' }));
      await w.page.clock.install();
      await w.openChat();
      wire.hold();
      await w.write('troppo');
      await w.page.getByText('Messaggio non inviato').waitFor();
      await w.page.clock.runFor(20_000);
      assert.equal(await status(), 'online');
    });

    it('never while there is no network', async () => {
      await w.openChat();
      await w.page.clock.install();
      await w.context.setOffline(true);
      await w.page.getByText('Manca la connessione').waitFor();
      await w.page
        .evaluate(`window.told = []; new MutationObserver(() => window.told.push(document.getElementById('status').dataset.status))
        .observe(document.getElementById('status'), { attributes: true })`);
      await w.write('senza rete');
      await w.page.clock.runFor(13_000);
      assert.equal(await status(), 'offline');
      assert.deepEqual(await w.page.evaluate('window.told'), []);
    });
  });

  it('polls where sockets are blocked', async () => {
    await withoutSockets();
    await w.openChat();
    await w.write('senza socket');
    await w.shows('Ricevuto: senza socket');
  });

  it('reads on behind a message that it cannot show', async () => {
    const errors: string[] = [];
    w.page.on('pageerror', ({ message }) => errors.push(message));
    await w.page.routeWebSocket('**/stream**', (socket) => {
      const server = socket.connectToServer();
      server.onMessage((data) => {
        const frame: { log?: unknown[][] } = data === '' ? {} : JSON.parse(String(data));
        const broken = frame.log?.map(([seq, at, said, ...more]) =>
          more.length === 0 && JSON.stringify(said).includes('Ho capito')
            ? [seq, at, { text: 'x', lang: 'it', choices: null }]
            : [seq, at, said, ...more],
        );
        socket.send(broken ? JSON.stringify({ ...frame, log: broken }) : data);
      });
    });
    await w.openChat();
    await w.write('sportello');
    await w.shows('Sportello sociale di Esempio');
    await w.write('poi');
    await w.shows('Ricevuto: poi');
    const kept = await w.page.evaluate<string>(`sessionStorage.getItem('bussola:porcari')`);
    assert.match(kept, /"watermark":"6"/);
    assert.ok(errors.length > 0 && errors.every((message) => message.includes('of null')), errors.join());
  });

  it('reconnects when the stream is cut, losing and doubling nothing', async () => {
    let cut: (() => Promise<void>) | undefined;
    await w.page.routeWebSocket('**/stream**', (socket) => {
      const server = socket.connectToServer();
      cut = async () => {
        await socket.close();
        await server.close();
      };
    });
    await w.openChat();
    await cut?.();
    await w.write('dopo il taglio');
    await w.shows('Ricevuto: dopo il taglio');
    assert.equal(await w.page.locator('#list > li').count(), 3);
  });

  it('begins again, with what was written, when the conversation has expired', async () => {
    await withoutSockets();
    await w.openChat();
    await w.page.route('**/activities', (route) =>
      route.fulfill({ status: 403, json: { error: { code: 'TokenExpired' } } }),
    );
    await w.page.route('**/conversations/*', (route) =>
      route.fulfill({ status: 403, json: { error: { code: 'TokenExpired' } } }),
    );
    const renewed = w.page.waitForRequest('**/tokens/generate');
    await w.write('non si perde');
    await renewed;
    await w.page.unrouteAll();
    await w.shows('Ricevuto: non si perde');
    await w.shows('La conversazione di prima è scaduta');
    assert.deepEqual(w.messages(), ['non si perde']);
  });

  it('sends to a new conversation no button and no number that answered the old one', async () => {
    await withoutSockets();
    await w.openChat();
    const old = await w.page.evaluate(() => JSON.parse(sessionStorage.getItem('bussola:porcari') ?? '{}').token);
    await w.context.setOffline(true);
    await w.page.getByRole('button', { name: 'Casa' }).click();
    for (const text of ['333 000 0000', 'prova@persona.example', 'ho preso 20 pastiglie']) await w.write(text);
    await w.page.route('**/v3/directline/conversations/**', (route) =>
      route.request().headers()['authorization'] === `Bearer ${old}`
        ? route.fulfill({ status: 403, json: { error: { code: 'TokenExpired' } } })
        : route.continue(),
    );
    await w.context.setOffline(false);
    await w.shows('La conversazione di prima è scaduta');
    await w.shows('Ricevuto: ho preso 20 pastiglie');
    assert.deepEqual(w.messages(), ['ho preso 20 pastiglie']);
    assert.equal(await w.page.getByText('Non inviato: la conversazione di prima è scaduta').count(), 3);
  });

  it('goes on in a second tab that copies the first, each message once in both', async () => {
    await w.openChat();
    await w.write('dalla prima');
    await w.shows('Ricevuto: dalla prima');
    const [second] = await Promise.all([
      w.context.waitForEvent('page'),
      // A tab opened so takes over the memory of this one, as "duplicate tab" does.
      w.page.evaluate(() => void window.open(location.href)),
    ]);
    const list = second.locator('#list');
    await list.getByText('Ricevuto: dalla prima').waitFor();
    await second.locator('#box').fill('dalla seconda');
    await second.locator('#box').press('Enter');
    await list.getByText('Ricevuto: dalla seconda').waitFor();
    await w.shows('Ricevuto: dalla seconda');
    await w.write('di nuovo');
    await list.getByText('Ricevuto: di nuovo').waitFor();
    for (const page of [w.page, second])
      assert.deepEqual(await page.locator('li.me .text').allInnerTexts(), ['dalla prima', 'dalla seconda', 'di nuovo']);
    assert.deepEqual(w.messages(), ['dalla prima', 'dalla seconda', 'di nuovo']);
  });
});
