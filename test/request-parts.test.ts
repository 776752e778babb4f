// One request, several desks: each gets its part and no word of the others', under one code; the person may leave one out.
// Third parties, the Punto Insieme and what is offered afterwards are left to request-others.test.ts.
import assert from 'node:assert/strict';
import { readRomeTime } from '../bot/clock.ts';
import { partsOf } from '../bot/desks.ts';
import type { Desk, Directory } from '../bot/ports.ts';
import { COMUNI } from '../flows/types.ts';
import { referralOf } from '../flows/walk.ts';
import { testEnvironment } from './support/environment.ts';
import { openRequestTalks } from './support/request-talk.ts';
import type { RequestTalk, RequestTalks } from './support/request-talk.ts';

const AT = readRomeTime('2026-11-24T10:00') ?? assert.fail();
/** Two troubles in one sentence, of which one must never be read by the desk of the other. */
const STORY = 'mio marito mi picchia e ho ricevuto lo sfratto';
const CAV = 'cav-luna';
const SOCIAL = 'lucca-segretariato-orsetti';

describe('a request to several desks', () => {
  let talks: RequestTalks;

  before(async () => {
    talks = await openRequestTalks(() => AT);
  });
  after(() => talks.close());

  async function toConsent(): Promise<RequestTalk> {
    const talk = await talks.begin('lucca');
    await talk.say(STORY, 'floor.continue', 'floor.safe_now', 'housing.eviction_when.days', 'result.request');
    return talk;
  }

  const toSummary = ['request.safe_first.any', 'Fiordaliso', 'fiordaliso@esempio.example', 'request.when.any'];

  it('is one case for each under one code, the most urgent first, each with its own clock', async () => {
    const talk = await toConsent();
    const sent = await talk.say('request.consent.yes', ...toSummary, 'request.note.reuse', 'request.summary.send');
    const cases = (await talk.cases()).toSorted((a, b) => a.part - b.part);
    assert.deepEqual(
      cases.map(({ part, deskId }) => [part, deskId]),
      [
        [1, CAV],
        [2, SOCIAL],
      ],
    );
    assert.equal(new Set(cases.map(({ code }) => code)).size, 1);
    assert.equal(sent.case, cases[0]?.code);
    for (const made of cases) {
      assert.equal(made.state, 'requested');
      assert.equal(made.life.since, AT.toISOString());
      assert.ok(made.dueAt && made.dueAt > AT);
      // Safe contact holds at every desk, and after violence there is no mail.
      assert.deepEqual(made.details.safe?.rules, { noMail: true });
    }
    assert.deepEqual(
      (await talk.trail()).map(({ type, by }) => [type, by]),
      [
        ['requested', 'person'],
        ['requested', 'person'],
      ],
    );
  });

  it('tells each desk its part only: needs, answers, mail; the note goes to the first', async () => {
    const talk = await toConsent();
    await talk.say('request.consent.yes', ...toSummary, 'request.note.reuse', 'request.summary.send');
    const [cav, social] = (await talk.cases()).toSorted((a, b) => a.part - b.part);
    assert.deepEqual(cav?.details.needs, [{ area: 'relational', need: 'violence', urgency: 'emergency' }]);
    assert.deepEqual(
      social?.details.needs.map(({ need }) => need),
      ['eviction'],
    );
    assert.equal(cav?.details.note?.text, STORY);
    assert.equal(social?.details.note, undefined);
    assert.doesNotMatch(JSON.stringify(social?.details), /violence|relational|triage|picchia/);
    assert.doesNotMatch(JSON.stringify(cav?.details.answers), /housing|triage/);
    const mails = await talk.mails();
    assert.deepEqual(
      mails.map(({ kind, mail }) => [kind, mail.to.map(({ address }) => address)]),
      [
        ['request', ['mail@associazioneluna.it']],
        ['request', ['segretariatosociale@comune.lucca.it']],
      ],
    );
    const [toCav, toSocial] = mails.map(({ mail }) => `${mail.subject}\n${mail.text}\n${mail.html}`);
    assert.match(toSocial ?? '', /sfratto/);
    assert.doesNotMatch(toSocial ?? '', /violenza|maltratt|picchia|antiviolenza|Luna/i);
    assert.match(toCav ?? '', /violenza/);
    assert.doesNotMatch(toCav?.replace(STORY, '').replaceAll(STORY, '') ?? '', /perdita della casa/);
  });

  it('names in the consent every desk that will read, and in the summary who gets what', async () => {
    const talk = await toConsent();
    const consent = await talk.say('request.consent.nonsense');
    for (const name of ['Centro antiviolenza Luna: ', 'Segretariato Sociale'])
      assert.ok(consent.text.includes(name), name);
    const summary = await talk.say('request.consent.yes', ...toSummary, 'due righe');
    assert.match(summary.text, /A Centro antiviolenza Luna: qualcuno/);
    assert.match(summary.text, /A Segretariato Sociale.*: uno sfratto/);
    assert.match(summary.text, /nota va solo a: Centro antiviolenza Luna/);
  });

  for (const [index, gone, kept] of [
    [0, CAV, SOCIAL],
    [1, SOCIAL, CAV],
  ] as const)
    it(`leaves ${gone} out where the person says so, need and all`, async () => {
      const talk = await toConsent();
      await talk.say(`request.consent.without.${index}`, 'request.consent.yes', ...toSummary, 'request.note.skip');
      await talk.say('request.summary.send');
      const cases = await talk.cases();
      assert.deepEqual(
        cases.map(({ deskId, part }) => [deskId, part]),
        [[kept, 1]],
      );
      assert.equal(cases[0]?.details.needs.length, 1);
      assert.equal((await talk.mails()).filter(({ kind }) => kind === 'request').length, 1);
      const other = kept === SOCIAL ? /violence|relational/ : /housing|eviction/;
      assert.doesNotMatch(JSON.stringify(cases[0]?.details.answers), other);
    });

  it('takes no desk out beyond the last, and puts all back when asked again', async () => {
    const talk = await toConsent();
    await talk.say('request.consent.without.0', 'request.consent.without.0');
    const again = await talk.say('change.request.consent');
    assert.ok(again.choices.some(({ id }) => id === 'request.consent.without.1'));
    await talk.say('request.consent.yes', ...toSummary, 'request.note.skip', 'request.summary.send');
    assert.equal((await talk.cases()).length, 2);
  });

  it('keeps who gets what, whatever else is said on the way', async () => {
    const talk = await toConsent();
    await talk.say('request.consent.yes', 'request.safe_first.any', 'Fiordaliso', '320 000 0123');
    await talk.say(
      'non riesco a pagare la bolletta della luce',
      'request.when.any',
      'request.note.skip',
      'request.summary.send',
    );
    const cases = (await talk.cases()).filter(({ state }) => state === 'requested').toSorted((a, b) => a.part - b.part);
    assert.deepEqual(
      cases.map(({ details }) => details.needs.map(({ need }) => need)),
      [['violence'], ['eviction']],
    );
  });
});

describe('the parts of a request', () => {
  const { directory } = testEnvironment();
  const bills = referralOf('bills');
  const care = referralOf('elderly_care');
  const violence = referralOf('violence');

  it('are one where one inbox answers for both', () => {
    for (const comune of COMUNI) {
      const parts = partsOf(directory, [bills, care], comune);
      const inboxes = parts.map(({ desk }) => desk.inbox?.address);
      assert.deepEqual(inboxes, [...new Set(inboxes)], comune);
      assert.equal(parts.flatMap(({ referrals }) => referrals).length, 2, comune);
    }
  });

  it('keep the order of the needs', () => {
    const [first, second] = partsOf(directory, [violence, bills], 'porcari');
    assert.deepEqual([first?.referrals, second?.referrals], [[violence], [bills]]);
    assert.equal(first?.desk.id, CAV);
  });

  it('go to the comune’s own desk where the need’s desk takes no mail; to nobody where nobody does', () => {
    const without = (blind: (desk: Desk) => boolean): Directory => ({
      ...directory,
      desks: (service, comune) =>
        directory.desks(service, comune).map((desk) => {
          const { inbox: _, ...rest } = desk;
          return blind(desk) ? rest : desk;
        }),
    });
    const [only] = partsOf(
      without(({ service }) => service === 'anti_violence_centre'),
      [violence],
      'porcari',
    );
    assert.equal(only?.desk.service, 'segretariato');
    assert.deepEqual(
      partsOf(
        without(() => true),
        [violence, bills],
        'porcari',
      ),
      [],
    );
  });
});
