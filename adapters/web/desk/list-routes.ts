// A desk's open cases: `/s` sends a link to the desk's own inbox and nowhere else, `/s/d/...` lists them, the oldest first.
// The page of each case is left to case-routes.ts, the mail to bot/mail/links.ts.
import { deskLinkMail } from '../../../bot/mail/links.ts';
import type { Route, WebAnswer, WebRequest } from '../http.ts';
import { html } from '../pages/html.ts';
import { inboxes, scopeOf } from './case/targets.ts';
import { openForm, select } from './kit/form.ts';
import type { FormView } from './kit/form.ts';
import type { Kit } from './kit/kit.ts';
import { subjectOf } from './kit/subject.ts';
import type { Subject } from './kit/subject.ts';
import { listPage, postList } from './list-page.ts';
import type { DeskList } from './list-page.ts';

const ASK: Subject = { key: 'ask a desk link', scope: 'anybody' };

export function listRoutes(kit: Kit): Route[] {
  return [
    ...kit.routes('/s', {
      get: async (request) => askPage(kit, request.query.get('ok') === 'sent' ? 'sent' : undefined),
      async post(request) {
        const checked = kit.guard.checkOpen(request, ASK, ['send'] as const);
        if (!checked.ok) return askPage(kit, checked.why, checked.form);
        const desk = inboxes(kit.env.directory).find(({ desk: { id } }) => id === checked.form.get('desk'))?.desk;
        if (!desk) return askPage(kit, 'desk', checked.form);
        // One inbox, one mail, whichever of its desks was chosen.
        const inbox = desk.inbox?.address.toLowerCase() ?? desk.id;
        const at = kit.clock();
        const mail = kit.mails.take(`inbox ${inbox}`, at) ? deskLinkMail(kit.env, desk, at) : undefined;
        if (mail) await kit.mail(mail);
        return kit.seeOther('sent', undefined);
      },
    }),
    ...kit.routes('/s/d/*', {
      get: async (request) => open(kit, request, (list) => listPage(kit, request, list)),
      post: async (request) => open(kit, request, (list) => postList(kit, request, list)),
    }),
  ];
}

async function open(kit: Kit, request: WebRequest, show: (list: DeskList) => Promise<WebAnswer>): Promise<WebAnswer> {
  const link = kit.link(request, 'desk');
  const desk = link && kit.env.directory.desk(link.claims.about);
  if (!link || !desk) return kit.notFound();
  const { epoch, expires } = link.claims;
  const subject = subjectOf('desk', desk.id, epoch, scopeOf(kit.env.directory, desk.id));
  if (!link.expired) return show({ desk, subject, until: expires });
  const { say } = kit;
  return kit.page({
    status: 410,
    heading: say('desk:shut.expired.heading'),
    body: html`<div class="card">
      <p>${say('desk:list.expired')}</p>
      <p><a class="button main" href="../../s">${say('desk:list.ask_again')}</a></p>
    </div>`,
  });
}

function askPage(kit: Kit, why?: 'sent' | 'desk' | Parameters<Kit['stopped']>[0], form?: URLSearchParams): WebAnswer {
  const { say } = kit;
  const view: FormView = {
    say,
    once: kit.guard.once(ASK),
    visitor: { name: '', proven: false },
    ...(form ? { sent: { form, why: undefined } } : {}),
  };
  const desks = select(view, {
    id: 'desk',
    name: 'desk',
    label: say('desk:ask.desk'),
    options: inboxes(kit.env.directory).map(({ desk, names, comune }) => ({
      value: desk.id,
      label: names.length > 1 ? say('desk:ask.others', { desk: desk.name, count: names.length - 1 }) : desk.name,
      group: comune === undefined ? say('desk:ask.several') : kit.env.directory.comune(comune).name,
    })),
    wrong: why === 'desk' ? say('desk:ask.which') : undefined,
  });
  const stop = why === undefined || why === 'sent' || why === 'desk' ? undefined : kit.stopped(why);
  const sent = why === 'sent' ? { kind: 'done' as const, text: say('desk:ask.sent') } : undefined;
  const which = why === 'desk' ? { kind: 'stop' as const, text: say('desk:ask.which') } : undefined;
  return kit.page({
    status: stop?.status ?? (which ? 422 : 200),
    heading: say('desk:ask.heading'),
    notice: stop?.notice ?? sent ?? which,
    body: html`<div class="card">
      <p>${say('desk:ask.text')}</p>
      ${openForm(view, 'ask', desks, [{ action: 'send', label: say('desk:ask.button'), look: 'main' }])}
    </div>`,
  });
}
