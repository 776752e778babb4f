// A poster for a waiting room: how to write, how to call, in which languages. One page, mostly white: it is printed in offices.
// Facts come from the directory, words from locales.
import type { Comune } from '../../../bot/ports.ts';
import { mainDesk, onPaper } from '../../../bot/sheet/view.ts';
import type { WebAnswer } from '../http.ts';
import { html } from '../pages/html.ts';
import { numbersIn } from '../pages/numbers.ts';
import { COMPASS } from '../pages/site.ts';
import { dangerLine, leaf } from './frame.ts';
import type { Paper } from './frame.ts';
import { qrCode } from './qr.ts';

/** `at`: for what the directory says of that day. */
export function posterPage(paper: Paper, comune: Comune, language: string, at: Date): WebAnswer {
  const { env } = paper;
  const { words, links } = env;
  const say = words.say(language);
  const desk = onPaper({ env, at, state: { language } }, mainDesk(env, comune.id), comune.id);
  const [phone = comune.switchboard.value] = desk.phones;
  const others = words.languages.filter((one) => one !== language);
  const body = html`<main>
      <header>
        ${COMPASS}
        <p>${say('paper:sheet.comune', { comune: comune.name })}</p>
      </header>
      <h1>${say('paper:poster.heading')}</h1>
      <p class="lead">${say('paper:poster.lead')}</p>
      <div class="ways">
        <section>
          <h2>${say('paper:poster.write')}</h2>
          ${qrCode(links.page(`/chat/${comune.id}`), say('paper:poster.qr', { comune: comune.name }))}
          <p>${say('paper:poster.scan')}</p>
        </section>
        <section>
          <h2>${say('paper:poster.call')}</h2>
          <p class="phone"><a dir="ltr" href="${phone.uri}">${phone.shown}</a></p>
          <p><bdi>${desk.name}</bdi></p>
          ${desk.hours !== undefined && html`<p>${numbersIn(desk.hours, language)}</p>`}
          ${desk.address !== undefined && html`<p>${numbersIn(desk.address, language)}</p>`}
        </section>
      </div>
      <p class="type">${say('paper:poster.type')} <b dir="ltr">${links.spoken(`/testo/${comune.id}`)}</b></p>
      <ul class="languages">
        ${others.map((one) => html`<li lang="${one}" dir="auto"><b>${words.say(one)('widget:languageName')}</b> ${words.say(one)('paper:poster.invite')}</li>`)}
      </ul>
    </main>
    <footer><div>${dangerLine(paper, say, comune)}</div></footer>`;
  return leaf(paper, { language, title: say('paper:poster.title', { comune: comune.name }), look: 'poster', body });
}
