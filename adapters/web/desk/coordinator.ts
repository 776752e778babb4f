// The coordinator's page: `/s/k` sends a link to the coordinator's inbox and nowhere else, `/s/k/...` is the page behind it.
// What stands on that page is left to coordinator-page.ts, the mail to bot/mail/links.ts.
import { noChange } from '../../../bot/cases/change.ts';
import { COORDINATOR, coordinatorLinkMail } from '../../../bot/mail/links.ts';
import type { Route, WebAnswer, WebRequest } from '../http.ts';
import { html } from '../pages/html.ts';
import { decide, show } from './coordinator-page.ts';
import { openForm } from './kit/form.ts';
import type { FormView } from './kit/form.ts';
import type { Stop } from './kit/guard.ts';
import type { Kit } from './kit/kit.ts';
import { subjectOf } from './kit/subject.ts';
import type { Subject } from './kit/subject.ts';
import { createTries } from './kit/tries.ts';

const ASK: Subject = { key: 'ask the coordinator link', scope: 'anybody' };
/** At most one mail in ten minutes: whoever asks too often gets the same answer and no mail. */
const MAILS = { most: 1, withinMs: 10 * 60_000 };

export function coordinatorRoutes(kit: Kit): Route[] {
  const mails = createTries(MAILS);
  return [
    ...kit.routes('/s/k', {
      get: async ({ query }) => askPage(kit, query.get('ok') === 'sent' ? 'sent' : undefined),
      async post(request) {
        const checked = kit.guard.checkOpen(request, ASK, ['send'] as const);
        if (!checked.ok) return askPage(kit, checked.why);
        if (mails.take(COORDINATOR, kit.clock())) await mailLink(kit);
        return kit.seeOther('sent', undefined);
      },
    }),
    ...kit.routes('/s/k/*', {
      get: async (request) => opened(kit, request, (subject) => show(kit, request, subject)),
      post: async (request) => opened(kit, request, (subject) => decide(kit, request, subject)),
    }),
  ];
}

async function opened(
  kit: Kit,
  request: WebRequest,
  then: (subject: Subject) => Promise<WebAnswer>,
): Promise<WebAnswer> {
  const link = kit.link(request, 'coordinator');
  if (link?.claims.about !== COORDINATOR) return kit.notFound();
  if (!link.expired) return then(subjectOf('coordinator', COORDINATOR, link.claims.epoch));
  const { say } = kit;
  const again = html`<p><a class="button main" href="../k">${say('report:page.ask_again')}</a></p>`;
  return kit.page({
    status: 410,
    heading: say('report:page.heading'),
    body: html`<div class="card">
      <p>${say('report:page.expired')}</p>
      ${again}
    </div>`,
  });
}

/** The same answer whether there is a coordinator or not. */
async function mailLink(kit: Kit): Promise<void> {
  const at = kit.clock();
  const mail = coordinatorLinkMail(kit.env, at);
  if (!mail) return;
  await kit.store.commitCase({ ...noChange(), outbox: [mail], at });
  kit.mailed();
}

function askPage(kit: Kit, why?: 'sent' | Stop): WebAnswer {
  const { say } = kit;
  const view: FormView = { say, once: kit.guard.once(ASK), visitor: { name: '', proven: false } };
  const stop = why === undefined || why === 'sent' ? undefined : kit.stopped(why);
  const sent = why === 'sent' ? { kind: 'done' as const, text: say('report:page.ask_sent') } : undefined;
  const button = { action: 'send', label: say('report:page.ask_button'), look: 'main' as const };
  return kit.page({
    status: stop?.status ?? 200,
    heading: say('report:page.heading'),
    notice: stop?.notice ?? sent,
    body: html`<div class="card">
      <p>${say('report:page.ask_text')}</p>
      ${openForm(view, 'ask', html``, [button])}
    </div>`,
  });
}
