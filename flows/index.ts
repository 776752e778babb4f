// The registry: every flow by id, and the version that saved answers are replayed against.
// The order in which flows follow each other is left to walk.ts.
import { access } from './access.ts';
import { economic } from './economic.ts';
import { health } from './health.ts';
import { housing } from './housing.ts';
import { relational } from './relational.ts';
import { request } from './request.ts';
import { triage } from './triage.ts';

/** Grows whenever a question or an option is removed or changes its meaning. */
export const FLOW_VERSION = 1;

export const FLOWS = { triage, economic, housing, relational, health, access, request };
export type FlowId = keyof typeof FLOWS;
export type Machine = (typeof FLOWS)[FlowId];
