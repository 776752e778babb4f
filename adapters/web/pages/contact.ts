// How to reach a desk, as HTML: numbers first, then when it is open. All facts come from the directory.
// Saying dates and hours is left to bot/when.ts, so that pages and conversation say them alike.
import type { Comune, Desk, Fact } from '../../../bot/ports.ts';
import { factDate, hoursInWords, openingInWords } from '../../../bot/when.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { numbersIn } from './numbers.ts';
import { firstDesk, nationalDesk } from './site.ts';
import type { Facts } from './site.ts';

const DANGER = ['emergency_112', 'violence_1522', 'child_emergency_114'] as const;

export function contact(view: Facts, comune: Comune): Html {
  const { t } = view;
  const desk = firstDesk(view, comune);
  if (!desk) return html`<p class="calls">${callButton(view, comune.switchboard.value)}</p>`;
  return html`
    <h3><bdi>${desk.name}</bdi></h3>
    <p><bdi>${desk.organization}</bdi></p>
    <p class="calls">${desk.phones.map(({ value }) => callButton(view, value))}</p>
    ${desk.fallback === true && html`<p>${t('widget:contact.switchboard')}</p>`}
    <p class="opening">${numbersIn(opening(view, desk, comune), view.language)}</p>
    <dl>${hours(view, desk)} ${address(view, desk)} ${email(view, desk)}</dl>
    <p class="muted">${numbersIn(freshness(view, desk), view.language)}</p>
  `;
}

export function callButton({ t, language }: Facts, { shown, uri }: { shown: string; uri: string }): Html {
  return html`<a class="button call" href="${uri}"
    >${numbersIn(t('widget:demo.call', { number: shown }), language)}</a
  >`;
}

function opening({ t, site, language }: Facts, desk: Desk, comune: Comune): string {
  const now = site.clock();
  const found = site.calendar.opening(desk, comune.id, now);
  return openingInWords(found, now, t, language) ?? t('result:hours_unknown');
}

function hours(view: Facts, desk: Desk): Html | undefined {
  const words = desk.hours && hoursInWords(desk.hours.value, view.t, view.language);
  if (!desk.hours || words === undefined) return undefined;
  return row(view.t('widget:contact.hours'), html`${numbersIn(words, view.language)}${unsure(view, desk.hours)}`);
}

function address(view: Facts, desk: Desk): Html | undefined {
  if (!desk.address) return undefined;
  const map = desk.mapUrl !== undefined && html`<a href="${desk.mapUrl}">${view.t('widget:contact.map')}</a>`;
  return row(
    view.t('widget:contact.address'),
    html`<bdi>${desk.address.value}</bdi>${unsure(view, desk.address)} ${map}`,
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

function unsure({ t }: Facts, fact: Fact<unknown>): Html | undefined {
  return fact.confirm ? html` (${t('result:fact_confirm')})` : undefined;
}

/** The oldest date among the facts shown; one without a date makes them all doubtful. */
function freshness({ t, language }: Facts, { phones, hours, email, address }: Desk): string {
  const facts = [...phones, hours, email, address].filter((fact) => fact !== undefined);
  const oldest = facts.map(({ date }) => factDate(date, language) && date).toSorted()[0];
  const date = oldest && facts.every((fact) => factDate(fact.date, language)) ? factDate(oldest, language) : undefined;
  if (date === undefined) return t('result:fresh_undated');
  return t(facts.some(({ confirm }) => confirm) ? 'result:fresh_confirm' : 'result:fresh', { date });
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
