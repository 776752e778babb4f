// "Leave now" on the plain pages: no form of that talk shows it again, and the browser goes to a page that tells nothing.
// The talk itself and its requests live on, and are followed by their code. The button is left to page.ts.
import type { Clock, Store } from '../../../bot/ports.ts';
import { html as answer } from '../http.ts';
import type { WebAnswer } from '../http.ts';
import { htmlDocument } from '../pages/document.ts';
import { html } from '../pages/html.ts';
import { EXIT_URL } from '../widget/exit.ts';
import type { Ticket } from './ticket.ts';

/** No form has a message of this name: those are drawn by lot. */
const LEFT = 'left';
/** Somebody may write to the same talk at the same moment. */
const TRIES = 5;

export async function hasLeft({ store }: { store: Pick<Store, 'seen'> }, ticket: Ticket): Promise<boolean> {
  return (await store.seen(ticket.conversation, LEFT)) !== undefined;
}

interface LeaveDeps {
  store: Pick<Store, 'load' | 'commit'>;
  clock: Clock;
}

/** Noted as a message in which nothing was said: nothing else of the talk changes. One that never began is no talk. */
export async function closeTalk({ store, clock }: LeaveDeps, { conversation }: Ticket): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const loaded = await store.load(conversation);
    if (!loaded) return;
    const { channel, version, state } = loaded.conversation;
    const nothing = { replies: [], cases: [], dropCases: [], events: [], outbox: [], cancelMails: [] };
    const base = { conversationId: conversation, channel, expectedVersion: version, state, at: clock() };
    const { result } = await store.commit({ ...base, ...nothing, messageId: LEFT });
    if (result !== 'conflict') return;
  }
  throw new Error('the talk could not be closed');
}

const HEADERS = {
  // Not a redirect: browsers hold those that follow a form to `form-action`, and who answers there sends on to elsewhere.
  refresh: `0; url=${EXIT_URL}`,
  'content-security-policy': "default-src 'none'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
};

/** Not a word of ours; the link is for browsers that do not go on by themselves. */
export function leavePage(): WebAnswer {
  const { host } = new URL(EXIT_URL);
  const body = html`<body>
    <a href="${EXIT_URL}">${host}</a>
  </body>`;
  return answer(200, htmlDocument({ language: 'it', title: host, head: html``, body }), HEADERS);
}
