// `npm run -s report`: the figures of the service for the funder, as CSV, JSON or a page to print. A root of composition.
// What may be told is left to report/publish.ts, how it is written down to the formats.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCalendar } from '../adapters/directory/calendar.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { openStore } from '../adapters/store/open.ts';
import { reportPage } from '../adapters/web/report/page.ts';
import { COMUNI } from '../flows/types.ts';
import { readRomeTime } from './clock.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import { ConfigError, DirectoryError } from './errors.ts';
import { createLog, messageOf } from './log.ts';
import { createLabels } from './report/labels.ts';
import { makeReport } from './report/make.ts';
import { notYet } from './report/notes.ts';
import { readPeriod } from './report/period.ts';
import type { Period } from './report/period.ts';
import type { Where } from './report/report.ts';
import { FORMATS, writeReport } from './report/write.ts';
import type { Format } from './report/write.ts';
import { loadWords } from './words.ts';
import type { Say, Words } from './words.ts';

const text = { type: 'string' } as const;

interface Asked {
  period: Period;
  where: Where;
  format: Format;
  at: Date;
  data: string | undefined;
}

function read(args: string[], say: Say): Asked {
  const { values, positionals } = parseArgs({
    args,
    options: { from: text, to: text, comune: text, format: text, at: text, data: text },
    allowPositionals: true,
  });
  const problems = positionals.map((one) => say('report:usage.extra', { text: one }));
  const at =
    values.at === undefined ? new Date() : readRomeTime(values.at.length === 10 ? `${values.at}T12:00` : values.at);
  if (!at) problems.push(say('report:usage.at'));
  const period = readPeriod(values, at ?? new Date(), say);
  if ('problems' in period) problems.push(...period.problems);
  const where = (['all', ...COMUNI] as const).find((one) => one === (values.comune ?? 'all'));
  if (!where) problems.push(say('report:usage.comune', { list: [...COMUNI, 'all'].join(', ') }));
  const format = FORMATS.find((one) => one === (values.format ?? 'csv'));
  if (!format) problems.push(say('report:usage.format'));
  if (problems.length > 0 || !at || 'problems' in period || !where || !format) throw new ConfigError(problems);
  return { period: period.period, where, format, at, data: values.data };
}

async function report(args: string[], words: Words): Promise<void> {
  const say = words.say('it');
  const { period, where, format, at, data } = read(args, say);
  const config = readConfig({ ...process.env, ...(data === undefined ? {} : { DATA_DIR: data }) });
  if (!config.databaseUrl && !existsSync(join(config.dataDir, 'bussola.sqlite')))
    throw new ConfigError([say('report:usage.store', { folder: config.dataDir })]);
  const directory = loadDirectory();
  const env = { directory, calendar: createCalendar(directory) };
  const store = await open(config);
  try {
    const made = await makeReport({ env, store }, period, where, at);
    const labels = createLabels(words, directory);
    for (const line of notYet(made, say, labels)) process.stderr.write(`${line}\n`);
    process.stdout.write(writeReport(made, format, { say, labels, page: reportPage }));
  } finally {
    await store.close();
  }
}

/** The server's own store; none is made where there is none. */
function open({ dataDir, databaseUrl }: Config): ReturnType<typeof openStore> {
  return openStore({ dataDir, databaseUrl, log: createLog('silent') });
}

try {
  // As `npm start` does: the environment goes before the file.
  if (existsSync('.env')) process.loadEnvFile('.env');
  await report(process.argv.slice(2), loadWords());
} catch (error) {
  const asked = error instanceof ConfigError || error instanceof DirectoryError;
  const usage = asked || (error instanceof TypeError && 'code' in error);
  process.stderr.write(`${asked ? error.problems.join('\n') : messageOf(error)}\n`);
  process.exitCode = usage ? 2 : 1;
}
