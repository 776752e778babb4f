// Our widget beside Web Chat on the same server and in the same browser, in turns: what a visit downloads and computes.
// One visit is left to widget-round.ts, the wire of a whole talk to widget-wire.ts, where the table goes to widget-docs.ts.
import { makeFolder, startServerProcess } from '../test/support/server-process.ts';
import { CONTESTANTS, openHosts } from './webchat.ts';
import type { Contestant } from './webchat.ts';
import { download, effort } from './widget-round.ts';
import type { Download, Effort } from './widget-round.ts';
import { measureWire } from './widget-wire.ts';
import type { Wire } from './widget-wire.ts';

/** Each with the smallest and the greatest of its rounds. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

export interface WidgetLine extends Download {
  contestant: Contestant;
  effort: Record<keyof Effort, Spread>;
}

export interface WidgetFigures {
  rounds: number;
  lines: WidgetLine[];
  wire: Wire;
}

const ROUNDS = 7;

export async function benchWidget(): Promise<WidgetFigures> {
  const folder = makeFolder();
  const server = await startServerProcess({ DATA_DIR: folder.path, LOG_LEVEL: 'silent' });
  const hosts = await openHosts(server.url);
  try {
    const downloads = new Map<Contestant, Download>();
    for (const one of CONTESTANTS) downloads.set(one, await download(one, hosts.url(one)));
    const efforts = new Map<Contestant, Effort[]>(CONTESTANTS.map((one) => [one, []]));
    for (let round = 1; round <= ROUNDS; round += 1) {
      process.stderr.write(`round ${round} of ${ROUNDS}\n`);
      for (const one of CONTESTANTS) efforts.get(one)?.push(await effort(one, hosts.url(one)));
    }
    const wire = await measureWire(server, hosts);
    const lines = CONTESTANTS.flatMap((contestant) => {
      const found = downloads.get(contestant);
      return found ? [{ contestant, ...found, effort: spreadOf(efforts.get(contestant) ?? []) }] : [];
    });
    return { rounds: ROUNDS, lines, wire };
  } finally {
    hosts.close();
    await server.stop();
    folder.remove();
  }
}

function spreadOf(rounds: readonly Effort[]): Record<keyof Effort, Spread> {
  const of = (name: keyof Effort): Spread => {
    const sorted = rounds.map((round) => round[name]).toSorted((a, b) => a - b);
    return {
      median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
      least: sorted[0] ?? Number.NaN,
      most: sorted.at(-1) ?? Number.NaN,
    };
  };
  return {
    mainBefore: of('mainBefore'),
    main: of('main'),
    settled: of('settled'),
    script: of('script'),
    toInput: of('toInput'),
    toMessage: of('toMessage'),
    shift: of('shift'),
    heap: of('heap'),
  };
}
