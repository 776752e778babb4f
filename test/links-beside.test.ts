// The links beside a card: each number is one button, on the card, with the name of whom it calls.
// How they look is left to the tests of the widget and of the plain pages.
import assert from 'node:assert/strict';
import { linksBeside } from '../adapters/web/links-beside.ts';
import type { Card } from '../bot/message.ts';

const card: Card = {
  title: 'Sportello di prova',
  desk: 'desk',
  organization: 'Comune di prova',
  what: '',
  reasons: [],
  phones: [{ shown: '0583 000001', url: 'tel:+390583000001' }],
  bring: [],
  how: [],
  freshness: '',
  also: [{ name: 'Un altro', desk: 'other', line: '', phone: { shown: '0583 000002', url: 'tel:+390583000002' } }],
};
const links = ['tel:+390583000001', 'tel:+390583000002', 'https://example.test/agenda/x'].map((url) => ({
  label: url,
  url,
}));

describe('links beside a card', () => {
  it('are none of the numbers on it, not even of whom else one may call', () => {
    assert.deepEqual(
      linksBeside(links, card).map(({ url }) => url),
      ['https://example.test/agenda/x'],
    );
  });

  it('are all of them where there is no card', () => assert.equal(linksBeside(links, undefined).length, 3));
});
