// The coordinator's part of the freshness contract: corrections that desks proposed, how each would change the directory, yes or no.
// The page around it, its link and its guard are left to the coordinator's page; applying a change to a data editor.
import { factDate, hoursInWords } from '../../../bot/when.ts';
import { isField } from '../../../bot/fresh/facts.ts';
import { romeDay } from '../../../bot/fresh/months.ts';
import type { Proposal } from '../../../bot/ports.ts';
import type { Say } from '../../../bot/words.ts';
import { changesFolder, keepChange, keptPatch } from '../../directory/changes.ts';
import { parseHours } from '../../directory/hours.ts';
import { changeFor } from '../../directory/proposal.ts';
import type { Changed } from '../../directory/proposal.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';
import { deskForm, field } from './kit/form.ts';
import type { FormView } from './kit/form.ts';
import type { Kit, PageSpec } from './kit/kit.ts';

/** Buttons of this section, for the guard of the page it stands on. */
export const PROPOSAL_ACTIONS = ['proposal_look', 'proposal_approve', 'proposal_reject'] as const;
export type ProposalAction = (typeof PROPOSAL_ACTIONS)[number];

/** Approved changes stay on the page, with their patch, this long. */
const SHOWN_MS = 30 * 86_400_000;

/** A correction as the coordinator looks at it: the value as it would be written, and what that changes. */
interface Looked {
  value: string;
  /** How citizens will read it. */
  reads: string;
  changed: Changed | { result: 'hours' | 'by_hand' };
}

const DONE_PROPOSALS = ['approved', 'noted', 'rejected'] as const;
type DoneProposal = (typeof DONE_PROPOSALS)[number];

/** What the page says after it; undefined where nothing of the kind was done. */
export function decidedNotice(say: Say, code: string | null): Decided['notice'] | undefined {
  const what = DONE_PROPOSALS.find((one) => one === code);
  return what && { kind: 'done', text: say(`fresh:proposals.${what}`) };
}

export interface Decided {
  status: number;
  notice?: NonNullable<PageSpec['notice']>;
  /** Nothing more is to be shown of it but that it is done: see `decidedNotice`. */
  done?: DoneProposal;
  /** To be given to `proposalsSection`, so that what was typed is shown again. */
  looked?: { id: string; value: string };
}

/** The section, whole: corrections that wait, then those approved of late with their patches. */
export async function proposalsSection(
  kit: Pick<Kit, 'say' | 'env' | 'store' | 'clock'>,
  view: FormView,
  dataDir: string,
  looked?: Decided['looked'],
): Promise<Html> {
  const { say, store, clock } = kit;
  const all = await store.proposals();
  const open = all.filter(({ state }) => state === 'open');
  const since = clock().getTime() - SHOWN_MS;
  const approved = all.filter(({ state, decidedAt }) => state === 'approved' && (decidedAt?.getTime() ?? 0) >= since);
  return html`<section id="proposals">
    <h2>${say('fresh:proposals.heading')}</h2>
    ${open.length === 0 && html`<p>${say('fresh:proposals.none')}</p>`}
    ${open.map((one) => openCard(kit, view, one, looked?.id === one.id ? looked.value : undefined))}
    ${approved.map((one) => approvedCard(kit, one, dataDir))}
  </section>`;
}

/** What a pressed button of the section does. `form` has passed the page's guard. */
export async function decideProposal(
  kit: Pick<Kit, 'say' | 'store' | 'clock' | 'answered'>,
  action: ProposalAction,
  form: URLSearchParams,
  dataDir: string,
): Promise<Decided> {
  const { say, store, clock } = kit;
  const id = form.get('proposal') ?? '';
  const proposal = (await store.proposals()).find((one) => one.id === id);
  if (proposal?.state !== 'open') return stop(409, say('fresh:proposals.decided'));
  const value = form.get('value')?.trim() ?? proposal.after;
  const look = lookAt(proposal, value, say);
  const { result } = look.changed;
  const able = result === 'changed' || result === 'by_hand';
  // Nobody approves what they have not seen as it will be: the value must be the one last looked at.
  const seen = result === 'by_hand' || form.get('seen') === value;
  if (action !== 'proposal_reject' && (action === 'proposal_look' || !able || !seen)) {
    const text = able ? say('fresh:proposals.look_first') : problemWords(look.changed, say);
    return { ...(able ? done(text) : stop(422, text)), looked: { id, value } };
  }
  if (action === 'proposal_approve' && look.changed.result === 'changed')
    keepChange(changesFolder(dataDir), changeName(proposal), look.changed.change);
  const state = action === 'proposal_reject' ? 'rejected' : 'approved';
  if (!(await store.decideProposal(id, state, clock()))) return stop(409, say('fresh:proposals.decided'));
  await kit.answered?.();
  const what = state === 'rejected' ? state : result === 'by_hand' ? 'noted' : 'approved';
  return { status: 303, done: what };
}

/** Under this name a change is kept: `2026-11-24-porcari-segretariato-phone-1a2b3c4d`. */
export function changeName({ id, deskId, field, at }: Proposal): string {
  return [romeDay(at), deskId, field, id.slice(0, 8)].join('-').replaceAll(/[^\w-]/g, '');
}

function lookAt(proposal: Proposal, value: string, say: Say): Looked {
  const { deskId, field, before, at } = proposal;
  if (!isField(field)) return { value, reads: value, changed: { result: 'by_hand' } };
  const reads = field === 'hours' ? hoursRead(value, say) : value;
  if (reads === undefined) return { value, reads: '', changed: { result: 'hours' } };
  const date = romeDay(at);
  const source = say('fresh:source', { day: factDate(date, 'it') ?? date });
  const changed = changeFor({ deskId, field, before, after: value, date, source });
  // A place has a name and an id of its own: an editor writes it.
  return { value, reads, changed: changed.result === 'no_place' ? { result: 'by_hand' } : changed };
}

/** Hours as a citizen would read them; undefined where they are not in the directory's own form. */
function hoursRead(value: string, say: Say): string | undefined {
  try {
    parseHours(value);
    return hoursInWords(value, say, 'it');
  } catch {
    return undefined;
  }
}

function openCard(kit: Pick<Kit, 'say' | 'env'>, view: FormView, proposal: Proposal, typed: string | undefined): Html {
  const { say } = kit;
  const { id, field: what, before, after, by, at } = proposal;
  const look = lookAt(proposal, typed ?? after, say);
  const { result } = look.changed;
  const shownBefore = what === 'hours' ? (hoursRead(before, say) ?? before) : before;
  const day = factDate(romeDay(at), 'it') ?? '';
  const row = (name: string, value: string): Html =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`;
  const input =
    result !== 'by_hand' &&
    field(view, {
      id: `value-${id}`,
      name: 'value',
      label: say('fresh:proposals.value'),
      value: result === 'hours' && typed === undefined ? '' : look.value,
      maxlength: 300,
      autocomplete: 'off',
      ...(what === 'hours' ? { hint: say('fresh:proposals.hours_hint') } : {}),
      wrong: typed !== undefined && result !== 'changed' ? problemWords(look.changed, say) : undefined,
    });
  const able = result === 'changed' || result === 'by_hand';
  return html`<section class="card">
    <h3>${heading(kit, proposal)}</h3>
    <dl>
      ${what !== 'other' && row(say('fresh:proposals.before'), shownBefore === '' ? say('fresh:unknown') : shownBefore)}
      ${row(say('fresh:proposals.after'), after)}
      ${row(say('fresh:proposals.by'), say('fresh:proposals.who', { by, day }))}
    </dl>
    ${preview(look, what, say)}
    ${deskForm(
      view,
      `proposal-${id}`,
      html`<input type="hidden" name="proposal" value="${id}" />
        <input type="hidden" name="seen" value="${result === 'changed' ? look.value : ''}" />
        ${input}`,
      [
        ...(able
          ? [{ action: 'proposal_approve', label: say(`fresh:proposals.yes_${result}`), look: 'main' as const }]
          : []),
        ...(result === 'by_hand' ? [] : [{ action: 'proposal_look', label: say('fresh:proposals.look') }]),
        { action: 'proposal_reject', label: say('fresh:proposals.reject'), look: 'grave' as const },
      ],
    )}
  </section>`;
}

function preview({ changed, reads }: Looked, what: string, say: Say): Html {
  if (changed.result === 'hours') return html`<p>${say('fresh:proposals.hours_needed')}</p>`;
  if (changed.result === 'by_hand') return html`<p>${say('fresh:proposals.by_hand')}</p>`;
  if (changed.result !== 'changed') return html`<p class="wrong">${problemWords(changed, say)}</p>`;
  const { desks, patch } = changed.change;
  return html`<p>${say('fresh:proposals.reads', { reads })}</p>
    ${desks.length > 1 && html`<p>${say('fresh:proposals.desks', { desks: desks.join('; ') })}</p>`}
    ${what === 'email' && html`<p class="caution">${say('fresh:proposals.email')}</p>`} ${patchOf(patch, say)}`;
}

function approvedCard(kit: Pick<Kit, 'say' | 'env'>, proposal: Proposal, dataDir: string): Html {
  const { say } = kit;
  const name = changeName(proposal);
  const patch = keptPatch(changesFolder(dataDir), name);
  return html`<section class="card">
    <h3>${heading(kit, proposal)}</h3>
    <p>
      ${patch === undefined ? say('fresh:proposals.to_write', { after: proposal.after }) : say('fresh:proposals.to_apply', { name })}
    </p>
    ${patch !== undefined && patchOf(patch, say)}
  </section>`;
}

function heading({ say, env }: Pick<Kit, 'say' | 'env'>, { deskId, field: what }: Proposal): string {
  const desk = env.directory.desk(deskId)?.name ?? deskId;
  return say('fresh:correction.item', { desk, field: say(`fresh:field.${what}`).toLowerCase() });
}

function patchOf(patch: string, say: Say): Html {
  return html`<details>
    <summary>${say('fresh:proposals.patch')}</summary>
    <div class="inside scroll"><pre>${patch}</pre></div>
  </details>`;
}

function problemWords(changed: Looked['changed'], say: Say): string {
  return say(`fresh:problem.${changed.result}`);
}

const stop = (status: number, text: string): Decided => ({ status, notice: { kind: 'stop', text } });
const done = (text: string): Decided => ({ status: 200, notice: { kind: 'done', text } });
