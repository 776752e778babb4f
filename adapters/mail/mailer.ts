// Chooses how mails leave: an SMTP server where one is configured, a folder of .eml files where none is.
// Which mails, and when, is left to the outbox worker.
import type { Config } from '../../bot/config.ts';
import type { Log } from '../../bot/log.ts';
import type { Mailer } from '../../bot/outbox-worker.ts';
import { createFolder } from './folder.ts';
import { createSmtp } from './smtp.ts';
import type { SmtpTimes } from './smtp.ts';

export interface MailTransport extends Mailer {
  /** Can mails leave now? Sends none. The error holds codes only. */
  check(): Promise<{ ok: true } | { ok: false; error: string }>;
  /** Ends every connection; a mail on its way comes back as `retry`. */
  close(): Promise<void>;
}

export function createMailer(
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir'>,
  log: Log,
  times: Partial<SmtpTimes> = {},
): MailTransport {
  if (config.smtpUrl === undefined) return createFolder(config.dataDir, config.mailFrom);
  return createSmtp(config.smtpUrl, config.mailFrom, log, times);
}
