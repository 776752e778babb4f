// Draws every flow as a Mermaid diagram into docs/flows/, from the machines themselves and the Italian words.
// `--check` only says whether the files are up to date; the test runs it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterStep, CASE_STATES, CASE_STEPS, isOver } from '../flows/case.ts';
import { FLOWS, FLOW_VERSION } from '../flows/index.ts';
import type { FlowId } from '../flows/index.ts';
import type { FlowMeta } from '../flows/setup.ts';
import { loadWords } from './words.ts';
import type { Words } from './words.ts';

const FOLDER = new URL('../docs/flows/', import.meta.url);

/** Every flow's page: file name to Markdown. */
export function drawFlows(words: Words): Map<string, string> {
  const ids: FlowId[] = ['triage', 'economic', 'housing', 'relational', 'health', 'access', 'request'];
  return new Map([...ids.map((id) => [`${id}.md`, page(id, words)] as const), ['case.md', casePage()]]);
}

/** The life of a case: its steps are no answers, so they stand by their names. */
function casePage(): string {
  const edges = CASE_STATES.flatMap((state) => {
    const ways = Map.groupBy(
      CASE_STEPS.filter((step) => afterStep(state, step)),
      (step) => afterStep(state, step),
    );
    return [...ways].map(([next, steps]) => `  ${state} --> ${next}: ${steps.join(', ')}`);
  });
  const ends = CASE_STATES.filter(isOver).map((state) => `  ${state} --> [*]`);
  return document('case', 'Made by `npm run flows:draw` from flows/case.ts.', [
    '  [*] --> requested',
    ...edges,
    ...ends,
  ]);
}

function document(title: string, origin: string, lines: string[]): string {
  return [`# ${title}`, '', origin, '', '```mermaid', 'stateDiagram-v2', ...lines, '```', ''].join('\n');
}

function page(id: FlowId, words: Words): string {
  const machine = FLOWS[id];
  const states: Record<string, Drawable> = { ...machine.root.states };
  const lines = Object.entries(states).flatMap(([state, node]) => drawState(id, state, node, words));
  const origin = `Made by \`npm run flows:draw\` from flows/${id}.ts (version ${FLOW_VERSION}). Dashed names are states without a question.`;
  return document(id, origin, [`  [*] --> ${Object.keys(machine.root.states)[0]}`, ...lines]);
}

/** As much of an XState node as a drawing needs. */
interface Drawable {
  type: string;
  meta?: FlowMeta;
  transitions: ReadonlyMap<string, readonly { target?: readonly { key: string }[] | undefined; guard?: unknown }[]>;
  always?: readonly { target?: readonly { key: string }[] | undefined; guard?: unknown }[] | undefined;
}

function drawState(id: FlowId, state: string, node: Drawable, words: Words): string[] {
  const key = `${id}:${state}`;
  const title = words.has(`${key}.ask`) ? [`  ${state}: ${clean(words.say('it')(`${key}.ask`))}`] : [];
  const outcome = node.meta?.referral;
  if (outcome) return [`  ${state}: ${outcome.services.join(', ')} (${outcome.urgency})`, `  ${state} --> [*]`];
  const edges = [...node.transitions].flatMap(([event, ways]) => ways.map((way) => ({ event, way })));
  const always = (node.always ?? []).map((way) => ({ event: '', way }));
  const drawn = [...edges, ...always].map(({ event, way }) => {
    const option = event.replace('choose.', '');
    const label = words.has(`${key}.${option}`) ? clean(words.say('it')(`${key}.${option}`)) : option;
    const text = [label, guardName(way.guard)].filter((part) => part !== '').join(' ');
    return `  ${state} --> ${way.target?.[0]?.key ?? state}${text ? `: ${text}` : ''}`;
  });
  return [...title, ...drawn, ...(node.type === 'final' ? [`  ${state} --> [*]`] : [])];
}

function guardName(guard: unknown): string {
  if (typeof guard !== 'object' || guard === null || !('type' in guard)) return '';
  const params: unknown = 'params' in guard ? guard.params : {};
  const detail = typeof params === 'object' && params !== null ? Object.values(params).join(' ') : '';
  return `[${String(guard.type)}${detail ? ` ${detail}` : ''}]`;
}

/** Mermaid reads colons and semicolons as its own. */
function clean(text: string): string {
  return text.replace(/[:;#]/g, ',').replace(/\s+/g, ' ').slice(0, 80);
}

if (import.meta.main) {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, text] of drawFlows(loadWords())) {
    if (process.argv.includes('--check') && readFileSync(new URL(name, FOLDER), 'utf8') !== text) process.exitCode = 1;
    else writeFileSync(new URL(name, FOLDER), text);
  }
}
