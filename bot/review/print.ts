// Shows the not-understood queue in a terminal, or as JSON for another program.
// What is in it is left to groups.ts.
import type { Group, Reading } from './groups.ts';

export function toJson(groups: readonly Group[]): string {
  const shown = groups.map(({ number, count, lang, text, readings, firstDay, lastDay }) => ({
    number,
    count,
    lang,
    text,
    readings,
    firstDay,
    lastDay,
  }));
  return JSON.stringify(shown, null, 2);
}

export function toText(groups: readonly Group[]): string {
  if (groups.length === 0) return 'Nothing waits to be reviewed.';
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  const [example] = groups;
  const { said, corrected } = example?.readings[0] ?? { said: null, corrected: null };
  return [
    `${all} ${all === 1 ? 'phrase' : 'phrases'} not understood or corrected, ${groups.length} different; kept for thirty days.`,
    'Names, numbers and small places were taken out: [name], [number], [address]. Some may be left: take them out.',
    '',
    ...groups.flatMap(entry),
    'Teach one:  npm run -s review -- add <number> --need <need> [--text "other words"]',
    `            as in  npm run -s review -- add ${example?.number} --need ${corrected ?? said ?? 'bills'}`,
    'Drop one:   npm run -s review -- drop <number>',
  ].join('\n');
}

function entry({ number, count, lang, text, readings, firstDay, lastDay }: Group): string[] {
  const days = firstDay === lastDay ? lastDay : `${firstDay} to ${lastDay}`;
  return [`${number}  ${count}x  ${lang}  ${readings.map(inWords).join('; ')}  (${days})`, `       ${text}`, ''];
}

function inWords({ why, said, corrected, count }: Reading): string {
  const times = count > 1 ? ` (${count})` : '';
  const meant = corrected ? `, it was ${corrected}` : '';
  const read = why === 'corrected' ? `read as ${said ?? 'something else'}` : 'not understood';
  return `${read}${meant}${times}`;
}
