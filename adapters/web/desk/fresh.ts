// `/s/f/<token>`: an inbox sees the facts of its desks as citizens do, says that they hold, or corrects them.
// What an answer changes is left to bot/fresh, deciding on a correction to the coordinator's page.
import { answered, canBe, proposalsOf, verified } from '../../../bot/fresh/answer.ts';
import type { Correction } from '../../../bot/fresh/answer.ts';
import { correctionMail } from '../../../bot/fresh/correction-mail.ts';
import { shownFacts } from '../../../bot/fresh/facts.ts';
import { checkOf, groupsOf, ownerOf } from '../../../bot/fresh/owners.ts';
import type { Owner } from '../../../bot/fresh/owners.ts';
import { dayWords } from '../../../bot/mail/dates.ts';
import type { DeskCheck, Desk, Proposal } from '../../../bot/ports.ts';
import type { Route, WebAnswer, WebRequest } from '../http.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';
import { deskForm, field } from './kit/form.ts';
import type { FormView } from './kit/form.ts';
import type { Kit, PageSpec } from './kit/kit.ts';
import { subjectOf } from './kit/subject.ts';
import type { Subject } from './kit/subject.ts';

const ACTIONS = ['right', 'correct'] as const;

interface Asked {
  owner: Owner;
  subject: Subject;
  check: DeskCheck;
  /** Corrections of its desks that wait for the coordinator. */
  waiting: Proposal[];
}

export function freshRoutes(kit: Kit): Route[] {
  return kit.routes('/s/f/*', {
    get: async (request) => {
      const asked = await readAsked(kit, request);
      return 'status' in asked ? asked : show(kit, request, asked, { notice: doneNotice(kit, request) });
    },
    post: async (request) => {
      const asked = await readAsked(kit, request);
      return 'status' in asked ? asked : act(kit, request, asked);
    },
  });
}

async function readAsked(kit: Kit, request: WebRequest): Promise<Asked | WebAnswer> {
  const { say, store, env } = kit;
  const link = kit.link(request, 'fresh');
  if (!link) return kit.notFound();
  const { about, epoch } = link.claims;
  const owner = ownerOf(env.directory, about);
  if (!owner) return kit.notFound();
  if (link.expired)
    return kit.page({
      status: 410,
      heading: say('fresh:expired.heading'),
      body: html`<p>${say('fresh:expired.text')}</p>`,
    });
  const none = { deskId: about, askedAt: null, unanswered: 0, verifiedAt: null };
  const check = checkOf(owner, await store.deskChecks()) ?? none;
  const ids = owner.desks.map(({ id }) => id);
  const waiting = (await store.proposals()).filter(({ state, deskId }) => state === 'open' && ids.includes(deskId));
  return { owner, check, waiting, subject: subjectOf('fresh', about, epoch, about) };
}

async function act(kit: Kit, request: WebRequest, asked: Asked): Promise<WebAnswer> {
  const { say, store, clock, env } = kit;
  const passed = await kit.guard.check(request, asked.subject, ACTIONS);
  if (!passed.ok)
    return show(kit, request, asked, { ...kit.stopped(passed.why), sent: { form: passed.form, why: passed.why } });
  const { form, cookie, nonce, by, action } = passed;
  const wrong = wrongNames(kit, asked.owner, form);
  if (wrong.length > 0) {
    const notice = { kind: 'stop' as const, text: say('desk:wrong.notice') };
    return show(kit, request, asked, { status: 422, notice, cookie, sent: { form, why: undefined }, wrong });
  }
  const at = clock();
  const proposals = proposalsOf(corrections(kit, asked.owner, form), by, at, env.ids.uuid);
  // What was typed and the button that was pressed must say the same.
  const unclear = action === 'right' ? proposals.length > 0 : proposals.length === 0;
  if (unclear) {
    const text = say(action === 'right' ? 'fresh:page.both' : 'fresh:page.nothing');
    return show(kit, request, asked, {
      status: 422,
      notice: { kind: 'stop', text },
      cookie,
      sent: { form, why: undefined },
    });
  }
  const whole = action === 'right' || form.get('rest') === 'yes';
  const check = whole ? verified(asked.check, at) : answered(asked.check);
  const outbox = correctionMail(env, proposals, at);
  const saved = await store.saveDeskCheck(check, { proposals, nonce, outbox, at });
  if (saved === 'committed') await kit.answered?.();
  if (saved === 'committed' && outbox.length > 0) kit.mailed();
  // Pressed twice, it was done the first time.
  return kit.seeOther(action, cookie);
}

function doneNotice({ say }: Kit, { query }: WebRequest): PageSpec['notice'] {
  const done = ACTIONS.find((action) => action === query.get('ok'));
  return done && { kind: 'done', text: say(`fresh:done.${done}`) };
}

/** `wrong`: names of fields with what cannot be so. */
type Around = Pick<PageSpec, 'status' | 'notice' | 'cookie'> & Pick<FormView, 'sent'> & { wrong?: string[] };

function show(kit: Kit, request: WebRequest, asked: Asked, { sent, wrong = [], ...around }: Around): WebAnswer {
  const { say, guard, env } = kit;
  const { owner, subject, check } = asked;
  const known = guard.visitor(request, subject);
  const view: FormView = { say, once: guard.once(subject), visitor: known, ...(sent ? { sent } : {}) };
  const groups = groupsOf(owner).map((group) => card(kit, view, { ...asked, wrong }, group));
  const form = deskForm(view, 'facts', html`${groups}`, [
    { action: 'right', label: say('fresh:page.right'), look: 'main' },
    { action: 'correct', label: say('fresh:page.correct') },
  ]);
  const last =
    check.verifiedAt && html`<p class="muted">${say('fresh:page.last', { day: dayWords(check.verifiedAt, 'it') })}</p>`;
  return kit.page({
    heading: say('fresh:page.heading'),
    over: env.directory.comune(owner.comune).name,
    ...around,
    body: html`<p>${say('fresh:page.intro')}</p>
      ${last ?? undefined} ${form}`,
  });
}

function card(
  kit: Kit,
  view: FormView,
  { waiting, wrong }: Asked & { wrong: string[] },
  { desk, also }: { desk: Desk; also: Desk[] },
): Html {
  const { say, env } = kit;
  const facts = shownFacts(desk, say, env.freshness(desk.id));
  const rows = facts.map(
    (fact) =>
      html`<div>
        <dt>${say(`fresh:field.${fact.field}`)}</dt>
        <dd>${fact.shown}</dd>
        ${fact.dated !== '' && html`<dd class="muted">${fact.dated}</dd>`}
      </div>`,
  );
  const told = waiting
    .filter(({ deskId }) => deskId === desk.id)
    .map(({ field, after }) => html`<li>${say('fresh:page.told', { field: say(`fresh:field.${field}`), after })}</li>`);
  const others = [...new Set(also.map(({ name }) => name))].filter((name) => name !== desk.name).join('; ');
  return html`<section class="card">
    <h2>${desk.name}</h2>
    ${others !== '' && html`<p class="muted">${say('fresh:page.also', { desks: others })}</p>`}
    <dl>${rows}</dl>
    ${
      told.length > 0 &&
      html`<ul class="plain-list">
        ${told}
      </ul>`
    }
    ${inputs(view, desk, facts, wrong)}
  </section>`;
}

/** Open where something was typed and the page comes back. */
function inputs(view: FormView, desk: Desk, facts: ReturnType<typeof shownFacts>, wrong: string[]): Html {
  const { say, sent } = view;
  const spots = spotsOf(desk, facts);
  const typed = spots.some(({ name }) => (sent?.form.get(name) ?? '') !== '');
  const fields = spots.map(({ name, field: what, before }, index) =>
    field(view, {
      id: `${desk.id}-${index}`,
      name,
      label: say('fresh:page.new', { field: say(`fresh:field.${what}`) }),
      ...(what === 'hours' ? { hint: say('fresh:page.hours_hint') } : {}),
      ...(what === 'phone' && before !== '' ? { hint: say('fresh:page.instead', { before }) } : {}),
      ...(what === 'other' ? { type: 'textarea', hint: say('fresh:page.other_hint') } : {}),
      maxlength: what === 'other' ? 1000 : 300,
      autocomplete: 'off',
      wrong: wrong.includes(name) ? say('fresh:page.no_address') : undefined,
    }),
  );
  const rest = html`<div class="option">
    <input type="checkbox" id="${desk.id}-rest" name="rest" value="yes" />
    <label for="${desk.id}-rest">${say('fresh:page.rest')}</label>
  </div>`;
  return html`<details${typed && html` open`}>
    <summary>${say('fresh:page.fix')}</summary>
    <div class="inside">${fields} ${rest}</div>
  </details>`;
}

interface Spot {
  /** Of the field in the form. */
  name: string;
  field: Correction['field'];
  before: string;
}

function spotsOf(desk: Desk, facts: ReturnType<typeof shownFacts>): Spot[] {
  const shown = facts.flatMap(({ field, kept }) => (field === 'appointment' ? [] : [{ field, before: kept }]));
  return [...shown, { field: 'other' as const, before: '' }].map(({ field, before }, index) => ({
    name: `${desk.id}.${field}.${index}`,
    field,
    before,
  }));
}

function wrongNames({ say }: Kit, owner: Owner, form: URLSearchParams): string[] {
  return groupsOf(owner).flatMap(({ desk }) =>
    spotsOf(desk, shownFacts(desk, say, undefined)).flatMap(({ name, field }) =>
      canBe(field, form.get(name) ?? '') ? [] : [name],
    ),
  );
}

function corrections({ say }: Kit, owner: Owner, form: URLSearchParams): Correction[] {
  return groupsOf(owner).flatMap(({ desk }) =>
    spotsOf(desk, shownFacts(desk, say, undefined)).map(({ name, field, before }) => ({
      desk,
      field,
      before,
      after: form.get(name) ?? '',
    })),
  );
}
