// `npm run bench -- decoder|bad-input [--json]`: measurements that take their time and are no tests. Prints a table, or JSON.
// What is measured is left to the file of each bench.
import { badInputTable, benchBadInput } from './bad-input.ts';
import { benchDecoder, tableOf } from './decoder.ts';

const [, , name = '', ...options] = process.argv;
if (name === 'decoder') print(benchDecoder(), tableOf);
else if (name === 'bad-input') print(await benchBadInput(), badInputTable);
else {
  process.stderr.write('npm run bench -- decoder|bad-input [--json]\n');
  process.exitCode = 2;
}

function print<T>(lines: readonly T[], table: (lines: readonly T[]) => string): void {
  process.stdout.write(`${options.includes('--json') ? JSON.stringify(lines, null, 2) : table(lines)}\n`);
}
