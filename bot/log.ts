// The log: JSON lines through pino, only named fields, never what a person wrote.
// Which events are worth a line is left to the callers.
import { pino } from 'pino';

/** Fields a log line may have. None can hold a person's words, name, number or address. */
export interface LogFields {
  code?: string;
  channel?: string;
  caseCode?: string | null;
  outboxId?: string;
  attempts?: number;
  count?: number;
  port?: number;
  url?: string;
  status?: number;
  milliseconds?: number;
  /** Message of an error of ours or of a library; callers never pass an error made of a person's input. */
  error?: string;
}

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export function createLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info'): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, fields) => logger.error(fields ?? {}, event),
  };
}

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** The message of anything thrown, for a log field. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
