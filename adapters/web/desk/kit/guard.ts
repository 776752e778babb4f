// Lets a form act only where a person who read the mail pressed one of its buttons: one-time value, name, the mail's four digits, empty trap.
// What the button then does, and how a refusal is shown, is left to the pages.
import { timingSafeEqual } from 'node:crypto';
import type { Links } from '../../../../bot/links.ts';
import type { Clock } from '../../../../bot/ports.ts';
import { formOf } from '../../http.ts';
import type { WebRequest } from '../../http.ts';
import { readCookie, setCookie, withScope } from './cookie.ts';
import { createGuesses } from './guesses.ts';
import { signatureOf } from './signature.ts';
import { newNonce, readNonce } from './nonce.ts';
import type { Nonce } from './nonce.ts';
import type { Subject } from './subject.ts';

/** Names of the fields every guarded form has: one-time value, button, signature, digits, and the trap that stays empty. */
export const FIELDS = { once: 'once', action: 'do', who: 'who', digits: 'digits', trap: 'altro_recapito' } as const;

/** Who is at this browser, as far as it is known for that subject. */
export interface Visitor {
  /** The signature; empty: not said yet. */
  name: string;
  /** Somebody typed the digits of a mail of this scope here, in the last thirty days. */
  proven: boolean;
}

/**
 * `stale`: the page was open too long, or the form is not ours; `robot`: the trap was filled; `no_action`: no button was
 * pressed, or one that is not on offer; `name`, `digits`: missing or wrong; `locked`: too many guesses at the digits of this link.
 */
export const STOPS = ['stale', 'robot', 'no_action', 'name', 'digits', 'locked'] as const;
export type Stop = (typeof STOPS)[number];

/** The status to answer each with. */
export const STOP_STATUS: Record<Stop, number> = {
  stale: 409,
  robot: 422,
  no_action: 422,
  name: 422,
  digits: 422,
  locked: 429,
};

export interface Passed<A extends string> {
  ok: true;
  action: A;
  /** Who acts, cleaned, at most 40 letters. Empty only for `open` forms. */
  by: string;
  /** To be spent by the commit of what is done (`Office.act`, `saveDeskCheck`). */
  nonce: Nonce;
  form: URLSearchParams;
  /** To be sent along (`set-cookie`): this browser need not type the digits again. */
  cookie: string | undefined;
}

export interface Stopped {
  ok: false;
  why: Stop;
  form: URLSearchParams;
}

export interface Guard {
  visitor(request: WebRequest, subject: Subject): Visitor;
  /** A fresh one-time value for a form about `subject`. */
  once(subject: Subject): string;
  /** Whether this POST may act, as one of `actions`. Changes nothing but the count of guesses. Rejects where the store cannot be reached. */
  check<A extends string>(request: WebRequest, subject: Subject, actions: readonly A[]): Promise<Passed<A> | Stopped>;
  /** The same without name and digits, for forms that anybody may send: they change nothing and tell nothing. */
  checkOpen<A extends string>(request: WebRequest, subject: Subject, actions: readonly A[]): Passed<A> | Stopped;
  /** Whether the digits of that subject were guessed at too often. */
  locked(subject: Subject): boolean;
  /** The cookie of a browser where somebody else sits from now on: the digits stay proven, the name is asked again. */
  forgetName(request: WebRequest): string;
}

export interface GuardDeps {
  links: Links;
  clock: Clock;
  publicUrl: string;
  /** False where that one-time value was spent before. */
  spend: (nonce: Nonce) => Promise<boolean>;
}

export function createGuard({ links, clock, publicUrl, spend }: GuardDeps): Guard {
  const guesses = createGuesses(spend);

  const visitor = (request: WebRequest, { scope }: Subject): Visitor => {
    const { name, scopes } = readCookie(links, request.headers, clock());
    return { name: signatureOf(name) ?? '', proven: scopes[scope] !== undefined };
  };

  function checkOpen<A extends string>(
    request: WebRequest,
    { key }: Subject,
    actions: readonly A[],
  ): Passed<A> | Stopped {
    const form = formOf(request);
    const stop = (why: Stop): Stopped => ({ ok: false, why, form });
    const nonce = readNonce(links, key, form.get(FIELDS.once) ?? '', clock());
    if (!nonce) return stop('stale');
    if (form.getAll(FIELDS.trap).join('') !== '') return stop('robot');
    // A machine that fills in everything presses all buttons at once; one that only submits presses none.
    const pressed = form.getAll(FIELDS.action);
    const action = actions.find((one) => one === pressed[0]);
    if (action === undefined || pressed.length !== 1) return stop('no_action');
    return { ok: true, action, by: '', nonce, form, cookie: undefined };
  }

  /** Counted by what the link is about: whoever is locked out by somebody's guessing may ask for a new one, which goes to the inbox. */
  async function guess({ key }: Subject, digits: string, at: Date): Promise<Stop | undefined> {
    if (guesses.locked(key, at)) return 'locked';
    if (!/^\d{4}$/.test(digits)) return 'digits';
    if (!(await guesses.take(key, digits, at))) return 'locked';
    if (same(digits, links.digits(key))) return undefined;
    return guesses.locked(key, at) ? 'locked' : 'digits';
  }

  return {
    visitor,
    once: ({ key }) => newNonce(links, key, clock()),
    checkOpen,
    locked: ({ key }) => guesses.locked(key, clock()),
    async check(request, subject, actions) {
      const open = checkOpen(request, subject, actions);
      if (!open.ok) return open;
      const { form } = open;
      const at = clock();
      const known = visitor(request, subject);
      const by = known.name === '' ? signatureOf(form.get(FIELDS.who) ?? '') : known.name;
      if (by === undefined) return { ok: false, why: 'name', form };
      if (!known.proven) {
        const why = await guess(subject, digitsOf(form), at);
        if (why) return { ok: false, why, form };
      }
      if (known.proven && known.name !== '') return { ...open, by };
      const next = withScope(readCookie(links, request.headers, at), by, subject.scope, at);
      return { ...open, by, cookie: setCookie(links, next, publicUrl) };
    },
    forgetName: (request) => setCookie(links, { ...readCookie(links, request.headers, clock()), name: '' }, publicUrl),
  };
}

/** Typed with a space in between or around, they are the same digits. */
function digitsOf(form: URLSearchParams): string {
  return (form.get(FIELDS.digits) ?? '').replaceAll(/\s/g, '');
}

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
