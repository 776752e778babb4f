// axe-core on a page as it is: what breaks a rule, with where. All its rules, and the size of targets, which it leaves out by itself.
// Which pages, and how they look, is left to the tests.
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const RUN = `axe.run(document, { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] })`;

/** One line for each rule that is broken; frames of the same address are looked at too. */
export async function violations(page: Page | Frame): Promise<string[]> {
  const frames = 'frames' in page ? page.frames() : [page];
  for (const frame of frames) if (!(await frame.evaluate<boolean>('"axe" in window'))) await frame.evaluate(AXE);
  const found = await page.evaluate<AxeResults>(RUN);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
