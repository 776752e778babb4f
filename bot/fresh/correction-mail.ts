// Tells the coordinator that a desk corrected its facts: which desks and which facts; what was written is on their page.
// Deciding on it is left to that page.
import { coordinatorLink } from '../mail/links.ts';
import { toHtml, toText } from '../mail/render.ts';
import type { Part } from '../mail/render.ts';
import type { OutboxMail, Proposal } from '../ports.ts';
import type { Environment } from '../talk.ts';

/** Nothing where there is no coordinator. */
export function correctionMail(env: Environment, proposals: readonly Proposal[], at: Date): OutboxMail[] {
  const { coordinator } = env;
  if (!coordinator || proposals.length === 0) return [];
  const say = env.words.say('it');
  const items = proposals.map(({ deskId, field }) =>
    say('fresh:correction.item', {
      desk: env.directory.desk(deskId)?.name ?? deskId,
      field: say(`fresh:field.${field}`).toLowerCase(),
    }),
  );
  const parts: Part[] = [
    { kind: 'plain', text: say('fresh:correction.text') },
    { kind: 'list', label: say('fresh:correction.which'), items },
    ...coordinatorLink(env, at, say),
    { kind: 'plain', text: say('fresh:correction.todo') },
    { kind: 'plain', text: say('deskmail:automatic') },
  ];
  const subject = say('fresh:correction.subject');
  const mail = { to: [coordinator], subject, text: toText(parts), html: toHtml(parts, 'it', subject) };
  return [{ id: env.ids.uuid(), caseId: '', kind: 'alert', mail }];
}
