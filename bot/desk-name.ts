// What a desk is called: the countrywide lines by a short name in the person's language, every other by its own.
// Its number and hours are left to desk-lines.ts.
import type { Desk } from './ports.ts';
import type { Words } from './words.ts';

/** A name over a door stays as it is written there; "112, numero unico di emergenza" says nothing to who reads no Italian. */
export function deskName({ name, service }: Pick<Desk, 'name' | 'service'>, words: Words, language: string): string {
  const key = `services:${service}.name`;
  return words.has(key, language) ? words.say(language)(key) : name;
}
