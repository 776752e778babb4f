// Puts mails into the outbox and withdraws those that wait, inside somebody's transaction.
// Sending them is left to the outbox worker, by outbox.ts.
import type { Kysely } from 'kysely';
import type { MailKind, OutboxMail } from '../../bot/ports.ts';
import type { Tables } from './schema.ts';

/** No withdrawal is ever withdrawn; links, alerts and questions to a desk do not hang on the case going on. */
const NEVER_CANCELLED: MailKind[] = ['withdrawal', 'alert', 'link', 'fresh'];

/** In the JSON of a mail these signs stand nowhere but in its calendar file: a text would escape them. */
const TAKES_OUT = '%"method":"CANCEL"%';

/** Before `enqueue`, so that the mail that says so, enqueued by the same commit, is kept. */
export async function cancelMails(trx: Kysely<Tables>, caseIds: readonly string[], at: Date): Promise<void> {
  if (caseIds.length === 0) return;
  await cancel(trx, caseIds, at)
    .where('kind', 'not in', NEVER_CANCELLED)
    .where((eb) => eb.or([eb('kind', '!=', 'person'), eb('mail', 'not like', TAKES_OUT)]))
    .execute();
}

/** What takes an appointment out of the person's calendar stays: it is as true as before. Before `enqueue`, as cancelMails. */
export async function cancelLetters(trx: Kysely<Tables>, caseIds: readonly string[], at: Date): Promise<void> {
  if (caseIds.length === 0) return;
  await cancel(trx, caseIds, at).where('kind', 'in', ['person', 'copy']).where('mail', 'not like', TAKES_OUT).execute();
}

/** Those cases' waiting mails, emptied; the caller says which of them. */
function cancel(trx: Kysely<Tables>, caseIds: readonly string[], at: Date) {
  return trx
    .updateTable('outbox')
    .set({ state: 'cancelled', lease: null, mail: '', done_at: at.getTime() })
    .where('case_id', 'in', caseIds)
    .where('state', '=', 'pending');
}

/** A mail that waits for a safe moment is as old as that moment: waiting is not being late. */
export async function enqueue(trx: Kysely<Tables>, mails: readonly OutboxMail[], at: Date): Promise<void> {
  if (mails.length === 0) return;
  const rows = mails.map(({ id, caseId, kind, mail, notBefore = at, until, holds }) => {
    const due = notBefore.getTime();
    const waiting = { state: 'pending' as const, attempts: 0, due_at: due, created_at: due };
    return {
      id,
      case_id: caseId,
      kind,
      mail: JSON.stringify(mail),
      ...waiting,
      until_at: until?.getTime() ?? null,
      holds: holds ?? null,
    };
  });
  await trx.insertInto('outbox').values(rows).execute();
}
