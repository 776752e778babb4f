// A message that begins with a slash and a known name, and goes on: "/aiuto subito". What else it says is heard first.
// The bare commands are read by the channel that has them.
import type { Words } from './words.ts';

/** Keys of `telegram:commands`; the choice is `command.<key>`. */
export const SLASH_COMMANDS = ['language', 'privacy', 'status', 'copy', 'erase', 'human', 'restart'] as const;

export function slashNames(words: Words, language: string, command: string): string[] {
  return words.list(language, `telegram:commands.${command}.names`);
}

/** The command that the first word names, in any language; `undefined` where there is none. */
export function slashCommand(text: string, words: Words): string | undefined {
  const name = /^\/([a-z0-9_]+)(?:@\w+)?\s/i.exec(text)?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  return SLASH_COMMANDS.find((command) =>
    words.languages.some((language) => slashNames(words, language, command).includes(name)),
  );
}
