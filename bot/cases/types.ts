// What a case is: one hand-off of one person's need to one desk, what it holds, and what happened to it, in order.
// Which step may follow which is left to flows/case.ts; how cases are kept to the store.
import type { CaseLifeState } from '../../flows/case.ts';
import type { Answer, Area, ComuneId, ForWhom, Need, Urgency } from '../../flows/types.ts';
import type { MailKind } from '../mail/types.ts';
import type { Channel, Reply } from '../message.ts';

/** `draft`: being written in the chat; `advised`: nothing was asked of a desk, but the person wants to be asked how it went. */
export type CaseState = 'draft' | 'advised' | CaseLifeState;

/** How and when the person may be written to by a machine. Made of their own words by bot/safe-contact. */
export interface SafeRules {
  /** Nothing is ever sent by itself: told only when the person writes. */
  silent?: true;
  /** Weekdays never to write on, 0 Sunday to 6 Saturday. */
  neverDays?: number[];
  /** Only within these hours, minutes of the day in Europe/Rome. */
  hours?: { from: number; to: number }[];
  /** Nothing by e-mail. */
  noMail?: true;
  /** After a danger at home: nothing by e-mail, and first only that there is something to read. No desk is told. */
  neutral?: true;
}

export interface CaseNeed {
  area: Area | 'unclear';
  need: Need | 'unclear';
  urgency: Urgency;
  /** On a draft: the desk that is to get it. Desk id. */
  desk?: string;
}

/** What the person leaves for the desk. Personal: lives in the case only, never in the conversation or a log. */
export interface CaseDetails {
  needs: CaseNeed[];
  /** The answers that decided it, said in Italian in the mail. */
  answers: Answer[];
  language: string;
  forWhom: ForWhom;
  /** `followed`: already known to a social worker. */
  followed?: 'first' | 'followed';
  /** Lives here but is resident elsewhere. */
  residentElsewhere?: true;
  name?: string;
  contact?: { kind: 'phone' | 'email'; value: string; shown: string };
  thirdParty?: {
    knows?: 'yes' | 'no';
    /** Whom to call: who writes, or the person it is about. */
    call?: 'writer' | 'person';
    /** Who writes, as they say it: a name, and who they are to the person. */
    writer?: string;
    organization?: string;
    role?: string;
    /** A professional declared that the person agrees. */
    consent?: 'declared';
  };
  /** ISO instants, inside the desk's real hours; empty: whenever. */
  preferred: { start: string; end: string }[];
  safe?: { anyTime: boolean; wishes?: string; copyByMail: boolean; rules?: SafeRules };
  note?: { text: string; lang: string };
  /** What the first form of the Punto Insieme asks for, where the request is for it. */
  puntoInsieme?: { age?: string; livesAlone?: 'yes' | 'no'; doctorKnows?: 'yes' | 'no'; discharge?: string };
}

/** The appointment of a case. A new time is a new `sequence`: what was said of an older one no longer counts. */
export interface Appointment {
  /** ISO instants. */
  start: string;
  end: string;
  how: 'office' | 'phone';
  sequence: number;
  state: 'proposed' | 'confirmed' | 'cancelled';
  /** Reminders that went out. */
  reminded: ('two_days' | 'morning')[];
}

/** Something to tell the person that waits for a moment at which they may be written to, or until they write. */
export interface WaitingTell {
  reply: Reply;
  /** Said first, at `notBefore`, in its place: that there is something to read. The rest then waits until they ask for it. */
  announce?: Reply;
  /** ISO. */
  notBefore: string;
  /** True only as long as the case is in this stretch of its life (`clock.phase`); dropped after it. */
  stretch?: string;
}

/** How the case goes: times, counts and codes, no story. Plain JSON. ISO instants. */
export interface CaseLife {
  /** Grows when the links given out so far must die. */
  linkEpoch: number;
  /** Since when this desk has it: the clocks of the desk start here. */
  since?: string;
  takenAt?: string;
  /** As the operator signed. */
  takenBy?: string;
  /** Reminders to the desk that went out. */
  reminded: ('desk' | 'second' | 'person')[];
  appointment?: Appointment;
  /** `spoken`, `helped`, `sent_on`, `not_reached`, `not_needed`, `reached_alone` ... codes of `desk.json`. */
  outcome?: string;
  refusal?: string;
  /** The person agreed that this desk may pass the request on. */
  mayForward?: true;
  /** Where the desk wants to pass it on to, or did. Desk id. */
  forwardTo?: string;
  /** Where it came from, if passed on. Case id. */
  forwardedFrom?: string;
  /** The desk that passed it on. Desk id. */
  forwardedBy?: string;
  /** Check-ins after seven and thirty days, if the person wanted them. */
  checks?: { from: string; asked: number[]; answers: { day: number; answer: string; at: string }[] };
  /** Wrong last digits given by people who named the code elsewhere. */
  wrongProofs?: number;
  /** Until then nobody elsewhere can show that it is theirs. */
  lockedUntil?: string;
  /** The conversation in which it was made, where it is followed in another. */
  madeIn?: string;
  waiting: WaitingTell[];
  /** Since when nothing arrives any more in the chat where they wrote (they blocked it), until they write again. */
  chatLost?: string;
  /** When the person's own words made a mail to the desk, in the last day. */
  notes?: string[];
  /** When a letter to the person first came back: the e-mail they left takes none. */
  mailBack?: string;
  /** Kinds of mails that never arrived, until the clock has seen to it. */
  lost?: MailKind[];
  /**
   * How far time has gone: the stretch of its life, since when (ISO), what was done in it, and when desk or person last
   * did something in it (bot/cases/clock).
   */
  clock?: { phase: string; from: string; done: string[]; lostAt?: string; heard?: string };
}

export interface Case {
  id: string;
  /** `PRC-7F3K2`; given when the request is made, absent on a draft. Shared by the parts of one request. */
  code: string | null;
  /** 1, 2, ... among the cases of one code, the most urgent first. */
  part: number;
  conversationId: string;
  channel: Channel;
  comune: ComuneId;
  deskId: string;
  state: CaseState;
  details: CaseDetails;
  life: CaseLife;
  /** Compare-and-swap: 0 was never saved; grows by one at each write, whoever writes. */
  version: number;
  createdAt: Date;
  requestedAt: Date | null;
  /** When somebody must look at it next by itself (bot/cases/clock); null: never. */
  dueAt: Date | null;
}

/** `person`, `desk`, `bot` (the clock, the mail), `coordinator`. */
export type Actor = 'person' | 'desk' | 'bot' | 'coordinator';

export const CASE_EVENTS = [
  'requested',
  'delivered',
  'undeliverable',
  'mail_failed',
  'bounced',
  'reminded',
  'escalated',
  'person_told',
  'taken',
  'desk_wrote',
  'person_wrote',
  'proposed',
  'confirmed',
  'declined',
  'moved',
  'appointment_reminded',
  'met',
  'not_met',
  'closed',
  'refused',
  'forward_asked',
  'forward_allowed',
  'forward_denied',
  'forwarded',
  'withdrawn',
  'expired',
  'reopened',
  'contact_changed',
  'followed_elsewhere',
  'link_renewed',
  'advised',
  'check_asked',
  'check_answered',
  'erasure_asked',
  'chat_lost',
] as const;
export type CaseEventType = (typeof CASE_EVENTS)[number];

/** One line of the audit trail. Never the person's words, name or contact: codes, times and desk ids only. */
export interface CaseEvent {
  caseId: string;
  at: Date;
  type: CaseEventType;
  by: Actor;
  /** For example `{reason: 'other_service'}`, `{desk: 'lucca-ufficio-casa'}`, `{start: '2026-11-24T08:00:00.000Z'}`. */
  data?: Record<string, string | number>;
}

/** What the desk and the person wrote to each other about a case. Personal: goes with the details. */
export interface CaseMessage {
  caseId: string;
  at: Date;
  from: 'desk' | 'person';
  /** The operator's signature; empty for the person. */
  by: string;
  text: string;
  lang: string;
}
