// The case page: how not to put the person at risk first, then how it stands, how to reach them, what they need, what was said.
// The forms are left to actions.ts, the words of mails and page alike to bot/mail.
import { block, line } from '../../../../bot/mail/clean.ts';
import { needNames } from '../../../../bot/mail/facts.ts';
import { factsOf, promisedWords } from '../../../../bot/mail/hand-over.ts';
import { callsWriter, cautions, languageName, note, person } from '../../../../bot/mail/person.ts';
import type { Part } from '../../../../bot/mail/render.ts';
import { urgencyOf } from '../../../../bot/mail/request.ts';
import { rulesFor } from '../../../../bot/safe-contact/moment.ts';
import { deskOf } from '../../../../bot/cases/desk-of.ts';
import { may } from '../../../../bot/cases/life.ts';
import type { CaseDetails, CaseEvent, CaseMessage } from '../../../../bot/ports.ts';
import type { WebAnswer } from '../../http.ts';
import { html } from '../../pages/html.ts';
import type { Html } from '../../pages/html.ts';
import { actions } from './actions.ts';
import type { CaseView } from './view.ts';
import { appointmentWords, eventWords, momentWords, stateWords } from './words.ts';

export function casePage(view: CaseView, cookie?: string): WebAnswer {
  const { kit, made, notice, status } = view;
  const { say, env } = kit;
  const { name } = made.details;
  const forOther = made.details.forWhom !== 'self';
  // What the person wrote last, and nobody has answered yet, is read before anything is pressed.
  const urgency = urgencyOf(made.details);
  const promised = promisedWords(env, made);
  const waits = view.messages.at(-1)?.from === 'person';
  const body = html`
    <div class="card state">
      <p>${stateWords(say, env, made)}</p>
      <p>
        ${urgency !== 'none' && html`<span class="mark">${say(`mail:urgency.${urgency}`)}</span> `}${needNames(made.details, say).join(', ')}
      </p>
      ${promised !== undefined && html`<p class="muted">${say('desk:case.promised', { when: promised })}</p>`}
      ${may(made, 'write') && html`<p><a class="button link" href="#act-title">${say('desk:case.to_act')}</a></p>`}
      ${rulesFor(made.details).silent && html`<p class="muted">${say('desk:case.silent')}</p>`}
      ${made.life.chatLost !== undefined && html`<p>${say('desk:case.chat_lost')}</p>`}
    </div>
    ${card('reach', say(callsWriter(made.details) ? 'desk:case.reach_writer' : 'desk:case.reach'), reach(view))}
    ${waits && thread(view)} ${actions(view)} ${card('needs', say('desk:case.needs'), rows(factsOf(env, made)))}
    ${words(view)} ${!waits && thread(view)} ${card('trail', say('desk:case.trail'), trail(view))}
  `;
  return kit.page({
    status,
    over: say('desk:case.over', { code: made.code ?? '', desk: deskOf(env, made).name }),
    heading: say(forOther ? 'desk:case.heading_for' : 'desk:case.heading', {
      name: name === undefined ? say('desk:case.nameless') : block(name, 120),
    }),
    first: parts(cautions(made.details, say)),
    notice,
    body,
    cookie,
  });
}

function card(id: string, heading: string, body: Html): Html {
  return html`<section class="card" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${heading}</h2>
    ${body}
  </section>`;
}

/** Name, number to call with one tap, times, language. */
function reach(view: CaseView): Html {
  const { kit, made } = view;
  const { say } = kit;
  const { contact } = made.details;
  const label = contact && say(`mail:request.${contact.kind}`);
  const fields = person(made.details, say).map((part) =>
    contact && part.kind === 'field' && part.label === label ? contactRow(label, contact) : row(part),
  );
  const when = appointmentWords(say, made);
  const state = made.life.appointment?.state;
  return html`<dl class="beside">
    ${fields}
    ${
      when !== '' && state !== undefined && row({ kind: 'field', label: say(`desk:appointment.${state}`), value: when })
    }
  </dl>`;
}

function contactRow(label: string, { kind, value, shown }: NonNullable<CaseDetails['contact']>): Html {
  const uri = kind === 'phone' ? `tel:${value}` : `mailto:${value}`;
  const safe = kind === 'phone' ? /^\+?\d{3,15}$/.test(value) : /^[^\s@<>?&%:;,"']+@[\w.-]+$/.test(value);
  return html`<div>
    <dt>${label}</dt>
    <dd>
      ${safe ? html`<a class="call" href="${uri}">${line(shown, 254)}</a>` : html`<bdi>${line(shown, 254)}</bdi>`}
    </dd>
  </div>`;
}

/** Their own words, as they wrote them. */
function words({ kit: { say }, made }: CaseView): Html | undefined {
  const [quote] = note(made.details, say);
  if (quote?.kind !== 'quote') return undefined;
  return card(
    'note',
    quote.label,
    html`<blockquote dir="auto" lang="${made.details.note?.lang ?? ''}">${quote.text}</blockquote>`,
  );
}

function thread({ kit: { say }, messages }: CaseView): Html | undefined {
  if (messages.length === 0) return undefined;
  return card(
    'thread',
    say('desk:case.thread'),
    html`<ol class="thread">
      ${messages.map((one) => message(one))}
    </ol>`,
  );

  function message({ from, by, at, text, lang }: CaseMessage): Html {
    const who = from === 'desk' ? by || say('desk:who.desk') : say('desk:who.person');
    const spoken = lang.startsWith('it') ? '' : say('desk:case.in_language', { language: languageName(lang) });
    return html`<li class="${from}">
      <p class="muted">${say('desk:case.wrote', { who, when: momentWords(at) })} ${spoken}</p>
      <blockquote dir="auto" lang="${lang}">${block(text)}</blockquote>
    </li>`;
  }
}

function trail({ kit: { say, env }, events }: CaseView): Html {
  const line = (event: CaseEvent): Html =>
    html`<li>
      <time datetime="${event.at.toISOString()}">${momentWords(event.at)}</time> ${eventWords(say, env, event)}
    </li>`;
  return html`<ul class="trail">
    ${events.map(line)}
  </ul>`;
}

/** Parts of a mail, as they stand on a page. */
function parts(all: Part[]): Html[] {
  return all.map((part) =>
    part.kind === 'notice' ? html`<p class="caution"><strong>${part.text}</strong></p>` : html`<dl>${row(part)}</dl>`,
  );
}

function rows(all: Part[]): Html {
  return html`<dl>${all.map(row)}</dl>`;
}

function row(part: Part): Html {
  if (part.kind === 'field')
    return html`<div>
      <dt>${part.label}</dt>
      <dd><bdi>${part.value}</bdi></dd>
    </div>`;
  if (part.kind !== 'list') return html``;
  const items = part.items.map((item) => html`<li>${item}</li>`);
  return html`<div>
    <dt>${part.label}</dt>
    <dd>
      <ul>
        ${items}
      </ul>
    </dd>
  </div>`;
}
