// A sheet of paper from the talk to the page behind its code: what stands on it, who may not see what, how long it lasts.
// How it looks when printed is left to paper-print.test.ts, what is kept to the store's contract.
import assert from 'node:assert/strict';
import { readSheetCode, showSheetCode } from '../bot/sheet/code.ts';
import { noChange } from '../bot/cases/change.ts';
import { ids } from '../bot/ids.ts';
import { aCase } from './store-samples.ts';
import { loose } from './support/directions.ts';
import { askSheet, makeRequest, paperWorld, sheetPath } from './support/paper.ts';
import type { PaperWorld } from './support/paper.ts';

const SECRETS = ['Fiordaliso', '333 000 0000', '3330000000', 'bolletta della luce', 'da un mese'];

describe('a sheet of paper', () => {
  let world: PaperWorld;
  before(async () => {
    world = await paperWorld();
  });
  after(() => world.close());
  beforeEach(() => world.at('2026-11-24T10:00'));

  it('shows the desk and the next steps, and nothing of the person', async () => {
    const person = world.person('porcari');
    const path = await askSheet(person);
    const before = await world.get(path);
    assert.equal(before.status, 200);
    for (const fact of ['0583 211899', 'martedì e giovedì', 'Piazza Felice Orsi', 'un documento', '4 febbraio 2022'])
      assert.ok(before.text.includes(fact), fact);
    assert.match(before.text, /112.*1522.*114/s);
    assert.doesNotMatch(before.text, /PRC-/);
    const code = await makeRequest(person);
    const { text } = await world.get(path);
    assert.ok(text.includes(code));
    for (const secret of SECRETS) assert.ok(!text.includes(secret), secret);
    assert.doesNotMatch(text, /Perch. qui|staccano/);
    const leaflet = await world.get(`${path}/foglietto`);
    for (const fact of ['Sportello sociale', '0583 211899', code]) assert.ok(leaflet.text.includes(fact), fact);
    await person.tap('result.withdraw');
    await person.tap('confirm.withdraw.yes');
    assert.doesNotMatch((await world.get(path)).text, /PRC-/);
  });

  it('is made once, when it is asked for, and told again with the same code', async () => {
    const person = world.person('porcari');
    const first = await askSheet(person);
    assert.equal(sheetPath(await person.say('voglio il foglio')), first);
    world.pass(25 * 24 * 60);
    const later = sheetPath(await person.say('voglio il foglio'));
    assert.notEqual(later, first, 'one that soon ends is made anew');
    assert.equal((await world.get(later)).status, 200);
  });

  it('is shown by nobody else’s leave: not indexed, not kept, not framed, no address passed on, nothing acts', async () => {
    const path = await askSheet(world.person('porcari'));
    for (const one of [path, `${path}/foglietto`, '/carta', '/carta/ZZZZZ-ZZZZZ', '/manifesto/lucca', '/agenda/x.y']) {
      const { headers, text } = await world.get(one);
      assert.match(headers.get('x-robots-tag') ?? '', /noindex/, one);
      assert.equal(headers.get('cache-control'), 'no-store', one);
      assert.equal(headers.get('referrer-policy'), 'no-referrer', one);
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/, one);
      assert.doesNotMatch(text, /<script/, one);
      assert.match(
        text,
        /<header class="top screen">[\s\S]*rel="noreferrer"\s*>Esci subito<[\s\S]*href="tel:112"/,
        one,
      );
    }
    const head = await fetch(`${world.url}${path}`, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(await head.text(), '');
    assert.equal((await world.get(path)).status, 200);
  });

  it('after violence is not offered, is warned of, and names the desk of the comune alone', async () => {
    const person = world.person('capannori');
    await person.say('mio marito mi picchia');
    await person.tap('floor.continue');
    const card = (await person.tap('floor.continue')).at(-1);
    assert.equal(card?.card?.title, 'Centro antiviolenza Luna');
    assert.ok(!card.choices.some(({ id }) => id === 'result.sheet'));
    const [warned] = await person.say('voglio il foglio');
    assert.deepEqual(warned?.links, []);
    assert.deepEqual(await person.tap('confirm.sheet.no').then((all) => all.flatMap(({ links }) => links)), []);
    await person.say('voglio il foglio');
    const path = sheetPath(await person.tap('confirm.sheet.yes'));
    const made = aCase({ id: person.id, conversationId: person.id, code: 'CPN-7F3K2', state: 'taken' });
    await world.core.store.commitCase({ ...noChange(), cases: [made], at: world.now() });
    assert.equal((await world.core.store.load(person.id))?.cases.length, 1);
    for (const one of [path, `${path}/foglietto`]) {
      const { status, text } = await world.get(one);
      assert.equal(status, 200);
      assert.ok(text.includes('0583 428252'));
      assert.doesNotMatch(text, /Luna|antiviolenza|997928|colpa|CPN-/i);
    }
    const ordinary = await world.get(await askSheet(world.person('porcari')));
    const title = (page: string): string => /<title>[^<]*<\/title>/.exec(page)?.[0] ?? '';
    assert.equal(title((await world.get(path)).text), title(ordinary.text), 'it looks like every sheet');
  });

  for (const [what, words] of [
    ['the mind', 'sono depressa, non ce la faccio ad alzarmi dal letto'],
    ['drugs', 'mio figlio si droga'],
  ] as const)
    it(`is not offered where the desk's name tells of ${what}`, async () => {
      const person = world.person('lucca');
      let replies = await person.say(words);
      for (let turn = 0; turn < 8 && !replies.some(({ kind }) => kind === 'card'); turn += 1) {
        const first = replies.at(-1)?.choices[0]?.id ?? assert.fail('nothing to choose');
        replies = await person.tap(first);
      }
      const card = replies.find(({ kind }) => kind === 'card') ?? assert.fail('no card');
      assert.ok(!card.choices.some(({ id }) => id === 'result.sheet'));
      await person.say('stampa');
      const { text } = await world.get(sheetPath(await person.tap('confirm.sheet.yes')));
      assert.doesNotMatch(text, /SerD|dipendenz|Salute mentale|psich/i);
    });

  it('ends after thirty days, and then looks like a code that never was or is none', async () => {
    const path = await askSheet(world.person('porcari'));
    world.pass(30 * 24 * 60 - 1);
    assert.equal((await world.get(path)).status, 200);
    world.pass(2);
    const pages = [];
    for (const one of [
      path,
      `${path}/foglietto`,
      '/carta/ZZZZZ-ZZZZZ',
      '/carta/PRC-7F3K2',
      '/carta/%20%20',
      '/carta/a/b/c',
    ])
      pages.push(await world.get(one));
    const [first] = pages;
    assert.equal(first?.status, 404);
    for (const { name, switchboard } of world.core.env.directory.comuni()) {
      assert.ok(first.text.includes(name));
      assert.ok(first.text.includes(switchboard.value.shown));
    }
    for (const page of pages) assert.deepEqual([page.status, page.text], [404, first.text]);
  });

  it('goes with the talk that is erased', async () => {
    const person = world.person('porcari');
    const path = await askSheet(person);
    await person.say('cancella tutto');
    assert.equal((await world.get(path)).status, 200, 'not before the yes');
    await person.tap('confirm.erase.yes');
    assert.equal((await world.get(path)).status, 404);
    assert.match((await person.say('voglio il foglio')).map(({ text }) => text).join('\n'), /quando so a chi/);
  });

  it('speaks the person’s language, with Italian for the desk', async () => {
    const person = world.person('lucca', 'en');
    await person.say("I can't pay my rent");
    await person.tap('access.followed.first');
    const { text } = await world.get(sheetPath(await person.say('print')));
    assert.match(text, /<html lang="en"/);
    assert.match(text, /What to bring/);
    assert.match(text, /lang="it" dir="ltr">«Buongiorno\..*inglese/);
    assert.match(text, /an identity document\s+<i lang="it" dir="ltr">\(un documento\)/);
  });

  it('keeps numbers and Italian phrases whole among words read from the right', async () => {
    const person = world.person('porcari', 'ar');
    await askSheet(person);
    await person.tap('command.language.ar');
    const { text } = await world.get(sheetPath(await person.say('اطبع')));
    assert.match(text, /<html lang="ar" dir="rtl"/);
    assert.match(text, /<p lang="it" dir="ltr">«Buongiorno\.[^<]*»<\/p>/);
    assert.match(text, /<i lang="it" dir="ltr">\(un documento\)<\/i>/);
    for (const [tag] of text.matchAll(/<\w+ [^>]*lang="it"[^>]*>/g)) assert.match(tag, /dir="ltr"/);
    assert.match(text, /<a [^>]*dir="ltr"[^>]*>0583 211899<\/a>/);
    assert.deepEqual(loose(text), []);
    assert.deepEqual(loose((await world.get('/manifesto/porcari?lang=ar')).text), []);
    assert.deepEqual(loose((await world.get('/carta?lang=ar')).text), []);
  });

  it('is not promised before there is anybody to turn to', async () => {
    const replies = await world.person('porcari').say('stampa');
    assert.deepEqual(
      replies.flatMap(({ links }) => links),
      [],
    );
  });
});

describe('a page that the store does not give', () => {
  it('says that the fault is ours and passes, not that the code is wrong, and whom to call', async () => {
    const world = await paperWorld();
    try {
      const link = world.core.env.links.url('agenda', 'nobody', 1, world.now(), 30);
      const away = (): Promise<never> => Promise.reject(new Error('store away'));
      Object.assign(world.core.store, { sheet: away, caseById: away });
      for (const path of ['/carta/K7M2Q-9XTA4', new URL(link).pathname]) {
        const { status, headers, text } = await world.get(path);
        assert.deepEqual([status, headers.get('retry-after')], [503, '5'], path);
        assert.match(text, /Il problema è nostro/);
        assert.doesNotMatch(text, /scaduto|codice|non vale più/);
        for (const { switchboard } of world.core.env.directory.comuni())
          assert.ok(text.includes(switchboard.value.shown));
      }
      assert.equal((await world.get('/manifesto/lucca')).status, 200);
    } finally {
      await world.close();
    }
  });
});

describe('the code of a sheet', () => {
  let world: PaperWorld;
  let path: string;
  before(async () => {
    world = await paperWorld();
    path = await askSheet(world.person('porcari'));
  });
  after(() => world.close());

  it('is read however it is spelt', () => {
    for (const said of ['K7M20-91TA4', 'k7m20 91ta4', ' K7M2O—9ITA4 ', 'k 7 m 2 o . 9 l t a 4', 'Ｋ7M2091TA4'])
      assert.equal(readSheetCode(said), 'K7M2091TA4', said);
    for (const none of ['', 'K7M20-91TA', 'K7M20-91TA44', 'K7M20-91TAU', 'PRC-7F3K2', '‮K7M2091TA4', '0'.repeat(5000)])
      assert.equal(readSheetCode(none), undefined, none);
  });

  it('is drawn by lot, and reads back what it shows', () => {
    const drawn = Array.from({ length: 200 }, () => ids.sheet());
    assert.equal(new Set(drawn).size, drawn.length);
    for (const code of drawn) assert.equal(readSheetCode(showSheetCode(code)), code);
  });

  it('opens the sheet when it is typed by who was telephoned', async () => {
    const form = await world.get('/carta');
    assert.match(form.text, /Risponde il centralino[^]*0583 21181/);
    assert.match(form.text, /<form method="post" action="\/carta">/);
    const typed = path.split('/').at(-1)?.toLowerCase().replace('-', ' ') ?? '';
    const sent = await world.get('/carta', { form: { code: ` ${typed} ` } });
    assert.deepEqual([sent.status, sent.headers.get('location')], [303, path]);
  });

  it('of a request opens nothing here', async () => {
    for (const code of ['PRC-7F3K2', 'PRC 7F3K2', '', 'x'.repeat(500), '<b>'])
      assert.equal((await world.get('/carta', { form: { code } })).status, 404, code);
  });

  it('cannot be tried out: thirty wrong ones an hour from one address, and then no right one either', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 40; index += 1)
      statuses.push((await world.get(`/carta/${showSheetCode(ids.sheet())}`, { from: '203.0.113.7' })).status);
    assert.deepEqual(statuses, [...Array(30).fill(404), ...Array(10).fill(429)]);
    assert.equal((await world.get(path, { from: '203.0.113.7' })).status, 429);
    assert.equal((await world.get('/carta', { from: '203.0.113.7', form: { code: 'no' } })).status, 429);
    assert.equal((await world.get(path, { from: '203.0.113.8' })).status, 200, 'others are not held up');
    world.pass(61);
    assert.equal((await world.get(path, { from: '203.0.113.7' })).status, 200);
  });

  it('may be right as often as one likes', async () => {
    for (let index = 0; index < 50; index += 1)
      assert.equal((await world.get(path, { from: '203.0.113.9' })).status, 200);
  });
});

describe('a poster', () => {
  let world: PaperWorld;
  before(async () => {
    world = await paperWorld();
  });
  after(() => world.close());

  it('tells of each comune how to write, how to call, in which languages', async () => {
    const { words, directory } = world.core.env;
    for (const { id, name } of directory.comuni()) {
      const { status, text } = await world.get(`/manifesto/${id}`);
      assert.equal(status, 200);
      const phone = directory.desks('segretariato', id)[0]?.phones[0]?.value.shown ?? assert.fail(id);
      for (const fact of [name, phone, `bussola.example/testo/${id}`, '112', '1522', '114'])
        assert.ok(text.includes(fact), fact);
      for (const language of words.languages.filter((one) => one !== 'it'))
        assert.ok(text.includes(words.say(language)('widget:languageName')), language);
    }
    assert.match((await world.get('/manifesto/lucca?lang=en')).text, /<html lang="en"/);
    for (const other of ['/manifesto/pisa', '/manifesto/lucca/x']) assert.equal((await world.get(other)).status, 404);
  });
});
