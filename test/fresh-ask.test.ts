// The monthly question to the owners of the facts, over a year of moved clock: when, to whom, once, and what silence does.
// The page behind its link is left to fresh-page.test.ts.
import assert from 'node:assert/strict';
import { isStale } from '../bot/fresh/checks.ts';
import { monthOf, romeDay } from '../bot/fresh/months.ts';
import { ownersOf } from '../bot/fresh/owners.ts';
import { verified } from '../bot/fresh/answer.ts';
import { deskLines } from '../bot/desk-lines.ts';
import type { ClaimedMail } from '../bot/ports.ts';
import type { Environment } from '../bot/talk.ts';
import { freshWorld, rome } from './support/fresh.ts';
import type { FreshWorld } from './support/fresh.ts';

const PORCARI = 'sportellosociale@comune.porcari.lu.it';
const DESK = 'porcari-segretariato';

const to = (mails: ClaimedMail[]): string[] => mails.map(({ mail }) => mail.to[0]?.address ?? '');

/** What the card of that desk says of its facts. */
function card(env: Environment, at: Date, language = 'it', id = DESK): { freshness: string; stale: boolean } {
  const desk = env.directory.desk(id);
  assert.ok(desk);
  return deskLines({ env, at, state: { language } }, desk, 'porcari');
}

describe('the monthly question to the owners', () => {
  let world: FreshWorld;
  beforeEach(async () => {
    world = await freshWorld('2026-11-24T10:00');
  });
  afterEach(async () => world.close());

  const answer = async (): Promise<void> => {
    const check = (await world.store.deskChecks()).find(({ deskId }) => deskId === DESK);
    assert.ok(check);
    await world.store.saveDeskCheck(verified(check, world.now()), { at: world.now() });
    await world.freshness.refresh();
  };

  it('writes to nobody when the service starts', async () => {
    assert.deepEqual(await world.mails(), []);
    await world.at('2026-11-30T23:59');
    assert.deepEqual(await world.mails(), []);
  });

  it('goes out on the first working day of each month, at half past nine, in a whole year', async () => {
    const days: string[] = [];
    for (let day = rome('2026-12-01T09:31').getTime(); days.length < 13; day += 86_400_000) {
      // The clocks change twice meanwhile: the moment is told anew each day.
      const today = romeDay(new Date(day));
      if (Number(today.slice(8)) > 6 && !today.endsWith('20')) continue;
      await world.at(`${today}T09:29`);
      assert.deepEqual(await world.mails(), [], `${today} 09:29`);
      await world.at(`${today}T09:30`);
      if (to(await world.mails()).includes(PORCARI)) days.push(today);
    }
    assert.deepEqual(days, [
      '2026-12-01',
      '2027-01-04', // the 1st is New Year, then a weekend
      '2027-02-01',
      '2027-03-01',
      '2027-04-01',
      '2027-05-03', // Labour Day on a Saturday
      '2027-06-01',
      '2027-07-01',
      '2027-08-02',
      '2027-09-01',
      '2027-10-01',
      '2027-11-02', // All Saints
      '2027-12-01',
    ]);
  }).timeout(20_000);

  it('is one mail for each inbox, with all its desks and one link', async () => {
    await world.at('2026-12-01T10:00');
    const mails = await world.mails();
    const owners = ownersOf(world.env.directory);
    assert.deepEqual(to(mails).toSorted(), owners.map(({ inbox }) => inbox.address).toSorted());
    assert.equal(new Set(to(mails)).size, mails.length);
    assert.ok(!to(mails).some((address) => /luna|crilucca/.test(address)), 'only the comuni are asked');
    const lucca = mails.find(({ mail }) => mail.to[0]?.address === 'segretariatosociale@comune.lucca.it');
    const text = lucca?.mail.text ?? '';
    for (const place of ['Palazzo Orsetti', 'Campo di Marte', 'San Vito']) assert.ok(text.includes(place), place);
    assert.equal(text.match(/https:\/\/\S+/g)?.length, 1);
  });

  it('shows the facts as citizens read them, each with its date, and digits that the link does not hold', async () => {
    await world.at('2026-12-01T10:00');
    const mail = (await world.mails()).find(({ mail }) => mail.to[0]?.address === PORCARI);
    assert.ok(mail);
    const { text, subject } = mail.mail;
    assert.deepEqual([mail.kind, mail.caseId], ['fresh', '']);
    assert.ok(text.includes('Telefono: 0583 211899 (dato: aprile 2025)'), text);
    assert.ok(text.includes('Orari: martedì e giovedì 9–12 (dato: aprile 2025)'), text);
    assert.ok(text.includes('E-mail: sportellosociale@comune.porcari.lu.it (dato: 4 febbraio 2022)'), text);
    assert.ok(text.includes('Indirizzo: Piazza Felice Orsi, Porcari'), text);
    assert.ok(text.includes('Appuntamento: solo su appuntamento'), text);
    assert.match(subject, /è ancora giusto\?$/);
    const link = /https:\/\/\S+/.exec(text)?.[0] ?? '';
    const read = world.env.links.read('fresh', link.split('/').at(-1) ?? '', world.now());
    assert.deepEqual([read?.claims.about, read?.claims.epoch, read?.expired], [DESK, 202612, false]);
    const digits = world.env.links.digits(`fresh ${DESK} 202612`);
    assert.ok(text.includes(`: ${digits}\n`));
    assert.doesNotMatch(text, /undefined|fresh:|\{\{/);
  });

  it('is asked once, however often and by however many processes', async () => {
    const other = world.another();
    await world.at('2026-12-01T09:45');
    await Promise.all([world.freshness.run(), other.freshness.run(), world.freshness.run()]);
    await other.freshness.run();
    assert.equal(to(await world.mails()).filter((address) => address === PORCARI).length, 1);
    await world.restart();
    await world.at('2026-12-15T10:00');
    assert.deepEqual(await world.mails(), []);
  });

  it('is one mail after a standstill of months, and one unanswered at most', async () => {
    await world.at('2026-12-01T10:00');
    await world.mails();
    await world.restart();
    await world.at('2027-05-20T03:00');
    assert.equal(to(await world.mails()).filter((address) => address === PORCARI).length, 1);
    const check = (await world.store.deskChecks()).find(({ deskId }) => deskId === DESK);
    assert.equal(check?.unanswered, 2);
    await world.at('2027-06-01T10:00');
    assert.equal(to(await world.mails()).filter((address) => address === PORCARI).length, 1);
  });

  it('turns the card amber after two mails without an answer, and an answer turns it back', async () => {
    const before = card(world.env, world.now());
    assert.deepEqual(
      [before.stale, before.freshness],
      [false, 'Dato pubblicato: 4 febbraio 2022. Da confermare: telefoni prima di andare.'],
    );
    await world.at('2026-12-01T10:00');
    await world.mails();
    assert.equal(card(world.env, world.now()).stale, false);
    await world.at('2027-01-04T10:00');
    assert.equal(card(world.env, world.now()).stale, false, 'the second mail has only just gone');
    assert.match(
      (await world.mails()).find(({ mail }) => mail.to[0]?.address === PORCARI)?.mail.text ?? '',
      /diremo di telefonare/,
    );
    await world.at('2027-01-19T10:00');
    const amber = card(world.env, world.now());
    assert.deepEqual([amber.stale, amber.freshness], [true, 'Verificato a febbraio 2022: telefoni prima di andare.']);
    assert.deepEqual(
      ['en', 'ro'].map((language) => card(world.env, world.now(), language).freshness),
      [
        'Last checked in February 2022: please phone before you go.',
        'Verificat în februarie 2022: sunați înainte de a merge.',
      ],
    );
    await world.mails();
    await world.at('2027-02-01T10:00');
    assert.match(
      (await world.mails()).find(({ mail }) => mail.to[0]?.address === PORCARI)?.mail.text ?? '',
      /ora diciamo di telefonare/,
    );
    await answer();
    const green = card(world.env, world.now());
    assert.deepEqual([green.stale, green.freshness], [false, 'Verificato dallo sportello lunedì 1 febbraio 2027.']);
    assert.equal(card(world.env, world.now(), 'it', 'porcari-punto-insieme').freshness, green.freshness);
    await world.restart();
    await world.freshness.run();
    assert.equal(card(world.env, world.now()).freshness, green.freshness, 'also after a restart');
  });

  it('says the day of the last answer when the desk falls silent again', async () => {
    await world.at('2026-12-01T10:00');
    await answer();
    for (const day of ['2027-01-04', '2027-02-01', '2027-02-16']) await world.at(`${day}T10:00`);
    const amber = card(world.env, world.now());
    assert.deepEqual([amber.stale, amber.freshness], [true, 'Verificato a dicembre 2026: telefoni prima di andare.']);
  });

  it('never hides a desk, and asks nothing of lines without an inbox', async () => {
    const desk = world.env.directory.desk('emergency-112');
    assert.ok(desk);
    for (const day of ['2026-12-01', '2027-01-04', '2027-02-01', '2027-03-01']) await world.at(`${day}T10:00`);
    assert.equal(world.checks.get('emergency-112'), undefined);
    assert.ok(world.env.directory.desks('segretariato', 'porcari').some(({ id }) => id === DESK));
    assert.ok(isStale(world.checks.get(DESK), world.now()));
  });

  it('numbers the question by its month in Rome', () => {
    assert.equal(monthOf(new Date('2026-11-30T23:30:00Z')), 202612);
    assert.equal(monthOf(new Date('2026-11-30T22:30:00Z')), 202611);
  });
});
