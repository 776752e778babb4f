// The list of a desk's open cases: who waits longest first, what is urgent and where care is needed in plain words. To be printed too.
// No name and no need stands on it, and no way to a case for who has not typed the mail's digits; each case is left to its own page.
import { caseLink } from '../../../bot/cases/proof.ts';
import { cautions } from '../../../bot/mail/person.ts';
import { urgencyOf } from '../../../bot/mail/request.ts';
import type { Case, Desk } from '../../../bot/ports.ts';
import type { WebAnswer, WebRequest } from '../http.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';
import { officeOf } from './case/targets.ts';
import { momentWords, stateWords } from './case/words.ts';
import { deskForm } from './kit/form.ts';
import type { FormView } from './kit/form.ts';
import type { Stopped, Visitor } from './kit/guard.ts';
import type { Kit } from './kit/kit.ts';
import type { Subject } from './kit/subject.ts';

const DAY_MS = 86_400_000;

/** What a link to a list opens. */
export interface DeskList {
  desk: Desk;
  subject: Subject;
  /** When the link ends: those on the list end with it, so that it renews nothing. */
  until: Date;
}

export async function listPage(
  kit: Kit,
  request: WebRequest,
  { desk, subject, until }: DeskList,
  stopped?: Stopped,
): Promise<WebAnswer> {
  const { say } = kit;
  const visitor = kit.guard.visitor(request, subject);
  const view: FormView = {
    say,
    once: kit.guard.once(subject),
    visitor,
    whoHint: say('desk:form.who_hint_told'),
    ...(stopped ? { sent: { form: stopped.form, why: stopped.why } } : {}),
  };
  const cases = await casesOf(kit, desk);
  const at = kit.clock();
  return kit.page({
    ...(stopped ? kit.stopped(stopped.why) : {}),
    over: desk.name,
    heading: say('desk:list.heading', { count: cases.length }),
    body: html`${cases.length === 0 ? html`<p class="card">${say('desk:list.empty')}</p>` : table(kit, cases, at, proven(visitor) ? until : undefined)}
      <p class="muted">${say('desk:list.read', { when: momentWords(at) })}</p>
      ${who(view)}
      <p class="no-print"><a href="../../carta">${say('desk:list.sheet')}</a></p>`,
  });
}

/** Of every desk of that inbox, the oldest first. */
async function casesOf({ env, store }: Kit, desk: Desk): Promise<Case[]> {
  const all = await Promise.all(officeOf(env.directory, desk).map(({ id }) => store.openCases(id)));
  const asked = ({ requestedAt, createdAt }: Case): number => (requestedAt ?? createdAt).getTime();
  return all.flat().toSorted((a, b) => asked(a) - asked(b));
}

/** Whoever types the digits of the list's own mail may act on each of its cases without those of every mail. */
export async function postList(kit: Kit, request: WebRequest, list: DeskList): Promise<WebAnswer> {
  const checked = await kit.guard.check(request, list.subject, ['enter', 'rename'] as const);
  if (!checked.ok) return listPage(kit, request, list, checked);
  return kit.seeOther('', checked.action === 'rename' ? kit.guard.forgetName(request) : checked.cookie);
}

function who(view: FormView): Html {
  const { say, visitor } = view;
  const { name } = visitor;
  if (proven(visitor))
    return html`<div class="signed no-print">
      <p>${say('desk:act.signed', { name })}</p>
      ${deskForm(view, 'rename', html``, [{ action: 'rename', label: say('desk:act.rename', { name }), look: 'link' }])}
    </div>`;
  return html`<section class="card no-print" aria-labelledby="who-title">
    <h2 id="who-title">${say('desk:list.who')}</h2>
    <p class="hint">${say('desk:list.who_hint')}</p>
    ${deskForm(view, 'enter', html``, [{ action: 'enter', label: say('desk:act.enter'), look: 'main' }])}
    ${view.sent?.why === 'locked' && html`<p><a class="button plain" href="../../s">${say('desk:list.ask_again')}</a></p>`}
  </section>`;
}

function proven({ name, proven: typed }: Visitor): boolean {
  return typed && name !== '';
}

/** `until`: absent for who has proven nothing yet. */
function table(kit: Kit, cases: Case[], at: Date, until: Date | undefined): Html {
  const { say } = kit;
  const columns = ['code', 'state', 'waits', 'care'] as const;
  return html`<div class="card">
    <table class="stack">
      <caption>
        ${say('desk:list.caption')}
      </caption>
      <thead>
        <tr>
          ${columns.map((one) => html`<th scope="col">${say(`desk:list.${one}`)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${cases.map((made) => row(kit, made, at, until))}
      </tbody>
    </table>
  </div>`;
}

function row({ say, env }: Kit, made: Case, at: Date, until: Date | undefined): Html {
  const since = made.life.since ? new Date(made.life.since) : (made.requestedAt ?? made.createdAt);
  const days = Math.max(0, Math.floor((at.getTime() - since.getTime()) / DAY_MS));
  const urgency = urgencyOf(made.details);
  const careful = until !== undefined && cautions(made.details, say).length > 0;
  return html`<tr>
    <td class="whole" data-label="${say('desk:list.code')}">
      ${until ? html`<a href="${addressOf(caseLink(env, made, at, until))}">${made.code ?? ''}</a>` : (made.code ?? '')}
    </td>
    <td data-label="${say('desk:list.state')}">${stateWords(say, env, made)}</td>
    <td class="whole" data-label="${say('desk:list.waits')}">${say('desk:list.days', { count: days })}</td>
    <td>
      ${urgency !== 'none' && html`<span class="mark">${say(`mail:urgency.${urgency}`)}</span> `}
      ${careful && html`<span class="mark">${say('desk:list.careful')}</span>`}
    </td>
  </tr>`;
}

/** Beside this page, whatever name the server goes by. */
function addressOf(url: string): string {
  return `../c/${url.split('/').at(-1) ?? ''}`;
}
