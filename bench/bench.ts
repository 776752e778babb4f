// `npm run bench -- decoder|bad-input|widget|lighthouse [--json]`: measurements that take their time and are no tests.
// Prints a table, or JSON. What is measured is left to the file of each bench.
import { badInputTable, benchBadInput } from './bad-input.ts';
import { benchDecoder, tableOf } from './decoder.ts';
import { benchLighthouse, lighthouseTable } from './lighthouse.ts';
import { benchWidget } from './widget.ts';
import { intoDocs, widgetTable } from './widget-docs.ts';

const [, , name = '', ...options] = process.argv;
if (name === 'decoder') print(benchDecoder(), tableOf);
else if (name === 'bad-input') print(await benchBadInput(), badInputTable);
else if (name === 'widget') {
  const figures = await benchWidget();
  intoDocs('widget', widgetTable(figures));
  print(figures, widgetTable);
} else if (name === 'lighthouse') {
  const lines = await benchLighthouse();
  intoDocs('lighthouse', lighthouseTable(lines));
  print(lines, lighthouseTable);
} else {
  process.stderr.write('npm run bench -- decoder|bad-input|widget|lighthouse [--json]\n');
  process.exitCode = 2;
}

function print<T>(result: T, table: (result: T) => string): void {
  process.stdout.write(`${options.includes('--json') ? JSON.stringify(result, null, 2) : table(result)}\n`);
}
