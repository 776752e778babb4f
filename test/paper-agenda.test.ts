// The appointment in the person's own calendar: the link in the talk, the file behind it, what it says once things have changed.
// The lines that mails carry are left to mail-calendar.test.ts.
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { refOf } from '../bot/cases/ref.ts';
import type { Reply } from '../bot/message.ts';
import type { Case } from '../bot/ports.ts';
import { deskAct } from './support/desk-acts.ts';
import { askSheet, makeRequest, paperWorld, PUBLIC_URL } from './support/paper.ts';
import type { Opened, PaperPerson, PaperWorld } from './support/paper.ts';

describe('an appointment for the calendar', () => {
  let world: PaperWorld;
  let person: PaperPerson;
  let made: Case;

  before(async () => {
    world = await paperWorld();
  });
  after(() => world.close());
  beforeEach(async () => {
    world.at('2026-11-24T10:00');
    person = world.person('porcari');
    await askSheet(person);
    const code = await makeRequest(person);
    made = (await world.core.store.casesByCode(code))[0] ?? assert.fail(code);
  });

  const desk = async (line: string): Promise<string> => deskAct(world.core, await now(), line);
  const now = async (): Promise<Case> => (await world.core.store.caseById(made.id)) ?? assert.fail('gone');
  const told = async (): Promise<Reply> => {
    const all = await world.core.store.activities(person.id, 0);
    const last = all.at(-1);
    return last?.from === 'bot' ? last.reply : assert.fail('nothing was told');
  };
  const linkIn = (replies: readonly Reply[]): string | undefined =>
    replies
      .flatMap(({ links }) => links)
      .find(({ url }) => url.startsWith(`${PUBLIC_URL}/agenda/`))
      ?.url.slice(PUBLIC_URL.length);
  /** The desk proposes, the person says yes: the link they get. */
  const agreed = async (when = '2026-11-26T09:30'): Promise<string> => {
    assert.equal(await desk(`propose Anna ${when} office`), 'done');
    const yes = (await told()).choices[0]?.id ?? assert.fail('nothing to say yes to');
    return linkIn(await person.tap(yes)) ?? assert.fail('no link to the calendar');
  };

  interface Entry {
    method: string;
    status: string;
    start: string;
    sequence: number;
    uid: string;
    text: string;
  }
  const read = ({ status, headers, text }: Opened): Entry => {
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^text\/calendar/);
    const calendar = new ICAL.Component(ICAL.parse(text));
    const event = calendar.getFirstSubcomponent('vevent') ?? assert.fail('no event');
    const entry = new ICAL.Event(event);
    return {
      method: String(calendar.getFirstPropertyValue('method')),
      status: String(event.getFirstPropertyValue('status')),
      start: entry.startDate.toJSDate().toISOString(),
      sequence: entry.sequence,
      uid: entry.uid,
      text,
    };
  };

  it('comes with the yes, and says nothing of why', async () => {
    const path = await agreed();
    const entry = read(await world.get(path));
    assert.deepEqual([entry.method, entry.status, entry.start], ['PUBLISH', 'CONFIRMED', '2026-11-26T08:30:00.000Z']);
    assert.doesNotMatch(entry.text, /bollett|Fiordaliso|333|sportello sociale|ATTENDEE|ORGANIZER/i);
    assert.doesNotMatch(path, /porcari|PRC|bollett/i);
  });

  it('comes with a time of their own that the desk takes, and with the reminder', async () => {
    const wished = { start: '2026-11-26T08:00:00.000Z', end: '2026-11-26T11:00:00.000Z' };
    await world.core.office.act(made.id, (work) => {
      work.made = { ...work.made, details: { ...work.made.details, preferred: [wished] } };
      return true;
    });
    assert.equal(await desk('confirm Anna'), 'done');
    assert.ok(linkIn([await told()]), (await told()).text);
    world.at('2026-11-25T19:00');
    world.at('2026-11-26T08:05');
    await world.core.sweeper.sweep();
    const reminder = await told();
    assert.match(reminder.text, /26 novembre|oggi/);
    assert.ok(linkIn([reminder]), reminder.text);
  });

  it('is not offered before it is agreed', async () => {
    await desk('propose Anna 2026-11-26T09:30 office');
    assert.equal(linkIn([await told()]), undefined);
  });

  it('tells the truth of now: moved, agreed anew, cancelled, each a later version of the same entry', async () => {
    const path = await agreed();
    const first = read(await world.get(path));
    await desk('propose Anna 2026-11-27T11:00 office');
    const moved = read(await world.get(path));
    assert.deepEqual([moved.status, moved.start], ['TENTATIVE', '2026-11-27T10:00:00.000Z']);
    const yes = (await told()).choices[0]?.id ?? assert.fail('nothing to say yes to');
    const again = linkIn(await person.tap(yes)) ?? assert.fail('no link');
    const agreedAnew = read(await world.get(again));
    assert.deepEqual([agreedAnew.status, agreedAnew.start], ['CONFIRMED', moved.start]);
    assert.equal(read(await world.get(path)).start, moved.start, 'the old link knows it too');
    await person.tap('result.withdraw');
    await person.tap('confirm.withdraw.yes');
    const off = read(await world.get(path));
    assert.equal(off.status, 'CANCELLED');
    assert.ok(first.sequence < moved.sequence && moved.sequence <= agreedAnew.sequence);
    assert.ok(agreedAnew.sequence < off.sequence);
    assert.equal(new Set([first, moved, agreedAnew, off].map(({ uid }) => uid)).size, 1);
  });

  it('is gone with what was erased, and when its link has ended', async () => {
    const path = await agreed();
    await person.say('cancella tutto');
    await person.tap('confirm.erase.yes');
    const erased = await world.get(path);
    assert.equal(erased.status, 404);
    assert.doesNotMatch(erased.text, /BEGIN:|PRC-[2-9A-Z]{5}(?!<)/);
    assert.match(erased.text, /0583 21181/);
  });

  it('opens by its own link alone, for as long as it may matter', async () => {
    const path = await agreed();
    const { env } = world.core;
    const other = env.links.url('case', made.id, 0, world.now(), 5).split('/').at(-1);
    for (const wrong of [`/agenda/${other}`, `${path}x`, '/agenda/', '/agenda/a.b', `/s/c/${path.split('/').at(-1)}`])
      assert.equal((await world.get(wrong)).status, 404, wrong);
    world.at('2026-12-20T10:00');
    assert.equal((await world.get(path)).status, 200);
    world.at('2027-01-10T10:00');
    assert.equal((await world.get(path)).status, 404);
  });

  it('is never made after violence', async () => {
    const needs = [{ area: 'relational', need: 'violence', urgency: 'urgent' }] as const;
    await world.core.office.act(made.id, (work) => {
      work.made = { ...work.made, details: { ...work.made.details, needs: [...needs] } };
      return true;
    });
    await desk('propose Anna 2026-11-26T09:30 office');
    const { life } = await now();
    const replies = await person.tap(`case.accept.${refOf(made)}.${life.appointment?.sequence}`);
    assert.equal((await now()).state, 'confirmed', replies.map(({ text }) => text).join('\n'));
    assert.equal(linkIn(replies), undefined);
    const url = world.core.env.links.url('agenda', made.id, 0, world.now(), 5).slice(PUBLIC_URL.length);
    assert.equal((await world.get(url)).status, 404);
  });
});
