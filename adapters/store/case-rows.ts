// Rows of a case, its trail and its messages to the conversation's words and back. What cannot be read is left empty.
// Whether a case that cannot be read at all is passed over is left to the caller.
import { CASE_EVENTS } from '../../bot/cases/types.ts';
import type { Case, CaseDetails, CaseEvent, CaseMessage, CaseState } from '../../bot/ports.ts';
import { CASE_STATES } from '../../flows/case.ts';
import { COMUNI } from '../../flows/types.ts';
import type { ComuneId } from '../../flows/types.ts';
import { toLife } from './life-row.ts';
import { hasLists, hasStrings, isChannel, parse } from './rows.ts';
import type { CaseRow, EventRow, MessageRow } from './schema.ts';

const STATES: readonly CaseState[] = ['draft', 'advised', ...CASE_STATES];

/** What is left of a case's details when they are forgotten or cannot be read. */
export const NO_DETAILS: CaseDetails = { needs: [], answers: [], language: 'it', forWhom: 'self', preferred: [] };

/**
 * Details that cannot be read come back empty: the code, the desk and the state are what the person asks about.
 */
export function toCase(row: CaseRow): Case | undefined {
  const { comune, state } = row;
  if (!isChannel(row.channel) || !isComune(comune) || !STATES.includes(state)) return undefined;
  const details = parse(row.details);
  return {
    id: row.id,
    code: row.code,
    part: row.part,
    conversationId: row.conversation_id,
    channel: row.channel,
    comune,
    deskId: row.desk_id,
    state,
    details: isDetails(details) ? details : NO_DETAILS,
    life: toLife(row.life),
    version: row.version,
    createdAt: new Date(row.created_at),
    requestedAt: toDate(row.requested_at),
    dueAt: toDate(row.due_at),
  };
}

/** As it is to be written: one version further. */
export function fromCase(made: Case, at: Date): CaseRow {
  return {
    id: made.id,
    code: made.code,
    part: made.part,
    conversation_id: made.conversationId,
    channel: made.channel,
    comune: made.comune,
    desk_id: made.deskId,
    state: made.state,
    details: JSON.stringify(made.details),
    life: JSON.stringify(made.life),
    version: made.version + 1,
    created_at: made.createdAt.getTime(),
    requested_at: made.requestedAt?.getTime() ?? null,
    due_at: made.dueAt?.getTime() ?? null,
    updated_at: at.getTime(),
  };
}

/** Undefined where a later release wrote a type that this one does not know. */
export function toEvent(row: EventRow): CaseEvent | undefined {
  const { case_id: caseId, type, actor: by } = row;
  if (!CASE_EVENTS.includes(type)) return undefined;
  const data = row.data === null ? undefined : parse(row.data);
  return { caseId, at: new Date(row.at), type, by, ...(isData(data) ? { data } : {}) };
}

export function toMessage(row: MessageRow): CaseMessage {
  const { case_id: caseId, sender: from, signed: by, text, lang } = row;
  return { caseId, at: new Date(row.at), from, by, text, lang };
}

export function toDate(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}

function isComune(value: string): value is ComuneId {
  return COMUNI.some((comune) => comune === value);
}

function isDetails(value: unknown): value is CaseDetails {
  return hasStrings(value, ['language', 'forWhom']) && hasLists(value, ['needs', 'answers', 'preferred']);
}

function isData(value: unknown): value is Record<string, string | number> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one === 'string' || typeof one === 'number')
  );
}
