// One turn, whole: dedupe, load, floor, understand, advance, commit in one transaction. Replies exist only once kept.
// What is said is left to conversation.ts, keeping to the store, delivering to the channel's adapter.
import { readCarried } from './carry/carried.ts';
import { recordContact } from './contact-record.ts';
import { withoutCodes } from './cases/codes.ts';
import { lookUpCodes, lookUpParts } from './cases/person/named.ts';
import { toldSince } from './cases/person/told.ts';
import { advance } from './conversation.ts';
import type { Said } from './conversation.ts';
import { decodeOnce } from './decode-once.ts';
import type { Decoded, Decoder } from './decoder/types.ts';
import { readEdit } from './edit.ts';
import type { Edit } from './edit.ts';
import { BussolaError } from './errors.ts';
import { keepFloor, personKey, readHit } from './floor/pending.ts';
import type { DetectDanger, FloorHit } from './floor/types.ts';
import { unguessed } from './foreign.ts';
import type { Log } from './log.ts';
import type { Incoming, StoredActivity, Turn } from './message.ts';
import type { Case, Clock, CommitResult, Store, TurnCommit } from './ports.ts';
import { readRecord } from './own-copy/record.ts';
import { phrasesOf } from './queue.ts';
import type { Queue } from './queue.ts';
import type { NewSheet, SheetWish } from './sheet/types.ts';
import { withoutEarlyNumber } from './sent.ts';
import { readState } from './state.ts';
import type { ConversationState } from './state.ts';
import type { Environment } from './talk.ts';
import { withMeanwhile } from './trouble.ts';

export interface TurnDeps {
  env: Environment;
  store: Store;
  decoder: Decoder;
  /** A decoder that may take seconds: asked only where no danger was seen or is open, and no name or number was asked for. */
  stronger?: Decoder;
  detectDanger: DetectDanger;
  /** Absent: phrases not understood are not kept. */
  queue?: Queue;
  clock: Clock;
  log: Log;
  /** After a commit: wakes open streams, pushes, the outbox. */
  committed: (conversationId: string, mails: number) => void;
}

/** Other turns of the same conversation may come first; so many times this one begins again. */
const ATTEMPTS = 60;
/** A person's message is kept and read up to this length; nothing a desk needs is longer. */
const LONGEST = 20_000;

/** Rejects with StoreAway when nothing could be kept: the channel then says what that holds and may try again. */
export function createTurn(deps: TurnDeps): Turn {
  return async (incoming) => {
    // The whole text is read for danger, though not all of it is kept: a cry may stand at the very end.
    const hit = hear(deps, incoming.text);
    const said = { ...incoming, text: incoming.text.slice(0, LONGEST) };
    try {
      return await keepTurn(deps, said, hit);
    } catch (error) {
      throw await withMeanwhile(deps, said, hit, { error, at: deps.clock() });
    }
  };
}

async function keepTurn(deps: TurnDeps, said: Incoming, hit: FloorHit | null): Promise<StoredActivity[]> {
  const seen = await deps.store.seen(said.conversationId, said.messageId);
  if (seen) return seen;
  const edit = await readEdit(deps.store, said, hit);
  if (edit === 'nothing') return [];
  const once = deps.stronger ? { ...deps, stronger: decodeOnce(deps.stronger) } : deps;
  let spent = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const done = await tryTurn(once, said, hit, { spent, edit });
    if (done.result === 'committed' || done.result === 'duplicate') return done.activities;
    spent ||= done.result === 'spent';
  }
  throw new BussolaError('store_unavailable', 'The conversation is too busy: the message was not taken; send it again');
}

/** Codes are cut out first: a tenth of them sound like a cry to an ear that reads letters. */
function hear({ detectDanger, env }: TurnDeps, text: string): FloorHit | null {
  const prefixes = env.directory.comuni().map(({ code }) => code);
  const words = withoutCodes(text, prefixes);
  return words.trim() === '' ? null : detectDanger(words);
}

async function tryTurn(
  deps: TurnDeps,
  given: Incoming,
  hit: FloorHit | null,
  { spent, edit }: { spent: boolean; edit: Edit },
): Promise<CommitResult> {
  const { store, env, log } = deps;
  const at = deps.clock();
  const loaded = await store.load(given.conversationId);
  const before = loaded && readState(loaded.conversation.state);
  if (loaded && !before) log.error('conversation.unreadable', { code: 'flow_broken', channel: given.channel });
  const incoming = withoutEarlyNumber(given, before);
  const person = personKey(incoming);
  const pending = before || !person ? undefined : readHit(await store.pendingFloor(person, at));
  const calm = !hit && !pending && !before?.floor && !before?.request;
  const first = (calm && deps.stronger) || deps.decoder;
  const carried = loaded ? undefined : await readCarried(store, env.carry, incoming, { at, spent });
  const decoded = await read(deps.decoder, first, incoming, before?.language, before?.asking);
  const looked = await lookUp(deps, incoming, loaded?.cases ?? [], before, at);
  const said = {
    incoming,
    decoded,
    hit,
    edit,
    at,
    ...looked,
    ...(pending ? { pending } : {}),
    ...(carried ? { carried } : {}),
  };
  const { state, effects, unclear } = advance(env, before, loaded?.cases ?? [], said);
  const { mark, contact } = recordContact(env, { before, state, effects, incoming, at });
  state.contact = mark;
  const { eraseLog, sheet, ...wishes } = effects;
  const heard = { unclear, hit, decoded, before, after: state, erased: eraseLog, at };
  const phrases = deps.queue && !pending ? await phrasesOf(heard, deps.queue) : [];
  const commit: TurnCommit = {
    conversationId: incoming.conversationId,
    channel: incoming.channel,
    expectedVersion: loaded?.conversation.version ?? 0,
    state,
    messageId: incoming.messageId,
    ...(incoming.kind === 'start' ? {} : { said: { text: incoming.text, ...withPayload(incoming) } }),
    ...wishes,
    ...(contact ? { contact } : {}),
    ...(carried?.nonce ? { nonce: carried.nonce } : {}),
    ...(sheet ? { sheet: await newSheet(store, incoming.conversationId, sheet) } : {}),
    ...(eraseLog ? { eraseLog } : {}),
    ...(phrases.length > 0 ? { unclear: phrases } : {}),
    ...(person ? keepFloor(person, state.floor?.hit, Boolean(before?.floor ?? pending ?? eraseLog), at) : {}),
    at,
  };
  const done = await store.commit(commit);
  if (done.result === 'committed') {
    deps.committed(incoming.conversationId, effects.outbox.length);
    for (const { conversationId } of effects.tells) deps.committed(conversationId, 0);
  }
  return done;
}

/** What the talk cannot look up by itself: requests named by their code, what was told meanwhile, the person's own copy. */
async function lookUp(
  { store, env }: TurnDeps,
  { conversationId, text, kind }: Incoming,
  cases: readonly Case[],
  before: ConversationState | undefined,
  at: Date,
): Promise<Pick<Said, 'named' | 'parts' | 'told' | 'record'>> {
  if (kind !== 'message') return {};
  const asksCopy = before?.asking.kind === 'confirm' && before.asking.what === 'copy';
  return {
    named: await lookUpCodes(store, env.directory, text, before, at),
    parts: await lookUpParts(store, cases),
    told: await toldSince(store, conversationId, cases),
    ...(asksCopy ? { record: await readRecord(store, conversationId, cases) } : {}),
  };
}

/** Which card it shows: the last of the log. */
async function newSheet(store: Store, conversationId: string, wish: SheetWish): Promise<NewSheet> {
  const { shows, ...sheet } = wish;
  if (shows === 'comune') return sheet;
  const log = await store.activities(conversationId, 0);
  const seq = log.findLast((one) => one.from === 'bot' && one.reply.card !== undefined)?.seq;
  return { ...sheet, ...(seq === undefined ? {} : { seq }) };
}

/** Typed words are read; at the question of the comune a bare name counts as where the person lives. */
async function read(
  decoder: Decoder,
  first: Decoder,
  { text, kind, choice }: Incoming,
  language: string | undefined,
  asking: { kind: string; question?: string } | undefined,
): Promise<Decoded | undefined> {
  if (kind !== 'message' || choice !== undefined || text.trim() === '') return undefined;
  const decoded = unguessed(await first.decode(text, language), text);
  if (asking?.question !== 'access.comune' || decoded.comune !== 'none' || decoded.ambiguousPlaces) return decoded;
  const home = language === 'en' ? 'I live in' : 'abito a';
  const placed = await decoder.decode(`${home} ${text}`, language);
  const { comune, place, ambiguousPlaces } = placed;
  return { ...decoded, comune, ...(place ? { place } : {}), ...(ambiguousPlaces ? { ambiguousPlaces } : {}) };
}

function withPayload({ payload }: Incoming): { payload?: unknown } {
  return payload === undefined ? {} : { payload };
}
