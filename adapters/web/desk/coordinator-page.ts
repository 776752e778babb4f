// What stands behind the coordinator's link: requests that wait, corrections that desks proposed, the figures of a period, to see or to download.
// Who gets the link is left to coordinator.ts, what may be told to bot/report.
import { createLabels } from '../../../bot/report/labels.ts';
import { makeReport } from '../../../bot/report/make.ts';
import { monthAfter, monthOf } from '../../../bot/report/months.ts';
import { MOST_MONTHS, readPeriod } from '../../../bot/report/period.ts';
import type { Period } from '../../../bot/report/period.ts';
import type { Where } from '../../../bot/report/report.ts';
import { FORMATS, writeReport } from '../../../bot/report/write.ts';
import type { Format } from '../../../bot/report/write.ts';
import { COMUNI } from '../../../flows/types.ts';
import type { WebAnswer, WebRequest } from '../http.ts';
import { html } from '../pages/html.ts';
import { reportBody } from '../report/body.ts';
import { reportPage } from '../report/page.ts';
import { attentionSection } from './attention.ts';
import type { FormView } from './kit/form.ts';
import type { Kit, PageSpec } from './kit/kit.ts';
import type { Subject } from './kit/subject.ts';
import { periodForm } from './period-form.ts';
import { PROPOSAL_ACTIONS, decideProposal, decidedNotice, proposalsSection } from './proposals.ts';
import type { Decided } from './proposals.ts';

/** What the address asks for; `problems` where it is no period. */
function asked(kit: Kit, { query }: WebRequest): { period: Period; where: Where; problems: string[] } {
  const now = kit.clock();
  const given = (name: string): string | undefined => query.get(name) || undefined;
  const names = { from: kit.say('report:page.from'), to: kit.say('report:page.to') };
  const ends = { from: given('from'), to: given('to') };
  const read = ends.from === undefined && ends.to === undefined ? lastYear(now) : readPeriod(ends, now, kit.say, names);
  const where = (['all', ...COMUNI] as const).find((one) => one === query.get('comune')) ?? 'all';
  if ('period' in read) return { ...read, where, problems: [] };
  return { ...lastYear(now), where, problems: read.problems };
}

/** The last twelve months that are over: what is not over has no figures yet. */
function lastYear(now: Date): { period: Period } {
  const to = monthAfter(monthOf(now), -1);
  return { period: { from: monthAfter(to, -11), to } };
}

interface Told {
  status?: number;
  notice?: PageSpec['notice'];
  sent?: FormView['sent'];
  cookie?: string | undefined;
  looked?: Decided['looked'];
  /** Who has just proven themselves: they are not asked again. */
  by?: string;
}

export async function show(kit: Kit, request: WebRequest, subject: Subject, told: Told = {}): Promise<WebAnswer> {
  const { say, env, store } = kit;
  const { period, where, problems } = asked(kit, request);
  const labels = createLabels(env.words, env.directory);
  const report = await makeReport({ env, store }, period, where, kit.clock());
  const format = FORMATS.find((one) => one === request.query.get('format'));
  if (format && problems.length === 0)
    return download(writeReport(report, format, { say, labels, page: reportPage }), format, period);
  const wrong: Told = problems.length > 0 ? { status: 422, notice: { kind: 'stop', text: problems.join(' ') } } : {};
  const { looked, sent, by, ...spec } = { notice: decidedNotice(say, request.query.get('ok')), ...wrong, ...told };
  const view: FormView = {
    say,
    once: kit.guard.once(subject),
    visitor: by === undefined ? kit.guard.visitor(request, subject) : { name: by, proven: true },
    ...(sent ? { sent } : {}),
  };
  return kit.page({
    ...spec,
    over: say('report:page.over'),
    heading: say('report:page.heading'),
    body: html`${await attentionSection(kit)} ${await proposalsSection(kit, view, kit.dataDir, looked)}
    ${periodForm({ say, labels, period, where, now: kit.clock(), most: MOST_MONTHS })}
    ${reportBody(report, say, labels)}`,
  });
}

const TYPES: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

function download(body: string, format: Format, { from, to }: Period): WebAnswer {
  const headers = {
    'content-type': TYPES[format],
    'content-disposition': `attachment; filename="bussola-${from}-${to}.${format}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  return { status: 200, headers, body };
}

/** A button of the proposals was pressed. */
export async function decide(kit: Kit, request: WebRequest, subject: Subject): Promise<WebAnswer> {
  const checked = await kit.guard.check(request, subject, PROPOSAL_ACTIONS);
  if (!checked.ok)
    return show(kit, request, subject, { ...kit.stopped(checked.why), sent: { form: checked.form, why: checked.why } });
  const decided = await decideProposal(kit, checked.action, checked.form, kit.dataDir);
  if (decided.done) return kit.seeOther(decided.done, checked.cookie);
  return show(kit, request, subject, { ...decided, cookie: checked.cookie, by: checked.by });
}
