// A reply as the terminal shows it: for eyes, and as one JSON line for programs.
// Reading lines and playing turns is left to chat.ts.
import type { Reply } from './message.ts';

/** The contract of `--json`: text, choices, links, case. */
export function toJsonLine({ text, choices, links, case: code }: Reply): string {
  return JSON.stringify({ text, choices, links, case: code });
}

export function toTerminal({ text, choices, kind }: Reply): string {
  const mark = kind === 'floor' ? '!! ' : '   ';
  const body = text.split('\n').map((line) => mark + line);
  const options = choices.map((choice, index) => `     ${index + 1}) ${choice.label}`);
  return [...body, ...options, ''].join('\n');
}
