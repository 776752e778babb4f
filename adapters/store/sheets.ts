// Sheets of paper: which code shows which card, until when. Written in a turn, read by whoever holds the code.
// What stands on a sheet is left to bot/sheet; nothing of the person is in the row.
import type { Kysely } from 'kysely';
import type { TurnCommit } from '../../bot/ports.ts';
import type { Sheet } from '../../bot/sheet/types.ts';
import { readComune } from '../../bot/state.ts';
import type { Tables } from './schema.ts';

/** `lastSeq`: of the last reply of the turn. What was erased shows nothing any more. */
export async function writeSheet(trx: Kysely<Tables>, turn: TurnCommit, lastSeq: number): Promise<void> {
  const { conversationId, sheet, eraseLog, at } = turn;
  if (eraseLog) await forgetSheets(trx, [conversationId]);
  if (!sheet) return;
  await trx
    .insertInto('sheets')
    .values({
      code: sheet.code,
      conversation_id: conversationId,
      seq: sheet.seq ?? lastSeq,
      comune: sheet.comune,
      created_at: at.getTime(),
      expires_at: sheet.until.getTime(),
    })
    .execute();
}

export async function sheet(db: Kysely<Tables>, code: string, now: Date): Promise<Sheet | undefined> {
  const row = await db
    .selectFrom('sheets')
    .selectAll()
    .where('code', '=', code)
    .where('expires_at', '>', now.getTime())
    .executeTakeFirst();
  if (!row) return undefined;
  const { conversation_id: conversationId, seq, comune, expires_at: until } = row;
  return { code, conversationId, seq, comune: readComune(comune), until: new Date(until) };
}

export async function forgetSheets(trx: Kysely<Tables>, conversationIds: string[]): Promise<void> {
  await trx.deleteFrom('sheets').where('conversation_id', 'in', conversationIds).execute();
}

export async function purgeSheets(db: Kysely<Tables>, now: Date): Promise<void> {
  await db.deleteFrom('sheets').where('expires_at', '<=', now.getTime()).execute();
}
