// Where a code is typed, and what is shown for one that opens nothing: wrong, expired, never ours, all the same page.
// Whether a code opens something is left to routes.ts.
import { showSheetCode } from '../../../bot/sheet/code.ts';
import type { WebAnswer } from '../http.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';
import { dangerLine, leaf, switchboards } from './frame.ts';
import type { Paper } from './frame.ts';

/** Of nobody: it stands as an example. */
const EXAMPLE = 'K7M2Q9XTA4';

/** `found`: the page to type a code; `gone`: it opens nothing; `many`: too many wrong ones from there. */
export function codePage(paper: Paper, language: string, what: 'ask' | 'gone' | 'many'): WebAnswer {
  const { env } = paper;
  const say = env.words.say(language);
  const title = say(what === 'ask' ? 'paper:code.heading' : 'paper:code.gone');
  const status = { ask: 200, gone: 404, many: 429 }[what];
  const body = html`<main>
    <h1>${title}</h1>
    ${what === 'gone' && html`<p role="alert">${say('paper:code.gone_text')}</p>`}
    ${what === 'many' ? html`<p role="alert">${say('paper:code.many')}</p>` : form(paper, language)}
    <h2>${say('paper:code.call')}</h2>
    ${switchboards(paper, say)} ${dangerLine(paper, say, undefined)}
    <p class="muted">${say('paper:code.desk', { list: env.links.list() })}</p>
  </main>`;
  return leaf(paper, { status, language, title, look: 'plain', body });
}

function form({ env }: Paper, language: string): Html {
  const say = env.words.say(language);
  return html`<form method="post" action="/carta">
    <label for="code">${say('paper:code.label')}</label>
    <p id="hint" class="muted">${say('paper:code.hint', { example: showSheetCode(EXAMPLE) })}</p>
    <p>
      <input
        id="code"
        name="code"
        aria-describedby="hint"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        maxlength="40"
        required
      />
      <button type="submit">${say('paper:code.button')}</button>
    </p>
  </form>`;
}
