// Empties what cases say about a person: details, messages, words that waited to be told, mails. The row and trail stay.
// Which cases, and when, are left to purge.ts.
import type { Kysely } from 'kysely';
import { NO_DETAILS } from './case-rows.ts';
import { toLife } from './life-row.ts';
import type { Tables } from './schema.ts';

/** The details of a case of which nothing is left. */
export const EMPTIED = JSON.stringify(NO_DETAILS);

/** `cut`: the link to the conversation goes too. Mails still on their way are kept. */
export async function retire(
  trx: Kysely<Tables>,
  cases: readonly { id: string; life: string }[],
  cut: boolean,
): Promise<void> {
  if (cases.length === 0) return;
  const ids = cases.map(({ id }) => id);
  await trx.deleteFrom('outbox').where('case_id', 'in', ids).where('state', '!=', 'pending').execute();
  await trx.deleteFrom('case_messages').where('case_id', 'in', ids).execute();
  for (const { id, life } of cases)
    await trx
      .updateTable('cases')
      .set((eb) => ({
        details: EMPTIED,
        life: JSON.stringify({ ...toLife(life), waiting: [] }),
        due_at: null,
        version: eb('version', '+', 1),
        ...(cut ? { conversation_id: '' } : {}),
      }))
      .where('id', '=', id)
      .execute();
}
