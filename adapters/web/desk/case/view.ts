// One look at a case by one browser: the case, who looks, and what was just sent and refused.
// How it is laid out is left to show.ts and the forms.
import type { WebRequest } from '../../http.ts';
import type { FormView } from '../kit/form.ts';
import { FIELDS } from '../kit/guard.ts';
import type { Stop, Visitor } from '../kit/guard.ts';
import type { Kit, PageSpec } from '../kit/kit.ts';
import type { Opened } from './open.ts';

/** A form that did not act: what was in it, and what is wrong with which field. */
export interface Refused {
  form: URLSearchParams;
  why: Stop | undefined;
  wrong: Partial<Record<string, string>>;
}

export interface CaseView extends Opened {
  kit: Kit;
  at: Date;
  visitor: Visitor;
  once: string;
  refused: Refused | undefined;
  notice: PageSpec['notice'];
  status: number;
}

export function viewOf(
  kit: Kit,
  request: WebRequest,
  opened: Opened,
  more: { refused?: Refused; notice?: PageSpec['notice']; status?: number; visitor?: Visitor } = {},
): CaseView {
  return {
    ...opened,
    kit,
    at: kit.clock(),
    visitor: more.visitor ?? kit.guard.visitor(request, opened.subject),
    once: kit.guard.once(opened.subject),
    refused: more.refused,
    notice: more.notice,
    status: more.status ?? 200,
  };
}

/** The page's forms: the one that was sent, and it alone, shows again what was in it. */
const GROUPS = ['write', 'propose', 'settle', 'forward', 'refuse', 'close'] as const;
export type Group = (typeof GROUPS)[number];

export function groupOf(form: URLSearchParams): Group | undefined {
  const action = (form.get(FIELDS.action) ?? '').replace(/_sure$/, '');
  return GROUPS.find((group) => group === action);
}

/** The form's own view: what was sent with it, if it was this one. */
export function formView({ kit, made, once, visitor, refused }: CaseView, group: Group | undefined): FormView {
  const mine = refused && (group === undefined || groupOf(refused.form) === group);
  const sent = mine ? { form: refused.form, why: refused.why } : undefined;
  const hidden = made.details.needs.some(({ need }) => need === 'violence');
  const whoHint = kit.say(hidden ? 'desk:form.who_hint_hidden' : 'desk:form.who_hint_told');
  return { say: kit.say, once, visitor, whoHint, ...(sent ? { sent } : {}) };
}
