// What a conversation remembers between turns: answers, what it is waiting for, the floor. Plain JSON, no contact details.
// What each part means to the talk is left to conversation.ts; how it is kept to the store.
import { FLOW_VERSION } from '../flows/index.ts';
import { COMUNI } from '../flows/types.ts';
import type { Answer, ComuneId, Need } from '../flows/types.ts';
import type { FloorHit } from './floor/types.ts';
import type { Choice } from './message.ts';
import type { Contact } from './ports.ts';
import type { ShownCard } from './sheet/shown.ts';

/** What the last question of the bot waits for. */
export type Asking =
  | { kind: 'flow'; question: string }
  | { kind: 'place' }
  | { kind: 'result' }
  | { kind: 'change' }
  | { kind: 'request'; question: string }
  /** The same, under the floor's answer: a button still counts, words do not until the question is asked again. */
  | { kind: 'floor'; question: string }
  /** `refs`: the requests it is about. */
  | { kind: 'confirm'; what: Confirm; refs?: string[] }
  | CaseAsking;

export type Confirm = 'restart' | 'erase' | 'withdraw' | 'copy' | 'sheet';

/**
 * What is asked about a request that was sent. `answer`: words for its desk; `send`: whether these words may go, and with
 * `sequence` also that this time is not wanted, with `reopen` that the closed request is opened again; `move`: whether to give up the time that is fixed; `contact`: another
 * number; `proof`: that a request of another conversation is theirs.
 */
export type CaseAsking =
  | { kind: 'case'; what: 'answer' | 'move'; ref: string }
  | { kind: 'case'; what: 'send'; ref: string; said: { text: string; lang: string }; sequence?: number; reopen?: true }
  /** `again`: a number that seemed short was read back once. */
  | { kind: 'case'; what: 'contact'; again?: true }
  /** `refs`: it was shown of these, and whether they are to be followed here is asked. */
  | { kind: 'case'; what: 'proof'; code: string; refs?: string[] };

/** Words of the person, kept to learn from; null where they were a cry for help. */
export type Told = { text: string; lang: string } | null;

/** The needs that unclear words may mean, while the question that splits them waits at `at`, a question of a flow. */
export interface Split {
  needs: Need[];
  at: string;
  told: Told;
}

/** What the last words were taken to mean, as long as it may be corrected. */
export interface Doubt {
  needs: Need[];
  /** What else the words may mean, likeliest first. */
  next: Need[];
  /** Corrections are offered as buttons: at the question `at` (`result`: the card), or at the next one. */
  open: boolean;
  at?: string;
  told: Told;
}

export interface PendingFloor {
  hit: FloorHit;
  step: 'shown' | 'check';
  /** The language the person cried in, where it is not the talk's and the floor speaks it. */
  language?: string;
}

/** The contact of this talk in the figures: which one, in which month, how far it got, whether a danger was answered. */
export interface ContactMark {
  id: string;
  month: string;
  outcome: Contact['outcome'];
  danger?: true;
}

export interface ConversationState {
  flowVersion: number;
  language: string;
  /** The person asked for this language: words in another no longer change it. */
  languageChosen: boolean;
  /** Comune of the page: a first guess. */
  pageComune: ComuneId | null;
  answers: Answer[];
  asking: Asking;
  /** The buttons under the last bubble: what a number, an ordinal or their words may choose. */
  offered: Choice[];
  /** Misunderstandings in a row. */
  missed: number;
  /** The person's own account, to be sent on only if they say so. Forgotten with the conversation. */
  told: { text: string; lang: string } | null;
  split: Split | null;
  doubt: Doubt | null;
  /** A danger was seen and not yet left by two explicit actions. */
  floor: PendingFloor | null;
  /** The request being written: its draft case, and which of its questions are answered (never with what). */
  request: { caseId: string; answers: Answer[] } | null;
  /** The person asked to be called back before the desk was known: the request opens as soon as it is. */
  wantsRequest: boolean;
  /**
   * Notices given once: `language_missing`, `telegram_privacy`; `minor`: no forms for this person; `reassured`: what the
   * law says of what they fear; `language_heard`: the person's own words were in the language of the talk.
   */
  noticed: string[];
  /** Of the needs told now; null: nothing was said yet, or another need begins. */
  contact: ContactMark | null;
  /** The link given last to go on with this talk on the web; another, or none, revokes it. */
  carry: string | null;
  /** The card that was shown last: a sheet of it may be asked for. */
  card: ShownCard | null;
  /** When codes were typed that do not exist. ISO, of the last hour. */
  unknownCodes: string[];
}

export function newState(language: string, pageComune: ComuneId | null): ConversationState {
  return {
    flowVersion: FLOW_VERSION,
    language,
    languageChosen: false,
    pageComune,
    answers: [],
    asking: { kind: 'flow', question: 'triage.areas' },
    offered: [],
    missed: 0,
    told: null,
    split: null,
    doubt: null,
    floor: null,
    request: null,
    wantsRequest: false,
    noticed: [],
    contact: null,
    card: null,
    carry: null,
    unknownCodes: [],
  };
}

/**
 * Reads what the store kept. `undefined` when it cannot be trusted (another shape, damaged): the talk then begins
 * again, with a word of excuse. Answers of another flow version are kept: they are replayed, not resumed.
 */
export function readState(kept: unknown): ConversationState | undefined {
  if (!isRecord(kept) || !Array.isArray(kept['answers']) || !Array.isArray(kept['offered'])) return undefined;
  if (typeof kept['language'] !== 'string' || !isRecord(kept['asking'])) return undefined;
  const answers = kept['answers'].filter(isAnswer);
  const fresh = newState(kept['language'], readComune(kept['pageComune']));
  return { ...fresh, ...kept, answers, flowVersion: FLOW_VERSION };
}

export function readComune(value: unknown): ComuneId | null {
  return COMUNI.find((id) => id === value) ?? null;
}

function isAnswer(value: unknown): value is Answer {
  return isRecord(value) && typeof value['question'] === 'string' && Array.isArray(value['values']);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
