// Looks into the mailbox that returned mail comes to: one short session, what is unseen, newest first; nothing is deleted.
// What a mail means is left to returned.ts, when to look again to bounces.ts.
import { ImapFlow } from 'imapflow';
import { isLoopback } from './loopback.ts';

export interface Found {
  uid: number;
  /** Its first part where it is very long. */
  source: Uint8Array;
}

export interface Visit {
  /** `true` marks it seen, once what it says is kept; `false` leaves it to people. Rejecting ends the visit. */
  (found: Found): Promise<boolean>;
}

/** Milliseconds. */
export interface ImapTimes {
  connect: number;
  silence: number;
  /** One visit as a whole. */
  visit: number;
}

const TIMES: ImapTimes = { connect: 30_000, silence: 60_000, visit: 10 * 60_000 };
/** A report says what it is about at its beginning; the mail that it brings back may be long. */
const LONGEST = 256 * 1024;
const MOST = 200;

/** Remembers what was left to people, for as long as the mailbox numbers its mails the same way. */
export interface Left {
  validity: string;
  uids: Set<number>;
}

/** Rejects where the server cannot be reached or refuses; what was marked until then stays marked. */
export async function visitMailbox(
  imapUrl: string,
  left: Left,
  visit: Visit,
  signal: AbortSignal,
  times: Partial<ImapTimes> = {},
): Promise<void> {
  const bounds = { ...TIMES, ...times };
  const url = new URL(imapUrl);
  const client = connectionTo(url, bounds);
  // Failures come back through the calls; without a listener they would end the process.
  client.on('error', () => {});
  const end = AbortSignal.any([signal, AbortSignal.timeout(bounds.visit)]);
  const cut = (): void => client.close();
  end.addEventListener('abort', cut, { once: true });
  try {
    if (end.aborted) return;
    await client.connect();
    await look(client, decodeURIComponent(url.pathname.slice(1)) || 'INBOX', left, visit);
    await client.logout();
  } finally {
    end.removeEventListener('abort', cut);
    client.close();
  }
}

async function look(client: ImapFlow, path: string, left: Left, visit: Visit): Promise<void> {
  const lock = await client.getMailboxLock(path);
  try {
    const validity = client.mailbox ? String(client.mailbox.uidValidity) : '';
    if (validity !== left.validity) Object.assign(left, { validity, uids: new Set<number>() });
    const unseen = (await client.search({ seen: false }, { uid: true })) || [];
    const fresh = unseen.filter((uid) => !left.uids.has(uid)).toSorted((a, b) => b - a);
    for (const uid of fresh.slice(0, MOST)) {
      const found = await client.fetchOne(String(uid), { source: { maxLength: LONGEST } }, { uid: true });
      const done = found && found.source ? await visit({ uid, source: found.source }) : false;
      if (done) await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
      else left.uids.add(uid);
    }
  } finally {
    lock.release();
  }
}

/** Only address, password and folder are read from the URL: no parameter of it can turn verification off. */
function connectionTo(url: URL, times: ImapTimes): ImapFlow {
  const secure = url.protocol === 'imaps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new ImapFlow({
    host,
    port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
    secure,
    // Same machine: nothing to listen in on. Elsewhere a server without TLS is refused before the password is said.
    ...(secure ? {} : { doSTARTTLS: !isLoopback(host) }),
    tls: { minVersion: 'TLSv1.2' },
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    connectionTimeout: times.connect,
    greetingTimeout: times.connect,
    socketTimeout: times.silence,
    maxLiteralSize: 4 * LONGEST,
    maxResponseSize: 8 * LONGEST,
    maxLineLength: 4 * LONGEST,
  });
}
