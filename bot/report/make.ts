// Makes the report that was asked for: publishes its months, then adds them up.
// What is asked was read by period.ts; writing it down is left to write.ts.
import { wallOf } from '../cases/clock/wall.ts';
import type { Period } from './period.ts';
import { publish } from './publish.ts';
import type { Source } from './publish.ts';
import { reportOf } from './report.ts';
import type { Report, Where } from './report.ts';

/** Rejects with `store_unavailable`. */
export async function makeReport(source: Source, { from, to }: Period, where: Where, at: Date): Promise<Report> {
  return reportOf(await publish(source, from, to, at), where, from, to, wallOf(at).day);
}
