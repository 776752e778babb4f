// The coordinator's part of the freshness contract: what is shown of a correction, approved, rejected, and kept for the editor.
// The page around it is left to that page's own test: here the section stands on a page of the test.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeName, decideProposal, proposalsSection } from '../adapters/web/desk/proposals.ts';
import type { Decided, ProposalAction } from '../adapters/web/desk/proposals.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';
import type { Proposal } from '../bot/ports.ts';
import { freshWorld } from './support/fresh.ts';
import type { FreshWorld } from './support/fresh.ts';

const DESK = 'porcari-segretariato';

describe('the corrections before the coordinator', () => {
  let world: FreshWorld;
  beforeEach(async () => {
    world = await freshWorld('2026-11-24T10:00');
  });
  afterEach(async () => world.close());

  const kit = () => ({
    say: world.env.words.say('it'),
    env: world.env,
    store: world.store,
    clock: world.now,
    answered: async () => world.freshness.refresh(),
  });
  const page = async (looked?: Decided['looked']): Promise<string> => {
    const view = { say: world.env.words.say('it'), once: 'once', visitor: { name: 'Coordinatrice', proven: true } };
    return (await proposalsSection(kit(), view, world.dataDir, looked)).text;
  };
  const proposed = async (part: Partial<Proposal>): Promise<Proposal> => {
    const proposal: Proposal = {
      id: world.env.ids.uuid(),
      deskId: DESK,
      field: 'phone',
      before: '0583 211899',
      after: '0583 000 111',
      by: 'G. Prova',
      at: world.now(),
      state: 'open',
      decidedAt: null,
      ...part,
    };
    const check = { deskId: DESK, askedAt: world.now(), unanswered: 0, verifiedAt: null };
    await world.store.saveDeskCheck(check, { proposals: [proposal], at: world.now() });
    return proposal;
  };
  const press = async (action: ProposalAction, form: Record<string, string>): Promise<Decided> =>
    decideProposal(kit(), action, new URLSearchParams(form), world.dataDir);
  const stateOf = async ({ id }: Proposal) => (await world.store.proposals()).find((one) => one.id === id)?.state;
  const kept = (): string[] => {
    try {
      return readdirSync(join(world.dataDir, 'directory-changes')).sort();
    } catch {
      return [];
    }
  };

  it('shows what is, what the desk writes, who is touched, and the patch', async () => {
    assert.match(await page(), /Nessuna correzione in attesa/);
    await proposed({});
    const text = await page();
    for (const words of [
      '0583 211899',
      '0583 000 111',
      'G. Prova, 24 novembre 2026',
      'Punto Insieme',
      '+        date: 2026-11-24',
    ])
      assert.ok(text.includes(words), words);
    assert.doesNotMatch(text, /fresh:|undefined|\{\{/);
  });

  it('keeps an approved change for the editor, and leaves the running directory alone', async () => {
    const proposal = await proposed({});
    const before = readFileSync(new URL('../directory/porcari.yaml', import.meta.url), 'utf8');
    const form = { proposal: proposal.id, value: proposal.after, seen: proposal.after };
    const { status, done } = await press('proposal_approve', form);
    assert.deepEqual([status, done], [303, 'approved']);
    assert.equal(await stateOf(proposal), 'approved');
    const name = changeName(proposal);
    assert.match(name, /^2026-11-24-porcari-segretariato-phone-[0-9a-f]{8}$/);
    assert.deepEqual(kept(), [`${name}.patch`, `${name}.yaml`]);
    const text = readFileSync(join(world.dataDir, 'directory-changes', `${name}.yaml`), 'utf8');
    assert.ok(text.includes('- number: "0583 000 111"'));
    assert.ok(!text.includes('G. Prova'), 'who answered is not published with the directory');
    assert.equal(readFileSync(new URL('../directory/porcari.yaml', import.meta.url), 'utf8'), before);
    assert.equal(loadDirectory().desk(DESK)?.phones[0]?.value.shown, '0583 211899');
    assert.match(await page(), new RegExp(`${name}\\.patch`));
    assert.equal((await press('proposal_reject', form)).status, 409, 'decided once');
    assert.equal(await stateOf(proposal), 'approved');
  });

  it('asks for hours in the directory’s own form, and shows them back in words before they are approved', async () => {
    const proposal = await proposed({ field: 'hours', before: 'Tu,Th 09:00-12:00', after: 'martedì dalle 9 alle 13' });
    assert.match(await page(), /Li scriva nella forma della rubrica/);
    assert.doesNotMatch(await page(), /value="proposal_approve"/);
    const words = await press('proposal_approve', {
      proposal: proposal.id,
      value: proposal.after,
      seen: proposal.after,
    });
    assert.deepEqual([words.status, await stateOf(proposal)], [422, 'open']);
    const form = { proposal: proposal.id, value: 'Tu 09:00-13:00' };
    const unseen = await press('proposal_approve', { ...form, seen: '' });
    assert.deepEqual([unseen.status, await stateOf(proposal)], [200, 'open']);
    assert.match(await page(unseen.looked), /I cittadini leggeranno: martedì 9–13/);
    assert.match(await page(unseen.looked), /value="proposal_approve"/);
    await press('proposal_approve', { ...form, seen: form.value });
    assert.equal(await stateOf(proposal), 'approved');
    const file = readFileSync(join(world.dataDir, 'directory-changes', `${changeName(proposal)}.yaml`), 'utf8');
    assert.ok(file.includes('value: "Tu 09:00-13:00"'));
  });

  it('approves nothing that the directory would refuse', async () => {
    const proposal = await proposed({ after: 'chiamare il 12' });
    assert.match(await page(), /La rubrica non lo accetta scritto così\. Lo scriva per intero/);
    const form = { proposal: proposal.id, value: proposal.after, seen: proposal.after };
    assert.deepEqual(
      [(await press('proposal_approve', form)).status, await stateOf(proposal), kept()],
      [422, 'open', []],
    );
    // The coordinator may mend it.
    const mended = await press('proposal_look', { ...form, value: '0583 000 112' });
    assert.match(await page(mended.looked), /\+ {6}- number: &quot;0583 000 112&quot;/);
  });

  it('warns that a new address is where requests will go', async () => {
    await proposed({ field: 'email', before: 'sportellosociale@comune.porcari.lu.it', after: 'altro@comune.example' });
    assert.match(await page(), /class="caution">A questo indirizzo arriveranno le richieste/);
  });

  it('leaves words to be written by hand, and a rejected correction without a trace in the files', async () => {
    const words = await proposed({ field: 'other', before: '', after: 'Chiuso in agosto.' });
    assert.match(await page(), /Chiuso in agosto\.[\s\S]*va scritta a mano/);
    await press('proposal_approve', { proposal: words.id });
    assert.equal(await stateOf(words), 'approved');
    const wrong = await proposed({});
    assert.equal((await press('proposal_reject', { proposal: wrong.id })).status, 303);
    assert.deepEqual([await stateOf(wrong), kept()], ['rejected', []]);
  });

  it('says so where there is no such correction', async () => {
    assert.equal((await press('proposal_approve', { proposal: 'nessuna' })).status, 409);
  });
});
