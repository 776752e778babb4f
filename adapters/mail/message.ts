// A mail of the outbox as the message that travels: headers, stable Message-ID, parts.
// Composing what it says is left to bot/mail, carrying it to smtp.ts or folder.ts.
import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { line, plainAddress } from '../../bot/mail/clean.ts';
import type { MailAddress, OutboxMail } from '../../bot/ports.ts';

/** `undefined` where an address is no single plain address: such a mail can never go. */
export function messageOf({ id, mail }: OutboxMail, from: MailAddress): SendMailOptions | undefined {
  const to = mail.to.map(readAddress);
  const replyTo = mail.replyTo && readAddress(mail.replyTo);
  const sender = readAddress(from);
  if (to.length === 0 || to.includes(undefined) || !sender || (mail.replyTo && !replyTo)) return undefined;
  return {
    from: sender,
    to: to.filter((address) => address !== undefined),
    ...(replyTo ? { replyTo } : {}),
    subject: line(mail.subject, 200),
    messageId: `<${safeId(id)}@${hostOf(sender.address)}>`,
    text: mail.text,
    html: mail.html,
    ...(mail.ics ? { icalEvent: { ...mail.ics, filename: line(mail.ics.filename, 60) } } : {}),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

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
