// The slash commands: their names in every language, and the choice each of them stands for.
// What a command does is left to the conversation.
import type { ComuneId } from '../../flows/types.ts';
import { COMUNI } from '../../flows/types.ts';
import { SLASH_COMMANDS, slashNames } from '../../bot/slash.ts';
import type { Words } from '../../bot/words.ts';

/** What a message beginning with a slash asks for. */
export type Command = { kind: 'start'; comune?: ComuneId } | { kind: 'choice'; choice: string };

export type ReadCommand = (text: string) => Command | undefined;

/** Knows the names of every language: /lingua works for whoever has Telegram in English. Unknown commands are plain text. */
export function createReadCommand(words: Words): ReadCommand {
  const choices = new Map<string, string>();
  for (const language of words.languages)
    for (const command of SLASH_COMMANDS)
      for (const name of slashNames(words, language, command)) choices.set(name, `command.${command}`);
  return (text) => {
    const found = /^\/([a-z0-9_]+)(?:@\w+)?(?:\s+([\w-]+))?\s*$/i.exec(text);
    const name = found?.[1]?.toLowerCase();
    if (name === undefined) return undefined;
    if (name === 'start') return { kind: 'start', ...readPayload(found?.[2]) };
    // With more words it is a message: what the person adds may be a cry for help. Words that say nothing leave the command.
    const choice = found?.[2] === undefined ? choices.get(name) : undefined;
    return choice === undefined ? undefined : { kind: 'choice', choice };
  };
}

/** The menu Telegram shows in that language. */
export function commandMenu(words: Words, language: string): { command: string; description: string }[] {
  return SLASH_COMMANDS.flatMap((key) => {
    const [command] = slashNames(words, language, key);
    return command === undefined
      ? []
      : [{ command, description: words.say(language)(`telegram:commands.${key}.description`) }];
  });
}

/** Deep link `?start=comune_porcari` or `?start=porcari`; anything else says nothing. */
function readPayload(payload: string | undefined): { comune?: ComuneId } {
  const wanted = payload
    ?.toLowerCase()
    .replaceAll('-', '_')
    .replace(/^comune_/, '');
  const comune = COMUNI.find((id) => id === wanted);
  return comune ? { comune } : {};
}
