// Leaving nothing on the screen: out at once by button or by Esc, from the chat and from the page around it; a chat cleared.
// What the server forgets is left to the tests of erasing.
import assert from 'node:assert/strict';
import { GREETING, LAUNCHER, widgetPage } from './support/widget-page.ts';

describe('leaving the widget', () => {
  const w = widgetPage();

  it('clears the screen and the memory of the tab, and leaves nothing to go back to', async () => {
    await w.page.goto(`${w.site.origin}/testo/porcari`);
    await w.openChat();
    await w.page.locator('#box').fill('segreto');
    await w.page.getByRole('button', { name: 'Esci subito' }).click();
    await w.page.waitForURL('https://www.google.com/**');
    await w.page.goBack();
    assert.equal(new URL(w.page.url()).pathname, '/testo/porcari');
    assert.equal(await w.page.evaluate(() => sessionStorage.length), 0);
  });

  it('takes the page that embeds the chat away too', async () => {
    await w.page.goto(`${w.site.origin}/?comune=porcari`);
    await w.page.getByRole('button', { name: LAUNCHER }).click();
    await w.page.frameLocator('iframe').getByRole('button', { name: 'Esci subito' }).click();
    await w.page.waitForURL('https://www.google.com/**');
  });

  const NEUTRAL = 'https://www.google.com/**';
  const press = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time++) await w.page.keyboard.press('Escape');
  };

  it('goes at the third Esc on a page of its own, and not at the second', async () => {
    await w.openChat();
    await w.page.locator('#box').fill('segreto');
    await press(2);
    assert.equal(await w.page.locator('#list').getByText(GREETING).isVisible(), true);
    await press(1);
    await w.page.waitForURL(NEUTRAL);
    await w.page.goto(`${w.site.origin}/testo`);
    assert.equal(await w.page.evaluate(() => sessionStorage.length), 0);
  });

  it('takes three presses within a moment for one wish, and slower ones for none', async () => {
    await w.page.clock.install();
    await w.openChat();
    for (let time = 0; time < 4; time++) {
      await press(1);
      await w.page.clock.runFor(700);
    }
    assert.equal(new URL(w.page.url()).pathname, '/chat/porcari');
    assert.equal(await w.page.locator('#list').getByText(GREETING).isVisible(), true);
  });

  it('goes from the page around it too: the first Esc shuts the panel, the next two count there', async () => {
    await w.page.goto(`${w.site.origin}/?comune=porcari`);
    await w.page.getByRole('button', { name: LAUNCHER }).click();
    const frame = w.page.frameLocator('iframe');
    await frame.locator('#list').getByText(GREETING).waitFor();
    await frame.locator('#box').press('Escape');
    await w.page.locator('iframe').waitFor({ state: 'hidden' });
    await press(2);
    await w.page.waitForURL(NEUTRAL);
    await w.page.goto(`${w.site.origin}/testo`);
    assert.equal(await w.page.evaluate(() => sessionStorage.length), 0);
  });

  it('leaves Esc to the page where the chat is not open', async () => {
    await w.page.goto(`${w.site.origin}/?comune=porcari`);
    await w.page.getByRole('button', { name: LAUNCHER }).waitFor();
    await press(4);
    await w.page.evaluate(() => new Promise(requestAnimationFrame));
    assert.equal(new URL(w.page.url()).pathname, '/');
    assert.equal(await w.page.locator('h1').isVisible(), true);
  });

  it('shows nothing any more, however slow the next page is', async () => {
    // As if it never came: the browser stays where it is.
    await w.context.route(NEUTRAL, (route) => route.abort('aborted'));
    await w.openChat();
    await w.page.getByRole('button', { name: 'Esci subito' }).click();
    await w.page.waitForFunction(() => document.body.childElementCount === 0);
    assert.equal(await w.page.evaluate(() => document.title.trim() + document.documentElement.innerText.trim()), '');
  });

  it('has a title and an icon that tell of nothing', async () => {
    await w.openChat();
    assert.equal(await w.page.title(), 'Bussola');
    assert.match((await w.page.locator('link[rel=icon]').getAttribute('href')) ?? '', /^data:image\/svg/);
  });

  describe('a chat that is cleared', () => {
    const openClean = async (): Promise<void> => {
      await w.openChat();
      await w.write('prima');
      await w.shows('Ricevuto: prima');
      await w.page.locator('#box').fill('a metà');
      await w.page.locator('#options > summary').click();
      await w.page.getByText('Pulisci questa chat').click();
    };

    it('says what stays where, and begins anew without what was said', async () => {
      await openClean();
      assert.match(await w.page.locator('#clean p').innerText(), /Sul nostro server resta 30 giorni/);
      const before = await w.page.evaluate(() => sessionStorage.getItem('bussola:porcari'));
      await w.page.getByRole('button', { name: 'Pulisci lo schermo' }).click();
      await w.shows('Ho pulito lo schermo');
      await w.shows(GREETING);
      assert.equal(await w.page.locator('li.me').count(), 0);
      assert.equal(await w.page.locator('#box').inputValue(), '');
      const after = await w.page.evaluate(() => sessionStorage.getItem('bussola:porcari'));
      const id = (kept: string | null): unknown => JSON.parse(kept ?? '{}').conversationId;
      assert.notEqual(id(after), id(before));
      assert.deepEqual(
        w.site.talk.heard.map(({ kind }) => kind),
        ['start', 'message', 'start'],
      );
      await w.page.reload();
      await w.shows(GREETING);
      assert.equal(await w.page.getByText('Ho pulito lo schermo').count(), 0);
    });

    it('stays as it is until that is confirmed, and asks the talk itself to erase what the server has', async () => {
      await openClean();
      assert.equal(await w.page.locator('li.me').count(), 1);
      await w.page.getByRole('button', { name: 'Cancella anche dal server' }).click();
      await w.shows('Ricevuto: Cancella anche dal server');
      assert.equal(w.site.talk.heard.at(-1)?.choice, 'command.erase');
    });
  });
});
