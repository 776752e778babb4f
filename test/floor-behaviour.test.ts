// The floor in the talk: heard at every question, remembered across restarts and chats, left by two explicit steps only.
// Which words are a danger is left to floor.test.ts, which numbers answer it to floor-answer.test.ts.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../bot/config.ts';
import { createCore } from '../bot/core.ts';
import type { Core } from '../bot/core.ts';
import { silentLog } from '../bot/log.ts';
import { floorTalk, idsOf, numbersShown, reminded, textOf } from './support/floor-talk.ts';
import type { FloorTalk } from './support/floor-talk.ts';

const CRY = 'voglio morire';
const NOON = new Date('2026-11-24T11:00:00Z');

describe('the floor in the talk', () => {
  let dataDir: string;
  let core: Core;
  let now = NOON;
  const open = async (): Promise<Core> =>
    createCore(readConfig({ DATA_DIR: dataDir }), () => now, silentLog, { announce: () => {} });
  const later = (minutes: number): void => void (now = new Date(now.getTime() + minutes * 60_000));

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'bussola-floor-'));
    core = await open();
  });
  beforeEach(() => (now = NOON));
  after(async () => {
    await core.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** A talk at the given question of a request. */
  async function inRequest(upTo: 'consent' | 'name' | 'contact' | 'when' | 'note' | 'summary'): Promise<FloorTalk> {
    const talk = floorTalk(core, { comune: 'porcari' });
    await talk.start();
    await talk.say("non riesco a pagare l'affitto");
    await talk.forge('access.followed.first');
    await talk.tap('result.request');
    const steps: [string, () => Promise<unknown>][] = [
      ['consent', () => talk.tap('request.consent.yes')],
      ['name', () => talk.say('Ada Prova')],
      ['contact', () => talk.say('320 000 0123')],
      ['when', () => talk.tap('request.when.any')],
      ['note', () => talk.say('solo una prova')],
    ];
    for (const [name, step] of steps) {
      if (name === upTo) return talk;
      await step();
    }
    return talk;
  }

  describe('hears a cry', () => {
    for (const at of ['consent', 'name', 'contact', 'when', 'note', 'summary'] as const)
      it(`given as the answer to the request's question "${at}"`, async () => {
        const talk = await inRequest(at);
        const replies = await talk.say(`il mio nome non serve, ${CRY}`);
        assert.ok(numbersShown(replies), textOf(replies));
        assert.equal(replies[0]?.kind, 'floor');
        assert.ok(reminded(await talk.say('buongiorno')));
      });

    it('that stands where a name was asked for, and does not take it for the name', async () => {
      const talk = await inRequest('name');
      await talk.say(CRY);
      assert.ok(reminded(await talk.say('lascia stare, scherzavo')));
      await talk.say('sono al sicuro');
      assert.match(textOf(await talk.say('voglio continuare')), /chiamino\? Basta il nome/);
      assert.match(textOf(await talk.say('Ada Prova')), /numero di telefono/);
    });

    it('after the card', async () => {
      const talk = floorTalk(core, { comune: 'porcari' });
      await talk.say("non riesco a pagare l'affitto");
      await talk.forge('access.followed.first');
      assert.ok(numbersShown(await talk.say(CRY)));
    });

    for (const command of ['ricomincia', 'cancella tutto'])
      it(`in the confirm of "${command}"`, async () => {
        const talk = floorTalk(core, { comune: 'porcari' });
        await talk.say("non riesco a pagare l'affitto");
        await talk.say(command);
        assert.ok(numbersShown(await talk.say(CRY)));
        assert.ok(reminded(await talk.say('buongiorno')));
      });

    it('in words sent beside a button', async () => {
      const talk = floorTalk(core);
      await talk.start();
      assert.ok(numbersShown(await talk.say(CRY, { choice: 'triage.areas.economic' })));
    });

    it('at the question of the comune, and while another is still open', async () => {
      const talk = floorTalk(core);
      await talk.say("non riesco a pagare l'affitto");
      assert.ok(numbersShown(await talk.say(CRY)));
      assert.match(textOf(await talk.say('mio marito mi picchia')), /1522/);
    });

    it('at the end of a text longer than what is kept', async () => {
      const talk = floorTalk(core);
      const filler = 'mi serve un appuntamento per la bolletta della luce che non posso pagare. '.repeat(400);
      assert.ok(filler.length > 25_000);
      const [first] = await talk.say(`${filler} ${CRY}`);
      assert.equal(first?.kind, 'floor');
      assert.match(first.text, /112/);
    });

    it('before any word about languages', async () => {
      const [first] = await floorTalk(core).say('vreau să mor, nu mai pot');
      assert.equal(first?.kind, 'floor');
    });
  });

  describe('is left by two explicit steps', () => {
    const crying = async (): Promise<FloorTalk> => {
      const talk = floorTalk(core);
      await talk.start();
      await talk.say(CRY);
      return talk;
    };
    const isOver = async (talk: FloorTalk): Promise<boolean> => !reminded(await talk.say('buongiorno'));

    it('with the buttons', async () => {
      const talk = await crying();
      assert.ok(idsOf(await talk.tap('floor.continue')).includes('floor.safe_now'));
      await talk.tap('floor.safe_now');
      assert.ok(await isOver(talk));
    });

    for (const [first, second] of [
      ['sono al sicuro', 'sì, sono al sicuro'],
      ['voglio continuare', 'Sono al sicuro adesso, grazie'],
      ['ho chiamato', 'sì sono al sicuro'],
      ['sono al sicuro, ho chiamato il 112', 'andiamo avanti'],
      ["I'm safe", 'yes I am safe now'],
      ['I’m safe', 'I called the police'],
      ['I want to continue', "I'm safe"],
      ['Vado avanti con la richiesta', 'Sono al sicuro'],
    ] as const)
      it(`in words: "${first}", "${second}"`, async () => {
        const talk = await crying();
        const check = await talk.say(first);
        assert.ok(idsOf(check).includes('floor.safe_now'), textOf(check));
        assert.ok(!(await talk.say(second)).some(({ kind }) => kind === 'floor'));
        assert.ok(await isOver(talk));
      });

    for (const said of [
      'lascia stare, scherzavo',
      'scherzavo',
      'era una battuta, scusi',
      'ciao',
      'sì',
      'ok',
      'no',
      'grazie',
      'indietro',
      'ricomincia',
      'non sono al sicuro',
      'no, non sono al sicuro',
      'non ho chiamato',
      'I am not safe',
      'sicuro che è tutto finito?',
    ])
      it(`not by "${said}", said as often as you like`, async () => {
        const talk = await crying();
        for (let times = 0; times < 3; times += 1) await talk.say(said);
        assert.ok(!(await isOver(talk)));
      });

    it('not by a single tap, nor by an old button of the second step', async () => {
      const talk = await crying();
      await talk.forge('floor.safe_now');
      assert.ok(!(await isOver(talk)));
      const other = await crying();
      await other.tap('floor.continue');
      assert.ok(!(await isOver(other)));
    });

    it('not by "no" or "male" to the gentle look back: the numbers come again, whole', async () => {
      for (const said of ['no', 'male', 'non sono al sicuro', 'ho paura']) {
        const talk = await crying();
        await talk.tap('floor.continue');
        assert.ok(numbersShown(await talk.say(said)), said);
        await talk.tap('floor.continue');
        assert.ok(!(await isOver(talk)), said);
      }
    });

    it('and begins anew with a new cry', async () => {
      const talk = await crying();
      await talk.tap('floor.continue');
      await talk.say(CRY);
      await talk.say('sono al sicuro');
      assert.ok(!(await isOver(talk)));
    });

    it('also without a roof: the help comes at once, the numbers go along until the second step', async () => {
      const talk = floorTalk(core, { comune: 'lucca' });
      await talk.say('stanotte dormo in macchina');
      const help = await talk.tap('floor.continue');
      assert.ok(!help.some(({ kind }) => kind === 'floor') && idsOf(help).includes('floor.continue'), textOf(help));
      assert.ok(!(await isOver(talk)));
      await talk.tap('floor.continue');
      assert.ok(await isOver(talk));
    });

    it('and at every moment of it a person is one tap or one word away', async () => {
      const talk = await crying();
      assert.match(textOf(await talk.tap('floor.human')), /0583|0572/);
      await talk.say('sono al sicuro');
      assert.match(textOf(await talk.tap('floor.human')), /0583|0572/);
      assert.match(textOf(await talk.say('voglio parlare con una persona')), /0583|0572/);
    });
  });

  describe('is remembered', () => {
    it('when the process starts again', async () => {
      const talk = { channel: 'web', conversationId: 'floor-restart' } as const;
      await floorTalk(core, talk).say(CRY);
      await core.close();
      core = await open();
      assert.ok(reminded(await floorTalk(core, talk).say('buongiorno', { messageId: 'after' })));
    });

    it('when the language is changed, in the new language', async () => {
      const talk = floorTalk(core);
      await talk.say(CRY);
      const replies = await talk.say('in english please');
      assert.ok(reminded(replies));
      assert.match(textOf(replies), /can help you now: .*112/);
    });

    it('when the talk begins again, and in the dialogue of erasure; erased, nothing tells of it any more', async () => {
      const talk = floorTalk(core, { conversationId: 'floor-erased' });
      await talk.say('mio marito mi picchia');
      assert.ok(reminded(await talk.say('ricomincia')));
      assert.ok(reminded(await talk.tap('confirm.restart.yes')));
      assert.ok(reminded(await talk.say('cancella tutto')));
      const erased = await talk.tap('confirm.erase.yes');
      assert.ok(erased.every(({ kind, text }) => kind !== 'floor' && !text.includes('1522')));
      assert.ok(!reminded(await talk.say('buongiorno')));
      const kept = [await core.store.load('floor-erased'), await core.store.activities('floor-erased', 0)];
      assert.doesNotMatch(JSON.stringify(kept), /violence|1522|picchia/);
    });

    it('on Telegram by the chat itself: /start opens with the numbers', async () => {
      const talk = floorTalk(core, { channel: 'telegram', conversationId: 'tg:700001' });
      await talk.start();
      await talk.say(CRY);
      assert.ok(reminded(await talk.start()));
    });

    it('in a new chat of the same person within the hour: the greeting opens with the numbers', async () => {
      const person = 'dl_0123456789abcdef';
      await floorTalk(core, { person }).say('mio marito mi picchia');
      later(59);
      const next = floorTalk(core, { person });
      const greeting = await next.start();
      assert.equal(greeting[0]?.kind, 'floor');
      assert.match(greeting[0].text, /112.*1522/);
      assert.ok(reminded(await next.say('buongiorno')));
      await next.say('sono al sicuro');
      await next.say('voglio continuare');
      assert.ok(!reminded(await floorTalk(core, { person }).start()), 'left there, it is left here');
    });

    it('not after the hour, not for somebody else, not once erased', async () => {
      const person = 'dl_abcdef0123456789';
      const talk = floorTalk(core, { person });
      await talk.say(CRY);
      assert.ok(!reminded(await floorTalk(core, { person: 'dl_another0123456789' }).start()));
      assert.ok(!reminded(await floorTalk(core).start()));
      later(61);
      assert.ok(!reminded(await floorTalk(core, { person }).start()));
      await talk.say(CRY);
      await talk.say('cancella tutto');
      await talk.tap('confirm.erase.yes');
      assert.ok(!reminded(await floorTalk(core, { person }).start()));
    });

    it('without the name of the person or any of the words, and no longer than needed', async () => {
      const person = 'dl_readable-name-00001';
      await floorTalk(core, { person }).say(CRY);
      later(120);
      await core.store.purge(new Date(0), now);
      await core.close();
      for (const name of await readdir(dataDir))
        if (name.includes('sqlite')) assert.ok(!(await readFile(join(dataDir, name))).includes(Buffer.from(person)));
      core = await open();
    });
  });

  describe('with a minor', () => {
    it('speaks as "tu", names who hears children, asks for nothing and offers no form', async () => {
      const talk = floorTalk(core, { comune: 'porcari' });
      const replies = await talk.say('ho 12 anni mi picchiano');
      assert.match(textOf(replies), /112.*\n.*114.*\n.*1 96 96/);
      assert.match(textOf(replies), /adulto di cui ti fidi/);
      assert.match(textOf(replies), /[Nn]on è colpa tua/);
      assert.doesNotMatch(textOf(replies), /\b(Lei|Suo|Sua|chiami|scriva)\b|\?/);
      const person = await talk.tap('floor.human');
      assert.match(textOf(person), /114/);
      assert.ok(!idsOf(person).some((id) => id.startsWith('human.')));
      assert.match(textOf(await talk.say('operatore')), /114/);
    });

    it('forgets a request that was being written, and opens none', async () => {
      const talk = await inRequest('name');
      await talk.say('ho 13 anni e mio padre mi picchia');
      await talk.say('voglio continuare');
      await talk.say('sono al sicuro');
      const refused = await talk.forge('result.request');
      assert.doesNotMatch(textOf(refused), /Va bene\?|nome che preferisce/);
      assert.ok(!idsOf(refused).some((id) => id.startsWith('request.') || id.startsWith('human.')));
    });

    it('in English too', async () => {
      const talk = floorTalk(core, { language: 'en' });
      const text = textOf(await talk.say('I am 13 and my father hits me'));
      assert.match(text, /It is not your fault/);
      assert.match(text, /adult you trust/);
    });
  });

  describe('answers in the language of the cry', () => {
    for (const [language, cry, calm] of [
      ['ro', 'soțul meu mă bate în fiecare zi', /important/],
      ['sq', 'burri im më rreh çdo natë', /rëndësishme/],
      ['ar', 'زوجي يضربني كل يوم', /مهم/],
      ['uk', 'чоловік мене б’є щодня', /важливо/],
      ['fr', 'mon mari me frappe tous les jours', /important/],
      ['es', 'mi marido me pega todos los días', /importante/],
      ['si', 'මගේ මහත්තයා මට ගහනවා', /වැදගත්/],
      ['zh', '我老公天天打我', /重要/],
      ['pt', 'o meu marido bate-me todos os dias', /importante/],
      ['ru', 'муж меня бьёт каждый день', /важно/],
    ] as const)
      it(language, async () => {
        const talk = floorTalk(core, { comune: 'lucca' });
        await talk.start();
        const [answer] = await talk.say(cry);
        assert.equal(answer?.kind, 'floor');
        assert.equal(answer.lang, language);
        assert.match(answer.text, calm);
        assert.match(answer.text, /112[\s\S]*1522/);
        // Where the talk itself does not go on in that language, 112 is said in its own as well.
        if (!core.env.words.languages.includes(language))
          assert.match(answer.text.split('\n').at(-1) ?? '', /112.*in pericolo/);
        assert.doesNotMatch(answer.text, /\{\{|undefined/);
        const [reminder] = await talk.say('ok');
        assert.equal(reminder?.lang, language);
        const label = answer.choices.find(({ id }) => id === 'floor.continue')?.label ?? '';
        assert.ok(idsOf(await talk.say(label)).includes('floor.safe_now'), `typed: ${label}`);
      });

    it('English cries in an Italian talk are answered in English, a chosen language stays', async () => {
      assert.equal((await floorTalk(core).say('my husband beats me every day'))[0]?.lang, 'en');
      const chosen = floorTalk(core, { language: 'it', languageFixed: true });
      assert.equal((await chosen.say('soțul meu mă bate în fiecare zi'))[0]?.lang, 'it');
    });
  });
});
