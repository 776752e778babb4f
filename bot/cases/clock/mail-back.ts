// A letter to the person that came back, or was refused for good: their desk and they themselves hear of it, once.
// What a failure is is left to the store, mails to desks that never arrived to lost.ts.
import { isOver } from '../../../flows/case.ts';
import { noteToDesk } from '../../mail/notes.ts';
import type { MailKind } from '../../mail/types.ts';
import { lifeState } from '../life.ts';
import { sayTo, tellPerson } from '../tell.ts';
import { changeLife } from '../work.ts';
import type { CaseWork } from '../work.ts';

export function isLetter(kind: MailKind): boolean {
  return kind === 'person' || kind === 'copy';
}

/** The e-mail is the one contact they left. Nothing where they have left another since, or all is over. */
export function seeToMailBack(work: CaseWork): void {
  const { made, at } = work;
  const life = lifeState(made.state);
  if (!life || isOver(life) || made.life.mailBack !== undefined || made.details.contact?.kind !== 'email') return;
  changeLife(work, { mailBack: at.toISOString() });
  noteToDesk(work, 'mail_back');
  const choices = [{ id: 'case.contact', label: sayTo(work)('letter:back_contact') }];
  tellPerson(work, { key: 'letter:back', choices });
}
