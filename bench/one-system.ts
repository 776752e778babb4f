// `node bench/one-system.ts learn|tell <system> <file>`: one decoder in a process of its own, so that its memory is its own.
// What is compared is left to decoder.ts, how each system works to systems.ts.
import { statSync } from 'node:fs';
import { readCorpus } from '../bot/decoder/corpus.ts';
import { SYSTEMS } from './systems.ts';

export interface Learnt {
  /** Seconds to learn and store. */
  seconds: number;
}

export interface Told {
  /** Of the stored model. */
  bytes: number;
  /** Milliseconds from the start of loading to the first answer. */
  load: number;
  /** Bytes of memory that loading and answering added. */
  memory: number;
  /** Milliseconds a text, over the held-out rows. */
  perText: number;
  /** The need told of each held-out row, in order. */
  needs: string[];
}

const WARM = 1500;

async function learn(name: string, file: string): Promise<Learnt> {
  const system = await systemOf(name);
  const start = performance.now();
  await system.learn(readCorpus().train, file);
  return { seconds: (performance.now() - start) / 1000 };
}

async function tell(name: string, file: string): Promise<Told> {
  const { train, heldOut } = readCorpus();
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const say = await (await systemOf(name)).load(file);
  await say('non riesco a pagare la bolletta della luce', 'it');
  const load = performance.now() - start;
  // Warm, and on texts of its own: node-nlp remembers what it was asked before.
  for (const { text, lang } of train.filter((_, at) => at % Math.floor(train.length / WARM) === 0))
    await say(text, lang);
  const needs: string[] = [];
  const begin = performance.now();
  for (const { text, lang } of heldOut) needs.push(await say(text, lang));
  const perText = (performance.now() - begin) / heldOut.length;
  globalThis.gc?.();
  const memory = process.memoryUsage().rss - before;
  return { bytes: statSync(file).size, load, memory, perText, needs };
}

async function systemOf(name: string): ReturnType<(typeof SYSTEMS)[string]> {
  const make = SYSTEMS[name];
  if (make === undefined) throw new Error(`there is no system "${name}"`);
  return make();
}

const [, , mode = '', name = '', file = ''] = process.argv;
const result = mode === 'learn' ? await learn(name, file) : await tell(name, file);
// Some packages write to standard output as they learn: the result is the last line.
process.stdout.write(`\n${JSON.stringify(result)}\n`);
