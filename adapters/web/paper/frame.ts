// The frame around every page on paper: its headers, its head, its foot with the numbers for danger. No script, nothing from elsewhere.
// What stands in it is left to the pages.
import type { Comune } from '../../../bot/ports.ts';
import { dangerPhones } from '../../../bot/sheet/view.ts';
import type { Environment } from '../../../bot/talk.ts';
import type { Say } from '../../../bot/words.ts';
import type { WebAnswer } from '../http.ts';
import { html as answer } from '../http.ts';
import { htmlDocument } from '../pages/document.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';
import { COMPASS, emergency } from '../pages/site.ts';
import { PRIVATE_HEADERS } from '../private-page.ts';
import { EXIT_URL } from '../widget/exit.ts';

export interface Paper {
  env: Environment;
  /** Address of the style sheet. */
  style: string;
}

export interface Leaf {
  status?: number;
  language: string;
  /** The same for every sheet: it stands in tabs, histories, print queues. */
  title: string;
  /** Class of the body: which paper it is. */
  look: 'sheet' | 'leaflet' | 'plain' | 'poster';
  body: Html;
}

export function leaf({ style, env }: Paper, { status = 200, language, title, look, body }: Leaf): WebAnswer {
  const page = html`<body class="${look}">
    ${top(env, env.words.say(language))} ${body}
  </body>`;
  const head = html`<link rel="stylesheet" href="${style}" />`;
  return answer(
    status,
    htmlDocument({ language, title, robots: 'noindex, nofollow', head, body: page }),
    PRIVATE_HEADERS,
  );
}

/** On a screen alone: whose page it is, the way out, the number that always answers. */
function top({ directory }: Environment, say: Say): Html {
  const { shown, url } = emergency({ directory });
  return html`<header class="top screen">
    <div>
      ${COMPASS}
      <p><b>${say('widget:chat.title')}</b><br />${say('widget:chat.subtitle')}</p>
    </div>
    <p class="way-out">
      <a href="${EXIT_URL}" rel="noreferrer">${say('widget:chat.exit')}</a>
      <a href="${url}">${say('widget:chat.emergency', { number: shown })}</a>
    </p>
  </header>`;
}

/** At the foot of every paper alike: that they stand there tells nothing. */
export function dangerLine({ env }: Paper, say: Say, comune: Comune | undefined): Html {
  const known = comune ?? env.directory.comuni()[0];
  const [general = '112', violence = '112', children = '112'] = known ? dangerPhones(env, known.id) : [];
  return html`<p class="danger">${say('paper:danger', { general, violence, children })}</p>`;
}

/** Who answers in each comune, by its number: the switchboard, whatever number its own desk has. */
export function switchboards({ env }: Paper, say: Say): Html {
  return html`<p>${say('paper:code.switchboard')}</p>
    <ul class="numbers">
      ${env.directory.comuni().map(({ name, switchboard: { value } }) => html`<li>${name} <a dir="ltr" href="${value.uri}">${value.shown}</a></li>`)}
    </ul>`;
}
