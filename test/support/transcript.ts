// Plays a transcript's own lines through the real conversation and writes the whole talk down again.
// Whether it is the talk that was agreed is left to transcripts.test.ts.
import assert from 'node:assert/strict';
import type { Core } from '../../bot/core.ts';
import { readRomeTime } from '../../bot/clock.ts';
import type { Channel, Incoming, Reply } from '../../bot/message.ts';
import { createWorld } from './transcript-world.ts';
import type { WorldPlayer } from './transcript-world.ts';

/** Moves the clock that the core was made with. */
export type SetClock = (at: Date) => void;

/**
 * What happens in a line: `User:` writes, `Tap:` taps a button by its label, `Elsewhere:` goes on in another chat, `At:` time
 * passes until then; in a transcript with mails also `Desk:` acts and `Bounce:` a mail comes back.
 */
const LINE = /^(User|Tap|Open|Voice|Again|At|Elsewhere|Desk|Bounce):\s?(.*)$/;

export interface Playing {
  core: Core;
  setClock: SetClock;
  now: () => Date;
  /** Where this transcript's mails lie: given, they are written down whole, and time stops wherever something is due. */
  mails?: string;
}

export async function playTranscript(playing: Playing, name: string, text: string): Promise<string> {
  const { core, setClock } = playing;
  const header = text.split('\n').filter((line) => line.startsWith('#'));
  const setting = (key: string): string | undefined =>
    header.find((line) => line.startsWith(`# ${key}: `))?.slice(key.length + 4);
  setClock(moment(setting('at') ?? '2026-11-22T10:00'));
  const channel: Channel = setting('channel') === 'telegram' ? 'telegram' : 'web';
  const comune = setting('comune');
  const language = setting('language');
  let base = {
    channel,
    conversationId: `${channel}:${name}`,
    ...(comune ? { comune } : {}),
    ...(language ? { language } : {}),
  };
  const out = [...header, ''];
  let offered: Reply['choices'] = [];
  let count = 0;
  let last: Incoming | undefined;
  /** What `CODE` stands for in a line. */
  let code = '';
  const known = { mails: new Set<string>(), codes: new Set<string>() };
  const worldOf = (conversationId: string): WorldPlayer | undefined =>
    playing.mails === undefined
      ? undefined
      : createWorld({ ...playing, dataDir: playing.mails, conversationId, known, written: proactive });
  /** A bubble that nobody asked for may have buttons too. */
  const proactive = (reply: Reply): string[] => {
    offered = reply.choices;
    return written(reply, 'Bot>');
  };
  let world = worldOf(base.conversationId);
  const turn = async (incoming: Incoming): Promise<void> => {
    const activities = await core.turn(incoming);
    const replies = activities.flatMap((activity) => (activity.from === 'bot' ? [activity.reply] : []));
    for (const reply of replies) out.push(...written(reply));
    offered = replies.at(-1)?.choices ?? offered;
    code = replies.findLast((one) => one.case !== null)?.case ?? code;
    last = incoming;
    if (world) out.push(...(await world.after(activities.at(-1)?.seq ?? 0)));
  };
  await turn({ ...base, messageId: 'start', kind: 'start', text: '' });
  for (const line of text.split('\n')) {
    const [, verb, rest = ''] = LINE.exec(line) ?? [];
    if (!verb) continue;
    out.push(line.trimEnd());
    count += 1;
    const typed = rest.replaceAll('\\n', '\n').replaceAll('CODE', code);
    const message: Incoming = { ...base, messageId: `m${count}`, kind: 'message', text: typed };
    if (verb === 'At') out.push(...((await world?.pass(moment(rest))) ?? (setClock(moment(rest)), [])));
    else if (verb === 'Desk') out.push(...((await world?.desk(rest)) ?? []));
    else if (verb === 'Bounce') out.push(...((await world?.bounce(Number(rest || 1))) ?? []));
    else if (verb === 'Elsewhere') {
      base = { ...base, conversationId: `${channel}:${name}:${rest}` };
      world = worldOf(base.conversationId);
      await turn({ ...base, messageId: 'start', kind: 'start', text: '' });
    } else if (verb === 'Open') await turn({ ...message, kind: 'start', text: '' });
    else if (verb === 'Voice') await turn({ ...message, kind: 'unsupported', text: '' });
    else if (verb === 'Again') await turn(last ?? message);
    else if (verb === 'Tap') await turn({ ...message, text: '', choice: idOf(rest, offered, name) });
    else await turn(message);
  }
  out.push(...(await mailsOf(core, base.conversationId)));
  return `${withoutCodes(out.join('\n').trimEnd())}\n`;
}

/** A label of the last bubble, or a bare id for a button that is older or inside a card. */
function idOf(label: string, offered: Reply['choices'], name: string): string {
  const found = offered.find((choice) => choice.label === label)?.id;
  if (found) return found;
  assert.match(label, /^[a-z_]+\./, `${name}: there is no button "${label}"`);
  return label;
}

function written({ text, choices, links, kind }: Reply, mark = 'Bot: '): string[] {
  const [first = '', ...others] = text.split('\n');
  const lines = [`${kind === 'floor' ? 'Bot!' : mark} ${first}`, ...others.map((line) => `      ${line}`.trimEnd())];
  if (links.length > 0) lines.push(`      <${links.map(({ url }) => url).join('> <')}>`);
  if (choices.length > 0) lines.push(`      [${choices.map(({ label }) => label).join('] [')}]`);
  return lines;
}

/** The mails that this conversation caused: to whom and under which subject. */
async function mailsOf(core: Core, conversationId: string): Promise<string[]> {
  const loaded = await core.store.load(conversationId);
  return (loaded?.cases ?? [])
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || a.part - b.part)
    .flatMap((made) =>
      made.state === 'draft'
        ? []
        : [`Case: ${made.code ?? ''} ${made.deskId} ${made.state === 'delivered' ? 'requested' : made.state}`],
    );
}

/** Codes, what carries a talk over, and links to a calendar differ at each playing. */
function withoutCodes(text: string): string {
  return text
    .replace(/#c=[\w-]+/g, '#c=…')
    .replace(/\/agenda\/[\w.-]+/g, '/agenda/…')
    .replace(/\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b/g, '*****-*****')
    .replace(/\b([A-Z]{3})-[2-9A-Z]{5}\b/g, '$1-*****');
}

function moment(text: string): Date {
  const at = readRomeTime(text);
  assert.ok(at, `not a time: ${text}`);
  return at;
}
