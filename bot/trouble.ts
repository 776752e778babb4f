// What is said while the store is away: one calm sentence and, to a cry, the numbers first. Nothing of it is kept.
// Bringing it to the person, and the same message again later, are left to each channel's adapter.
import type { ComuneId } from '../flows/types.ts';
import type { Decoder } from './decoder/types.ts';
import { BussolaError } from './errors.ts';
import { floorMaybe, floorNumbers } from './floor/answer.ts';
import type { FloorHit } from './floor/types.ts';
import type { Incoming, Reply } from './message.ts';
import type { Environment } from './talk.ts';

/** The message was not kept. `meanwhile` is in no log, so a channel that can may say it, and must not settle it. */
export class StoreAway extends BussolaError {
  readonly meanwhile: Reply;
  constructor({ message, cause }: BussolaError, meanwhile: Reply) {
    super('store_unavailable', message, { cause });
    this.meanwhile = meanwhile;
  }
}

export interface TroubleDeps {
  env: Pick<Environment, 'words' | 'directory' | 'calendar'>;
  /** In this process: it needs neither store nor network. */
  decoder: Decoder;
}

/** The error of a turn, with what to say meanwhile where the store was away. Never rejects. */
export async function withMeanwhile(
  { env, decoder }: TroubleDeps,
  incoming: Incoming,
  hit: FloorHit | null,
  { error, at }: { error: unknown; at: Date },
): Promise<unknown> {
  if (!(error instanceof BussolaError) || error.code !== 'store_unavailable') return error;
  const { words, directory } = env;
  const page = incoming.language?.toLowerCase().split('-')[0];
  const language = words.languages.find((one) => one === page) ?? 'it';
  const trouble = words.say(language)('pages:trouble');
  const plain: Reply = { kind: 'text', text: trouble, lang: language, choices: [], links: [], case: null };
  if (!hit) return new StoreAway(error, plain);
  // The talk that would know how it goes on is away: the writer's own words tell their language, the page's if too few.
  const written = await decoder.decode(incoming.text, language).then(
    ({ lang }) => lang,
    () => language,
  );
  const known: ComuneId | undefined = directory.comuni().find(({ id }) => id === incoming.comune)?.id;
  const given = { ...env, hit, at, language: written, talkLanguage: language, ...(known ? { comune: known } : {}) };
  const numbers = hit.maybe ? floorMaybe(given) : floorNumbers(given);
  return new StoreAway(error, { ...numbers, text: `${numbers.text}\n\n${trouble}` });
}

const MOST_CHATS = 1000;

/** Who was told in this outage: a chat once, and once more for each message that cries. In memory: the store is away. */
export class MeanwhileTold {
  readonly #chats = new Map<string, Set<string>>();

  /** False where that was said already. */
  begin(chat: string, messageId: string, { meanwhile }: StoreAway): boolean {
    const told = this.#chats.get(chat) ?? new Set();
    const key = keyOf(messageId, meanwhile);
    if (told.has(key)) return false;
    if (this.#chats.size >= MOST_CHATS) this.#chats.clear();
    this.#chats.set(chat, told.add(key));
    return true;
  }

  /** It did not arrive. */
  undo(chat: string, messageId: string, { meanwhile }: StoreAway): void {
    this.#chats.get(chat)?.delete(keyOf(messageId, meanwhile));
  }

  /** That chat is answered again. */
  over(chat: string): void {
    this.#chats.delete(chat);
  }
}

function keyOf(messageId: string, { kind }: Reply): string {
  return kind === 'floor' ? messageId : '';
}
