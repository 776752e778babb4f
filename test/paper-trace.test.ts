// A sheet and a calendar link that were made of something ordinary, and what they show once the talk has turned grave.
// What an ordinary sheet shows is left to paper.test.ts, an ordinary appointment to paper-agenda.test.ts.
import assert from 'node:assert/strict';
import { EXIT_URL } from '../adapters/web/widget/exit.ts';
import { refOf } from '../bot/cases/ref.ts';
import type { CaseDetails } from '../bot/cases/types.ts';
import type { Case } from '../bot/ports.ts';
import { deskAct } from './support/desk-acts.ts';
import { askSheet, makeRequest, paperWorld, PUBLIC_URL } from './support/paper.ts';
import type { PaperWorld } from './support/paper.ts';

const REQUEST = /PRC-/;
const SILENT = { anyTime: false, copyByMail: false, wishes: 'mio marito non deve sapere' };
const needing = (need: 'addiction' | 'mental_health' | 'violence'): CaseDetails['needs'] => [
  { area: 'health', need, urgency: 'none' },
];
const GRAVE: [string, Partial<CaseDetails>][] = [
  ['violence', { needs: needing('violence') }],
  ['drugs', { needs: needing('addiction') }],
  ['the mind', { needs: needing('mental_health') }],
  ['wishes told', { safe: SILENT }],
  ['rules made of them', { safe: { anyTime: false, copyByMail: true, rules: { silent: true } } }],
];

describe('what was made before a talk turned grave', () => {
  let world: PaperWorld;
  before(async () => {
    world = await paperWorld();
  });
  after(() => world.close());
  beforeEach(() => world.at('2026-11-24T10:00'));

  const turn = async (made: Case, details: Partial<CaseDetails>): Promise<void> =>
    void (await world.core.office.act(made.id, (work) => {
      work.made = { ...work.made, details: { ...work.made.details, ...details } };
      return true;
    }));
  const caseOf = async (code: string): Promise<Case> =>
    (await world.core.store.casesByCode(code))[0] ?? assert.fail(code);

  it('a sheet about a bill shows no request to the centre against violence, nor that there is one', async () => {
    const person = world.person('porcari');
    const path = await askSheet(person);
    await makeRequest(person);
    assert.match((await world.get(path)).text, REQUEST);
    await person.say('mio marito mi picchia');
    const told = [await world.get(path), await world.get(`${path}/foglietto`)];
    await person.tap('floor.continue');
    await person.tap('floor.continue');
    for (const choice of ['result.request', 'request.consent.yes', 'request.safe_first.limits'])
      await person.tap(choice);
    await person.say('solo al mattino, mio marito non deve sapere');
    await person.say('Fiordaliso');
    await person.say('333 000 0000');
    for (const choice of ['request.when.any', 'request.note.skip']) await person.tap(choice);
    const sent = (await person.tap('request.summary.send')).find((one) => one.case !== null);
    const made = await caseOf(sent?.case ?? assert.fail('no request to the centre'));
    assert.ok(made.details.needs.some(({ need }) => need === 'violence'));
    const asked = [await world.get(path), await world.get(`${path}/foglietto`)];
    for (const { status, text } of [...told, ...asked]) {
      assert.equal(status, 200);
      assert.doesNotMatch(text, REQUEST);
      assert.doesNotMatch(text, /Luna|antiviolenza|997928|Fiordaliso/i);
    }
    assert.deepEqual(
      asked.map(({ text }) => text),
      told.map(({ text }) => text),
    );
  });

  for (const [what, details] of GRAVE)
    it(`a sheet shows no code any more: ${what}`, async () => {
      const person = world.person('porcari');
      const path = await askSheet(person);
      const code = await makeRequest(person);
      assert.ok((await world.get(path)).text.includes(code));
      await turn(await caseOf(code), details);
      for (const one of [path, `${path}/foglietto`]) {
        const { status, text } = await world.get(one);
        assert.equal(status, 200);
        assert.doesNotMatch(text, REQUEST);
      }
    });

  for (const [what, details] of GRAVE)
    it(`no link to a calendar is given, and one given before opens nothing: ${what}`, async () => {
      const person = world.person('porcari');
      await askSheet(person);
      const made = await caseOf(await makeRequest(person));
      const agree = async (when: string): Promise<string[]> => {
        assert.equal(await deskAct(world.core, await caseOf(made.code ?? ''), `propose Anna ${when} office`), 'done');
        const { life } = await caseOf(made.code ?? '');
        const yes = await person.tap(`case.accept.${refOf(made)}.${life.appointment?.sequence}`);
        assert.equal((await caseOf(made.code ?? '')).state, 'confirmed');
        const links = yes.flatMap(({ links: all }) => all.map(({ url }) => url.slice(PUBLIC_URL.length)));
        return links.filter((url) => url.startsWith('/agenda/'));
      };
      const [before = ''] = await agree('2026-11-26T09:30');
      assert.equal((await world.get(before)).status, 200);
      await turn(made, details);
      const [gone, unknown] = [await world.get(before), await world.get('/agenda/a.b')];
      assert.deepEqual([gone.status, gone.text], [404, unknown.text]);
      assert.deepEqual(await agree('2026-11-27T11:00'), []);
    });
});

describe('a page of paper on a screen', () => {
  let world: PaperWorld;
  before(async () => {
    world = await paperWorld();
  });
  after(() => world.close());

  it('has a way out that is not printed, and a title that tells nothing', async () => {
    const sheet = await askSheet(world.person('porcari'));
    for (const path of [
      sheet,
      `${sheet}/foglietto`,
      '/carta',
      '/carta/ZZZZZ-ZZZZZ',
      '/manifesto/lucca',
      '/agenda/x.y',
    ]) {
      const { text } = await world.get(path);
      const top = /<header class="top screen">([^]*?)<\/header>/.exec(text)?.[1] ?? assert.fail(path);
      assert.ok(top.includes(`href="${EXIT_URL}"`) && top.includes('Esci subito'), path);
      const [, title = ''] = /<title>([^<]*)<\/title>/.exec(text) ?? [];
      assert.match(title, /^(Promemoria|Bussola · Lucca|Ha un foglio con un codice\?|Qui non c&#39;è ness.*)$/, path);
    }
  });
});
