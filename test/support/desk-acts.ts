// What a desk does in a transcript, by the same steps as its page: `take Anna`, `propose Anna 2026-12-01T09:30 office`.
// The page itself, its links and its digits are left to the desk's own tests.
import assert from 'node:assert/strict';
import type { Core } from '../../bot/core.ts';
import type { Case } from '../../bot/ports.ts';

export async function deskAct(core: Core, made: Case, line: string, nonce?: string): Promise<string> {
  const [verb = '', by = '', ...rest] = line.split(' ');
  assert.fail(`not known yet: ${verb} ${by} ${rest.join(' ')} ${made.id} ${String(core.office)} ${nonce}`);
}
