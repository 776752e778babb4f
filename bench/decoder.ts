// Our decoder beside node-nlp, natural and fastText: the same rows to learn from, the same held-out voices, one run.
// Each runs in its own process (one-system.ts); what the figures mean is left to docs/bench.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCorpus } from '../bot/decoder/corpus.ts';
import { macroF1 } from '../bot/decoder/measure.ts';
import type { Learnt, Told } from './one-system.ts';
import { SYSTEMS } from './systems.ts';

/** One line of the table. Shares from 0 to 1, milliseconds, megabytes, seconds. */
export interface Line {
  system: string;
  needF1: number;
  needF1Italian: number;
  needF1Others: number;
  right: number;
  perTextMs: number;
  loadMs: number;
  memoryMb: number;
  modelMb: number;
  learnSeconds: number;
}

export function benchDecoder(): Line[] {
  const folder = mkdtempSync(join(tmpdir(), 'bussola-bench-'));
  try {
    return Object.keys(SYSTEMS).map((system) => lineOf(system, join(folder, system)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lineOf(system: string, file: string): Line {
  const learnt = run<Learnt>('learn', system, file);
  const told = run<Told>('tell', system, file);
  const rows = readCorpus().heldOut.map((row, at) => ({
    lang: row.lang,
    is: row.need ?? 'unclear',
    said: told.needs[at] ?? '',
  }));
  return {
    system,
    needF1: macroF1(rows),
    needF1Italian: macroF1(rows.filter(({ lang }) => lang === 'it')),
    needF1Others: macroF1(rows.filter(({ lang }) => lang !== 'it')),
    right: rows.filter(({ is, said }) => is === said).length / rows.length,
    perTextMs: told.perText,
    loadMs: told.load,
    memoryMb: told.memory / 1e6,
    modelMb: told.bytes / 1e6,
    learnSeconds: learnt.seconds,
  };
}

function run<T>(mode: 'learn' | 'tell', system: string, file: string): T {
  process.stderr.write(`${system}: ${mode}\n`);
  const script = new URL('one-system.ts', import.meta.url).pathname;
  const out = execFileSync(process.execPath, ['--expose-gc', script, mode, system, file], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const result: T = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');
  return result;
}

export function tableOf(lines: readonly Line[]): string {
  const head = '| | need F1 | it | others | right | ms a text | load ms | memory MB | model MB | learnt in s |';
  const body = lines.map((line) => {
    const shares = [line.needF1, line.needF1Italian, line.needF1Others, line.right].map((one) =>
      (one * 100).toFixed(1),
    );
    const costs = [line.perTextMs.toFixed(3), line.loadMs.toFixed(0), line.memoryMb.toFixed(0)];
    const cells = [...shares, ...costs, line.modelMb.toFixed(1), line.learnSeconds.toFixed(0)];
    return `| ${line.system} | ${cells.join(' | ')} |`;
  });
  return [head, `|${' --- |'.repeat(10)}`, ...body].join('\n');
}
