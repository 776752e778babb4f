// The sheet itself, on one page, and the leaflet of three lines for whoever reads with effort. Facts only.
// What stands on it was gathered by bot/sheet/view.ts; finding it by its code is left to routes.ts.
import { showSheetCode } from '../../../bot/sheet/code.ts';
import type { Sheet } from '../../../bot/sheet/types.ts';
import type { SheetDesk, SheetView } from '../../../bot/sheet/view.ts';
import { dayWords } from '../../../bot/mail/dates.ts';
import type { Say } from '../../../bot/words.ts';
import type { WebAnswer } from '../http.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';
import { numbersIn } from '../pages/numbers.ts';
import { dangerLine, leaf } from './frame.ts';
import type { Paper } from './frame.ts';
import { qrCode } from './qr.ts';

/** A label in the person's language, and in Italian for who reads the sheet at the desk. */
type Label = (key: string) => Html;

export function sheetPage(paper: Paper, sheet: Sheet, view: SheetView): WebAnswer {
  const { env } = paper;
  const { language, desk, bring, how, also, freshness } = view;
  const say = env.words.say(language);
  const label = labelIn(say, env.words.say('it'), language);
  const comune = env.directory.comune(view.comune);
  const body = html`<main>
      <header>
        <p>${say('paper:sheet.comune', { comune: comune.name })}</p>
        <h1>${say('paper:sheet.title')}</h1>
      </header>
      <section class="desk">
        <h2><bdi>${desk.name}</bdi></h2>
        ${desk.organization !== '' && html`<p><bdi>${desk.organization}</bdi></p>`} ${phones(desk)}
        ${facts(desk, language)}
      </section>
      <div class="says">${codes(label, view.codes)} ${show(say, env.words.say('it'), language)}</div>
      ${
        bring.length > 0 &&
        html`<section>
          <h3>${label('paper:sheet.bring')}</h3>
          <ul class="boxes">
            ${bring.map((one) => html`<li>${one.said}${one.italian !== undefined && html` ${italian(`(${one.italian})`)}`}</li>`)}
          </ul>
        </section>`
      }
      ${
        how.length > 0 &&
        html`<section>
          <h3>${say('paper:sheet.how')}</h3>
          <ul>
            ${how.map((one) => html`<li>${one}</li>`)}
          </ul>
        </section>`
      }
      ${
        also.length > 0 &&
        html`<section>
          <h3>${say('paper:sheet.also')}</h3>
          <ul>
            ${also.map((one) => html`<li><bdi>${one.name}</bdi>${one.phones[0] && html` <a class="phone" dir="ltr" href="${one.phones[0].uri}">${one.phones[0].shown}</a>`}</li>`)}
          </ul>
        </section>`
      }
      <p class="fresh">${numbersIn(freshness, language)}</p>
    </main>
    ${foot(paper, sheet, say, language)}
    <nav class="screen">
      <p>${say('paper:sheet.print')}</p>
      <p><a href="${`/carta/${showSheetCode(sheet.code)}/foglietto`}">${say('paper:sheet.leaflet')}</a></p>
    </nav>`;
  return leaf(paper, { language, title: say('paper:sheet.title'), look: 'sheet', body });
}

/** Where, which number, which code. */
export function leafletPage(paper: Paper, sheet: Sheet, { language, desk, codes: open }: SheetView): WebAnswer {
  const say = paper.env.words.say(language);
  const [phone] = desk.phones;
  const [code] = open;
  const third = code ?? desk.address ?? desk.hours;
  const body = html`<main>
      <h1><bdi>${desk.name}</bdi></h1>
      ${phone && html`<p class="phone"><a dir="ltr" href="${phone.uri}">${phone.shown}</a></p>`}
      ${third !== undefined && html`<p class="${code === undefined ? 'where' : 'code'}">${code === undefined ? numbersIn(third, language) : html`<bdi dir="ltr">${third}</bdi>`}</p>`}
    </main>
    <nav class="screen">
      <p>${say('paper:sheet.print')}</p>
      <p><a href="${`/carta/${showSheetCode(sheet.code)}`}">${say('paper:sheet.whole')}</a></p>
    </nav>`;
  return leaf(paper, { language, title: say('paper:sheet.title'), look: 'leaflet', body });
}

function labelIn(say: Say, inItalian: Say, language: string): Label {
  return (key) => (language === 'it' ? html`${say(key)}` : html`${say(key)} · ${italian(inItalian(key))}`);
}

/** For who reads it at the desk, from the left also among words that are read from the right: its brackets are inside. */
function italian(text: string): Html {
  return html`<i lang="it" dir="ltr">${text}</i>`;
}

function phones({ phones: all }: SheetDesk): Html {
  return html`<p class="phones">
    ${all.slice(0, 2).map(({ shown, uri }) => html`<a class="phone" dir="ltr" href="${uri}">${shown}</a> `)}
  </p>`;
}

function facts({ hours, address }: SheetDesk, language: string): Html {
  return html`${hours !== undefined && html`<p>${numbersIn(hours, language)}</p>`}
  ${address !== undefined && html`<p>${numbersIn(address, language)}</p>`}`;
}

function codes(label: Label, open: string[]): Html | undefined {
  if (open.length === 0) return undefined;
  return html`<section class="say">
    <h3>${label('paper:sheet.code')}</h3>
    ${open.map((code) => html`<p class="code" dir="ltr">${code}</p> `)}
  </section>`;
}

/** Who does not speak Italian holds it out at the desk. */
function show(say: Say, inItalian: Say, language: string): Html | undefined {
  if (language === 'it') return undefined;
  const named = new Intl.DisplayNames('it', { type: 'language' }).of(language) ?? language;
  return html`<section class="say">
    <h3>${say('paper:sheet.show')}</h3>
    <p lang="it" dir="ltr">«${inItalian('paper:sheet.words', { language: named })}»</p>
  </section>`;
}

function foot(paper: Paper, sheet: Sheet, say: Say, language: string): Html {
  const { env } = paper;
  const code = showSheetCode(sheet.code);
  const comune = sheet.comune === null ? undefined : env.directory.comune(sheet.comune);
  return html`<footer>
    ${qrCode(env.links.page(`/carta/${code}`), say('paper:sheet.qr'))}
    <div>
      <p>${say('paper:sheet.open', { page: env.links.spoken('/carta') })}<br /><b class="own" dir="ltr">${code}</b></p>
      <p>${say('paper:sheet.until', { day: dayWords(sheet.until, language) })}</p>
      ${dangerLine(paper, say, comune)}
    </div>
  </footer>`;
}
