// The words of the report that the code puts together: which tables, places and categories can be named.
// Checking that all of them exist, and no more, is left to catalogue.test.ts.
import { CHANNELS } from '../../bot/message.ts';
import { OUTCOMES, REFUSALS } from '../../bot/cases/desk-steps.ts';
import { FORMATS } from '../../bot/report/write.ts';
import { CONTACT_TABLES, REQUEST_TABLES } from '../../bot/report/tables.ts';

const CATEGORIES: Record<string, readonly string[]> = {
  followed: ['first', 'followed'],
  channel: CHANNELS,
  outcome: ['requested', 'not_requested'],
  course: [
    'waiting',
    'expired',
    'in_charge',
    'closed',
    'refused',
    'forwarded',
    'withdrawn',
    'followed',
    'unanswered',
    'ended',
    'not_followed',
  ],
  closed: [...OUTCOMES, 'reached_alone', 'unsaid'],
  refused: [...REFUSALS.map((code) => (code === 'other' ? 'other_reason' : code)), 'unsaid'],
  days: ['day_0', 'day_1', 'day_2', 'day_3', 'day_4', 'day_5_9', 'day_10', 'within_2', 'later'],
};

export const REPORT_KEYS: Record<string, string[]> = {
  'report:place.${place}': ['report:place.outside', 'report:place.other'],
  'report:table.${table}': [...CONTACT_TABLES, ...REQUEST_TABLES, 'contacts'].map((table) => `report:table.${table}`),
  'report:category.${table}.${key}': Object.entries(CATEGORIES).flatMap(([table, keys]) =>
    keys.map((key) => `report:category.${table}.${key}`),
  ),
  'report:not_yet.${what}': ['report:not_yet.contacts', 'report:not_yet.requests'],
  'report:usage.${edge}': ['report:usage.first', 'report:usage.last'],
  'report:page.download_${format}': FORMATS.map((format) => `report:page.download_${format}`),
  'report:column.${first}': ['report:column.month', 'report:column.place'],
  'report:column.${name}': ['contacts', 'people', 'requests'].map((name) => `report:column.${name}`),
};
