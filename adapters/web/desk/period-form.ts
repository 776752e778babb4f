// Which months and which comune the figures are shown for, and the same to download. Sent by GET: it changes nothing.
// Reading it back is left to coordinator.ts.
import { monthAfter, monthOf, monthsBetween } from '../../../bot/report/months.ts';
import type { Labels } from '../../../bot/report/labels.ts';
import type { Period } from '../../../bot/report/period.ts';
import type { Where } from '../../../bot/report/report.ts';
import type { Say } from '../../../bot/words.ts';
import { COMUNI } from '../../../flows/types.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';

export interface PeriodForm {
  say: Say;
  labels: Labels;
  period: Period;
  where: Where;
  now: Date;
  /** So many months back may be chosen. */
  most: number;
}

export function periodForm({ say, labels, period, where, now, most }: PeriodForm): Html {
  const last = `${monthOf(now).slice(0, 4)}-12`;
  const months = monthsBetween(monthAfter(last, 1 - most), last);
  const name = (month: string): string => labels.month(month);
  const query = (format: string): string =>
    `?${new URLSearchParams({ from: period.from, to: period.to, comune: where, format })}`;
  return html`<section class="card no-print" aria-labelledby="period-title">
    <h2 id="period-title">${say('report:page.choose')}</h2>
    <form method="get">
      ${choose('from', say('report:page.from'), months, period.from, name)}
      ${choose('to', say('report:page.to'), months, period.to, name)}
      ${choose('comune', say('report:page.where'), ['all', ...COMUNI], where, (place) => labels.place(place))}
      <p class="buttons"><button type="submit" class="button main">${say('report:page.show')}</button></p>
    </form>
    <h3>${say('report:page.download')}</h3>
    <ul>
      ${(['csv', 'json', 'html'] as const).map(
        (format) => html`<li><a href="${query(format)}">${say(`report:page.download_${format}`)}</a></li>`,
      )}
    </ul>
  </section>`;
}

function choose(
  name: string,
  label: string,
  values: readonly string[],
  chosen: string,
  labelOf: (value: string) => string,
): Html {
  const options = values.map((value) =>
    value === chosen
      ? html`<option value="${value}" selected>${labelOf(value)}</option>`
      : html`<option value="${value}">${labelOf(value)}</option>`,
  );
  return html`<div class="field">
    <label for="period-${name}">${label}</label>
    <select id="period-${name}" name="${name}">
      ${options}
    </select>
  </div>`;
}
