// What the conversation answers to what is not words: a place, a number, a voice, a picture, corrected words.
// What arrives from Telegram as such is left to telegram-lived.test.ts.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../bot/config.ts';
import { createCore } from '../bot/core.ts';
import type { Core } from '../bot/core.ts';
import { silentLog } from '../bot/log.ts';
import type { Incoming, Reply } from '../bot/message.ts';
import { floorTalk, idsOf, reminded, textOf } from './support/floor-talk.ts';
import type { FloorTalk } from './support/floor-talk.ts';

/** The whole answer, not the line that reminds. */
const NUMBERS = /112: subito/;

describe('what is sent instead of words', () => {
  let core: Core;
  let folder: string;
  let talks = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bussola-sent-'));
    const now = new Date('2026-11-24T09:30:00Z');
    core = await createCore(readConfig({ DATA_DIR: folder }), () => now, silentLog, { announce: () => {} });
  });
  after(async () => {
    await core.close();
    await rm(folder, { recursive: true });
  });

  const begin = async (more: Partial<Incoming> = {}): Promise<FloorTalk & { id: string }> => {
    talks += 1;
    const id = `tg:${9000 + talks}`;
    const talk = floorTalk(core, { channel: 'telegram', conversationId: id, ...more });
    await talk.start();
    return { ...talk, id };
  };
  const show = (talk: FloorTalk, place: NonNullable<Incoming['place']>): Promise<Reply[]> => talk.say('', { place });
  const answersOf = async (id: string): Promise<unknown> => {
    const state: unknown = (await core.store.load(id))?.conversation.state;
    return typeof state === 'object' && state !== null ? Reflect.get(state, 'answers') : undefined;
  };
  const saidIn = async (id: string): Promise<string[]> =>
    (await core.store.activities(id, 0)).flatMap((one) => (one.from === 'user' ? [one.text] : []));

  describe('a place', () => {
    it('proposes its comune and takes nothing for granted', async () => {
      const talk = await begin();
      const asked = await show(talk, 'porcari');
      assert.match(textOf(asked), /Porcari.*non l'ho conservata.*È il Suo comune\?/s);
      assert.deepEqual(await answersOf(talk.id), []);
      const went = await talk.say('sì');
      assert.match(textOf(went), /^Va bene: Porcari\./);
      assert.match(JSON.stringify(await answersOf(talk.id)), /access\.comune.*porcari/);
      assert.match(textOf(await show(talk, 'porcari')), /lo sapevo già/);
    });

    it('goes on where the talk was after a no, and at the question of the comune itself', async () => {
      const talk = await begin();
      await talk.tap('triage.areas.housing');
      const question = idsOf(await talk.say('', { sent: 'sticker', kind: 'unsupported' }));
      await show(talk, 'lucca');
      assert.deepEqual(idsOf(await talk.tap('place.no')), question);
      assert.doesNotMatch(JSON.stringify(await answersOf(talk.id)), /lucca/);
    });

    it('answers for whoever is to be helped, where that is somebody else', async () => {
      const talk = await begin();
      await talk.say('mia madre di 85 anni non riesce più a stare da sola');
      assert.match(textOf(await show(talk, 'capannori')), /comune della persona/);
    });

    it('beyond the seven is told kindly, and changes nothing', async () => {
      const talk = await begin();
      const told = await show(talk, 'elsewhere');
      assert.match(textOf(told), /fuori dai sette comuni.*centralino/s);
      assert.ok(idsOf(told).includes('triage.areas.housing'));
      assert.deepEqual(await answersOf(talk.id), []);
    });

    it('takes a request half written to the desk of that comune', async () => {
      const talk = await begin({ comune: 'porcari' });
      await talk.say('abito a Porcari, non riesco a pagare la bolletta');
      await talk.say('no, per ora no');
      await talk.say('sì, è la prima volta');
      await talk.tap('result.request');
      await show(talk, 'altopascio');
      await talk.tap('place.here.altopascio');
      const drafts = (await core.store.load(talk.id))?.cases.map(({ comune, state }) => [comune, state]);
      assert.deepEqual(drafts, [['altopascio', 'draft']]);
    });

    it('in danger says that nobody can be sent from here, after the numbers, and asks nothing', async () => {
      const talk = await begin();
      assert.match(textOf(await talk.say('mio marito mi picchia')), NUMBERS);
      const told = await show(talk, 'porcari');
      assert.ok(reminded(told));
      assert.match(textOf(told), /non posso mandare nessuno.*112/s);
      assert.ok(!idsOf(told).some((id) => id.startsWith('place.')));
    });

    it('of no comune that is known is an old button', async () => {
      const talk = await begin();
      for (const id of ['place.here.pisa', 'place.porcari.x', 'place.here'])
        assert.match(textOf(await talk.forge(id)), /non è più valida/);
    });
  });

  describe('a voice, a picture, a sticker', () => {
    it('say each what can be done instead, under the same buttons', async () => {
      const talk = await begin({ comune: 'porcari' });
      const texts = new Set<string>();
      for (const sent of ['voice', 'file', 'sticker'] as const) {
        const told = await talk.say('', { kind: 'unsupported', sent });
        assert.ok(idsOf(told).includes('triage.areas.housing'));
        assert.equal(/0583/.test(textOf(told)), sent !== 'sticker');
        texts.add(textOf(told));
      }
      assert.equal(texts.size, 3);
    });

    it('says that a picture was not seen where words came with it, but never before the numbers', async () => {
      const talk = await begin();
      const told = await talk.say('non riesco a pagare questa bolletta', { sent: 'file' });
      assert.match(told[0]?.text ?? '', /non posso guardarlo/);
      assert.match(textOf(told), /Ho capito: le bollette/);
      const cry = await talk.say('mio marito mi picchia', { sent: 'file' });
      assert.equal(cry[0]?.kind, 'floor');
      assert.doesNotMatch(textOf(cry), /non posso guardarlo/);
    });

    it('repeat the numbers while a danger stands, and send nobody to a desk with a picture', async () => {
      const talk = await begin();
      await talk.say('mio marito mi picchia');
      for (const sent of ['voice', 'file'] as const) {
        const told = await talk.say('', { kind: 'unsupported', sent });
        assert.ok(reminded(told));
        assert.doesNotMatch(textOf(told), /allo sportello/);
      }
    });
  });

  describe('first of all in a new chat', () => {
    const FIRST: Partial<Incoming>[] = [
      ...(['voice', 'file', 'sticker', 'contact'] as const).map((sent) => ({ kind: 'unsupported' as const, sent })),
      { sent: 'contact', text: '+393331234567' },
      { text: '' },
    ];
    for (const [index, first] of FIRST.entries())
      for (const comune of [undefined, 'porcari'])
        it(`${first.sent ?? 'nothing'} ${index}, ${comune ?? 'no comune'}: is greeted, told of 112, and asked`, async () => {
          talks += 1;
          const talk = floorTalk(core, {
            channel: 'telegram',
            conversationId: `tg:${9000 + talks}`,
            ...(comune ? { comune } : {}),
          });
          const told = await talk.say('', first);
          assert.match(textOf(told), /Sono Bussola[\s\S]*chiami il 112/);
          assert.ok(idsOf(told).includes('triage.areas.housing'));
          const calls = first.sent === 'voice' || first.sent === 'file';
          assert.equal(/0583/.test(textOf(told)), calls);
          assert.equal(
            told.some(({ links }) => links.length > 0),
            calls && comune === undefined,
          );
        });

    it('a place: is greeted, then asked whether it is theirs', async () => {
      talks += 1;
      const talk = floorTalk(core, { channel: 'telegram', conversationId: `tg:${9000 + talks}` });
      assert.match(textOf(await show(talk, 'porcari')), /Sono Bussola[\s\S]*112[\s\S]*È il Suo comune\?/);
    });
  });

  describe('to a child in danger', () => {
    it('is answered as one speaks to a child', async () => {
      const talk = await begin();
      await talk.say('ho 12 anni, mio padre mi picchia');
      const told = [
        ...(await show(talk, 'porcari')),
        ...(await talk.say('', { kind: 'unsupported', sent: 'voice' })),
        ...(await talk.say('', { kind: 'unsupported', sent: 'contact' })),
      ];
      assert.match(textOf(told), /Di' al 112 dove sei[\s\S]*scrivi poche parole[\s\S]*scrivilo tu/);
      assert.doesNotMatch(textOf(told), /\b(Dica|scriva|tocchi|Lei|Suo|può)\b/);
    });
  });

  describe('a number', () => {
    const toNumber = async (): Promise<FloorTalk & { id: string }> => {
      const talk = await begin({ comune: 'porcari' });
      await talk.say('abito a Porcari, non riesco a pagare la bolletta');
      await talk.say('no, per ora no');
      await talk.say('sì, è la prima volta');
      await talk.tap('result.request');
      await talk.tap('request.consent.yes');
      return talk;
    };

    it('is offered and taken where it is asked for, then no more', async () => {
      const talk = await toNumber();
      const asked = await talk.say('Maria Rossi');
      assert.equal(asked.at(-1)?.phone, 'asked');
      const taken = await talk.say('+393331234567', { sent: 'contact' });
      assert.equal(taken[0]?.phone, 'done');
      const [draft] = (await core.store.load(talk.id))?.cases ?? [];
      assert.equal(draft?.details.contact?.value, '+393331234567');
    });

    it('goes away when a danger is heard', async () => {
      const talk = await toNumber();
      await talk.say('Maria Rossi');
      const cry = await talk.say('mio marito mi picchia');
      assert.equal(cry[0]?.phone, 'done');
      assert.equal(cry[0]?.kind, 'floor');
    });

    it('is not kept where nobody asked for it', async () => {
      const talk = await begin();
      assert.match(textOf(await talk.say('+393331234567', { sent: 'contact' })), /per ora il numero non mi serve/);
      assert.deepEqual(
        (await saidIn(talk.id)).filter((text) => text.includes('333')),
        [],
      );
    });

    it('of somebody else is not kept', async () => {
      const talk = await toNumber();
      await talk.say('Maria Rossi');
      const told = await talk.say('', { kind: 'unsupported', sent: 'contact' });
      assert.match(textOf(told), /di un'altra persona/);
      assert.equal((await core.store.load(talk.id))?.cases[0]?.details.contact, undefined);
    });

    it('is offered by no other channel', async () => {
      const web = await begin({ channel: 'web', conversationId: `web-${talks}`, comune: 'porcari' });
      await web.say('abito a Porcari, non riesco a pagare la bolletta');
      await web.say('no, per ora no');
      await web.say('sì, è la prima volta');
      await web.tap('result.request');
      await web.tap('request.consent.yes');
      assert.equal('phone' in ((await web.say('Maria Rossi')).at(-1) ?? {}), false);
    });
  });

  describe('corrected words', () => {
    const edit = (talk: FloorTalk, of: string, text: string): Promise<Reply[]> => {
      talks += 1;
      return talk.say(text, { edits: of, messageId: `${of}.e${talks}` });
    };
    /** floorTalk counts its messages: the start is m1. */
    const LAST = 'm2';

    it('that were the last thing said are read as said now', async () => {
      const talk = await begin();
      await talk.say('abito a Lucca');
      await edit(talk, LAST, 'abito a Porcari');
      assert.match(JSON.stringify(await answersOf(talk.id)), /porcari/);
      await edit(talk, LAST, 'abito a Capannori');
      assert.match(JSON.stringify(await answersOf(talk.id)), /capannori/);
    });

    it('with the same letters say nothing new', async () => {
      const talk = await begin();
      await talk.say('abito a Lucca');
      assert.deepEqual(await edit(talk, LAST, 'abito a Lucca'), []);
      assert.deepEqual(await edit(talk, 'm77', 'chi sa'), []);
    });

    it('of before are seen, not read: the question stays', async () => {
      const talk = await begin();
      await talk.say('abito a Lucca');
      const question = idsOf(await talk.tap('triage.areas.housing'));
      const told = await edit(talk, LAST, 'abito a Porcari');
      assert.match(textOf(told), /ha corretto un messaggio/);
      assert.deepEqual(idsOf(told), question);
      assert.doesNotMatch(JSON.stringify(await answersOf(talk.id)), /porcari/);
    });

    it('with a danger in them are heard, however old', async () => {
      const talk = await begin();
      await talk.say('abito a Lucca');
      await talk.tap('triage.areas.housing');
      assert.match(textOf(await edit(talk, LAST, 'abito a Lucca e mio marito mi picchia')), NUMBERS);
    });

    it('never answer the next question of a request, nor make a second one', async () => {
      const talk = await begin({ comune: 'porcari' });
      await talk.say('abito a Porcari, non riesco a pagare la bolletta');
      await talk.say('no, per ora no');
      await talk.say('sì, è la prima volta');
      await talk.tap('result.request');
      await talk.tap('request.consent.yes');
      await talk.say('Maria Rosi');
      const said = await core.store.activities(talk.id, 0);
      const name = said.findLast((one) => one.from === 'user');
      assert.ok(name?.from === 'user');
      const told = await edit(talk, name.messageId, 'Maria Rossi 0583 000000');
      assert.match(textOf(told), /ha corretto un messaggio/);
      const [draft] = (await core.store.load(talk.id))?.cases ?? [];
      assert.equal(draft?.details.contact, undefined);
      await talk.say('320 000 0123');
      await talk.tap('request.when.any');
      await talk.tap('request.safe.any');
      await talk.tap('request.note.skip');
      await talk.tap('request.summary.send');
      const sent = (await core.store.load(talk.id))?.cases.map(({ state }) => state);
      assert.deepEqual(sent, ['requested']);
      const number = (await core.store.activities(talk.id, 0)).flatMap((one) =>
        one.from === 'user' && one.text === '320 000 0123' ? [one.messageId] : [],
      );
      const late = await edit(talk, number[0] ?? '', 'chiedo un appuntamento, sì, mandi');
      assert.match(textOf(late), /ha corretto un messaggio/);
      const after = (await core.store.load(talk.id))?.cases ?? [];
      assert.equal(after.length, 1);
    });
  });
});
