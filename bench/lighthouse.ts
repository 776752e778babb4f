// What Lighthouse says of the pages that people see: accessibility and best practices, in the browser of the tests.
// Its other categories depend on machine and network, and are left out; sizes and times are measured in widget.ts.
import lighthouse from 'lighthouse';
import { launchBrowser } from '../test/support/browser.ts';
import { freePort } from '../test/support/free-port.ts';
import { makeFolder, startServerProcess } from '../test/support/server-process.ts';

export interface LighthouseLine {
  path: string;
  /** From 0 to 100. */
  accessibility: number;
  bestPractices: number;
  /** What was found wrong, in its own words. */
  faults: string[];
}

const PATHS = ['/?comune=porcari', '/chat/porcari', '/chat', '/testo/porcari', '/testo'];
const CATEGORIES = ['accessibility', 'best-practices'];

export async function benchLighthouse(): Promise<LighthouseLine[]> {
  const folder = makeFolder();
  const server = await startServerProcess({ DATA_DIR: folder.path, LOG_LEVEL: 'silent' });
  const port = await freePort();
  const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
  try {
    const lines: LighthouseLine[] = [];
    for (const path of PATHS) {
      process.stderr.write(`${path}\n`);
      lines.push(await audit(server.url, path, port));
    }
    return lines;
  } finally {
    await browser.close();
    await server.stop();
    folder.remove();
  }
}

async function audit(origin: string, path: string, port: number): Promise<LighthouseLine> {
  const result = await lighthouse(origin + path, {
    port,
    onlyCategories: CATEGORIES,
    formFactor: 'desktop',
    screenEmulation: { disabled: true },
    logLevel: 'silent',
  });
  if (!result) throw new Error(`nothing was said of ${path}`);
  const { audits, categories, runtimeError } = result.lhr;
  if (runtimeError) throw new Error(`${path}: ${runtimeError.message}`);
  const score = (name: string): number => Math.round((categories[name]?.score ?? 0) * 100);
  const weighed = CATEGORIES.flatMap((name) => categories[name]?.auditRefs ?? []).filter(({ weight }) => weight > 0);
  const faults = weighed.flatMap(({ id }) => {
    const found = audits[id];
    return found && found.score !== null && found.score < 1 ? [found.title] : [];
  });
  return { path, accessibility: score('accessibility'), bestPractices: score('best-practices'), faults };
}

export function lighthouseTable(lines: readonly LighthouseLine[]): string {
  const body = lines.map(
    ({ path, accessibility, bestPractices, faults }) =>
      `| \`${path}\` | ${accessibility} | ${bestPractices} | ${faults.join('; ') || '–'} |`,
  );
  return ['| page | accessibility | best practices | faults |', '| --- | --- | --- | --- |', ...body].join('\n');
}
