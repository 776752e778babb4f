// `npm run bench -- decoder [--json]`: measurements that take their time and are no tests. Prints a table, or JSON.
// What is measured is left to the file of each bench.
import { benchDecoder, tableOf } from './decoder.ts';

const [, , name = '', ...options] = process.argv;
if (name !== 'decoder') {
  process.stderr.write('npm run bench -- decoder [--json]\n');
  process.exitCode = 2;
} else {
  const lines = benchDecoder();
  process.stdout.write(`${options.includes('--json') ? JSON.stringify(lines, null, 2) : tableOf(lines)}\n`);
}
