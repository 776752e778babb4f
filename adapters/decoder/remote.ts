// A decoder that also asks a stronger one, at an endpoint the municipality runs. Any fault: the built-in one alone.
// When its answer may be waited for is left to bot/turn.ts; the floor never depends on it.
import type { Decoder } from '../../bot/decoder/types.ts';
import type { Log } from '../../bot/log.ts';
import type { Clock } from '../../bot/ports.ts';
import { createBreaker } from './breaker.ts';
import { ask } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { Fault, faultOf } from './fault.ts';
import type { FaultCode } from './fault.ts';
import { join } from './join.ts';
import { readLabels } from './labels.ts';
import type { Reading } from './labels.ts';
import { minimise } from './minimise.ts';

/** How a question ended; `resting`: not asked, because the last ones failed. */
export type Outcome = 'ok' | 'resting' | FaultCode;

export interface RemoteParts {
  endpoint: Endpoint;
  builtIn: Decoder;
  clock: Clock;
  log: Log;
  /** Counts. */
  asked?: (outcome: Outcome) => void;
  /** For one question, its body included. */
  milliseconds?: number;
}

const LONGEST_WAIT_MS = 3000;

/** Never throws, as every Decoder; takes at most `milliseconds` longer than the built-in one. */
export function createRemoteDecoder(parts: RemoteParts): Decoder {
  const { endpoint, builtIn, clock, log, asked = () => {}, milliseconds = LONGEST_WAIT_MS } = parts;
  const breaker = createBreaker(clock);

  async function reading(sent: string): Promise<Reading | undefined> {
    if (!breaker.mayAsk()) return void asked('resting');
    try {
      const labels = readLabels(await ask(endpoint, sent, milliseconds));
      if (!labels) throw new Fault('labels');
      breaker.worked();
      asked('ok');
      return labels;
    } catch (error) {
      const { code, status } = faultOf(error);
      log.warn('remote_decoder', { code, count: breaker.failed(), ...(status === undefined ? {} : { status }) });
      return void asked(code);
    }
  }

  return {
    async decode(text, lang) {
      const own = await builtIn.decode(text, lang);
      const sent = minimise(text);
      const labels = sent === undefined ? undefined : await reading(sent);
      return labels ? join(own, labels) : own;
    },
  };
}
