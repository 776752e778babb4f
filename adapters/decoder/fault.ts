// What can go wrong with a remote decoder, as codes: for the log, the counter, the breaker. Never a word of the text.
// What is done about it is left to remote.ts.

/** `status`: an answer that is not 2xx, a redirect too. `labels`: JSON, but not ours. */
export type FaultCode = 'timeout' | 'unreachable' | 'status' | 'too_large' | 'not_json' | 'labels';

export class Fault extends Error {
  readonly code: FaultCode;
  readonly status: number | undefined;
  constructor(code: FaultCode, status?: number) {
    super(code);
    this.name = 'Fault';
    this.code = code;
    this.status = status;
  }
}

/** Anything thrown while asking, as a fault. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const late = thrown instanceof DOMException && thrown.name === 'TimeoutError';
  return new Fault(late ? 'timeout' : 'unreachable');
}
