// A need as a button says it: the few words people use for it, the first letter large.
// Longer ways to say a need are left to `needs.json`, what a button does to choose.ts.
import type { Need } from '../flows/types.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';

export function needLabel(talk: Talk, need: Need): string {
  return capital(say(talk)(`unsure:short.${need}`), talk.state.language);
}

function capital(words: string, language: string): string {
  const [first = '', ...others] = words;
  return first.toLocaleUpperCase(language) + others.join('');
}
