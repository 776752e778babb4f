// Tells what came into the mailbox of the sender: a mail of ours that came back, a machine's answer, or somebody's words.
// Fetching it is left to mailbox.ts, what follows for the case to the store and the clock.
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { isSafeId } from './message.ts';
import { NO_CODE, codeIn, readReport } from './report.ts';

/**
 * `failed`: these mails of ours never arrived, with the code of the last server; `machine`: a report of a delay or of a
 * success, an automatic reply; `other`: whatever is for people to read.
 */
export type Returned =
  | { kind: 'failed'; outboxIds: string[]; code: string }
  | { kind: 'machine'; what: 'delayed' | 'automatic' }
  | { kind: 'other' };

/** What a provider of certified mail says of a mail, by its header `X-Ricevuta`. */
const CERTIFIED: Record<string, 'failed' | 'delayed'> = {
  'errore-consegna': 'failed',
  'non-accettazione': 'failed',
  'rilevazione-virus': 'failed',
  'preavviso-errore-consegna': 'delayed',
};
const DAEMON = /^(?:mailer-daemon|postmaster|mail-daemon|mdaemon|posta-certificata)@|^mailer-daemon$/i;
const FAILURE =
  /undeliver|undelivered|not be delivered|delivery (?:has )?fail|delivery status notification \(failure|failure notice|returned mail|delivery problem|mancata consegna|non recapitabil|impossibile (?:recapitare|consegnare)|non (?:è stato|e' stato) (?:recapitato|consegnato)|didn't work out|permanent(?:ly)? (?:fatal )?(?:error|fail)/i;
const STILL_TRYING =
  /delay|temporar|still being retried|keep trying|will (?:be retried|retry)|no action is required|ritard/i;
const GAVE_UP = /given up|giving up|gave up|not going to try again|permanent/i;
const AWAY =
  /^(?:automatic reply|auto(?:matic)?[ -]?repl|out of (?:the )?office|risposta automatica|fuori sede|fuori ufficio|assente)/i;
/** As ids of mails are made. */
const MADE = /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{64})$/i;
/** Words beyond are of no use to know what a mail is. */
const LONGEST = 100_000;

/** `host`: of our sender address. Never rejects: what cannot be read is for people. */
export async function readReturned(source: Uint8Array, host: string): Promise<Returned> {
  try {
    // Mails inside are evidence, not text: they stay parts of their own.
    const mail = await PostalMime.parse(source, {
      forceRfc822Attachments: true,
      attachmentEncoding: 'utf8',
      maxNestingDepth: 20,
    });
    return kindOf(mail, host);
  } catch {
    return { kind: 'other' };
  }
}

function kindOf(mail: Email, host: string): Returned {
  const fate = certifiedFate(mail) ?? reportedFate(mail) ?? toldFate(mail);
  if (fate === undefined) return { kind: 'other' };
  if (fate === 'delayed' || fate === 'automatic') return { kind: 'machine', what: fate };
  const outboxIds = idsOf(mail, host);
  // A failure of somebody else's mail is not ours to judge.
  return outboxIds.length === 0 ? { kind: 'other' } : { kind: 'failed', outboxIds, code: fate.code };
}

type FateOf = { code: string } | 'delayed' | 'automatic' | undefined;

function certifiedFate(mail: Email): FateOf {
  const receipt = headerOf(mail, 'x-ricevuta').toLowerCase();
  if (receipt === '') return undefined;
  const fate = CERTIFIED[receipt];
  if (fate !== 'failed') return fate ?? 'automatic';
  return { code: codeIn(wordsOf(mail)) ?? NO_CODE };
}

function reportedFate(mail: Email): FateOf {
  const reports = partsOf(mail, /^message\/(?:global-)?delivery-status$/);
  const fates = reports.flatMap((text) => readReport(text) ?? []);
  const failed = fates.find(({ result }) => result === 'failed');
  if (failed) return { code: failed.code };
  if (fates.length === 0) return undefined;
  return fates.some(({ result }) => result === 'delayed') ? 'delayed' : 'automatic';
}

/** Reports that only people can read, by who sent them and how they say it; and replies that nobody wrote. */
function toldFate(mail: Email): FateOf {
  const daemon = DAEMON.test(mail.from?.address || mail.from?.name || '');
  // Reports of some servers call themselves replies too: who sent it counts first.
  if (!daemon && isAutomatic(mail)) return 'automatic';
  if (!daemon && headerOf(mail, 'return-path') !== '<>') return undefined;
  const words = `${mail.subject ?? ''}\n${(mail.text ?? '').slice(0, LONGEST)}`;
  if (STILL_TRYING.test(words) && !GAVE_UP.test(words)) return 'delayed';
  return FAILURE.test(words) ? { code: codeIn(words) ?? NO_CODE } : undefined;
}

function isAutomatic(mail: Email): boolean {
  const submitted = headerOf(mail, 'auto-submitted').toLowerCase();
  if (submitted.startsWith('auto-replied') || headerOf(mail, 'x-autoreply') !== '') return true;
  return headerOf(mail, 'x-autorespond') !== '' || AWAY.test(mail.subject ?? '');
}

/** Of the mails of ours that it is about: named by the returned mail itself, else by the headers, else in the words. */
function idsOf(mail: Email, host: string): string[] {
  const returned = partsOf(mail, /^(?:message\/(?:global|rfc822)(?:-headers)?|text\/rfc822-headers)$/);
  const named = returned.flatMap((text) => /^message-id:\s*(<[^<>\s]+>)/im.exec(text.slice(0, LONGEST))?.[1] ?? []);
  const headers = ['x-riferimento-message-id', 'in-reply-to', 'references'].map((name) => headerOf(mail, name));
  for (const place of [named.join(' '), headers.join(' ')]) {
    const found = oursIn(place, host);
    if (found.length > 0) return found;
  }
  // Among words also addresses stand between these marks.
  return oursIn(wordsOf(mail), host).filter((id) => MADE.test(id));
}

function oursIn(text: string, host: string): string[] {
  const pairs = [...text.slice(0, LONGEST).matchAll(/<([A-Za-z0-9_-]{1,120})@([^<>@\s]{1,255})>/g)];
  const ours = pairs.filter(([, id = '', at = '']) => isSafeId(id) && at.toLowerCase() === host.toLowerCase());
  return [...new Set(ours.map(([, id = '']) => id))];
}

/** All that could name a mail: what people read, and what a provider of certified mail says to machines. */
function wordsOf(mail: Email): string {
  const data = partsOf(mail, /^(?:application|text)\/xml$/).map((text) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
  );
  return [mail.text ?? '', ...data].join('\n').slice(0, LONGEST);
}

function headerOf(mail: Email, name: string): string {
  return mail.headers.find(({ key }) => key === name)?.value.trim() ?? '';
}

function partsOf(mail: Email, type: RegExp): string[] {
  return mail.attachments
    .filter(({ mimeType }) => type.test(mimeType))
    .map(({ content }) => (typeof content === 'string' ? content : Buffer.from(new Uint8Array(content)).toString()));
}
