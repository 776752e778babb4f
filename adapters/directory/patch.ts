// The difference between two texts as a patch that `git apply` takes: the changed lines with three lines around them.
// What was changed is left to proposal.ts.

const AROUND = 3;

interface Line {
  sign: ' ' | '-' | '+';
  text: string;
}

/** `name`: the path from the folder in which the patch is applied, for example `directory/porcari.yaml`. Empty: no difference. */
export function unifiedPatch(name: string, before: string, after: string): string {
  if (before === after) return '';
  const lines = compared(linesOf(before), linesOf(after));
  const head = `--- a/${name}\n+++ b/${name}\n`;
  return head + hunksOf(lines).join('');
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What both texts begin and end with stands; the middle is compared line by line. */
function compared(before: string[], after: string[]): Line[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const same = (lines: string[]): Line[] => lines.map((text) => ({ sign: ' ', text }));
  return [
    ...same(before.slice(0, head)),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...same(before.slice(before.length - tail)),
  ];
}

/** The longest lines in common stand, the others go or come. */
function middle(before: string[], after: string[]): Line[] {
  const common = before.map(() => after.map(() => 0));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = common[i];
      if (row) row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, made] = [before[i], after[j]];
    if (old !== undefined && old === made) {
      lines.push({ sign: ' ', text: old });
      [i, j] = [i + 1, j + 1];
    } else if (old !== undefined && (made === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', text: old });
      i += 1;
    } else {
      lines.push({ sign: '+', text: made ?? '' });
      j += 1;
    }
  }
  return lines;
}

function hunksOf(lines: Line[]): string[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ sign }) => sign !== ' '),
  );
  const hunks: string[] = [];
  let [old, made] = [1, 1];
  let hunk: { old: number; made: number; lines: Line[] } | undefined;
  const close = (): void => {
    if (!hunk) return;
    const count = (but: string): number => hunk?.lines.filter(({ sign }) => sign !== but).length ?? 0;
    const body = hunk.lines.map(({ sign, text }) => `${sign}${text}\n`).join('');
    hunks.push(`@@ -${hunk.old},${count('+')} +${hunk.made},${count('-')} @@\n${body}`);
    hunk = undefined;
  };
  lines.forEach((line, index) => {
    if (near[index]) {
      hunk ??= { old, made, lines: [] };
      hunk.lines.push(line);
    } else close();
    if (line.sign !== '+') old += 1;
    if (line.sign !== '-') made += 1;
  });
  close();
  return hunks;
}
