// The frame around pages stands in one place, and which languages run from the right in as few as can be.
// What each page says is left to its own tests.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { htmlDocument } from '../adapters/web/pages/document.ts';
import { html } from '../adapters/web/pages/html.ts';
import { numbersIn } from '../adapters/web/pages/numbers.ts';
import { directionOf } from '../bot/direction.ts';
import { dirOf } from '../adapters/web/widget/labels.ts';

const ROOT = new URL('../', import.meta.url).pathname;

/** A file to be kept and sent on, and a page that is nobody's: no pages of ours. */
const APART = ['adapters/web/report/page.ts', 'adapters/web/plain/leave.ts'];

function filesWith(pattern: RegExp, folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && pattern.test(readFileSync(join(ROOT, folder, name), 'utf8')))
    .map((name) => join(folder, name))
    .toSorted();
}

describe('the frame of a page', () => {
  it('is written once', () => {
    const others = filesWith(/<!doctype html>/i, 'adapters/web').filter((file) => !APART.includes(file));
    assert.deepEqual(others, ['adapters/web/pages/document.ts']);
  });

  it('asks one place which languages run from the right; the browser has its own, and they agree', () => {
    assert.deepEqual(filesWith(/'ar', 'fa'/, 'adapters'), ['adapters/web/widget/labels.ts']);
    for (const language of ['it', 'en', 'ro', 'ar', 'fa', 'he', 'ps', 'ur', 'ar-MA'])
      assert.equal(dirOf(language), directionOf(language), language);
  });

  it('says language, direction, title, and what robots may do only where it is told', () => {
    const page = { language: 'ar', title: '<b>', head: html`<link rel="x" />`, body: html`<body></body>` };
    const text = htmlDocument(page);
    assert.match(text, /^<!doctype html>\n<html lang="ar" dir="rtl">/);
    assert.match(text, /<title>&lt;b&gt;<\/title>/);
    assert.doesNotMatch(text, /name="robots"|viewport-fit/);
    assert.match(htmlDocument({ ...page, robots: 'noindex' }), /<meta name="robots" content="noindex" \/>/);
    assert.match(htmlDocument({ ...page, cover: true }), /viewport-fit=cover/);
  });

  it('keeps numbers in order only where words run the other way, and lets no markup live', () => {
    assert.equal(numbersIn('Chiami 0583 211899', 'it').text, 'Chiami 0583 211899');
    assert.equal(numbersIn('اتصل 0583 211899 <', 'ar').text, 'اتصل <bdi dir="ltr">0583 211899</bdi> &lt;');
  });
});
