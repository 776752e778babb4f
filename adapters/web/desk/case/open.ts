// From the address in a mail to the case behind it, or to a page that says why there is none: not ours, too old, no longer this desk's.
// What is shown of a case is left to show.ts; nothing of it is shown here.
import { isOver } from '../../../../flows/case.ts';
import { lifeState } from '../../../../bot/cases/life.ts';
import { changeLife, record } from '../../../../bot/cases/work.ts';
import type { Case, CaseEvent, CaseMessage } from '../../../../bot/ports.ts';
import { deskInWords } from '../../../../bot/mail/hand-over.ts';
import { caseLinkMail } from '../../../../bot/mail/links.ts';
import type { WebAnswer, WebRequest } from '../../http.ts';
import { html } from '../../pages/html.ts';
import { openForm } from '../kit/form.ts';
import { scopeOf } from './targets.ts';
import type { Kit } from '../kit/kit.ts';
import { subjectOf } from '../kit/subject.ts';
import type { Subject } from '../kit/subject.ts';

/** A case as its page shows it, read in one go. */
export interface Opened {
  made: Case;
  subject: Subject;
  events: CaseEvent[];
  messages: CaseMessage[];
}

/** `replaced`: there is a newer one; `erased`: the person had their data erased. */
export type Shut = 'expired' | 'passed_on' | 'ended' | 'erased' | 'replaced';

/** `shut`: the link was ours, and opens no longer; a new one may go to the desk's inbox. */
export type Opening =
  { kind: 'open'; opened: Opened } | { kind: 'shut'; why: Shut; made: Case; subject: Subject } | { kind: 'none' };

export async function openCase(kit: Kit, request: WebRequest): Promise<Opening> {
  const link = kit.link(request, 'case');
  const made = link && (await kit.store.caseById(link.claims.about));
  if (!link || !made || made.code === null) return { kind: 'none' };
  const { claims, expired } = link;
  const subject = subjectOf('case', made.id, claims.epoch, scopeOf(kit.env.directory, made.deskId));
  if (claims.epoch !== made.life.linkEpoch) return { kind: 'shut', why: revokedBy(made), made, subject };
  if (expired) return { kind: 'shut', why: 'expired', made, subject };
  const [events, messages] = await Promise.all([kit.store.caseEvents(made.id), kit.store.caseMessages(made.id)]);
  return { kind: 'open', opened: { made, subject, events, messages } };
}

function revokedBy({ state, details }: Case): Shut {
  if (state === 'forwarded') return 'passed_on';
  if (state === 'withdrawn') return 'ended';
  // A request always has a way to reach who made it, until that is erased.
  return details.contact === undefined ? 'erased' : 'replaced';
}

/**
 * Says why, and offers a new link where there may be one. `asked`: it has just been asked for; `typed`: what an operator
 * wrote, and could not be sent; `done`: what has just been done, and closed it; `known`: to a browser that had proven
 * itself it is said who has the request now.
 */
export function shutPage(
  kit: Kit,
  opening: Extract<Opening, { kind: 'shut' }>,
  {
    asked = false,
    typed = '',
    done,
    known = false,
  }: { asked?: boolean; typed?: string; done?: string | undefined; known?: boolean } = {},
): WebAnswer {
  const { say } = kit;
  const { why, subject } = opening;
  // No signature and no digits: whoever holds a link too old need not have them.
  const view = { say, once: kit.guard.once(subject), visitor: { name: '', proven: false } };
  const receiver = known && why === 'passed_on' ? receiverOf(kit, opening.made) : undefined;
  const renewable = why === 'expired' || why === 'replaced';
  return kit.page({
    status: 410,
    heading: say(`desk:shut.${why}.heading`),
    notice: asked ? { kind: 'done', text: say('desk:shut.asked') } : done ? { kind: 'done', text: done } : undefined,
    body: html`<div class="card">
      ${receiver !== undefined && html`<p>${say('desk:shut.received', { desk: receiver })}</p>`}
      <p>${say(`desk:shut.${why}.text`)}</p>
      ${
        typed !== '' &&
        html`<p>${say('desk:trouble.typed')}:</p>
          <blockquote dir="auto">${typed}</blockquote>`
      }
      ${
        renewable &&
        !asked &&
        openForm(view, 'renew', html`<p class="hint">${say('desk:shut.renew_hint')}</p>`, [
          { action: 'renew', label: say('desk:shut.renew'), look: 'main' },
        ])
      }
    </div>`,
  });
}

/** With its phone, for who is asked where the request went. */
function receiverOf({ env }: Kit, { life, comune }: Case): string | undefined {
  const desk = life.forwardTo === undefined ? undefined : env.directory.desk(life.forwardTo);
  return desk && deskInWords(env, desk, comune);
}

/** Why the link a new one is asked from is worth nothing any more. */
export type Renewal = 'expired' | 'replaced' | 'locked';

/**
 * A new link, to the inbox of the desk that has the case now and to nobody else. What it takes the place of dies, with its
 * digits; but a link that is dead already kills none: a machine that opens old mail must not close the newest. False where
 * the form may not act; otherwise the answer is always the same.
 */
export async function renew(
  kit: Kit,
  made: Case,
  subject: Subject,
  request: WebRequest,
  why: Renewal,
): Promise<boolean> {
  const checked = kit.guard.checkOpen(request, subject, ['renew'] as const);
  if (!checked.ok) return false;
  if (!isOpen(made) || !kit.mails.take(`case ${made.id}`, kit.clock())) return true;
  const { linkEpoch } = made.life;
  await kit.office.act(
    made.id,
    (work) => {
      if (!isOpen(work.made) || work.made.life.linkEpoch !== linkEpoch) return false;
      if (why !== 'replaced') {
        changeLife(work, { linkEpoch: linkEpoch + 1 });
        // Nobody knows who pressed it: it is no act of the desk's, and quiets no reminder.
        record(work, 'link_renewed', 'bot');
      }
      const mail = caseLinkMail(work.env, work.made, work.at);
      if (mail) work.change.outbox.push(mail);
      return mail !== undefined;
    },
    { nonce: checked.nonce },
  );
  return true;
}

function isOpen({ state }: Case): boolean {
  const life = lifeState(state);
  return life !== undefined && !isOver(life);
}
