// Carries mails to an SMTP server: pooled, encrypted, verified, each attempt bounded in time.
// When to try again is left to the outbox worker.
import { createTransport } from 'nodemailer';
import type { SMTPPoolOptions } from 'nodemailer';
import type { Log } from '../../bot/log.ts';
import type { SendResult } from '../../bot/outbox-worker.ts';
import type { MailAddress } from '../../bot/ports.ts';
import { classify } from './classify.ts';
import { isLoopback } from './loopback.ts';
import type { MailTransport } from './mailer.ts';
import { messageOf } from './message.ts';

/** Milliseconds. `silence`: without a byte, also after the last dot, where RFC 5321 asks for ten minutes. */
export interface SmtpTimes {
  connect: number;
  greeting: number;
  silence: number;
  /** One attempt as a whole: below the lease of the outbox. */
  attempt: number;
}

const TIMES: SmtpTimes = { connect: 30_000, greeting: 30_000, silence: 10 * 60_000, attempt: 13 * 60_000 };

export function createSmtp(
  smtpUrl: string,
  from: MailAddress,
  log: Log,
  times: Partial<SmtpTimes> = {},
): MailTransport {
  const bounds = { ...TIMES, ...times };
  const transport = createTransport(poolOptions(new URL(smtpUrl), bounds));
  // Failures come back through send(); without a listener the pool's own events would end the process.
  transport.on('error', () => {});
  return {
    send: async (mail): Promise<SendResult> => {
      const message = messageOf(mail, from);
      if (!message) return { result: 'permanent', error: 'EADDRESS' };
      try {
        const info = await transport.sendMail({ ...message, signal: AbortSignal.timeout(bounds.attempt) });
        // The others have theirs: sending again would only double it.
        if (info.rejected.length > 0)
          log.error('mail_recipient_rejected', { outboxId: mail.id, count: info.rejected.length });
        return { result: 'sent' };
      } catch (error) {
        return classify(error);
      }
    },
    check: async () => {
      try {
        await transport.verify();
        return { ok: true };
      } catch (error) {
        return { ok: false, error: classify(error).error };
      }
    },
    close: async () => transport.close({ force: true }),
  };
}

/** Only address and credentials are read from the URL: no parameter of it can turn verification off. */
function poolOptions(url: URL, times: SmtpTimes): SMTPPoolOptions & { pool: true } {
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const plain = !secure && isLoopback(host);
  return {
    pool: true,
    maxConnections: 2,
    // A connection that closes mid-send goes back to the outbox, which counts and spaces the tries.
    maxRequeues: 0,
    host,
    port: url.port === '' ? (secure ? 465 : plain ? 25 : 587) : Number(url.port),
    secure,
    // Same machine: nothing to listen in on, and local servers carry certificates nobody signed.
    ignoreTLS: plain,
    requireTLS: !secure && !plain,
    tls: { minVersion: 'TLSv1.2' },
    ...(url.username
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
    connectionTimeout: times.connect,
    greetingTimeout: times.greeting,
    socketTimeout: times.silence,
  };
}
