// Yes and no to passing a request on to another desk.
// What passing on does is left to desk/forward.ts, keeping it here to person-steps.ts.
import { noteToDesk } from '../../mail/notes.ts';
import { say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { actOn } from '../apply.ts';
import { forward } from '../desk-steps.ts';
import { denyForward } from '../person-steps.ts';
import type { Case } from '../types.ts';
import { record } from '../work.ts';
import { finish } from './rest.ts';
import { targetName } from './state-words.ts';
import { actions, tellCode } from './status.ts';

export function allow(talk: Talk, made: Case): void {
  const to = made.life.forwardTo;
  const target = targetName(talk, made);
  const siblings = [...talk.parts, ...sentCases(talk)].filter(({ code }) => code === made.code);
  const after =
    made.state !== 'forward_asked' || to === undefined
      ? undefined
      : actOn(talk, made.id, (work) => {
          record(work, 'forward_allowed', 'person', { desk: to });
          // While the case is still this desk's: afterwards its link is dead.
          noteToDesk(work, 'forward_allowed');
          return forward(work, '', to, siblings, 'person');
        });
  if (!after) return over(talk, made);
  finish(talk, say(talk)('case:forward.allowed', { target }), { case: after.code });
}

export function deny(talk: Talk, made: Case): void {
  const after = actOn(talk, made.id, denyForward);
  if (!after) return over(talk, made);
  finish(talk, say(talk)('case:forward.denied'), { case: after.code, choices: actions(talk, after) });
}

function over(talk: Talk, made: Case): void {
  talk.replies.push({
    kind: 'text',
    text: say(talk)('case:forward.over'),
    lang: talk.state.language,
    choices: [],
    links: [],
    case: made.code,
  });
  tellCode(talk, [made]);
}
