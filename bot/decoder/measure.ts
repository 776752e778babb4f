// How well labels are told: figures that evaluate.ts and the bench share.
// Which rows are measured is left to those who call.

/** Mean over the labels that there are of how well each is found and not seen elsewhere; 0 to 1. */
export function macroF1(rows: readonly { is: string; said: string }[]): number {
  const labels = new Set(rows.map(({ is }) => is));
  let sum = 0;
  for (const label of labels) {
    const right = rows.filter(({ is, said }) => is === label && said === label).length;
    const told = rows.filter(({ said }) => said === label).length;
    const there = rows.filter(({ is }) => is === label).length;
    sum += (2 * right) / (told + there);
  }
  return labels.size === 0 ? 0 : sum / labels.size;
}
