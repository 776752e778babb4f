// What places, tables and categories of the report are called, for people; months in words. Italian: only operators read it.
// Which of them stand in a report is left to report.ts.
import { AREAS, COMUNI, NEEDS } from '../../flows/types.ts';
import type { Directory } from '../ports.ts';
import type { Words } from '../words.ts';
import type { Month } from './months.ts';
import { OTHER } from './tables.ts';
import type { TableId } from './tables.ts';

export interface Labels {
  /** A comune, `outside`, `other`, or `all`. */
  place(place: string): string;
  table(table: TableId | 'contacts'): string;
  category(table: TableId, key: string): string;
  month(month: Month): string;
}

export function createLabels(words: Words, directory: Pick<Directory, 'comune'>): Labels {
  const say = words.say('it');
  const needs = Object.values(NEEDS).flat();
  const languages = new Intl.DisplayNames(['it'], { type: 'language' });
  const months = new Intl.DateTimeFormat('it', { month: 'long', year: 'numeric', timeZone: 'UTC' });

  const ofArea = (key: string): string => {
    const [named, need] = key.split('.');
    const area = AREAS.find((one) => one === named);
    if (!area) return say('report:category.other');
    const label = say(`mail:area.${area}`);
    if (need === undefined) return label;
    const found = needs.find((one) => one === need);
    return found ? needLabel(found) : say('report:category.area_other', { area: label });
  };
  const needLabel = (need: (typeof needs)[number]): string => say(`mail:need.${need}`);

  return {
    place: (place) => {
      if (place === 'all') return say('report:where_all');
      const comune = COMUNI.find((id) => id === place);
      return comune ? directory.comune(comune).name : say(`report:place.${place}`);
    },
    table: (table) => say(`report:table.${table}`),
    category(table, key) {
      if (key === OTHER) return say('report:category.other');
      if (table === 'area' || table === 'need') return ofArea(key);
      if (table === 'language') return languages.of(key) ?? key;
      const name = `report:category.${table}.${key}`;
      // A code of a later release, in a trail that an earlier one wrote or will read.
      return words.has(name) ? say(name) : key;
    },
    month: (month) => months.format(new Date(`${month}-01T00:00:00Z`)),
  };
}
