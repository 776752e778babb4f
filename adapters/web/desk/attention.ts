// What the coordinator has to look at now: requests that nobody answered in the time that was promised, desk by desk.
// Codes and days alone, nothing of the person; reminding desks by itself is left to bot/cases/clock.
import { isWaiting } from '../../../bot/cases/clock/phase.ts';
import { promiseOf } from '../../../bot/cases/clock/schedule.ts';
import type { Case } from '../../../bot/ports.ts';
import type { Say } from '../../../bot/words.ts';
import { SERVICES } from '../../../flows/types.ts';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';
import type { Kit } from './kit/kit.ts';

const DAY_MS = 86_400_000;
/** Of one desk; more are told as a number. */
const MOST_CODES = 20;

interface Late {
  desk: string;
  phone: string;
  cases: { code: string; days: number }[];
}

export async function attentionSection(kit: Kit): Promise<Html> {
  const { say } = kit;
  const late = await lateCases(kit);
  return html`<section class="card" aria-labelledby="attention-title">
    <h2 id="attention-title">${say('report:page.attention')}</h2>
    ${
      late.length === 0
        ? html`<p>${say('report:page.attention_none')}</p>`
        : html`<p>${say('report:page.attention_text')}</p>
            <table class="stack">
              <caption>
                ${say('report:page.attention_caption')}
              </caption>
              <thead>
                <tr>
                  <th scope="col">${say('report:page.attention_desk')}</th>
                  <th scope="col">${say('report:page.attention_count')}</th>
                  <th scope="col">${say('report:page.attention_codes')}</th>
                </tr>
              </thead>
              <tbody>
                ${late.map(
                  ({ desk, phone, cases }) =>
                    html`<tr>
                      <th scope="row">${say('report:page.attention_call', { desk, phone })}</th>
                      <td data-label="${say('report:page.attention_count')}">${cases.length}</td>
                      <td data-label="${say('report:page.attention_codes')}">${codesOf(cases, say).join(', ')}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
    }
  </section>`;
}

function codesOf(cases: Late['cases'], say: Say): string[] {
  const lines = cases
    .slice(0, MOST_CODES)
    .map(({ code, days }) =>
      say('report:page.attention_code', { code, days: say('report:page.attention_days', { count: days }) }),
    );
  const more = cases.length - lines.length;
  return more > 0 ? [...lines, say('report:page.attention_more', { count: more })] : lines;
}

/** The desks with most first, of each desk the longest first. */
async function lateCases({ env, store, clock }: Kit): Promise<Late[]> {
  const at = clock();
  const { directory } = env;
  const all = directory.comuni().flatMap(({ id }) => SERVICES.flatMap((service) => directory.desks(service, id)));
  const desks = [...new Map(all.filter(({ inbox }) => inbox).map((desk) => [desk.id, desk])).values()];
  const late: Late[] = [];
  for (const desk of desks) {
    const found = (await store.openCases(desk.id)).filter(
      (made) => isWaiting(made) && promiseOf(env, made, askedAt(made)) < at,
    );
    const cases = found.map((made) => ({
      code: made.code ?? '',
      days: Math.floor((at.getTime() - askedAt(made).getTime()) / DAY_MS),
    }));
    const phone = (desk.phones[0] ?? directory.comune(desk.serves[0] ?? 'lucca').switchboard).value.shown;
    if (cases.length > 0) late.push({ desk: desk.name, phone, cases: cases.toSorted((a, b) => b.days - a.days) });
  }
  return late.toSorted((a, b) => b.cases.length - a.cases.length);
}

function askedAt({ life, requestedAt, createdAt }: Case): Date {
  return life.since === undefined ? (requestedAt ?? createdAt) : new Date(life.since);
}
