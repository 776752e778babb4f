// The chat where the browser gives it less than it needs: no sockets, a storage that holds what nobody meant.
// A bad network is left to widget-network.test.ts, a store that is away to store-away.test.ts.
import assert from 'node:assert/strict';
import { widgetPage } from './support/widget-page.ts';

describe('widget in a browser that refuses', () => {
  const w = widgetPage();

  for (const [name, script] of [
    ['throws at every socket', `window.WebSocket = function () { throw new DOMException('x', 'SecurityError'); }`],
    ['has no sockets', `window.WebSocket = undefined`],
  ] as const)
    it(`greets and answers where it ${name}`, async () => {
      await w.page.addInitScript(script);
      await w.openChat();
      await w.write('senza prese');
      await w.shows('Ricevuto: senza prese');
      assert.equal(await w.page.locator('#status').getAttribute('data-status'), 'online');
    });

  const kept: unknown[] = [
    { unsent: null, draft: null },
    { unsent: [null, 7, { id: 1 }, { id: 'x', text: 'y', choice: {} }], draft: { length: 3 }, token: 9, watermark: [] },
    { conversationId: {}, before: 'x', carry: 3, unsent: 'no' },
    null,
    'text',
    [],
  ];
  for (const one of kept)
    it(`sends what is written where its storage holds ${JSON.stringify(one)}`, async () => {
      const script = `if (!sessionStorage.length) sessionStorage.setItem('bussola:porcari', ${JSON.stringify(JSON.stringify(one))})`;
      await w.page.addInitScript(script);
      await w.openChat();
      await w.write('si parte');
      await w.shows('Ricevuto: si parte');
      assert.deepEqual(w.messages(), ['si parte']);
    });
});
