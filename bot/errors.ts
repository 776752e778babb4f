// The few classes of failure, told apart by who must act. Each message says what to do next.
// What the citizen reads is left to each channel's `trouble` in locales/: one calm sentence and a phone number.

export type ErrorCode = 'config_invalid' | 'directory_invalid' | 'store_unavailable' | 'flow_broken';

/** Base of all: a stable code, never a citizen's words in the message. */
export class BussolaError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The operator must act: a setting is missing or wrong. Lists every problem at once. Exit code 2. */
export class ConfigError extends BussolaError {
  readonly problems: string[];
  constructor(problems: string[]) {
    super('config_invalid', `Invalid configuration:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
    this.problems = problems;
  }
}

/** The data editor must act: a directory file is wrong. Names file, line and mend. Exit code 2. */
export class DirectoryError extends BussolaError {
  readonly problems: string[];
  constructor(problems: string[]) {
    super('directory_invalid', `The directory has mistakes:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
    this.problems = problems;
  }
}
