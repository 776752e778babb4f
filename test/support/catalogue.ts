// Which words the code asks for: read from the machines and from the sources, so that none is missing and none is left over.
// What must be true of the words themselves is left to catalogue.test.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { STOPS } from '../../adapters/web/desk/kit/guard.ts';
import { TOOLS } from '../../adapters/web/plain/converse.ts';
import { LABELS } from '../../adapters/web/widget/labels.ts';
import { OUTCOMES, REFUSALS } from '../../bot/cases/desk-steps.ts';
import { CASE_EVENTS } from '../../bot/cases/types.ts';
import { COMMANDS } from '../../bot/options.ts';
import { ALERTS, LETTERS, NOTES } from '../../bot/mail/notes.ts';
import { CHANNELS } from '../../bot/message.ts';
import { OPERATOR_NAMESPACES } from '../../bot/words.ts';
import { CASE_STATES } from '../../flows/case.ts';
import { FLOWS } from '../../flows/index.ts';
import type { FlowId } from '../../flows/index.ts';
import { AREAS, NEEDS, SERVICES } from '../../flows/types.ts';
import { REPORT_KEYS } from './report-keys.ts';

const ROOT = new URL('../../', import.meta.url);
const ALL = readdirSync(new URL('locales/', ROOT)).toSorted((a, b) => Number(b === 'it') - Number(a === 'it'));
const namesOf = (language: string): string[] => readdirSync(new URL(`locales/${language}/`, ROOT));
/** Every language spoken, Italian first: those with every file that Italian has. */
export const LANGUAGES = ALL.filter((language) =>
  namesOf('it')
    .filter((name) => !OPERATOR_NAMESPACES.includes(name.replace('.json', '')))
    .every((name) => namesOf(language).includes(name)),
);
/** Languages in which only the floor answers. */
export const FLOOR_ONLY = ALL.filter((language) => !LANGUAGES.includes(language));
const NEEDS_ALL = Object.values(NEEDS).flat();
const URGENCIES = ['none', 'urgent', 'emergency'];
/** What is said after a button of the case page. */
const DESK_DONE = ['take', 'write', 'propose', 'settle', 'met', 'not_met', 'close', 'refuse', 'forward', 'renew'];
/** Answers that only words can give: no button, no label. */
const UNSPOKEN = ['given', 'slot'];

/** The countrywide lines have a name in every language: see bot/desk-name.ts. */
const NATIONAL = [
  'emergency_112',
  'violence_1522',
  'child_emergency_114',
  'child_line_19696',
  'medical_116117',
  'telefono_amico',
];

const FRESH_FIELDS = ['phone', 'hours', 'address', 'email', 'appointment', 'other'].map((one) => `fresh:field.${one}`);

/** What is said to a child in words of its own: see bot/sent.ts. */
const SENT = [
  'voice',
  'file',
  'file_words',
  'sticker',
  'contact_other',
  'edited',
  'unsupported',
  'call',
  'place.ask',
  'place.elsewhere',
  'place.danger',
];

/**
 * Keys that the code puts together, by the template as it stands in the source: what can fill it. A template that is
 * not listed here fails the test by name, so the list grows with the code.
 */
export const FILLED: Record<string, string[]> = {
  'sent:${name}': SENT.map((name) => `sent:${name}`),
  'sent:${name}_minor': SENT.map((name) => `sent:${name}_minor`),
  'needs:${need}': [...NEEDS_ALL, 'unclear'].map((need) => `needs:${need}`),
  'unsure:short.${need}': NEEDS_ALL.map((need) => `unsure:short.${need}`),
  'request:knows.${thirdParty.knows}': ['request:knows.yes', 'request:knows.no'],
  'request:call.${thirdParty.call}': ['request:call.writer', 'request:call.person'],
  'request:alone.${livesAlone}': ['request:alone.yes', 'request:alone.no'],
  'request:doctor.${doctorKnows}': ['request:doctor.yes', 'request:doctor.no'],
  'request:consent.asks${voice}': voiced('consent.asks'),
  'request:consent.what${voice}': voiced('consent.what'),
  'request:consent.reads_${reads}': ['desk', 'pec', 'several'].map((who) => `request:consent.reads_${who}`),
  'request:sent_part${called}': ['request:sent_part', 'request:sent_part_person'],
  'request:sent_next${called}': ['request:sent_next', 'request:sent_next_person'],
  'result:${id}': ['request', 'follow', 'sheet', 'another', 'change', 'restart', 'erase'].map((id) => `result:${id}`),
  // The steps of a request are a machine's states: see machineKeys().
  'request:${state}.ask': [],
  'request:${state}.about': [],
  'services:${primary.service}': SERVICES.map((service) => `services:${service}.what`),
  'services:${desk.service}.what': SERVICES.map((service) => `services:${service}.what`),
  'notes:${note}': notesOfLeaves().map((note) => `notes:${note}`),
  'measures:${id}': ['measures:disability-path-2026', 'measures:disability-path-2027'],
  'mail:request.${contact.kind}': ['mail:request.phone', 'mail:request.email'],
  'mail:for_whom.${whom}': ['self', 'relative', 'client'].map((who) => `mail:for_whom.${who}`),
  'mail:followed.${followed}': ['mail:followed.first', 'mail:followed.followed'],
  'mail:area.${area}': [...AREAS, 'unclear'].map((area) => `mail:area.${area}`),
  'mail:need.${need}': NEEDS_ALL.map((need) => `mail:need.${need}`),
  'mail:urgency.${urgency}': URGENCIES.map((urgency) => `mail:urgency.${urgency}`),
  'mail:channel.${made.channel}': CHANNELS.map((channel) => `mail:channel.${channel}`),
  'mail:viewer.${key}': ['from', 'to', 'subject', 'date'].map((key) => `mail:viewer.${key}`),
  'commands:${key}': [
    ...COMMANDS,
    ...LANGUAGES.map((language) => `language_${language}`),
    'yes',
    'no',
    'all',
    'unsure',
    'last',
    'stopwords',
    'wrong',
    'instead',
    'neither',
    'agree',
    'status_inside',
    'appointment_inside',
    'open_inside',
    'unanswered_inside',
    'withdraw_inside',
    'next_inside',
    'greeting',
    'thanks',
    'but',
    'stop',
    'cannot',
    'ask_appointment',
    'rude',
    'nonsense',
    'write_desk',
    'fear_permit',
    'fear_children',
    'fear_police',
  ].map((key) => `commands:${key}`),
  'case:status.${state}': [
    ...CASE_STATES.filter((state) => !['taken', 'refused'].includes(state)),
    'reopened',
    'advised',
    'delivered_second',
    'delivered_coordinator',
    'proposed_past',
    'confirmed_past',
  ].map((state) => `case:status.${state}`),
  'case:told.refused.${reason}': REFUSALS.map((reason) => `case:told.refused.${reason}`),
  'case:neutral.${neutralState(made)}': [
    'requested',
    'delivered',
    'undeliverable',
    'taken',
    'closed',
    'withdrawn',
    'expired',
  ].map((state) => `case:neutral.${state}`),
  'case:answer.${check}': ['check', 'check_decline', 'check_reopen'].map((key) => `case:answer.${key}`),
  'case:check.${answer}': ['case:check.yes', 'case:check.later'],
  'case:check.${key}': ['no_reopened', 'no_open', 'no_over'].map((key) => `case:check.${key}`),
  'case:copy.from_${from}': ['case:copy.from_desk', 'case:copy.from_person'],
  'case:copy.${key}': ['draft', 'advised', 'case'].map((key) => `case:copy.${key}`),
  'case:copy.event.${type}': CASE_EVENTS.map((type) => `case:copy.event.${type}`),
  'case:fear.${fear}': ['case:fear.permit', 'case:fear.children'],
  'common:language_${language}': LANGUAGES.map((language) => `common:language_${language}`),
  'telegram:commands.${key}.description': telegram('description'),
  'telegram:commands.${command}.names': telegram('names'),
  'widget:loader.${name}': ['open', 'close', 'title', 'blocked', 'page'].map((name) => `widget:loader.${name}`),
  'widget:demo.${area}Title': AREAS.map((area) => `widget:demo.${area}Title`),
  'widget:demo.${area}Text': AREAS.map((area) => `widget:demo.${area}Text`),
  'widget:chat.${name}': Object.keys(LABELS).map((name) => `widget:chat.${name}`),
  'plain:title.${state}': under('plain:title', ['start', 'talk', 'stop']),
  'plain:tool.${tool}': under('plain:tool', TOOLS),
  'plain:stop.${stop}': under('plain:stop', ['lost', 'closed']),
  'deskmail:${kind}.text': NOTES.map((kind) => `deskmail:${kind}.text`),
  'deskmail:${kind}.subject': NOTES.map((kind) => `deskmail:${kind}.subject`),
  'deskmail:${kind}.todo': NOTES.map((kind) => `deskmail:${kind}.todo`),
  'deskmail:alert.${kind}.text': ALERTS.map((kind) => `deskmail:alert.${kind}.text`),
  'deskmail:alert.${kind}.todo': ALERTS.map((kind) => `deskmail:alert.${kind}.todo`),
  'deskmail:alert.${kind}.subject': ALERTS.map((kind) => `deskmail:alert.${kind}.subject`),
  'letter:${kind}.text': LETTERS.map((kind) => `letter:${kind}.text`),
  'letter:${kind}.subject': LETTERS.map((kind) => `letter:${kind}.subject`),
  'follow:${what}': ['lost', 'limit', 'quiet', 'quiet_moved', 'expired', 'ended'].map((what) => `follow:${what}`),
  'follow:button.${name}': [
    'accept',
    'decline',
    'forward_yes',
    'forward_no',
    'reopen',
    'check_yes',
    'check_no',
    'check_later',
  ].map((name) => `follow:button.${name}`),
  'desk:stop.${why}': under('desk:stop', STOPS),
  'desk:done.${one}': under('desk:done', DESK_DONE),
  'desk:done.${done}': under('desk:done', DESK_DONE),
  'desk:list.${one}': under('desk:list', ['code', 'state', 'waits', 'care']),
  'desk:outcome.${outcome}': under('desk:outcome', OUTCOMES),
  'desk:outcome.${value}': under('desk:outcome', OUTCOMES),
  'desk:outcome.${life.outcome}': under('desk:outcome', OUTCOMES),
  'desk:refusal.${reason}': under('desk:refusal', REFUSALS),
  'desk:refusal.${value}': under('desk:refusal', REFUSALS),
  'desk:refusal.${life.refusal}': under('desk:refusal', REFUSALS),
  'desk:sure.${action}': under('desk:sure', ['forward', 'refuse', 'close']),
  'desk:sure.${action}_then': under('desk:sure', ['forward_then', 'refuse_then', 'close_then']),
  'desk:shut.${why}.heading': under('desk:shut', [
    'expired.heading',
    'passed_on.heading',
    'ended.heading',
    'erased.heading',
    'replaced.heading',
  ]),
  'desk:shut.${why}.text': under('desk:shut', [
    'expired.text',
    'passed_on.text',
    'ended.text',
    'erased.text',
    'replaced.text',
  ]),
  'desk:did.${last.type}': under('desk:did', CASE_EVENTS),
  'desk:did.${event.type}': under('desk:did', CASE_EVENTS),
  'desk:who.${by}': under('desk:who', ['person', 'desk', 'bot', 'coordinator']),
  'desk:how.${appointment.how}': under('desk:how', ['office', 'phone']),
  'desk:appointment.${state}': under('desk:appointment', ['proposed', 'confirmed', 'cancelled']),
  'desk:state.${made.state}': under('desk:state', CASE_STATES),
  'fresh:field.${field}': FRESH_FIELDS,
  'fresh:field.${fact.field}': FRESH_FIELDS,
  'fresh:field.${what}': FRESH_FIELDS,
  'fresh:appointment.${kind}': ['required', 'walk_in', 'referral_only'].map((kind) => `fresh:appointment.${kind}`),
  'fresh:proposals.yes_${result}': ['fresh:proposals.yes_changed', 'fresh:proposals.yes_by_hand'],
  'fresh:proposals.${what}': ['approved', 'noted', 'rejected'].map((one) => `fresh:proposals.${one}`),
  'fresh:problem.${changed.result}': ['hours', 'gone', 'moved_on', 'invalid'].map((one) => `fresh:problem.${one}`),
  'fresh:done.${done}': ['fresh:done.right', 'fresh:done.correct'],
  ...REPORT_KEYS,
  // Made from names that stand as literals in the floor: see floorKeys().
  'floor:${name}': [],
  'floor:${name}_minor': [],
};

/** Keys that are said only where they exist: the code looks first. */
export const OPTIONAL: Record<string, string[]> = {
  'needs:ack.${need}': NEEDS_ALL.map((need) => `needs:ack.${need}`),
  'needs:ack.${heavy}': [],
  // The same question for another, for somebody one follows by profession, about whoever is to be called.
  'request:${state}.ask${voice}': [
    ...['name', 'safe_first'].flatMap((state) => [`request:${state}.ask_other`, `request:${state}.ask_client`]),
    ...['contact', 'writer'].map((state) => `request:${state}.ask_client`),
    ...['contact', 'safe'].map((state) => `request:${state}.ask_person`),
  ],
  'request:${state}.about${voice}': ['request:name.about_other', 'request:name.about_client'],
  'services:${service}.bring': [],
  'services:${service}.name': NATIONAL.map((service) => `services:${service}.name`),
  'services:${primary.service}': SERVICES.flatMap((service) => [
    `services:${service}.how`,
    `services:${service}.bring`,
  ]),
};

function voiced(path: string): string[] {
  return ['', '_other', '_client'].map((voice) => `request:${path}${voice}`);
}

function under(prefix: string, names: readonly string[]): string[] {
  return names.map((name) => `${prefix}.${name}`);
}

function telegram(part: string): string[] {
  return ['language', 'privacy', 'status', 'copy', 'erase', 'human', 'restart'].map(
    (command) => `telegram:commands.${command}.${part}`,
  );
}

export interface Source {
  file: string;
  text: string;
}

const sources: Source[] = ['bot', 'adapters'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)
    .map((file) => ({ file, text: codeOf(readFileSync(new URL(file, ROOT), 'utf8')) })),
);

function codeOf(text: string): string {
  // A path such as '/s/f/*' opens no comment.
  return text.replace(/(?<=^|\s)\/\*[\s\S]*?\*\//gm, '').replace(/^\s*\/\/.*$/gm, '');
}

/** `'ns:key.path'` anywhere in the code, with the file. */
export function literalKeys(namespaces: readonly string[]): Map<string, string> {
  const found = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/['`]([a-z]+):([\w.-]+)['`]/g)]
      .filter(([, namespace = '']) => namespaces.includes(namespace))
      .map(([, namespace = '', path = '']) => [`${namespace}:${path}`, file] as const),
  );
  return new Map(found);
}

/** `` `ns:…${…}` `` anywhere in the code, with the file. */
export function templates(namespaces: readonly string[]): Map<string, string> {
  const found = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/`(([a-z]+):[^`\s]*\$\{[^`]*)`/g)]
      .filter(([, , namespace = '']) => namespaces.includes(namespace))
      .map(([, template = '']) => [template, file] as const),
  );
  return new Map(found);
}

interface Waiting {
  type: string;
  ownEvents: readonly string[];
  always?: readonly unknown[] | undefined;
  meta?: { referral?: { notes: string[] } };
}

function statesOf(id: FlowId): [string, Waiting][] {
  const states: Record<string, Waiting> = { ...FLOWS[id].root.states };
  return Object.entries(states);
}

const flowIds = Object.keys(FLOWS).filter((id): id is FlowId => id in FLOWS);

/** Every option of every question: `<flow>:<state>.<option>`. */
export const optionKeys: string[] = flowIds.flatMap((id) =>
  statesOf(id).flatMap(([state, { ownEvents }]) =>
    ownEvents
      .map((type) => type.replace('choose.', ''))
      .filter((option) => !UNSPOKEN.includes(option))
      .map((option) => `${id}:${state}.${option}`),
  ),
);

/** What every question of every machine says: what it is about, the question, the same again, each option. */
export const machineKeys: string[] = [
  ...flowIds.flatMap((id) =>
    statesOf(id)
      .filter(([, { type, always }]) => type !== 'final' && (always ?? []).length === 0)
      .flatMap(([state]) => ['about', 'ask', 'again'].map((part) => `${id}:${state}.${part}`)),
  ),
  ...optionKeys,
];

function notesOfLeaves(): string[] {
  const leaves = Object.keys(FLOWS)
    .filter((id): id is FlowId => id in FLOWS)
    .flatMap((id) => statesOf(id));
  // What depends on a measure in force has no sentence of its own; "followed" is added by the walk.
  const notes = leaves
    .flatMap(([, { meta }]) => meta?.referral?.notes ?? [])
    .filter((note) => note !== 'disability_path');
  return [...new Set([...notes, 'followed'])];
}

/** Whether the floor names this text: its own name, or the same said to a minor, stands in its source. */
export function floorNames(name: string): boolean {
  const plain = name.replace(/_minor$/, '');
  if (/^emergency_(medical|violence|child|suicide|no_shelter)$/.test(plain)) return true;
  return sources.some(
    ({ file, text }) =>
      /^bot\/(floor\/(answer|leave)|danger)\.ts$/.test(file) &&
      (text.includes(`'${plain}'`) || text.includes(`'floor:${name}'`)),
  );
}
