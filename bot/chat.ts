// The terminal channel: greets, reads one message per line, prints what the person would read. Works when piped.
// The talk itself is the same as on every other channel; a composition root like main.ts.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { clockFrom, readRomeTime, systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import { createCore } from './core.ts';
import { BussolaError, ConfigError, DirectoryError } from './errors.ts';
import { ids } from './ids.ts';
import { createLog, messageOf } from './log.ts';
import type { Incoming, StoredActivity, Turn } from './message.ts';
import { toJsonLine, toTerminal } from './terminal.ts';
import { COMUNI } from '../flows/types.ts';
import { loadWords } from './words.ts';

interface Options {
  comune: string | undefined;
  lang: string;
  json: boolean;
  at: Date | undefined;
  data: string | undefined;
}

function readOptions(args: string[]): Options {
  const problems: string[] = [];
  const { values } = parseArgs({
    args,
    options: {
      comune: { type: 'string' },
      lang: { type: 'string', default: 'auto' },
      json: { type: 'boolean', default: false },
      at: { type: 'string' },
      data: { type: 'string' },
    },
  });
  const at = values.at === undefined ? undefined : readRomeTime(values.at);
  if (values.at !== undefined && !at) problems.push(`--at is not a time like 2026-11-24T10:00: ${values.at}`);
  if (values.comune !== undefined && !COMUNI.some((id) => id === values.comune))
    problems.push(`--comune must be one of: ${COMUNI.join(', ')}`);
  const languages = ['auto', ...loadWords().languages];
  if (!languages.includes(values.lang)) problems.push(`--lang must be one of: ${languages.join(', ')}`);
  if (problems.length > 0) throw new ConfigError(problems);
  return { comune: values.comune, lang: values.lang, json: values.json, at, data: values.data };
}

async function chat(args: string[]): Promise<void> {
  const options = readOptions(args);
  // Trials are nobody's words: without a folder of their own they are not kept for review.
  const trial = options.data === undefined ? { UNCLEAR_QUEUE: 'off' } : { DATA_DIR: options.data };
  const config = readConfig({ ...process.env, ...trial });
  const clock = options.at ? clockFrom(options.at) : systemClock;
  const core = await createCore(config, clock, createLog('silent'), { announce: () => {} });
  try {
    await talk(options, core.turn);
    await core.outbox.drain();
  } finally {
    await core.close();
  }
}

async function talk(options: Options, turn: Turn): Promise<void> {
  const conversationId = `terminal:${ids.uuid()}`;
  const language = options.lang === 'auto' ? undefined : options.lang;
  const base = {
    channel: 'terminal',
    conversationId,
    ...(options.comune ? { comune: options.comune } : {}),
    ...(language ? { language, languageFixed: true as const } : {}),
  } satisfies Partial<Incoming>;
  let turns = 0;
  /** Every button shown so far: a line that is the id of one picks it, any other line is what the person wrote. */
  const shown = new Set<string>();
  const show = (activities: StoredActivity[]): void => {
    const replies = activities.flatMap((activity) => (activity.from === 'bot' ? [activity.reply] : []));
    for (const { choices, card } of replies)
      for (const id of [...choices.map((choice) => choice.id), ...(card?.reasons ?? []).map((reason) => reason.choice)])
        shown.add(id);
    for (const reply of replies) print(options.json ? toJsonLine(reply) : toTerminal(reply));
    if (options.json) print(JSON.stringify({ turn: turns }));
    turns += 1;
  };
  show(await turn({ ...base, messageId: 'start', kind: 'start', text: '' }));
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const choice = shown.has(line.trim()) ? { choice: line.trim() } : {};
    show(await turn({ ...base, messageId: `line-${turns}`, kind: 'message', text: line, ...choice }));
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  await chat(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof ConfigError || error instanceof DirectoryError || isUsage(error);
  process.stderr.write(`${error instanceof BussolaError ? error.message : messageOf(error)}\n`);
  process.exitCode = usage ? 2 : 1;
}

function isUsage(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
