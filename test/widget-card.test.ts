// Messages as they are received: groups, pauses, days and hours; and a card's number to copy, its papers, its days.
// Whether the facts are right is left to the tests of the directory.
import assert from 'node:assert/strict';
import { heardBy, LISTEN } from './support/live.ts';
import { widgetPage } from './support/widget-page.ts';

describe('messages in the widget', () => {
  const w = widgetPage();

  describe('a number to copy', () => {
    const copy = async (): Promise<string> => {
      await w.page.addInitScript(LISTEN);
      await w.openChat();
      await w.write('sportello');
      await w.page.getByRole('button', { name: 'Copia il numero 0583 000001' }).click();
      await w.page.waitForFunction('/0583 000001\\.$/.test(window.heard.at(-1)?.text)');
      return (await heardBy(w.page)).at(-1)?.text ?? '';
    };

    it('is put where it can be pasted, and said aloud and on the button', async () => {
      await w.context.grantPermissions(['clipboard-read', 'clipboard-write']);
      assert.equal(await copy(), 'Ho copiato il numero 0583 000001.');
      assert.equal(await w.page.locator('.copy').innerText(), 'Copiato');
      assert.equal(await w.page.evaluate(() => navigator.clipboard.readText()), '0583 000001');
    });

    it('is read out where nothing can be copied', async () => {
      await w.page.addInitScript(`navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
        document.execCommand = () => false;`);
      assert.equal(await copy(), 'Non riesco a copiare il numero. È 0583 000001.');
      assert.equal(await w.page.locator('textarea').count(), 1);
    });
  });

  it('shows a code that must be kept by itself, once, to be copied', async () => {
    await w.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await w.page.addInitScript(LISTEN);
    await w.openChat();
    for (const times of [1, 2]) {
      await w.write('richiesta');
      await w.page.locator('li.bot').nth(times).waitFor();
    }
    assert.deepEqual(await w.page.locator('.keep bdi').allInnerTexts(), ['ESE-7F3K2']);
    assert.deepEqual((await w.page.locator('li.bot').nth(1).locator('.text').allInnerTexts()).length, 2);
    await w.page.getByRole('button', { name: 'Copia il codice ESE-7F3K2' }).click();
    await w.page.locator('.keep .done').waitFor();
    assert.equal((await heardBy(w.page)).at(-1)?.text, 'Ho copiato il codice ESE-7F3K2.');
    assert.equal(await w.page.evaluate(() => navigator.clipboard.readText()), 'ESE-7F3K2');
  });

  it('says in words that somebody sent something without any', async () => {
    await w.openChat();
    await w.page.evaluate(async () => {
      const kept = Object.values(sessionStorage).find((value) => value.includes('conversationId'));
      const { conversationId, token }: { conversationId: string; token: string } = JSON.parse(kept ?? '{}');
      await fetch(`/v3/directline/conversations/${encodeURIComponent(conversationId)}/activities`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify({
          type: 'message',
          text: ' ',
          attachments: [{ contentType: 'image/png', contentUrl: 'https://bussola.example/one.png' }],
        }),
      });
    });
    await w.page.locator('li.bot').nth(1).waitFor();
    assert.deepEqual(await w.page.locator('li.me .text').allInnerTexts(), ['Un messaggio senza parole']);
    assert.equal(await w.page.locator('li.bot').first().locator('.choice').count(), 0);
  });

  it('wears the words of a new language when they come after the card', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await w.page.route('**/words.ar.*', async (route) => {
      await held;
      await route.continue();
    });
    await w.openChat();
    await w.write('مرحبا');
    await w.page.locator('.card h3').getByText('Che cosa portare').waitFor();
    const choices = await w.page.locator('.choice').count();
    release();
    await w.page.locator('.card h3').getByText('ماذا تحضر معك').waitFor();
    assert.equal(await w.page.locator('.card h3').getByText('Che cosa portare').count(), 0);
    assert.equal(await w.page.locator('li.bot.card').count(), 1);
    assert.equal(await w.page.locator('.choice').count(), choices);
    await w.page.locator('.card .small').first().click();
    await w.page.locator('li.bot').nth(2).waitFor();
    assert.equal(w.site.talk.heard.at(-1)?.choice, 'change.economic.need');
  });

  it('shows links to the calendar and to the paper as such, and opens nothing that is no address', async () => {
    await w.openChat();
    await w.write('carta');
    await w.shows('Ecco il foglio');
    const kinds = await w.page
      .locator('.big-link')
      .evaluateAll((all) => all.map((one) => [one.tagName, one.className]));
    assert.deepEqual(kinds, [
      ['A', 'big-link agenda'],
      ['A', 'big-link carta'],
      ['SPAN', 'big-link'],
    ]);
    assert.equal(await w.page.locator('.carta').getAttribute('href'), '/carta/prova');
  });

  describe('that the bot writes', () => {
    it('come after a pause, in their order, but are announced at once', async () => {
      await w.openChat();
      await w.page.clock.install();
      await w.page.clock.pauseAt(Date.now() + 60_000);
      await w.write('sportello');
      await w.page.locator('#live').getByText('Ho capito.').waitFor({ state: 'attached' });
      await w.page.locator('#live').getByText('Sportello sociale di Esempio').waitFor({ state: 'attached' });
      assert.equal(await w.page.locator('#typing').isVisible(), true);
      assert.equal(await w.page.locator('.bot').count(), 1);
      await w.page.clock.runFor(5000);
      assert.deepEqual(
        await w.page.locator('#list > .bot').evaluateAll((all) => all.map(({ className }) => className)),
        ['bot text', 'bot text', 'bot card'],
      );
      assert.equal(await w.page.locator('#typing').isVisible(), false);
    });

    it('come at once in danger, with all that waited before them', async () => {
      await w.openChat();
      await w.page.clock.install();
      await w.page.clock.pauseAt(Date.now() + 60_000);
      await w.write('pericolo');
      await w.shows('Numeri da chiamare subito');
    });

    it('come at once where less motion is wanted', async () => {
      await w.page.emulateMedia({ reducedMotion: 'reduce' });
      await w.openChat();
      await w.page.clock.install();
      await w.page.clock.pauseAt(Date.now() + 60_000);
      await w.write('sportello');
      await w.page.locator('.card').first().waitFor();
    });
  });

  describe('of another day', () => {
    const dayLines = (): Promise<string[]> => w.page.locator('.day').allInnerTexts();
    /** All that was said is that much older. */
    const later = async (milliseconds: number): Promise<void> => {
      for (const { conversationId } of w.site.talk.heard.slice(0, 1))
        for (const { at } of w.site.talk.log(conversationId)) at.setTime(at.getTime() - milliseconds);
      await w.page.reload();
      await w.shows('Ricevuto: prima');
    };
    const DAY = 86_400_000;

    it('say so, with the words of the page’s language, and today goes without saying', async () => {
      await w.openChat();
      await w.write('prima');
      await w.shows('Ricevuto: prima');
      assert.deepEqual(await dayLines(), []);
      await later(DAY);
      assert.deepEqual(await dayLines(), ['Ieri']);
      await w.write('seconda');
      await w.shows('Ricevuto: seconda');
      assert.deepEqual((await dayLines()).slice(0, 2), ['Ieri', 'Oggi']);
      await later(9 * DAY);
      const [first = ''] = await dayLines();
      const told = new Intl.DateTimeFormat('it', { weekday: 'long', day: 'numeric', month: 'long' }).format(
        Date.now() - 10 * DAY,
      );
      assert.equal(first.toLowerCase(), told);
    });
  });

  it('are of today even where the clock of the telephone is a day behind', async () => {
    await w.page.clock.setFixedTime(Date.now() - 86_400_000);
    await w.openChat();
    await w.write('prima');
    await w.shows('Ricevuto: prima');
    assert.equal(await w.page.locator('.day').count(), 0);
  });

  it('tell when the person said them', async () => {
    await w.openChat();
    await w.write('prima');
    await w.shows('Ricevuto: prima');
    const [iso, shown] = await w.page
      .locator('.me time')
      .evaluate((node) => [node.getAttribute('datetime'), node.textContent]);
    assert.ok(Math.abs(Date.now() - Date.parse(iso ?? '')) < 60_000, String(iso));
    assert.match(shown ?? '', /^\d{1,2}:\d{2}$/);
    assert.equal(await w.page.locator('.bot time').count(), 0);
  });
});
