// The one form of a plain page: the newest exchange with its buttons, the box to write in, and what else may be asked.
// The page around it is left to page.ts, what the form does to converse.ts.
import type { StoredActivity } from '../../../bot/message.ts';
import { languagesFor } from '../pages/brand.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';
import { bubble, floorBubble } from './bubble.ts';
import { TOOLS, languagesBeside } from './converse.ts';
import { newest, repliesOf } from './log.ts';
import type { Screen } from './page.ts';

/** One form around the newest exchange: its buttons, the box, and what else may be asked. */
export function form(screen: Screen, begun: boolean): Html {
  const { t, comune, sealed, kept, retry } = screen;
  return html`<form method="post" action="/testo/${comune.id}#ora" autocomplete="off" accept-charset="utf-8">
    <input type="hidden" name="page" value="${sealed}" />
    ${begun ? exchange(screen) : beginning(screen)}
    ${
      retry &&
      html`<p>
        <button class="button" name="${retry.name}" value="${retry.value}">${t('plain:again')}</button>
      </p>`
    }
    <p class="write">
      <label for="box">${t(begun ? 'widget:chat.input' : 'plain:begin.box')}</label>
      <textarea id="box" name="text" rows="4" cols="40" dir="auto" autocomplete="off">${'\n'}${kept}</textarea>
    </p>
    <p><button class="button" name="do" value="say">${t(begun ? 'widget:chat.send' : 'plain:begin.start')}</button></p>
    ${begun && tools(screen)}
  </form>`;
}

function beginning({ t }: Screen): Html {
  return html`<p class="lead">${t('widget:text.what')}</p>
    <h2>${t('plain:begin.heading')}</h2>
    <p>${t('plain:begin.lead')}</p>
    <p class="hint">${t('widget:chat.automatic')} ${t('plain:begin.empty')}</p>`;
}

/** Danger is answered first, whatever was said before it. */
function exchange(screen: Screen): Html {
  const { log, t } = screen;
  const now = newest(log);
  const isFloor = (activity: StoredActivity): boolean => activity.from === 'bot' && activity.reply.kind === 'floor';
  const floors = repliesOf(now.filter(isFloor));
  const rest = now.filter((activity) => !isFloor(activity));
  return html`${floors.map((reply) => floorBubble(reply, screen))}
    <h2>${t('plain:now')}</h2>
    <ol class="talk">
      ${rest.map((activity) => bubble(activity, screen, true))}
    </ol>`;
}

function tools({ t, words, language, log, comune }: Screen): Html {
  const asked = repliesOf(log).some((reply) => reply.case !== null);
  const own = TOOLS.map(
    (tool) =>
      html`<li><button class="small" name="choice" value="command.${tool}">${t(`plain:tool.${tool}`)}</button></li>`,
  );
  const tongues = languagesFor(comune, languagesBeside(words, language)).map(
    (code) =>
      html`<li>
        <button class="small" name="choice" value="command.language.${code}" lang="${code}">
          ${words.say(code)('widget:languageName')}
        </button>
      </li>`,
  );
  return html`<h2>${t('plain:also')}</h2>
    <ul class="tools">
      ${asked && html`<li><button class="small" name="do" value="news">${t('plain:news')}</button></li>`} ${own}
      ${tongues}
    </ul>
    <p class="hint">${t('plain:stays')}</p>`;
}
