// "È ancora giusto?": the monthly mail to an inbox, with the facts of all its desks as citizens read them, and one link.
// When it goes is left to ask.ts, what happens with the answer to answer.ts.
import { linkKey } from '../links.ts';
import { line } from '../mail/clean.ts';
import { toHtml, toText } from '../mail/render.ts';
import type { Part } from '../mail/render.ts';
import type { DeskCheck, OutboxMail } from '../ports.ts';
import type { Environment } from '../talk.ts';
import type { Say } from '../words.ts';
import { isStale } from './checks.ts';
import { shownFacts } from './facts.ts';
import { monthOf } from './months.ts';
import { groupsOf, keyOf } from './owners.ts';
import type { Owner } from './owners.ts';

/** A little longer than a month: the next mail brings a link of its own. */
const LINK_DAYS = 45;

/** What the four digits in the mail are made of: never in the link. */
export function freshKey(deskId: string, epoch: number): string {
  return linkKey('fresh', deskId, epoch);
}

/** To an owner, in Italian. `check`: how the owner stood before this mail. */
export function freshMail(env: Environment, owner: Owner, check: DeskCheck | undefined, at: Date): OutboxMail {
  const say = env.words.say('it');
  const key = keyOf(owner, check);
  const epoch = monthOf(at);
  const parts: Part[] = [
    { kind: 'plain', text: say('fresh:mail.text') },
    ...warning(check, at, say),
    { kind: 'link', label: say('fresh:mail.open'), url: env.links.url('fresh', key, epoch, at, LINK_DAYS) },
    { kind: 'field', label: say('deskmail:digits'), value: env.links.digits(freshKey(key, epoch)) },
    { kind: 'plain', text: say('fresh:mail.how') },
    ...groupsOf(owner).flatMap(({ desk }) => {
      const held = env.freshness(desk.id);
      const items = shownFacts(desk, say, held).map((fact) => factLine(fact, say));
      return [{ kind: 'plain', text: '' } satisfies Part, { kind: 'list', label: desk.name, items } satisfies Part];
    }),
    { kind: 'plain', text: say('deskmail:automatic') },
  ];
  const subject = say('fresh:mail.subject');
  const name = line(env.directory.comune(owner.comune).name, 60);
  const to = [{ name: say('fresh:mail.to', { comune: name }), address: owner.inbox.address }];
  return {
    id: env.ids.uuid(),
    caseId: '',
    kind: 'fresh',
    mail: { to, subject, text: toText(parts), html: toHtml(parts, 'it', subject) },
  };
}

/** What citizens read, or will, while nobody answers. `check` counts the mails before this one. */
function warning(check: DeskCheck | undefined, at: Date, say: Say): Part[] {
  if (!check || check.unanswered === 0) return [];
  return [{ kind: 'plain', text: say(isStale(check, at) ? 'fresh:mail.stale' : 'fresh:mail.unanswered') }];
}

/** `Telefono: 0583 211899 (dato letto: aprile 2025)`. */
function factLine({ field, shown, dated }: ReturnType<typeof shownFacts>[number], say: Say): string {
  const text = `${say(`fresh:field.${field}`)}: ${shown}`;
  return dated === '' ? text : `${text} (${dated})`;
}
