// A mail as it is composed and as it waits in the outbox.
// What it says is left to the composers beside this file, how it travels to adapters/mail.

export interface MailAddress {
  name: string;
  address: string;
}

/** A mail ready to go: composed once, sent as often as needed with the same Message-ID. */
export interface Mail {
  to: MailAddress[];
  replyTo?: MailAddress;
  subject: string;
  text: string;
  html: string;
  ics?: { method: 'REQUEST' | 'PUBLISH' | 'CANCEL'; filename: string; content: string };
}

/**
 * `request`: the first mail of a case to its desk, and again to its second inbox; its fate is the case's (`sent`, `fail`).
 * `note`: anything else to a desk about a case; `person`: to the person; `withdrawal` is never withdrawn itself.
 * `link`: a magic link or a new one, `fresh`: "is this still right?", `alert`: to the coordinator. The last three may have no case.
 */
export type MailKind = 'request' | 'copy' | 'withdrawal' | 'note' | 'person' | 'link' | 'fresh' | 'alert';

export interface OutboxMail {
  /** Unique; the Message-ID is built from it and never changes. */
  id: string;
  /** Empty where it is about no case. */
  caseId: string;
  kind: MailKind;
  mail: Mail;
  /** Not before: a safe moment. Absent: at once. */
  notBefore?: Date;
  /** True until then only: not sent after it, and nobody misses it. */
  until?: Date;
  /** What must still be so of its case when it goes (bot/cases/late.ts): `proposed.2`, `confirmed.2`, `unanswered`. */
  holds?: string;
}

export interface ClaimedMail extends OutboxMail {
  /** Tries that ended in `retry`. */
  attempts: number;
  /** When the turn that caused it was committed: a mail is given up by its age. */
  queuedAt: Date;
  /** Fencing token of this lease: a worker whose lease has passed to another may not record anything. */
  lease: string;
}
