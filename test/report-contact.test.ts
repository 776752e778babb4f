// What a talk leaves for the figures: one contact per set of needs, of one month, of nobody who could be named.
// What is counted of it is left to report-figures.test.ts. All people are imagined.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../bot/config.ts';
import { createCore } from '../bot/core.ts';
import type { Core } from '../bot/core.ts';
import { silentLog } from '../bot/log.ts';
import type { Incoming } from '../bot/message.ts';
import type { Contact } from '../bot/ports.ts';
import { rome } from './support/fresh.ts';

const WORDS = "non riesco a pagare l'affitto, dice Zibaldona";

describe('a contact', () => {
  let folder: string;
  let core: Core;
  let now = rome('2026-11-24T10:00');
  let messages = 0;

  let earlier: string[] = [];
  let test = 0;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bussola-contact-'));
    const config = readConfig({ DATA_DIR: folder, TOKEN_SECRET: 'a secret that only these tests know, long enough' });
    core = await createCore(config, () => now, silentLog, { announce: () => {} });
  });
  after(async () => {
    await core.close();
    rmSync(folder, { recursive: true });
  });

  const all = (): Promise<Contact[]> => core.store.contacts('2026-01', '2027-12');
  beforeEach(async () => {
    now = rome('2026-11-24T10:00');
    test += 1;
    earlier = (await all()).map(({ id }) => id);
  });

  /** Contacts of this test alone. */
  const told = async (): Promise<Contact[]> => (await all()).filter(({ id }) => !earlier.includes(id));
  const send = async (talk: string, given: Partial<Incoming>): Promise<void> => {
    const conversationId = `${talk} of ${test}`;
    const messageId = `m${(messages += 1)}`;
    await core.turn({ channel: 'web', conversationId, messageId, kind: 'message', text: '', language: 'it', ...given });
  };
  const says = (text: string, given: Partial<Incoming> = {}): Promise<void> => send('c1', { text, ...given });
  const taps = (choice: string): Promise<void> => send('c1', { choice });
  const one = async (): Promise<Contact> => {
    const [contact, ...others] = await told();
    assert.equal(others.length, 0);
    return contact ?? assert.fail('no contact');
  };

  it('is not left by a page that was opened, a greeting, a question about privacy', async () => {
    await send('c1', { kind: 'start', comune: 'porcari' });
    await says('ciao');
    await says('chi legge quello che scrivo?');
    await send('c1', { kind: 'start' });
    assert.deepEqual(await told(), []);
  });

  it('is written over as the talk goes on, with the need, the place and how far it came', async () => {
    await send('c1', { kind: 'start', comune: 'porcari' });
    await says(WORDS);
    const first = await one();
    assert.deepEqual(
      [first.month, first.comune, first.area, first.need, first.channel, first.language],
      ['2026-11', 'porcari', 'housing', 'rent', 'web', 'it'],
    );
    await taps('access.followed.first');
    const later = await one();
    assert.deepEqual([later.id, later.followed, later.outcome], [first.id, 'first', 'informed']);
    assert.doesNotMatch(JSON.stringify(later), /Zibaldona|c1 of/);
  });

  it('says that a request was made, and keeps saying so', async () => {
    await send('c1', { kind: 'start', comune: 'porcari' });
    await says(WORDS);
    await taps('access.followed.first');
    await taps('result.request');
    assert.equal((await one()).outcome, 'informed');
    await taps('request.consent.yes');
    for (const text of ['Zibaldona Prova', '320 000 0123']) await says(text);
    for (const choice of ['request.when.any', 'request.safe.any']) await taps(choice);
    await says('nessuna nota');
    await taps('request.summary.send');
    assert.equal((await one()).outcome, 'requested');
    const [trail] = (await core.store.caseFigures(rome('2026-11-01T00:00'), rome('2026-12-01T00:00'))).slice(-1);
    const asked = trail?.events.find(({ type }) => type === 'requested');
    assert.match(String(asked?.data?.['person']), /^[\w-]{2}$/, 'tells persons apart, and is too short to find one');
    await says('grazie');
    assert.equal((await one()).outcome, 'requested');
  });

  it('of a danger says that it was answered, as an emergency', async () => {
    await says('mio marito mi ha picchiata ieri sera', { comune: 'porcari' });
    const { urgency, outcome } = await one();
    assert.deepEqual([urgency, outcome], ['emergency', 'danger']);
  });

  it('of who lives elsewhere says so', async () => {
    await says('non pago le bollette, abito a Pisa');
    const { comune, outcome } = await one();
    assert.deepEqual([comune, outcome], ['outside', 'elsewhere']);
  });

  it('is another one for another need, and the first stays as it was', async () => {
    await send('c1', { kind: 'start', comune: 'porcari' });
    await says('non riesco a pagare le bollette');
    await taps('access.followed.first');
    const first = await one();
    await taps('result.another');
    assert.deepEqual(await told(), [first], 'nothing is said yet of the other need');
    await says('mi hanno sfrattato');
    const both = await told();
    assert.equal(both.length, 2);
    assert.deepEqual(
      both.find(({ id }) => id === first.id),
      first,
    );
    assert.deepEqual(new Set(both.map(({ need }) => need)), new Set(['bills', 'eviction']));
    assert.equal(new Set(both.map(({ person }) => person)).size, 1);
  });

  it('is another one in another month, and that of the month before is not touched', async () => {
    await send('c1', { kind: 'start', comune: 'porcari' });
    await says('non riesco a pagare le bollette');
    const first = await one();
    now = rome('2026-12-01T00:10');
    await taps('access.followed.first');
    const december = (await told()).filter(({ month }) => month === '2026-12');
    assert.deepEqual(
      (await told()).find(({ id }) => id === first.id),
      first,
    );
    assert.equal(december.length, 1);
    assert.notEqual(december[0]?.person, first.person);
    await says('cancella tutto');
    await taps('confirm.erase.yes');
    assert.deepEqual(
      (await told()).find(({ id }) => id === first.id),
      first,
    );
  });

  it('knows the same person in two talks of a month, and another one on another channel', async () => {
    await send('c1', { text: 'non riesco a pagare le bollette', channel: 'telegram', person: '4711' });
    await send('c2', { text: 'mi hanno sfrattato', channel: 'telegram', person: '4711' });
    await send('c3', { text: 'mi hanno sfrattato', channel: 'web', person: '4711' });
    const persons = (await told()).map(({ person }) => person);
    assert.equal(persons.length, 3);
    assert.equal(new Set(persons).size, 2);
    assert.ok(persons.every((person) => person.length > 20 && !person.includes('4711')));
  });

  it('stays as a count alone once everything is erased', async () => {
    await send('c1', { kind: 'start', comune: 'porcari' });
    await says('non riesco a pagare le bollette');
    const { id } = await one();
    await says('cancella tutto');
    assert.notEqual((await one()).person, '', 'nothing is erased before it is confirmed');
    await taps('confirm.erase.yes');
    const contact = await one();
    assert.deepEqual(
      [contact.id, contact.person, contact.area, contact.need, contact.followed, contact.comune],
      [id, '', null, null, null, 'porcari'],
    );
    await says('mi hanno sfrattato');
    assert.equal((await told()).length, 2, 'what comes after is a contact of its own');
  });

  it('begins anew when the talk does', async () => {
    await says('non riesco a pagare le bollette', { comune: 'porcari' });
    const first = await one();
    await taps('command.restart');
    await taps('confirm.restart.yes');
    assert.deepEqual(await told(), [first]);
    await says('mi hanno sfrattato');
    assert.equal((await told()).length, 2);
  });
});
