// The chat in a real browser: keyboard, screen reader, choices, languages, reload, no script.
// The conversation is a small one played by the book (support/widget.ts); the real one has its own tests.
import assert from 'node:assert/strict';
import { heardBy, LISTEN } from './support/live.ts';
import { GREETING, LAUNCHER, widgetPage } from './support/widget-page.ts';

describe('widget', () => {
  const w = widgetPage();
  const heard = async (): Promise<string[]> => (await heardBy(w.page)).map(({ text }) => text);

  describe('with the keyboard alone', () => {
    it('opens, talks, chooses, closes, and gives the focus back to the launcher', async () => {
      await w.page.goto(`${w.site.origin}/?comune=porcari`);
      const launcher = w.page.getByRole('button', { name: LAUNCHER });
      await launcher.focus();
      await w.page.keyboard.press('Enter');
      const frame = w.page.frameLocator('iframe');
      await frame.locator('#list').getByText(GREETING).waitFor();
      await frame.locator('#box:focus').waitFor();
      await w.page.keyboard.type('buongiorno');
      await w.page.keyboard.press('Enter');
      await frame.locator('#list').getByText('Ricevuto: buongiorno').waitFor();
      await w.page.keyboard.type('sportello');
      await w.page.keyboard.press('Enter');
      const choice = frame.getByRole('button', { name: 'Ho un’altra difficoltà' });
      await choice.waitFor();
      for (let step = 0; step < 20 && !(await choice.evaluate((node) => node === document.activeElement)); step++)
        await w.page.keyboard.press('Shift+Tab');
      await w.page.keyboard.press('Enter');
      await frame.locator('#list').getByText('Ricevuto: Ho un’altra difficoltà').waitFor();
      assert.deepEqual(w.messages(), ['buongiorno', 'sportello', 'Ho un’altra difficoltà']);
      assert.equal(w.site.talk.heard.at(-1)?.choice, 'command.start');
      await w.page.keyboard.press('Escape');
      await w.page.locator('iframe').waitFor({ state: 'hidden' });
      assert.equal(
        await launcher.evaluate((node) => node.getRootNode() instanceof ShadowRoot && node.matches(':focus')),
        true,
      );
      await w.page.keyboard.press('Enter');
      await frame.locator('#box:focus').waitFor();
      assert.equal(await frame.locator('#list').getByText('Ricevuto: buongiorno').count(), 1);
    });

    it('moves no focus when a message arrives', async () => {
      await w.openChat();
      await w.write('sportello');
      await w.shows('Sportello sociale di Esempio');
      assert.equal(await w.page.evaluate(() => document.activeElement?.id), 'box');
    });
  });

  it('offers choices once: the answer stays to be read, the buttons go', async () => {
    await w.openChat();
    await w.page.getByRole('button', { name: 'Casa' }).click();
    await w.shows('Ricevuto: Casa');
    assert.equal(await w.page.locator('.choice').count(), 0);
    assert.equal(await w.page.locator('li.me .text').innerText(), 'Casa');
  });

  it('keeps the other choices where several may be taken', async () => {
    await w.openChat();
    await w.page.getByRole('button', { name: 'Soldi o bollette' }).click();
    await w.shows('Quale spesa?');
    assert.deepEqual(await w.page.locator('.choice').allInnerTexts(), ['Bolletta', 'Spesa']);
    await w.page.getByRole('button', { name: 'Bolletta' }).click();
    await w.shows('Ricevuto: Bolletta');
    assert.equal(w.site.talk.heard.at(-1)?.choice, 'bill');
  });

  it('reopens a question from the reasons of a card', async () => {
    await w.openChat();
    await w.write('sportello');
    await w.page.getByRole('button', { name: 'Cambia: Una bolletta da pagare' }).click();
    await w.shows('Ricevuto: Cambia: Una bolletta da pagare');
    assert.equal(w.site.talk.heard.at(-1)?.choice, 'change.economic.need');
  });

  it('shows each number of a card once', async () => {
    await w.openChat();
    await w.write('sportello');
    await w.shows('Sportello sociale di Esempio');
    assert.equal(await w.page.locator('#list a[href="tel:+390583000001"]').count(), 1);
  });

  it('shows what people write as text', async () => {
    await w.openChat();
    await w.write('<img src=x onerror=alert(1)> & "ciao"');
    await w.page.locator('#list').getByText('Ricevuto: <img src=x onerror=alert(1)> & "ciao"').waitFor();
    assert.equal(await w.page.locator('#list img').count(), 0);
  });

  it('changes the language of page and talk', async () => {
    await w.openChat();
    await w.page.locator('#language > summary').click();
    await w.page.getByRole('button', { name: 'English' }).click();
    await w.shows('We go on in English.');
    assert.equal(w.site.talk.heard.at(-1)?.choice, 'command.language.en');
    assert.equal(await w.page.locator('html').getAttribute('lang'), 'en');
    assert.equal(await w.page.locator('#send').innerText(), 'Send');
    assert.equal(
      await w.page.locator('#list').getByText('We go on in English.').locator('..').getAttribute('lang'),
      'en',
    );
  });

  it('speaks the language of the talk on the whole page, when the talk changes it by itself', async () => {
    await w.openChat();
    await w.write('bună ziua');
    await w.page.locator('html[lang="ro"]').waitFor();
    assert.equal(await w.page.locator('#send').innerText(), 'Trimiteți');
    assert.equal(await w.page.locator('#box').getAttribute('placeholder'), 'Scrieți aici');
    await w.write('altceva');
    await w.shows('Ricevuto: altceva');
    assert.equal(w.site.talk.heard.find(({ text }) => text === 'altceva')?.language, 'ro');
    // What was danger in another language is no change of language.
    await w.page.locator('#language > summary').click();
    await w.page.getByRole('button', { name: 'English' }).click();
    await w.page.locator('html[lang="en"]').waitFor();
    await w.write('pericolo');
    await w.shows('Chiami adesso');
    assert.equal(await w.page.locator('html').getAttribute('lang'), 'en');
  });

  it('keeps its words where others cannot be had, and takes them up with the next message', async () => {
    await w.openChat();
    const refuse = '**/assets/words.*';
    await w.page.route(refuse, (route) => route.fulfill({ status: 404, json: { error: { code: 'NotFound' } } }));
    await w.page.locator('#language > summary').click();
    await w.page.getByRole('button', { name: 'English' }).click();
    await w.shows('We go on in English.');
    assert.equal(await w.page.locator('#send').innerText(), 'Invia');
    assert.equal(await w.page.locator('#status').innerText(), 'Collegato');
    await w.page.unroute(refuse);
    await w.page.locator('#language > summary').click();
    await w.page.getByRole('button', { name: 'Italiano' }).click();
    await w.page.locator('#language > summary').click();
    await w.page.getByRole('button', { name: 'English' }).click();
    await w.page.getByRole('button', { name: 'Send', exact: true }).waitFor();
  });

  it('shuts its menus with Esc and gives the focus back, the panel only after them', async () => {
    await w.page.goto(`${w.site.origin}/?comune=porcari`);
    await w.page.getByRole('button', { name: LAUNCHER }).click();
    const frame = w.page.frameLocator('iframe');
    await frame.locator('#list').getByText(GREETING).waitFor();
    await frame.locator('#options > summary').press('Enter');
    await frame.locator('#big').press('Escape');
    await frame.locator('#options > summary:focus').waitFor();
    assert.equal(await frame.locator('#big').isVisible(), false);
    assert.equal(await w.page.locator('iframe').isVisible(), true);
    await frame.locator('#options > summary').press('Escape');
    await w.page.locator('iframe').waitFor({ state: 'hidden' });
  });

  it('counts only a very long text, and does not send what is too long', async () => {
    await w.openChat();
    assert.equal(await w.page.locator('#counter').isVisible(), false);
    assert.equal(await w.page.locator('#box').getAttribute('aria-invalid'), null);
    await w.page.locator('#box').fill('a'.repeat(4003));
    assert.match(await w.page.locator('#counter').innerText(), /tolga 3 caratteri/);
    await w.page.keyboard.press('Enter');
    await w.page.locator('#box').fill('corto');
    await w.page.keyboard.press('Enter');
    await w.shows('Ricevuto: corto');
    assert.deepEqual(w.messages(), ['corto']);
  });

  describe('announcements', () => {
    it('say each message of the bot exactly once, and nothing again after a reload', async () => {
      await w.page.addInitScript(LISTEN);
      await w.openChat();
      await w.write('sportello');
      await w.shows('Sportello sociale di Esempio');
      const all = await heard();
      assert.equal(all.length, 3, all.join('\n---\n'));
      assert.match(all[0] ?? '', /^Bussola: Buongiorno[^]*Risposte pronte: Soldi o bollette; Casa/);
      assert.match(all[1] ?? '', /^Bussola: Ho capito/);
      assert.match(all[2] ?? '', /^Bussola: Sportello sociale di Esempio[^]*0583 000001/);
      await w.page.reload();
      await w.shows('Ho capito.');
      await w.write('ancora');
      await w.shows('Ricevuto: ancora');
      assert.deepEqual(await heard(), ['Bussola: Ricevuto: ancora']);
    });

    it('say once that a text grows long, once that it is too long, and not at each key', async () => {
      await w.page.addInitScript(LISTEN);
      await w.openChat();
      const before = (await heard()).length;
      const box = w.page.locator('#box');
      for (const count of [2999, 3000, 3001, 3002, 4000, 4001, 4002, 3999, 3998]) await box.fill('a'.repeat(count));
      assert.equal(await box.getAttribute('aria-invalid'), 'false');
      assert.deepEqual((await heard()).slice(before), [
        '3000 caratteri su 4000',
        'Il messaggio è troppo lungo: tolga 1 caratteri.',
        '3999 caratteri su 4000',
      ]);
      assert.equal(await w.page.locator('#counter[role], #counter[aria-live]').count(), 0);
    });
  });

  it('keeps draft and conversation through a reload, and no transcript in the browser', async () => {
    await w.openChat();
    await w.write('prima');
    await w.shows('Ricevuto: prima');
    await w.page.locator('#box').fill('a metà');
    const kept = await w.page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
    assert.doesNotMatch(kept, /prima|Buongiorno/);
    await w.page.reload();
    await w.shows('Ricevuto: prima');
    assert.equal(await w.page.locator('#box').inputValue(), 'a metà');
    assert.equal(await w.page.locator('#list > li').count(), 3);
    assert.equal(w.site.talk.heard.filter(({ kind }) => kind === 'start').length, 1);
  });

  it('without JavaScript shows the way to a person', async () => {
    const plain = await w.browser.newContext({ javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.goto(`${w.site.origin}/chat/porcari`);
    assert.match(await still.locator('noscript').innerText(), /serve JavaScript/);
    assert.equal(await still.locator('#box').isVisible(), false);
    const link = still.locator('noscript a');
    assert.equal(new URL((await link.getAttribute('href')) ?? '', still.url()).pathname, '/testo/porcari');
    assert.equal(await still.locator('a[href="tel:112"]').isVisible(), true);
    assert.equal(await still.locator('a[href="tel:+390583211899"]').isVisible(), true);
    await plain.close();
  });
});
