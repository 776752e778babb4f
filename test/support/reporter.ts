// Prints mocha's spec report and closes with one plain line that any log reader can count.
// What a test checks is left to the test files.
import Mocha from 'mocha';

export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      process.on('exit', () => {
        process.stdout.write(`\n${this.stats.passes} passed, ${this.stats.failures} failed\n`);
      });
    });
  }
}
