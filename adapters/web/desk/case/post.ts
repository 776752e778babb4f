// A button of the case page was pressed: checks that it may act, does it once, and shows what came of it; nothing typed is lost.
// What the button means is left to act.ts, doing it to perform.ts, who may press it to the kit's guard.
import type { Case } from '../../../../bot/ports.ts';
import type { WebAnswer, WebRequest } from '../../http.ts';
import type { Kit } from '../kit/kit.ts';
import { asked } from './act.ts';
import { ACTIONS } from './actions.ts';
import { surePage } from './end-forms.ts';
import { openCase, shutPage } from './open.ts';
import type { Opened } from './open.ts';
import { perform } from './perform.ts';
import { casePage } from './show.ts';
import { groupOf, viewOf } from './view.ts';
import { actorWords, actsOf, timeWords } from './words.ts';

export async function postCase(kit: Kit, request: WebRequest, opened: Opened): Promise<WebAnswer> {
  const checked = await kit.guard.check(request, opened.subject, ACTIONS);
  const { form } = checked;
  if (!checked.ok) {
    const refused = { form, why: checked.why, wrong: {} };
    const { status, notice } = kit.stopped(checked.why);
    const known = kit.guard.visitor(request, opened.subject);
    const at = known.proven && known.name !== '' ? (groupOf(form) ?? 'content') : 'first';
    return casePage(viewOf(kit, request, opened, { refused, status, notice: { ...notice, at } }));
  }
  const { action, by, cookie } = checked;
  if (action === 'enter') return kit.seeOther('', cookie);
  if (action === 'rename') return kit.seeOther('', kit.guard.forgetName(request));
  // From here on the browser is known, also where this form fails.
  const visitor = { name: by, proven: true };
  const wish = asked(kit, opened.made, await siblingsOf(kit, opened.made), action, by, form);
  if (wish.kind === 'sure') return surePage(viewOf(kit, request, opened, { visitor }), form, wish, cookie);
  if (wish.kind === 'wrong') {
    const notice = { kind: 'stop' as const, text: kit.say('desk:wrong.notice'), at: groupOf(form) ?? 'content' };
    const refused = { form, why: undefined, wrong: wish.wrong };
    return casePage(viewOf(kit, request, opened, { visitor, refused, notice, status: 422 }), cookie);
  }
  const result = await perform(kit, opened, checked, wish.todo);
  if (result === 'done') return kit.seeOther(action.replace(/_sure$/, ''), cookie);
  return meanwhile(kit, request, form, { visitor, cookie, changed: result === 'changed' });
}

/** The page as it is now, what was typed still in it, and who was first. */
async function meanwhile(
  kit: Kit,
  request: WebRequest,
  form: URLSearchParams,
  {
    visitor,
    cookie,
    changed,
  }: { visitor: { name: string; proven: boolean }; cookie: string | undefined; changed: boolean },
): Promise<WebAnswer> {
  const now = await openCase(kit, request);
  if (now.kind === 'none') return kit.notFound();
  if (now.kind === 'shut') return shutPage(kit, now, { typed: form.get('text') ?? '' });
  const last = actsOf(now.opened.events).at(-1);
  const text =
    changed && last
      ? kit.say('desk:meanwhile', {
          who: actorWords(kit.say, last),
          did: kit.say(`desk:did.${last.type}`),
          time: timeWords(last.at),
        })
      : kit.say('desk:not_now');
  const refused = { form, why: undefined, wrong: {} };
  return casePage(
    viewOf(kit, request, now.opened, { visitor, refused, notice: { kind: 'stop', text }, status: 409 }),
    cookie,
  );
}

async function siblingsOf(kit: Kit, made: Case): Promise<Case[]> {
  return made.code === null ? [made] : kit.store.casesByCode(made.code);
}
