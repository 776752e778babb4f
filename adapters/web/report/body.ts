// The report as HTML, without the page around it: summary, charts, tables with captions, how to read it.
// The page to print is left to page.ts, the coordinator's to adapters/web/desk/coordinator.ts.
import type { Labels } from '../../../bot/report/labels.ts';
import { notesOf, notYet } from '../../../bot/report/notes.ts';
import type { Report, Sums } from '../../../bot/report/report.ts';
import { countsOf } from '../../../bot/report/suppress.ts';
import type { Block } from '../../../bot/report/suppress.ts';
import { CONTACT_TABLES, DAYS_ORDER, OTHER, REQUEST_TABLES } from '../../../bot/report/tables.ts';
import type { TableId } from '../../../bot/report/tables.ts';
import type { Between, Waits } from '../../../bot/report/waits.ts';
import type { Say } from '../../../bot/words.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';
import { barChart } from './chart.ts';
import type { Bar } from './chart.ts';

/** Drawn; the others are tables alone. */
const DRAWN: TableId[] = ['area', 'need', 'outcome', 'course', 'days'];

export function reportBody(report: Report, say: Say, labels: Labels): Html {
  const { lines, byMonth, byPlace, where, total } = report;
  return html`<p class="place"><strong>${labels.place(where)}.</strong> ${periodWords(report, say, labels)}.</p>
    <p>${say('report:source')}</p>
    <p>${say('report:vocabulary')} ${say('report:made', { day: dayWords(report.made) })}</p>
    ${notYet(report, say, labels).map((line) => html`<p class="late">${line}</p>`)}
    ${
      lines.length === 0
        ? html`<p>${say('report:empty')}</p>`
        : html`${section(say('report:heading.by_month'), [
            overview(
              byMonth.map((sums) => ({ name: labels.month(sums.month), sums })),
              'month',
              total,
              say,
              labels,
            ),
          ])}
          ${
            where === 'all' &&
            section(say('report:heading.by_place'), [
              overview(
                byPlace.map((sums) => ({ name: labels.place(sums.place), sums })),
                'place',
                total,
                say,
                labels,
              ),
            ])
          }
          ${section(say('report:heading.contacts'), tables(total.contacts, CONTACT_TABLES, say, labels))}
          ${section(say('report:heading.requests'), tables(total.requests, REQUEST_TABLES, say, labels))}
          ${section(say('report:heading.waits'), [waitLines(total.waits, say)])}`
    }
    ${section(say('report:notes.heading'), [
      html`<ul>
        ${notesOf(say).map((note) => html`<li>${note}</li>`)}
      </ul>`,
    ])}`;
}

function periodWords({ from, to }: Report, say: Say, labels: Labels): string {
  if (from === to) return say('report:period_same', { from: labels.month(from) });
  return say('report:period', { from: labels.month(from), to: labels.month(to) });
}

function dayWords(day: string): string {
  return new Intl.DateTimeFormat('it', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

function section(heading: string, parts: readonly Html[]): Html | undefined {
  if (parts.length === 0) return undefined;
  return html`<section>
    <h2>${heading}</h2>
    ${[...parts]}
  </section>`;
}

interface Named {
  name: string;
  sums: Sums;
}

/** Contacts, persons and requests, a line for each month or place. */
function overview(rows: readonly Named[], first: 'month' | 'place', total: Sums, say: Say, labels: Labels): Html {
  const caption = say('report:overview');
  const bars = rows.flatMap(({ name, sums }) => (sums.contacts ? [{ label: name, count: sums.contacts.total }] : []));
  const columns = ['contacts', 'people', 'requests'].map((name) => say(`report:column.${name}`));
  const cells = ({ contacts, requests }: Sums): Html[] =>
    [numberOf(contacts, say), peopleOf(contacts, say), numberOf(requests, say)].map(
      (text, index) => html`<td data-label="${columns[index]}">${text}</td>`,
    );
  const line = ({ name, sums }: Named): Html =>
    html`<tr>
      <th scope="row">${name}</th>
      ${cells(sums)}
    </tr>`;
  return html`<table class="stack">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${[say(`report:column.${first}`), ...columns].map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(line)}
      </tbody>
      <tbody class="total">
        ${line({ name: say('report:total'), sums: total })}
      </tbody>
    </table>
    ${bars.length > 1 && figure(labels.table('contacts'), bars, say)}`;
}

function numberOf(block: Block | null, say: Say): string {
  return block ? String(block.total) : say('report:hidden');
}

function peopleOf(block: Block | null, say: Say): string {
  return block ? String(block.people) : say('report:hidden');
}

function tables(block: Block | null, ids: readonly TableId[], say: Say, labels: Labels): Html[] {
  if (!block) return [];
  return ids.flatMap((id) => {
    const rows = Object.entries(countsOf(block.tables, id));
    const told = rows.filter(([key]) => key !== OTHER);
    // A table of which nothing is told says no more than the total.
    if (told.length === 0) return [];
    const last = rows.filter(([key]) => key === OTHER);
    const bars = [...sorted(id, told), ...last].map(([key, count]) => ({ label: labels.category(id, key), count }));
    return [tableOf(labels.table(id), bars, DRAWN.includes(id), say)];
  });
}

/** The largest first; what has an order of its own keeps it. */
function sorted(id: TableId, rows: [string, number][]): [string, number][] {
  if (id === 'days') return rows.toSorted(([a], [b]) => DAYS_ORDER.indexOf(a) - DAYS_ORDER.indexOf(b));
  return rows.toSorted(([, a], [, b]) => b - a);
}

function tableOf(caption: string, bars: readonly Bar[], drawn: boolean, say: Say): Html {
  return html`<div class="figures">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say('report:column.category')}</th>
          <th scope="col">${say('report:column.count')}</th>
        </tr>
      </thead>
      <tbody>
        ${bars.map(
          ({ label, count }) =>
            html`<tr>
              <th scope="row">${label}</th>
              <td>${count}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${drawn && figure(caption, bars, say)}
  </div>`;
}

function figure(caption: string, bars: readonly Bar[], say: Say): Html {
  return barChart(bars, say('report:chart', { caption }));
}

function waitLines(waits: Waits | null, say: Say): Html {
  if (!waits) return html`<p>${say('report:waits.none')}</p>`;
  const { taken, median, ninthDecile, withinTwo } = waits;
  const share = Math.round((100 * withinTwo) / taken);
  const lines = [
    say('report:waits.taken', { count: taken }),
    say('report:waits.median', { days: daysWords(median, say) }),
    say('report:waits.ninth', { days: daysWords(ninthDecile, say) }),
    say('report:waits.within_two', { count: withinTwo, of: taken, share }),
  ];
  return html`<ul>
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}

function daysWords({ from, to }: Between, say: Say): string {
  if (to === null) return say('report:waits.or_more', { from });
  return from === to ? say('report:waits.days', { count: from }) : say('report:waits.between', { from, to });
}
