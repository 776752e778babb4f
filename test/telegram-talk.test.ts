// What the talk says and guards on Telegram alone: who has what is written there, and what must not be passed on from a phone.
// How Telegram is told so is left to telegram.test.ts.
import assert from 'node:assert/strict';
import { idsOf, textOf } from './support/floor-talk.ts';
import { openBench } from './support/person.ts';
import type { Bench } from './support/person.ts';

describe('on Telegram', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  it('the answer about privacy says that Telegram has it too; on the web that only the program has it', async () => {
    const there = await bench.person([], { channel: 'telegram' });
    assert.match(textOf(await there.say('chi legge quello che scrivo?')), /passa da Telegram.*sui suoi server/);
    const here = await bench.person();
    const told = textOf(await here.say('chi legge quello che scrivo?'));
    assert.match(told, /lo legge solo questo programma/);
    assert.doesNotMatch(told, /Telegram/);
  });

  describe('what must not be passed on', () => {
    it('in a talk about violence: the card, the consent, a desk that writes', async () => {
      const talk = await bench.person([], { channel: 'telegram' });
      await talk.say('mio marito mi picchia, abito a Porcari');
      await talk.forge('floor.continue');
      const card = await talk.forge('floor.safe_now');
      assert.ok(card.length > 0 && card.every(({ delicate }) => delicate));
      const consent = await talk.say('voglio un appuntamento');
      assert.ok(idsOf(consent).includes('request.consent.yes'));
      assert.ok(consent.every(({ delicate }) => delicate));
    });

    it('nowhere else: a number can be passed on', async () => {
      const talk = await bench.person([], { channel: 'telegram' });
      const told = [
        ...(await talk.say('non riesco a pagare la bolletta, abito a Porcari')),
        ...(await talk.tap('economic.cutoff.no')),
        ...(await talk.tap('access.followed.first')),
      ];
      const roof = await bench.person([], { channel: 'telegram' });
      await roof.say('stanotte dormo in macchina con mia figlia di 6 anni');
      told.push(...(await roof.say('Lucca')).filter(({ kind }) => kind !== 'floor'));
      assert.match(textOf(told), /0583 211899/);
      assert.ok(told.every(({ delicate }) => !delicate));
    });
  });

  it('a choice that no longer counts is marked as one, whatever the language', async () => {
    for (const language of ['it', 'ar']) {
      const talk = await bench.person([], { channel: 'telegram', language });
      const told = await talk.forge('economic.gone.old');
      assert.ok(told.some(({ stale }) => stale));
      assert.ok((await talk.tap(idsOf(told)[0] ?? '')).every(({ stale }) => !stale));
    }
  });

  it('an appointment that is fixed can be put into the calendar from the answer about the request', async () => {
    const talk = await bench.withTime();
    await talk.say('sì');
    assert.equal(await bench.stateOf(talk.case), 'confirmed');
    for (const text of ['a che punto è la mia richiesta?', "come metto l'appuntamento nel calendario?"]) {
      const told = await talk.say(text);
      assert.ok(
        told.some(({ links }) => links.some(({ url }) => url.includes('/agenda/'))),
        text,
      );
    }
  });

  it('"sono al sicuro" is taken as said: it is only asked whether to go on', async () => {
    const talk = await bench.person([], { channel: 'telegram' });
    await talk.say('mio marito mi ha messo le mani addosso ieri');
    const told = await talk.say('sì sono al sicuro adesso');
    assert.ok(told.every(({ choices }) => choices.every(({ label }) => label !== 'Sono al sicuro')));
    assert.match(textOf(told), /112/);
    assert.ok(!(await talk.say('andiamo avanti')).some(({ kind }) => kind === 'floor'));
  });

  it('words that say nothing after a command leave the command; a cry after it is a cry', async () => {
    for (const text of ['/aiuto subito', '/aiuto vi prego']) {
      const told = textOf(await (await bench.person([], { channel: 'telegram' })).say(text));
      assert.match(told, /Può parlare con una persona/, text);
      assert.doesNotMatch(told, /non ho capito/, text);
    }
    const talk = await bench.person([], { channel: 'telegram' });
    assert.ok((await talk.say('/aiuto mi picchia')).some(({ kind }) => kind === 'floor'));
  });

  it('what is urgent is called now where it is open now', async () => {
    const talk = await bench.person([]);
    const told = [
      ...(await talk.say('domani mi staccano il gas e ho due bimbi piccoli, abito a Porcari')),
      ...(await talk.forge('access.followed.first')),
    ];
    assert.match(textOf(told), /È una cosa urgente: chiami adesso\./);
  });
});
