// A browser of text alone: it reads a page, follows the one form on it, and knows no script, no style, no cookie.
// What the pages should say is left to the tests.
import assert from 'node:assert/strict';
import type { Shown, Talker } from './walk.ts';

/** The talk's own: that to leave by stands before it. */
const FORM = /<form (?!class="exit")([^]*?)<\/form>/;
const CODE = /\b[A-Z]{3}-[A-Z0-9]{5}\b/;

export class PlainTalk implements Talker {
  readonly address: string;
  html = '';
  status = 0;
  headers = new Headers();
  readonly #sends: Record<string, string>;

  constructor(url: string, comune = 'porcari', sends: Record<string, string> = {}) {
    this.address = `${url}/testo/${comune}`;
    this.#sends = sends;
  }

  async open(query = ''): Promise<this> {
    return this.#take(await fetch(this.address + query, { headers: this.#sends }));
  }

  /** Another tab, on the page as it is now. */
  copy(): PlainTalk {
    const other = new PlainTalk(new URL(this.address).origin, this.address.split('/').at(-1), this.#sends);
    other.html = this.html;
    return other;
  }

  async say(text: string): Promise<Shown[]> {
    return (await this.submit({ text, do: 'say' })).shown();
  }

  /** Presses a button that is really on the page, under that label. */
  async choose(id: string, label: string): Promise<Shown[]> {
    assert.ok(
      this.buttons().some((button) => button.id === id && button.label === label),
      `no button ${id} "${label}"`,
    );
    return (await this.submit({ choice: id })).shown();
  }

  /** Sends the form with its hidden field and what stands in its box, both unless told. */
  async submit(fields: Record<string, string>): Promise<this> {
    const body = new URLSearchParams({ page: this.ticket(), text: this.box(), ...fields });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...this.#sends };
    return this.#take(await fetch(this.address, { method: 'POST', headers, body: body.toString() }));
  }

  ticket(): string {
    return this.#one(/<input type="hidden" name="page" value="([\w-]+)"/);
  }

  box(): string {
    return plain(this.#one(/<textarea[^>]*>\n?([^<]*)<\/textarea>/));
  }

  title(): string {
    return plain(this.#one(/<title>([^<]*)<\/title>/));
  }

  /** Why nothing was done. */
  notice(): string | undefined {
    const found = /<p class="stop" role="alert">([^]*?)<\/p>/.exec(this.html)?.[1];
    return found === undefined ? undefined : plain(found);
  }

  /** All the words of the page, in the order in which they are read. */
  words(): string {
    return plain(this.#one(/<body>([^]*)<\/body>/));
  }

  buttons(): { id: string; label: string }[] {
    return buttonsIn(this.#one(FORM));
  }

  /** The newest exchange: the floor's answer first, as it stands on the page. */
  shown(): Shown[] {
    const form = this.#one(FORM);
    const floors = form.match(/<section class="floor"[^]*?<\/section>/g) ?? [];
    const talk = /<ol class="talk">([^]*?)<\/ol>/.exec(form)?.[1] ?? '';
    const bubbles = talk.split(/(?=<li class="(?:bot|me)">)/).filter((part) => part.includes('<li class="bot">'));
    return [...floors, ...bubbles].map((bubble) => {
      const text = spoken(bubble);
      return { text, choices: buttonsIn(bubble), case: CODE.exec(text)?.[0] ?? null };
    });
  }

  async #take(response: Response): Promise<this> {
    this.status = response.status;
    this.headers = response.headers;
    this.html = await response.text();
    return this;
  }

  #one(pattern: RegExp): string {
    return pattern.exec(this.html)?.[1] ?? assert.fail(`the page has no ${pattern.source}: ${this.html.slice(0, 500)}`);
  }
}

/** What a bubble says, without who says it, its links and its buttons. */
function spoken(bubble: string): string {
  return plain(
    bubble
      .replace(/<p class="who">[^]*?<\/p>/, '')
      .replace(/<h2[^]*?<\/h2>/, '')
      .replace(/<div class="choices"[^]*?<\/ul>/, ''),
  );
}

function buttonsIn(part: string): { id: string; label: string }[] {
  return [...part.matchAll(/<button[^>]* name="choice" value="([^"]*)"[^>]*>([^]*?)<\/button>/g)].map(
    ([, id = '', label = '']) => ({ id, label: plain(label) }),
  );
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

function plain(part: string): string {
  return part
    .replace(/<svg[^]*?<\/svg>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The same text however its lines are broken. */
export const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
