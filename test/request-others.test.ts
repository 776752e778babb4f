// Requests written for another: a relative, a client; what the Punto Insieme asks first; and what is offered once a request is made.
// How a request is parted among desks is left to request-parts.test.ts.
import assert from 'node:assert/strict';
import { readRomeTime } from '../bot/clock.ts';
import { openRequestTalks } from './support/request-talk.ts';
import type { RequestTalk, RequestTalks } from './support/request-talk.ts';

const AT = readRomeTime('2026-11-24T10:00') ?? assert.fail();
const MOTHER = 'mia madre ha 84 anni, è caduta, torna dall’ospedale lunedì e da sola non ce la fa';
const ids = (reply: { choices: { id: string }[] }): string[] => reply.choices.map(({ id }) => id);

let talks: RequestTalks;
before(async () => {
  talks = await openRequestTalks(() => AT);
});
after(() => talks.close());

async function mailOf(talk: RequestTalk): Promise<string> {
  const [request] = (await talk.mails()).filter(({ kind }) => kind === 'request');
  return request?.mail.text ?? assert.fail('no request was mailed');
}

describe('a request for a relative', () => {
  async function toName(...lines: string[]): Promise<RequestTalk> {
    const talk = await talks.begin('capannori');
    await talk.say(MOTHER, 'result.request', 'request.consent.yes', ...lines);
    return talk;
  }
  const rest = [
    'request.when.any',
    'request.safe.any',
    'request.alone.yes',
    'request.doctor.no',
    'lunedì',
    'request.note.skip',
  ];

  it('says who writes, whom to call, and carries the first form of the Punto Insieme', async () => {
    const talk = await toName(
      'request.knows.yes',
      'request.call.writer',
      'Anna, la figlia',
      'Fiordaliso',
      '333 000 0000',
      ...rest,
    );
    await talk.say('request.summary.send');
    const [made] = await talk.cases();
    assert.deepEqual(made?.details.thirdParty, { knows: 'yes', call: 'writer', writer: 'Anna, la figlia' });
    assert.deepEqual(made?.details.puntoInsieme, {
      age: '84',
      livesAlone: 'yes',
      doctorKnows: 'no',
      discharge: 'lunedì',
    });
    assert.equal(made?.details.name, 'Fiordaliso');
    const mail = await mailOf(talk);
    for (const part of ['Anna, la figlia', 'chi ha scritto', 'Età: 84', 'lunedì']) assert.ok(mail.includes(part), part);
  });

  it('asks for the number of whoever is to be called, again when that changes', async () => {
    const talk = await toName('request.knows.yes', 'request.call.person', 'Fiordaliso');
    const asked = await talk.say('boh');
    assert.match(asked.text, /cercare la persona/);
    await talk.say('333 000 0000', ...rest);
    const again = await talk.say('change.request.call', 'request.call.writer', 'Anna');
    assert.match(again.text, /possono risponderLe/);
  });

  it('never has somebody called who does not know of it', async () => {
    const talk = await toName('request.knows.no');
    const [draft] = await talk.cases();
    assert.deepEqual(draft?.details.thirdParty, { knows: 'no', call: 'writer' });
  });

  it('asks the form only of the Punto Insieme, one at a time, and takes no answer for an answer', async () => {
    const talk = await talks.begin('porcari');
    await talk.say('mio zio è anziano e da solo in casa non ce la fa più', 'health.alone.no', 'access.followed.first');
    await talk.say('result.request', 'request.consent.yes', 'request.knows.no', 'Anna', 'zio Beppe', '333 000 0000');
    const age = await talk.say('request.when.any', 'request.safe.any');
    assert.deepEqual(ids(age), ['request.age.skip']);
    await talk.say('request.age.skip', 'request.alone.skip', 'request.doctor.skip', 'request.note.skip');
    const sent = await talk.say('request.summary.send');
    const [made] = await talk.cases();
    assert.deepEqual(made?.details.puntoInsieme ?? {}, {});
    assert.match(sent.text, /30 giorni\. Fonte: nove\.firenze\.it, 2008 \(da confermare\)/);
  });

  it('asks it of nobody else', async () => {
    const talk = await talks.begin('porcari');
    await talk.say("non riesco a pagare l'affitto", 'access.followed.first', 'result.request', 'request.consent.yes');
    const note = await talk.say('Fiordaliso', '333 000 0000', 'request.when.any', 'request.safe.any');
    assert.ok(ids(note).includes('request.note.skip'));
  });
});

describe('a request for a client', () => {
  async function toAgreed(): Promise<RequestTalk> {
    const talk = await talks.begin('lucca');
    await talk.say("sono un'educatrice, scrivo per un nostro utente che non riesce a pagare l'affitto");
    await talk.say('access.followed.first', 'result.request', 'request.consent.yes');
    return talk;
  }
  const rest = ['Gemma', 'B.', '0583 000000', 'request.when.any', 'request.safe.any', 'request.note.skip'];

  it('leaves organization, role, who writes and the consent declared', async () => {
    const talk = await toAgreed();
    await talk.say('request.agreed.yes', 'Cooperativa Inventata, educatrice', ...rest, 'request.summary.send');
    const [made] = await talk.cases();
    assert.deepEqual(made?.details.thirdParty, {
      consent: 'declared',
      call: 'writer',
      organization: 'Cooperativa Inventata',
      role: 'educatrice',
      writer: 'Gemma',
    });
    const mail = await mailOf(talk);
    for (const part of ['Cooperativa Inventata', 'educatrice', 'dichiarato da chi scrive', 'Gemma'])
      assert.ok(mail.includes(part), part);
  });

  it('asks for the role where it was not said', async () => {
    const talk = await toAgreed();
    const asked = await talk.say('request.agreed.yes', 'Cooperativa Inventata');
    assert.match(asked.text, /ruolo/);
    await talk.say('educatrice', ...rest, 'request.summary.send');
    assert.equal((await talk.cases())[0]?.details.thirdParty?.role, 'educatrice');
  });

  it('sends nothing without the consent of the person, keeps nothing, and says whom to call', async () => {
    const talk = await toAgreed();
    const left = await talk.say('request.agreed.no');
    assert.match(left.text, /non ho mandato niente.*0583 442554/s);
    assert.deepEqual([await talk.cases(), await talk.mails()], [[], []]);
  });
});

describe('once a request is made', () => {
  async function send(
    comune: string,
    first: string,
    ...lines: string[]
  ): Promise<{ talk: RequestTalk; offered: string[]; code: string }> {
    const talk = await talks.begin(comune);
    await talk.say(
      first,
      ...lines,
      'result.request',
      'request.consent.yes',
      'Fiordaliso',
      '333 000 0000',
      'request.when.any',
    );
    const sent = await talk.say('request.safe.any', 'request.note.skip', 'request.summary.send');
    return { talk, offered: ids(sent), code: (sent.case ?? '').toLowerCase() };
  }
  const bills = ['non riesco a pagare la bolletta della luce', 'economic.cutoff.no', 'access.followed.first'] as const;

  it('the person may let it be passed on, once', async () => {
    const { talk, code } = await send('porcari', ...bills);
    await talk.say(`case.may_forward.${code}.1`, `case.may_forward.${code}.1`);
    assert.equal((await talk.cases())[0]?.life.mayForward, true);
    assert.deepEqual(
      (await talk.trail()).map(({ type }) => type),
      ['requested', 'forward_allowed'],
    );
  });

  it('they may ask to be asked how it went, where it is only money and no hurry', async () => {
    const { talk, offered, code } = await send('porcari', ...bills);
    assert.ok(offered.includes(`case.follow.${code}.1`));
    await talk.say(`case.follow.${code}.1`, `case.follow.${code}.1`);
    assert.deepEqual((await talk.cases())[0]?.life.checks, { from: AT.toISOString(), asked: [], answers: [] });
  });

  it('not where it presses, is about something else, or nothing may be written', async () => {
    const urgent = await send('porcari', 'mi staccano la luce domani', 'economic.cutoff.notice');
    const rent = await send('porcari', "non riesco a pagare l'affitto", 'access.followed.first');
    for (const { offered } of [urgent, rent])
      assert.ok(!offered.some((id) => id.startsWith('case.follow.')), offered.join());
    const { talk, code } = await send('porcari', "non riesco a pagare l'affitto", 'access.followed.first');
    await talk.say(`case.follow.${code}.1`);
    assert.equal((await talk.cases())[0]?.life.checks, undefined);
  });

  it('who only took the contact may ask for it too: a code, no mail to anybody', async () => {
    const talk = await talks.begin('porcari');
    const card = await talk.say(...bills);
    assert.ok(ids(card).includes('result.follow'));
    const done = await talk.say('result.follow');
    const [made] = await talk.cases();
    assert.equal(made?.state, 'advised');
    assert.equal(done.case, made?.code);
    assert.ok(made?.dueAt && made.dueAt > AT);
    assert.deepEqual(made?.life.checks?.asked, []);
    assert.deepEqual(
      (await talk.trail()).map(({ type }) => type),
      ['advised'],
    );
    assert.deepEqual(await talk.mails(), []);
    const again = await talk.say('result.follow');
    assert.equal((await talk.cases()).length, 1);
    assert.ok(!ids(again).includes('result.follow'));
  });
});
