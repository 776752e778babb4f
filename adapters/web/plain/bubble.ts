// One message of the talk on the plain pages, either side's: words, links, card, and the buttons that answer it.
// Which messages stand on the page, and in what order, is left to page.ts.
import type { Choice, Reply, StoredActivity } from '../../../bot/message.ts';
import type { Say, Words } from '../../../bot/words.ts';
import { directionOf } from '../../../bot/direction.ts';
import { linksBeside } from '../links-beside.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';
import { cardOf, linkTo } from './card.ts';

/** Labels of a page in its own language; what was said keeps the language it was said in. */
export interface Speech {
  t: Say;
  words: Words;
}

/** `live`: the newest exchange, whose buttons may be pressed. */
export function bubble(activity: StoredActivity, speech: Speech, live: boolean): Html {
  const { t } = speech;
  if (activity.from === 'bot')
    return html`<li class="bot">
      <p class="who">${t('widget:chat.bot')}:</p>
      ${said(activity.reply, speech, live)}
    </li>`;
  return html`<li class="me">
    <p class="who">${t('widget:chat.you')}:</p>
    <div class="bubble" dir="auto">${paragraphs(activity.text)}</div>
  </li>`;
}

/** The floor's answer stands above everything: its numbers first, then its words. */
export function floorBubble(reply: Reply, speech: Speech): Html {
  return html`<section class="floor" aria-labelledby="numbers">
    <h2 id="numbers">${speech.t('widget:chat.floorTitle')}</h2>
    <div lang="${reply.lang}" dir="${directionOf(reply.lang)}">
      ${linksOf(reply, speech.t)} ${paragraphs(reply.text)}
    </div>
    ${choices(reply, speech.t)}
  </section>`;
}

function said(reply: Reply, { t, words }: Speech, live: boolean): Html {
  // A card is said in the language of the talk, as its facts are.
  const language = reply.lang;
  const own = words.languages.includes(language) ? words.say(language) : t;
  const inside = reply.card ? cardOf(reply.card, { t: own, language }, live) : paragraphs(reply.text);
  return html`<div class="${reply.card ? 'wide' : 'bubble'}" lang="${reply.lang}" dir="${directionOf(reply.lang)}">
      ${reply.kind === 'floor' && linksOf(reply, t)} ${inside} ${reply.kind !== 'floor' && linksOf(reply, t)}
    </div>
    ${live && choices(reply, t)}`;
}

/** Lines and paragraphs as elements: a browser of text alone knows no style sheet. */
function paragraphs(text: string): Html[] {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const lines = part.split('\n').map((line, index) => (index === 0 ? html`${line}` : html`<br />${line}`));
      return html`<p>${lines}</p>`;
    });
}

function linksOf({ links, card, lang: language }: Reply, t: Say): Html | undefined {
  const beside = linksBeside(links, card);
  if (beside.length === 0) return undefined;
  return html`<p class="calls">
    ${beside.map(({ url, label }) => html`${linkTo(url, label, { t, language }, url.startsWith('tel:') ? 'button call' : 'button plain')} `)}
  </p>`;
}

function choices(reply: Reply, t: Say): Html | undefined {
  if (reply.choices.length === 0) return undefined;
  return html`<div class="choices" lang="${reply.lang}" dir="${directionOf(reply.lang)}">
    ${reply.multi && html`<p class="hint">${t('widget:chat.chooseMany')}</p>`}
    <ul>
      ${reply.choices.map(choice)}
    </ul>
  </div>`;
}

function choice({ id, label }: Choice): Html {
  return html`<li><button class="choice" name="choice" value="${id}">${label}</button></li>`;
}
