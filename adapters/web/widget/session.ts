// What survives a reload of this tab: the conversation's id, token and watermark, and what was written but not sent.
// Never what was said: that is asked of the server again.

import { takeCarry } from './carry.ts';

/** A message on its way. `id` makes a repeated delivery the same message. */
export interface Outgoing {
  id: string;
  text: string;
  choice?: string;
}

export interface Session {
  conversationId?: string;
  token?: string;
  watermark?: string;
  /** What carries a talk over from Telegram, until a conversation has begun with it. */
  carry?: string;
  /** The talk of this tab, until the server has judged what was to be carried over. */
  before?: Pick<Session, 'conversationId' | 'token' | 'watermark' | 'unsent'>;
  unsent: Outgoing[];
  draft: string;
}

const PREFIX = 'bussola:';
const PERSON = `${PREFIX}person`;

const IDS = ['conversationId', 'token', 'watermark'] as const;

/** What was kept: by this release, by an earlier one, or by whoever's hand; only what has the right shape is taken. */
function readKept(kept: unknown): Session {
  const { draft, carry, before }: Partial<Record<keyof Session, unknown>> = Object(kept);
  return {
    ...readTalk(kept),
    ...(typeof carry === 'string' ? { carry } : {}),
    ...(before ? { before: readTalk(before) } : {}),
    draft: typeof draft === 'string' ? draft : '',
  };
}

function readTalk(kept: unknown): NonNullable<Session['before']> {
  const found: Partial<Record<keyof Session, unknown>> = Object(kept);
  const talk: Session['before'] = { unsent: Array.isArray(found.unsent) ? found.unsent.filter(isOutgoing) : [] };
  for (const name of IDS) {
    const id = found[name];
    if (typeof id === 'string') talk[name] = id;
  }
  return talk;
}

function isOutgoing(kept: unknown): kept is Outgoing {
  const { id, text, choice = '' }: Partial<Record<keyof Outgoing, unknown>> = Object(kept);
  return [id, text, choice].every((one) => typeof one === 'string');
}

/** The session of this tab for that comune. Where storage is refused (third-party frames), it lives in memory. */
export function openSession(comune: string | null): { data: Session; save(): void } {
  const key = PREFIX + (comune ?? '');
  let data = readKept({});
  try {
    data = readKept(JSON.parse(sessionStorage.getItem(key) ?? '{}'));
  } catch {
    // A refused or broken storage is an empty one.
  }
  const save = (): void => {
    try {
      sessionStorage.setItem(key, JSON.stringify(data));
    } catch {
      // Full or refused: the conversation goes on, only a reload would lose the draft.
    }
  };
  if (takeCarry(data)) save();
  return { data, save };
}

/** A random name for whoever writes in this tab, so that numbers shown in one chat are there in its next. It goes with the tab. */
export function personOfTab(): string {
  const made = `dl_${Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  try {
    const kept = sessionStorage.getItem(PERSON);
    if (kept !== null) return kept;
    sessionStorage.setItem(PERSON, made);
  } catch {
    // Refused: every chat is by somebody new.
  }
  return made;
}

/** A wish about the page, not about the talk, kept for this tab. `undefined` reads it. */
export function wish(name: 'big' | 'cleaned', value?: boolean): boolean {
  const key = PREFIX + name;
  try {
    if (value) sessionStorage.setItem(key, '1');
    if (value === false) sessionStorage.removeItem(key);
    return sessionStorage.getItem(key) !== null;
  } catch {
    return value ?? false;
  }
}

/** Forgets every conversation of this tab. */
export function clearSessions(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Refused storage holds nothing.
  }
}
