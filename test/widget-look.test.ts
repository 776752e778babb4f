// How the chat stands on small screens, at high zoom, in big type, from right to left, and in a comune's own colours.
// Contrast and names are left to accessibility.test.ts.
import assert from 'node:assert/strict';
import { widgetPage } from './support/widget-page.ts';

describe('widget on every screen', () => {
  const w = widgetPage();

  it('needs no sideways scrolling at 320 px, nor at 400 % zoom, and has targets of 44 px', async () => {
    for (const viewport of [
      { width: 320, height: 640 },
      { width: 320, height: 256 },
    ]) {
      await w.page.setViewportSize(viewport);
      for (const path of ['/?comune=porcari', '/testo/porcari', '/chat/altrove']) {
        await w.page.goto(w.site.origin + path);
        assert.equal(await w.page.evaluate(() => document.documentElement.scrollWidth), 320, path);
      }
      await w.page.goto(`${w.site.origin}/chat/porcari?${viewport.height}`);
      await w.write(viewport.height === 640 ? 'sportello' : 'pericolo');
      await w.page.locator('.card, .floor').first().waitFor();
      assert.equal(await w.page.evaluate(() => document.documentElement.scrollWidth), 320);
      assert.equal(await w.page.evaluate(() => document.getElementById('scroller')?.scrollWidth), 320);
      const small = await w.page.locator('a:visible, button:visible').evaluateAll((all) =>
        all
          .map((one) => ({ text: one.textContent, ...one.getBoundingClientRect().toJSON() }))
          .filter(({ height, width }) => height < 44 || width < 44)
          .map(({ text }) => text),
      );
      assert.deepEqual(small, []);
    }
  });

  it('leaves most of a phone to the talk', async () => {
    await w.page.setViewportSize({ width: 360, height: 740 });
    await w.openChat();
    const height = await w.page.evaluate(() => document.getElementById('scroller')?.clientHeight ?? 0);
    assert.ok(height >= 480, `${height} px`);
  });

  it('leaves most of a phone to the talk in big type too, and covers nothing of it', async () => {
    await w.page.setViewportSize({ width: 360, height: 740 });
    await w.page.addInitScript(`sessionStorage.setItem('bussola:big', '1')`);
    await w.openChat();
    const boxOf = (id: string): Promise<{ top: number; bottom: number; height: number }> =>
      w.page.locator(`#${id}`).evaluate((node) => node.getBoundingClientRect().toJSON());
    assert.ok((await boxOf('scroller')).height >= 480);
    assert.equal((await boxOf('send')).height, (await boxOf('box')).height);
    await w.page.locator('#newer').evaluate((node) => node.removeAttribute('hidden'));
    assert.ok((await boxOf('newer')).top >= (await boxOf('scroller')).bottom);
  });

  it('grows its type when asked, keeps it so in this tab, and needs no sideways scrolling then', async () => {
    await w.page.setViewportSize({ width: 320, height: 256 });
    await w.openChat();
    const size = (): Promise<number> =>
      w.page
        .locator('.bot .text')
        .first()
        .evaluate((node) => Number.parseFloat(getComputedStyle(node).fontSize));
    const before = await size();
    await w.page.locator('#options > summary').click();
    await w.page.getByRole('button', { name: 'Caratteri grandi' }).click();
    assert.ok((await size()) >= before * 1.3);
    await w.page.reload();
    await w.shows('Buongiorno, sono Bussola');
    assert.ok((await size()) >= before * 1.3);
    assert.equal(await w.page.locator('#big').getAttribute('aria-pressed'), 'true');
    await w.write('sportello');
    await w.page.locator('.card').first().waitFor();
    assert.equal(await w.page.evaluate(() => document.documentElement.scrollWidth), 320);
    await w.page.locator('#options > summary').click();
    await w.page.getByRole('button', { name: 'Caratteri grandi' }).click();
    assert.equal(await size(), before);
  });

  it('keeps the last message in view when the letters grow, and when they shrink', async () => {
    await w.page.setViewportSize({ width: 360, height: 640 });
    await w.openChat();
    for (const times of [1, 2, 3]) {
      await w.write('sportello');
      await w.page
        .locator('.card h2')
        .nth(times - 1)
        .waitFor();
    }
    const scroller = w.page.locator('#scroller');
    const toEnd = (): Promise<number> =>
      scroller.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight);
    await scroller.evaluate((node) => node.scrollTo({ top: node.scrollHeight, behavior: 'instant' }));
    await w.page.locator('#options > summary').click();
    for (const size of ['large', 'small']) {
      await w.page.locator('#big').click();
      assert.ok((await toEnd()) < 4, size);
    }
  });

  it('runs from right to left with a language that does', async () => {
    await w.page.setViewportSize({ width: 360, height: 740 });
    await w.openChat('?lang=ar');
    assert.equal(await w.page.locator('html').getAttribute('dir'), 'rtl');
    const left = async (selector: string): Promise<number> => (await w.page.locator(selector).boundingBox())?.x ?? -1;
    assert.ok((await left('#send')) < (await left('#box')));
    assert.ok((await left('#language')) < (await left('h1')));
    assert.match(await w.page.locator('.person .call').innerText(), /\u2066[\d ]+\u2069/);
    await w.write('0583 000001 مرحبا');
    await w.page.locator('.me bdi').waitFor();
    assert.equal(await w.page.locator('.me bdi').innerText(), '0583 000001');
    // A message in Italian stays one, inside a page in Arabic.
    await w.page.locator('.bubble[lang="it"][dir="ltr"]').waitFor();
    await w.page.locator('html[dir="ltr"]').waitFor();
  });

  it('isolates the numbers of a card that runs from right to left', async () => {
    await w.openChat();
    await w.write('مرحبا');
    const number = w.page.locator('.card .number bdi[dir="ltr"]');
    await number.waitFor();
    assert.equal(await number.innerText(), '0583 000001');
    assert.equal(await w.page.locator('.bot.card .bubble').getAttribute('dir'), 'rtl');
    assert.equal(await w.page.locator('.choices').getAttribute('lang'), 'ar');
  });

  it('keeps the order of a name and its number where the message runs from right to left', async () => {
    await w.page.setViewportSize({ width: 360, height: 740 });
    await w.openChat();
    await w.write('خطر');
    await w.page.locator('.floor .big-link').first().waitFor();
    const places = await w.page.locator('.floor .big-link').evaluateAll((all) =>
      all.map((one) => {
        const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        const lefts: number[] = [];
        for (let node = walk.nextNode(); node; node = walk.nextNode())
          for (const { index } of (node.textContent ?? '').matchAll(/\d+|[a-z]+/g)) {
            range.setStart(node, index);
            range.setEnd(node, index + 1);
            lefts.push(range.getBoundingClientRect().left);
          }
        return lefts.slice(0, 2);
      }),
    );
    assert.equal(places.length, 2);
    for (const [number = 0, name = 0] of places) assert.ok(number < name, JSON.stringify(places));
  });

  it('puts no number of one line together with that of the next', async () => {
    await w.openChat();
    await w.write('مرحبا 0583 000001\n0583 000002');
    await w.page.locator('.me bdi').first().waitFor();
    assert.deepEqual(await w.page.locator('.me bdi').allInnerTexts(), ['0583 000001', '0583 000002']);
  });

  it('wears the colours that a comune sets', async () => {
    await w.openChat();
    await w.page.evaluate(() => {
      const { style } = document.documentElement;
      style.setProperty('--bussola-primary', 'rgb(120, 20, 60)');
      style.setProperty('--bussola-on-primary', 'rgb(255, 250, 240)');
    });
    const colours = await w.page.locator('#send').evaluate((node) => {
      const { backgroundColor, color } = getComputedStyle(node);
      return [backgroundColor, color];
    });
    assert.deepEqual(colours, ['rgb(120, 20, 60)', 'rgb(255, 250, 240)']);
    assert.equal(
      await w.page.locator('header').evaluate((node) => getComputedStyle(node).backgroundColor),
      'rgb(120, 20, 60)',
    );
  });
});
