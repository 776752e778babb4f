// How to reach a desk, as HTML: numbers first, then when it is open. All facts come from the directory.
// Saying dates and hours is left to bot/desk-lines.ts and bot/when.ts, so that pages and conversation say them alike.
import { deskLines } from '../../../bot/desk-lines.ts';
import type { Comune, Desk, Fact } from '../../../bot/ports.ts';
import { hoursInWords } from '../../../bot/when.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { numbersIn } from './numbers.ts';
import { firstDesk, nationalDesk } from './site.ts';
import type { Facts } from './site.ts';

const DANGER = ['emergency_112', 'violence_1522', 'child_emergency_114'] as const;

export function contact(view: Facts, comune: Comune): Html {
  const { t, site, language } = view;
  const desk = firstDesk(view, comune);
  if (!desk) return html`<p class="calls">${callButton(view, comune.switchboard.value)}</p>`;
  const lines = deskLines({ env: site, at: site.clock(), state: { language } }, desk, comune.id);
  return html`
    <h3><bdi>${desk.name}</bdi></h3>
    <p><bdi>${desk.organization}</bdi></p>
    <p class="calls">${desk.phones.map(({ value }) => callButton(view, value))}</p>
    ${desk.fallback === true && html`<p>${t('widget:contact.switchboard')}</p>`}
    ${lines.opening !== undefined && html`<p class="opening">${numbersIn(lines.opening, language)}</p>`}
    <dl>${hours(view, desk)} ${address(view, desk)} ${email(view, desk)}</dl>
    <p class="${lines.stale ? 'fresh stale' : 'fresh'}">${numbersIn(lines.freshness, language)}</p>
  `;
}

export function callButton({ t, language }: Facts, { shown, uri }: { shown: string; uri: string }): Html {
  return html`<a class="button call" href="${uri}"
    >${numbersIn(t('widget:demo.call', { number: shown }), language)}</a
  >`;
}

function hours(view: Facts, desk: Desk): Html | undefined {
  const words = desk.hours && hoursInWords(desk.hours.value, view.t, view.language);
  if (!desk.hours || words === undefined) return undefined;
  return row(view.t('widget:contact.hours'), html`${numbersIn(words, view.language)}${unsure(view, desk, desk.hours)}`);
}

function address(view: Facts, desk: Desk): Html | undefined {
  if (!desk.address) return undefined;
  const map = desk.mapUrl !== undefined && html`<a href="${desk.mapUrl}">${view.t('widget:contact.map')}</a>`;
  return row(
    view.t('widget:contact.address'),
    html`<bdi>${desk.address.value}</bdi>${unsure(view, desk, desk.address)} ${map}`,
  );
}

function email({ t }: Facts, desk: Desk): Html | undefined {
  const found = desk.email?.value;
  return found === undefined ? undefined : row(t('widget:contact.email'), html`<a href="mailto:${found}">${found}</a>`);
}

function row(name: string, value: Html): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** Not beside facts that who answers for the desk has confirmed. */
function unsure({ t, site }: Facts, { id }: Desk, fact: Fact<unknown>): Html | undefined {
  const verified = site.freshness(id)?.verifiedAt ?? null;
  return fact.confirm && verified === null ? html` (${t('result:fact_confirm')})` : undefined;
}

/** Numbers for danger, as call buttons with the name of who answers. */
export function dangerNumbers({ site }: Facts): Html {
  const items = DANGER.flatMap((service) => {
    const desk = nationalDesk(site, service);
    const phone = desk?.phones[0]?.value;
    return phone
      ? [
          html`<li>
            <a class="button call" href="${phone.uri}"><bdi dir="ltr">${phone.shown}</bdi></a> <bdi>${desk.name}</bdi>
          </li>`,
        ]
      : [];
  });
  return html`<ul class="danger">
    ${items.length > 0 ? items : html`<li><a class="button call" href="tel:112">112</a></li>`}
  </ul>`;
}
