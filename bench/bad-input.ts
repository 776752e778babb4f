// How long decoder and floor take for 10,000 characters of each kind of bad text: median of 20, after one to warm up.
// The kinds are left to test/support/bad-texts.ts; that nothing falls is left to test/fuzz.test.ts.
import { performance } from 'node:perf_hooks';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { createDecoder } from '../bot/decoder/decoder.ts';
import { detectDanger } from '../bot/floor/detect.ts';
import { KINDS } from '../test/support/bad-texts.ts';

/** Milliseconds. */
export interface BadLine {
  kind: string;
  decode: number;
  floor: number;
}

const LENGTH = 10_000;
const TIMES = 20;
/** What neither may take. */
const GOAL = 50;
const SHOWN = 20;

/** Slowest kind first. */
export async function benchBadInput(): Promise<BadLine[]> {
  const directory = loadDirectory();
  const decoder = await createDecoder({ frazioni: directory.frazioni(), comuni: directory.comuni() });
  const lines: BadLine[] = [];
  for (const [kind, make] of Object.entries(KINDS)) {
    const text = make(LENGTH);
    const decode = await median(() => decoder.decode(text));
    const floor = await median(() => detectDanger(text));
    lines.push({ kind, decode, floor });
    process.stderr.write(`${kind}: ${decode.toFixed(1)} ${floor.toFixed(1)}\n`);
  }
  return lines.toSorted((a, b) => slowest(b) - slowest(a));
}

async function median(run: () => unknown): Promise<number> {
  const times: number[] = [];
  await run();
  for (let time = 0; time < TIMES; time += 1) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[TIMES / 2] ?? 0;
}

function slowest({ decode, floor }: BadLine): number {
  return Math.max(decode, floor);
}

/** The slowest kinds, and how many keep the goal. */
export function badInputTable(lines: readonly BadLine[]): string {
  const body = lines
    .slice(0, SHOWN)
    .map(({ kind, decode, floor }) => `| ${kind} | ${decode.toFixed(1)} | ${floor.toFixed(1)} |`);
  const within = lines.filter((line) => slowest(line) < GOAL).length;
  return [
    `| ${LENGTH} characters of | decode ms | floor ms |`,
    '| --- | --- | --- |',
    ...body,
    '',
    `${within} of ${lines.length} kinds under ${GOAL} ms, both`,
  ].join('\n');
}
