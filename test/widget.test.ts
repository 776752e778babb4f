// The chat in a real browser: keyboard, screen reader, choices, languages, reload, no script.
// The conversation is a small one played by the book (support/widget.ts); the real one has its own tests.
import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { GREETING, LAUNCHER, widgetPage } from './support/widget-page.ts';

/** Keeps every text that appears in the live region, as a screen reader would hear it. */
const LISTEN = `addEventListener('DOMContentLoaded', () => {
  window.heard = [];
  const live = document.getElementById('live');
  if (live) new MutationObserver((all) => all.forEach((one) => one.addedNodes.forEach((node) => window.heard.push(node.textContent))))
    .observe(live, { childList: true, subtree: true });
});`;

describe('widget', () => {
  const w = widgetPage();
  const heardBy = (where: Page | Frame): Promise<string[]> => where.evaluate<string[]>('window.heard');

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
      const heard = await heardBy(w.page);
      assert.equal(heard.length, 3, heard.join('\n---\n'));
      assert.match(heard[0] ?? '', /^Bussola: Buongiorno[^]*Risposte pronte: Soldi o bollette; Casa/);
      assert.match(heard[1] ?? '', /^Bussola: Ho capito/);
      assert.match(heard[2] ?? '', /^Bussola: Sportello sociale di Esempio[^]*0583 000001/);
      await w.page.reload();
      await w.shows('Ho capito.');
      await w.write('ancora');
      await w.shows('Ricevuto: ancora');
      assert.deepEqual(await heardBy(w.page), ['Bussola: Ricevuto: ancora']);
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
