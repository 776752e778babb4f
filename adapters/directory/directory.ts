// Directory of bot/ports.ts over the YAML files: comuni, desks best first, measures in force, frazioni.
// Reading and checking are left to load.ts, opening times to calendar.ts.
import type { Comune, Desk, Directory, Frazione, Measure } from '../../bot/ports.ts';
import type { ComuneId } from '../../flows/types.ts';
import { COMUNI } from '../../flows/types.ts';
import { reachable } from './desks.ts';
import { fact, phoneFact } from './facts.ts';
import { toBrand } from './brand.ts';
import type { ReadLogo } from './brand.ts';
import { loadFiles, logosOf, OWN_FOLDER } from './load.ts';
import type { Loaded } from './load.ts';
import { romeDay } from './rome.ts';
import type { ComuneEntry, MeasureEntry } from './shape.ts';

/** The directory with what only the calendar asks. */
interface LoadedDirectory extends Directory {
  /** Days on which the comune's own desks are closed: `07-12`, `2026-12-24`, `easter+50`. */
  closures(id: ComuneId): string[];
}

function toComune(entry: ComuneEntry, face: Loaded['faces'][number] | undefined, logos: ReadLogo): Comune[] {
  const switchboard = phoneFact(entry.switchboard);
  if (!switchboard) return [];
  const patron = entry.closures?.find(({ day }) => /^\d{2}-\d{2}$/.test(day))?.day;
  const website = fact(entry.website)?.value;
  return [
    {
      id: entry.comune,
      name: entry.name.replace(/^Comune di /, ''),
      code: entry.code,
      switchboard,
      ...(patron !== undefined && { patron }),
      ...(website !== undefined && { website }),
      ...(face && Object.keys(face.brand).length > 0 && { brand: toBrand(face.brand, logos) }),
      ...(face?.chat.channels && { entries: face.chat.channels }),
      ...(face?.chat.languages && { languages: face.chat.languages }),
    },
  ];
}

/** A desk with a number comes before one without, a local desk before one for the whole Piana; else the order of the files. */
const rank = (desk: Desk): number => (desk.phones.length > 0 ? 0 : COMUNI.length) + desk.serves.length;

const inForce = (entry: MeasureEntry, day: string): boolean =>
  (entry.from === undefined || entry.from <= day) && (entry.until === undefined || day <= entry.until);

/** Loads `folder` (the project's own `directory/` when not given). Throws DirectoryError naming file, line and mend. */
export function loadDirectory(folder: URL = OWN_FOLDER): LoadedDirectory {
  const { comuni: entries, faces, desks, measures, places } = loadFiles(folder);
  const faceOf = (id: ComuneId): Loaded['faces'][number] | undefined => faces.find(({ comune }) => comune === id);
  const shownAs = entries.flatMap((entry) => toComune(entry, faceOf(entry.comune), logosOf(folder)));
  const comuni = new Map(shownAs.map((comune) => [comune.id, comune]));
  const shown = desks.filter(reachable).toSorted((a, b) => rank(a) - rank(b));
  /** The desk that a comune chose to open comes before its others of that kind. */
  const chosenFirst = (found: Desk[], comune: ComuneId): Desk[] => {
    const opens = faceOf(comune)?.chat.desk;
    return found.toSorted((a, b) => Number(b.id === opens) - Number(a.id === opens));
  };
  const byId = new Map(shown.map((desk) => [desk.id, desk]));
  const frazioni: Frazione[] = places.map(({ name, comune, aliases }) => ({ name, comune, aliases: aliases ?? [] }));

  return {
    comuni: () => COMUNI.flatMap((id) => comuni.get(id) ?? []),
    comune(id) {
      const found = comuni.get(id);
      if (!found) throw new RangeError(`no such comune: ${id}`);
      return found;
    },
    desks: (service, comune) =>
      chosenFirst(
        shown.filter((desk) => desk.service === service && desk.serves.includes(comune)),
        comune,
      ),
    desk: (id) => byId.get(id),
    measure(id, at): Measure | undefined {
      const day = romeDay(at);
      const found = measures.find((entry) => entry.id === id && inForce(entry, day));
      if (!found || !fact({ ...found, value: id })) return undefined;
      const { name, source, date, confirm, link } = found;
      return { id, name, source, date, confirm, ...(link !== undefined && { link }) };
    },
    frazioni: () => frazioni,
    closures: (id) => (entries.find((entry) => entry.comune === id)?.closures ?? []).map(({ day }) => day),
  };
}
