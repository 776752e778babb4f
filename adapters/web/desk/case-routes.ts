// The page of one case: GET shows it, POST presses one of its buttons.
// Who may open it is left to case/open.ts, what is on it to case/show.ts, what its buttons do to case/post.ts.
import type { Route } from '../http.ts';
import { ACTIONS } from './case/actions.ts';
import { openCase, renew, shutPage } from './case/open.ts';
import { postCase } from './case/post.ts';
import { casePage } from './case/show.ts';
import { viewOf } from './case/view.ts';
import type { Kit } from './kit/kit.ts';

export function caseRoutes(kit: Kit): Route[] {
  return kit.routes('/s/c/*', {
    async get(request) {
      const done = [...ACTIONS, 'renew' as const].find(
        (one) => one === request.query.get('ok') && kit.env.words.has(`desk:done.${one}`),
      );
      const text = done && kit.say(`desk:done.${done}`);
      const opening = await openCase(kit, request);
      if (opening.kind === 'none') return kit.notFound();
      if (opening.kind === 'shut') {
        const known = kit.guard.visitor(request, opening.subject).proven;
        return shutPage(kit, opening, { done: text, known });
      }
      return casePage(viewOf(kit, request, opening.opened, text ? { notice: { kind: 'done', text } } : {}));
    },
    async post(request) {
      const opening = await openCase(kit, request);
      if (opening.kind === 'none') return kit.notFound();
      if (opening.kind === 'shut') {
        const { why, made, subject } = opening;
        const may = why === 'expired' || why === 'replaced';
        return shutPage(kit, opening, { asked: may && (await renew(kit, made, subject, request, why)) });
      }
      const { made, subject } = opening.opened;
      // A link that works is never renewed: whoever only opens mail would close what has just arrived.
      if (kit.guard.locked(subject) && (await renew(kit, made, subject, request, 'locked')))
        return kit.seeOther('renew', undefined);
      return postCase(kit, request, opening.opened);
    },
  });
}
