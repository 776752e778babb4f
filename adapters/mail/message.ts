// A mail of the outbox as the message that travels: headers, stable Message-ID, thread, parts.
// Composing what it says is left to bot/mail, carrying it to smtp.ts or folder.ts.
import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { line, plainAddress } from '../../bot/mail/clean.ts';
import type { MailAddress, OutboxMail } from '../../bot/ports.ts';
import { withParties } from './parties.ts';

/** `undefined` where an address is no single plain address: such a mail can never go. */
export function messageOf({ id, caseId, mail }: OutboxMail, from: MailAddress): SendMailOptions | undefined {
  const to = mail.to.map(readAddress);
  const replyTo = mail.replyTo && readAddress(mail.replyTo);
  const sender = readAddress(from);
  if (to.length === 0 || to.includes(undefined) || !sender || (mail.replyTo && !replyTo)) return undefined;
  const receivers = to.filter((address) => address !== undefined);
  const host = hostOf(sender.address);
  const ics =
    mail.ics &&
    withParties(
      mail.ics,
      sender.address,
      receivers.map(({ address }) => address),
    );
  return {
    from: sender,
    to: receivers,
    ...(replyTo ? { replyTo } : {}),
    subject: line(mail.subject, 200),
    messageId: `<${safeId(id)}@${host}>`,
    // No mail has this one: programs that know threads keep together what refers to the same.
    ...(caseId === '' ? {} : { references: `<${CASE}${safeId(caseId)}@${host}>` }),
    text: mail.text,
    html: mail.html,
    ...(ics ? { icalEvent: { ...ics, filename: line(ics.filename, 60) } } : {}),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Begins what all mails of a case refer to; no outbox id has a dot. */
const CASE = 'case.';

/** An id fit for a Message-ID and for a file name; always the same for the same id. */
export function safeId(id: string): string {
  return isSafeId(id) ? id : createHash('sha256').update(id).digest('hex');
}

export function isSafeId(id: string): boolean {
  return /^[A-Za-z0-9_-]{1,120}$/.test(id);
}

function readAddress({ name, address }: MailAddress): MailAddress | undefined {
  const plain = plainAddress(address);
  return plain === undefined ? undefined : { name: line(name, 100), address: plain };
}

function hostOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
