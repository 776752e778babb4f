// `npm run -s review`: what the bot did not understand, for a social worker to teach it. A root of composition.
// Keeping the phrases is left to the turn and the store, the corpus's own rules to decoder/corpus.ts.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openStore } from '../adapters/store/open.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import { ConfigError } from './errors.ts';
import { createLog, messageOf } from './log.ts';
import type { Store } from './ports.ts';
import { groupPhrases } from './review/groups.ts';
import type { Group } from './review/groups.ts';
import { toJson, toText } from './review/print.ts';
import { teach } from './review/teach.ts';

const text = { type: 'string' } as const;
const OPTIONS = {
  json: { type: 'boolean' },
  need: text,
  area: text,
  secondary: text,
  urgency: text,
  for: text,
  comune: text,
  voice: text,
  lang: text,
  text,
  note: text,
  data: text,
  corpus: text,
} as const;

type Values = ReturnType<typeof parse>['values'];

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

async function review(args: string[]): Promise<void> {
  const { values, positionals } = parse(args);
  const [verb = 'list', number, ...rest] = positionals;
  if (!['list', 'add', 'drop'].includes(verb) || rest.length > 0 || (verb === 'list' && number !== undefined))
    throw new ConfigError([`"${positionals.join(' ')}" is not known: write list, add <number> or drop <number>`]);
  const config = readConfig({ ...process.env, ...(values.data === undefined ? {} : { DATA_DIR: values.data }) });
  const store = await open(config);
  try {
    const groups = groupPhrases(await store.listUnclear());
    if (verb === 'list') return list(groups, values, config);
    const group = find(groups, number, verb);
    if (verb === 'add') add(group, values);
    const gone = await store.dropUnclear(group.ids);
    print(`Taken out of the queue: ${gone} ${gone === 1 ? 'phrase' : 'phrases'}.`);
  } finally {
    await store.close();
  }
}

/** Opens the server's own store; makes none where there is none. */
async function open(config: Config): Promise<Store> {
  if (!config.databaseUrl && !existsSync(join(config.dataDir, 'bussola.sqlite')))
    throw new ConfigError([
      `there is no store in ${config.dataDir}: set DATA_DIR or --data to the folder of the server, or DATABASE_URL`,
    ]);
  return openStore({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log: createLog('silent') });
}

function list(groups: Group[], { json }: Values, { unclearQueue }: Config): void {
  print(json ? toJson(groups) : toText(groups));
  if (!json && !unclearQueue) print('No phrase is added: UNCLEAR_QUEUE is off.');
}

function find(groups: Group[], number: string | undefined, verb: string): Group {
  if (number === undefined) throw new ConfigError([`${verb} needs a number: npm run -s review lists them`]);
  const group = groups.find((one) => String(one.number) === number);
  if (!group) throw new ConfigError([`there is no phrase ${number}: npm run -s review lists those that there are`]);
  return group;
}

function add(group: Group, values: Values): void {
  const corpus =
    values.corpus === undefined ? new URL('decoder/corpus/', import.meta.url) : pathToFileURL(`${values.corpus}/`);
  const file = teach(
    {
      lang: values.lang ?? group.lang,
      voice: values.voice ?? 'from-review',
      text: values.text ?? group.text,
      area: values.area,
      need: values.need,
      secondary: values.secondary ?? 'none',
      urgency: values.urgency ?? 'none',
      forWhom: values.for ?? 'self',
      comune: values.comune ?? 'none',
      note: values.note ?? '',
    },
    corpus,
  );
  print(
    `Added to ${relative(process.cwd(), file)}. Decoder and floor learn it with: npm run train && npm run train:floor`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  // As `npm start` does: the environment goes before the file.
  if (existsSync('.env')) process.loadEnvFile('.env');
  await review(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof ConfigError || (error instanceof TypeError && 'code' in error);
  process.stderr.write(`${error instanceof ConfigError ? error.problems.join('\n') : messageOf(error)}\n`);
  process.exitCode = usage ? 2 : 1;
}
