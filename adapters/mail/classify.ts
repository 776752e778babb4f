// Reads a failure of nodemailer as what it means for the outbox: try again, this mail never, or no mail for now.
// Acting on it is left to the outbox worker. What comes out holds codes only: server replies may repeat addresses.
import type { NodemailerError } from 'nodemailer';
import type { SendResult } from '../../bot/outbox-worker.ts';

type Failure = Exclude<SendResult, { result: 'sent' }>;

/** Codes of Node and OpenSSL for a certificate or a handshake that cannot be trusted. */
const UNTRUSTED = /CERT|SELF_SIGNED|ISSUER|ERR_TLS|ERR_SSL|ALTNAME|EPROTO/;
const OUR_FAULT = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'EREQUIRETLS', 'ECONFIG']);
/** The mail itself cannot be sent, whatever the server. */
const UNSENDABLE = new Set(['EENVELOPE', 'EMESSAGE', 'EFILEACCESS', 'EURLACCESS']);
/** Wanted authentication, or refused it. */
const AUTH_REPLIES = new Set([530, 534, 535, 538]);

export function classify(thrown: unknown): Failure {
  const error: NodemailerError = thrown instanceof Error ? thrown : new Error('unknown');
  return { result: kindOf(error), error: codesOf(error) };
}

function kindOf(error: NodemailerError): Failure['result'] {
  const { code = '', responseCode: reply } = error;
  if (UNTRUSTED.test(`${code} ${error.originalCode ?? ''}`)) return 'paused';
  if (reply !== undefined) return kindOfReply(error, reply);
  if (OUR_FAULT.has(code)) return 'paused';
  return UNSENDABLE.has(code) ? 'permanent' : 'retry';
}

function kindOfReply(error: NodemailerError, reply: number): Failure['result'] {
  if (AUTH_REPLIES.has(reply)) return 'paused';
  // 503 is about the session, not about the mail.
  if (reply < 500 || reply === 503) return error.code === 'ETLS' ? 'paused' : 'retry';
  // Refused before any recipient was named: greeting, EHLO, STARTTLS, AUTH, or our own sender address.
  const aboutUs = /^(CONN|EHLO|HELO|STARTTLS|AUTH|MAIL FROM)/.test(error.command ?? '') && reply !== 552;
  const relay = /relay|authentication (?:is )?required|not authenticated/i.test(error.response ?? '');
  return aboutUs || relay || error.code === 'EAUTH' ? 'paused' : 'permanent';
}

/** `EENVELOPE 550 5.1.1 RCPT TO`. */
function codesOf(error: NodemailerError): string {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/.exec(error.response ?? '')?.[1];
  const command = /^[A-Z ]{1,20}/.exec(error.command ?? '')?.[0].trim();
  const original = error.originalCode ?? error.timeoutType;
  const found = [error.code ?? 'unknown', original, error.responseCode, enhanced, command];
  return found.filter((part) => part !== undefined && part !== '').join(' ');
}
