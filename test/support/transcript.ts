// Plays a transcript's own lines through the real conversation and writes the whole talk down again.
// Whether it is the talk that was agreed is left to transcripts.test.ts.
import assert from 'node:assert/strict';
import type { Core } from '../../bot/core.ts';
import { readRomeTime } from '../../bot/clock.ts';
import type { Channel, Incoming, Reply } from '../../bot/message.ts';

/** Moves the clock that the core was made with. */
export type SetClock = (at: Date) => void;

/** What a person does in a line: `User:` writes, `Tap:` taps a button by its label, and so on. */
const LINE = /^(User|Tap|Open|Voice|Again|At):\s?(.*)$/;

export async function playTranscript(core: Core, setClock: SetClock, name: string, text: string): Promise<string> {
  const header = text.split('\n').filter((line) => line.startsWith('#'));
  const setting = (key: string): string | undefined =>
    header.find((line) => line.startsWith(`# ${key}: `))?.slice(key.length + 4);
  setClock(moment(setting('at') ?? '2026-11-22T10:00'));
  const channel: Channel = setting('channel') === 'telegram' ? 'telegram' : 'web';
  const comune = setting('comune');
  const language = setting('language');
  const base = {
    channel,
    conversationId: `${channel}:${name}`,
    ...(comune ? { comune } : {}),
    ...(language ? { language } : {}),
  };
  const out = [...header, ''];
  let offered: Reply['choices'] = [];
  let count = 0;
  let last: Incoming | undefined;
  const turn = async (incoming: Incoming): Promise<void> => {
    const activities = await core.turn(incoming);
    const replies = activities.flatMap((activity) => (activity.from === 'bot' ? [activity.reply] : []));
    for (const reply of replies) out.push(...written(reply));
    offered = replies.at(-1)?.choices ?? offered;
    last = incoming;
  };
  await turn({ ...base, messageId: 'start', kind: 'start', text: '' });
  for (const line of text.split('\n')) {
    const [, verb, rest = ''] = LINE.exec(line) ?? [];
    if (!verb) continue;
    out.push(line.trimEnd());
    count += 1;
    const message: Incoming = { ...base, messageId: `m${count}`, kind: 'message', text: rest.replaceAll('\\n', '\n') };
    if (verb === 'At') setClock(moment(rest));
    else if (verb === 'Open') await turn({ ...message, kind: 'start', text: '' });
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

function written({ text, choices, links, kind }: Reply): string[] {
  const [first = '', ...others] = text.split('\n');
  const lines = [`${kind === 'floor' ? 'Bot!' : 'Bot: '} ${first}`, ...others.map((line) => `      ${line}`.trimEnd())];
  if (links.length > 0) lines.push(`      <${links.map(({ url }) => url).join('> <')}>`);
  if (choices.length > 0) lines.push(`      [${choices.map(({ label }) => label).join('] [')}]`);
  return lines;
}

/** The mails that this conversation caused: to whom and under which subject. */
async function mailsOf(core: Core, conversationId: string): Promise<string[]> {
  const loaded = await core.store.load(conversationId);
  return (loaded?.cases ?? []).flatMap((made) =>
    made.state === 'draft'
      ? []
      : [`Case: ${made.code ?? ''} ${made.deskId} ${made.state === 'delivered' ? 'requested' : made.state}`],
  );
}

/** Codes differ at each playing. */
function withoutCodes(text: string): string {
  return text.replace(/\b([A-Z]{3})-[2-9A-Z]{5}\b/g, '$1-*****');
}

function moment(text: string): Date {
  const at = readRomeTime(text);
  assert.ok(at, `not a time: ${text}`);
  return at;
}
