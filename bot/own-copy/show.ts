// `/scarica`: everything that is kept of the person, shown in the chat once they said that nobody looks over their shoulder.
// What it says is left to words.ts, reading it to record.ts.
import { finish } from '../cases/person/rest.ts';
import { reply, say } from '../talk.ts';
import type { Talk } from '../talk.ts';
import { copyInWords } from './words.ts';

export function askCopy(talk: Talk): void {
  const words = say(talk);
  talk.state.asking = { kind: 'confirm', what: 'copy' };
  reply(talk, words('case:copy.ask'), {
    choices: [
      { id: 'confirm.copy.yes', label: words('case:copy.yes') },
      { id: 'confirm.copy.no', label: words('case:copy.no') },
    ],
  });
}

/** The turn read it because this was being asked. */
export function showCopy(talk: Talk): void {
  if (!talk.record) return askCopy(talk);
  const [last = '', ...others] = copyInWords(talk, talk.record).toReversed();
  for (const text of others.toReversed()) reply(talk, text);
  finish(talk, last, { choices: [{ id: 'result.erase', label: say(talk)('result:erase') }] });
}
