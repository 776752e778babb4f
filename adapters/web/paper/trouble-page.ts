// What is shown where the page could not be made: the fault is ours, it passes, and there is somebody to call.
// What a code that opens nothing looks like is left to code-page.ts.
import type { WebAnswer } from '../http.ts';
import { html } from '../pages/html.ts';
import { dangerLine, leaf, switchboards } from './frame.ts';
import type { Paper } from './frame.ts';

const SECONDS = 5;

export function troublePage(paper: Paper, language: string): WebAnswer {
  const say = paper.env.words.say(language);
  const title = say('paper:trouble.heading');
  const body = html`<main>
    <h1>${title}</h1>
    <p role="alert">${say('paper:trouble.text')}</p>
    <h2>${say('paper:code.call')}</h2>
    ${switchboards(paper, say)} ${dangerLine(paper, say, undefined)}
  </main>`;
  const page = leaf(paper, { status: 503, language, title, look: 'plain', body });
  return { ...page, headers: { ...page.headers, 'retry-after': String(SECONDS) } };
}
