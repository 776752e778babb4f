// One reply on every channel: a card where the channel draws it, plain text with all of it where it does not.
// How Web Chat shows it is left to webchat.test.ts.
import assert from 'node:assert/strict';
import type { Card, Reply } from '../../bot/message.ts';
import { aTurn } from '../store-samples.ts';
import { faultsOfCard, readCard } from '../support/adaptive-schema.ts';
import { startConnector } from '../support/connector.ts';
import type { Posted } from '../support/connector.ts';
import { call, startWeb } from '../support/web.ts';
import type { Opened, Web } from '../support/web.ts';

const TEXT = `Sportello *di* Prova
Ascolta e dice quale aiuto si può chiedere.

Telefono: 0583 000001
E-mail: prova@comune.example

Che cosa portare: un documento.

Possono aiutare anche:
• Centralino, 0583 000002

Dato pubblicato: aprile 2025.`;
const CARD: Card = {
  title: 'Sportello *di* Prova',
  organization: 'Comune di Prova',
  what: 'Ascolta e dice quale aiuto si può chiedere.',
  reasons: [],
  phones: [{ shown: '0583 000001', url: 'tel:+390583000001' }],
  email: { shown: 'prova@comune.example', url: 'mailto:prova@comune.example' },
  address: { shown: 'Piazza della Prova 1', mapUrl: 'https://www.openstreetmap.org/?mlat=43.84&mlon=10.61' },
  bring: ['un documento'],
  how: [],
  freshness: 'Dato pubblicato: aprile 2025.',
  also: [],
};
const LINKS = [
  { label: 'Chiama 0583 000001', url: 'tel:+390583000001' },
  { label: 'Chiama 0583 000002', url: 'tel:+390583000002' },
  { label: 'Scrivi a prova@comune.example', url: 'mailto:prova@comune.example' },
  { label: 'Mappa', url: CARD.address?.mapUrl ?? '' },
];
const CHOICES = ['Uno', 'Due', 'Tre', 'Quattro', 'Cinque', 'Sei', 'Sette'].map((label) => ({ id: label, label }));
const REPLY: Reply = { kind: 'card', text: TEXT, lang: 'it', choices: CHOICES, links: LINKS, case: null, card: CARD };
const URLS = [LINKS[0], LINKS[2], LINKS[3], LINKS[1]].map((link) => link?.url);

describe('a card on every channel', () => {
  let web: Web;
  let reply: Reply;
  before(async () => {
    web = await startWeb({
      turn: async ({ conversationId, channel }) => {
        const done = await web.store.commit(aTurn({ conversationId, channel, replies: [reply], at: new Date() }));
        return 'activities' in done ? done.activities : assert.fail(done.result);
      },
    });
  });
  after(() => web.stop());
  beforeEach(() => (reply = REPLY));

  async function on(channelId: string): Promise<Posted> {
    const connector = await startConnector(web.url, channelId);
    try {
      await connector.say('ciao');
      return connector.got[0]?.activity ?? assert.fail('nothing came');
    } finally {
      await connector.stop();
    }
  }
  const cardOf = ({ attachments = [] }: Posted): Record<string, unknown> => {
    assert.deepEqual(
      attachments.map(({ contentType }) => contentType),
      ['application/vnd.microsoft.card.adaptive'],
    );
    const content = attachments[0]?.content ?? {};
    assert.deepEqual(faultsOfCard(content), []);
    return content;
  };

  for (const channelId of ['emulator', 'webchat', 'directline'])
    it(`${channelId}: text and card together say each thing once, and the text by itself says all`, async () => {
      const activity = await on(channelId);
      const content = cardOf(activity);
      const data = activity.channelData as { messageBack?: { displayText?: string } };
      const shown = [data.messageBack?.displayText ?? '', ...readCard(content).lines].join('\n').split('\n');
      assert.deepEqual(
        shown,
        TEXT.split('\n').filter((line) => line !== ''),
      );
      assert.deepEqual(readCard(content).urls, URLS);
      assert.equal(activity.text, TEXT);
      assert.equal(content['fallbackText'], TEXT);
      assert.equal(content['speak'], TEXT.split('\n\n')[0]);
      assert.equal(activity.suggestedActions?.actions.length, CHOICES.length);
    });

  it('msteams: the card says all, the text only what the card cannot', async () => {
    const activity = await on('msteams');
    assert.deepEqual(
      readCard(cardOf(activity)).lines,
      TEXT.split('\n').filter((line) => line !== ''),
    );
    assert.equal(activity.summary, TEXT.split('\n\n')[0]);
    // More choices than Teams shows buttons.
    assert.equal(activity.text, CHOICES.map(({ label }) => `- ${label}`).join('\n'));
    assert.equal(activity.suggestedActions, undefined);
    assert.equal(activity.channelData, undefined);
    reply = { ...REPLY, choices: CHOICES.slice(0, 3) };
    assert.equal((await on('msteams')).suggestedActions?.actions.length, 3);
  });

  for (const [channelId, buttons] of [
    ['sms', 0],
    ['email', 0],
    ['facebook', 7],
    ['telegram', 7],
    ['a-new-one', 0],
  ] as const)
    it(`${channelId}: plain text, and nothing of ours in the channel's own data`, async () => {
      const { text, attachments, channelData, suggestedActions } = await on(channelId);
      const listed = buttons > 0 ? [] : CHOICES.map(({ label }) => `- ${label}`);
      assert.equal(text, [TEXT, `Mappa: ${CARD.address?.mapUrl}`, ...listed].join('\n'));
      assert.equal(attachments, undefined);
      assert.equal(channelData, undefined);
      assert.equal(suggestedActions?.actions.length ?? 0, buttons);
    });

  it('is written in its language and direction, and shows at a glance what is stale', async () => {
    reply = { ...REPLY, lang: 'ar', card: { ...CARD, stale: true } };
    const arabic = cardOf(await on('emulator'));
    assert.deepEqual([arabic['lang'], arabic['rtl'], arabic['version']], ['ar', true, '1.5']);
    assert.match(JSON.stringify(arabic), /aprile 2025\.","color":"Warning"/);
    reply = REPLY;
    const italian = cardOf(await on('emulator'));
    assert.deepEqual([italian['lang'], italian['rtl'], italian['version']], ['it', undefined, '1.3']);
  });

  it('offers every number, however many there are', async () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ label: `Chiama ${at}`, url: `tel:${1000 + at}` }));
    reply = { ...REPLY, links: many };
    const { urls } = readCard(cardOf(await on('emulator')));
    assert.deepEqual(
      urls,
      many.map(({ url }) => url),
    );
  });

  it('is sent on Direct Line without a voice, which costs its reader bytes', async () => {
    const { token, conversationId } = (await call(web, 'POST', '/conversations', { body: {} })).body as Opened;
    await web.store.commit(aTurn({ conversationId, replies: [REPLY] }));
    const log = await call(web, 'GET', `/conversations/${conversationId}/activities`, { token });
    const activity = (log.body as { activities: Posted[] }).activities.at(-1);
    assert.ok(activity);
    assert.equal(activity.text, TEXT);
    cardOf(activity);
    assert.deepEqual([activity.speak, activity.inputHint], [undefined, undefined]);
  });
});
