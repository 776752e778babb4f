// What stands on a sheet of paper: facts of the directory as they are today, the steps of the card, the codes of open requests.
// Never a word, a name or a contact of the person. How it looks is left to adapters/web/paper.
import type { ComuneId, ServiceKey } from '../../flows/types.ts';
import { isOpen } from '../cases/person/state-words.ts';
import { deskLines } from '../desk-lines.ts';
import type { Card } from '../message.ts';
import type { Case, Desk, Phone } from '../ports.ts';
import type { ConversationState } from '../state.ts';
import { say } from '../talk.ts';
import type { Environment, View } from '../talk.ts';
import { isAtRisk } from './shown.ts';

const MOST_STEPS = 3;
const MOST_OTHERS = 2;
/** On every sheet, at its foot. */
const DANGER: ServiceKey[] = ['emergency_112', 'violence_1522', 'child_emergency_114'];

export interface SheetDesk {
  name: string;
  /** Empty where the name says it already. */
  organization: string;
  phones: Phone[];
  /** `Orari: lunedì 9–13`. */
  hours?: string;
  /** `Dove: piazza Felice Orsi`. */
  address?: string;
}

export interface SheetView {
  language: string;
  comune: ComuneId;
  desk: SheetDesk;
  /** Each with the Italian for who reads it at the desk; absent where the sheet is Italian. */
  bring: { said: string; italian?: string }[];
  how: string[];
  also: SheetDesk[];
  /** Of requests that are open: `PRC-7F3K2`. */
  codes: string[];
  freshness: string;
}

export interface SheetSource {
  comune: ComuneId;
  language: string;
  /** Absent: only the desk of the comune that hears everything, and nothing that tells why. */
  card?: Card | undefined;
  /** Of the same talk, as it is now; undefined where it cannot be read. */
  state: ConversationState | undefined;
  /** Of the same talk. */
  cases: readonly Case[];
  at: Date;
}

/** What was told after the sheet was made counts as well: then it shows no more than one without a card. */
export function sheetView(env: Environment, source: SheetSource): SheetView {
  const { comune, language, state, cases, at } = source;
  const card = state && !state.card?.delicate && !isAtRisk(state, cases) ? source.card : undefined;
  const view: View = { env, at, state: { language } };
  const named = card?.desk === undefined ? undefined : env.directory.desk(card.desk);
  const desk = named ?? mainDesk(env, comune);
  const others = named ? (card?.also ?? []).flatMap((one) => deskNamed(env, one.desk)) : [];
  return {
    language,
    comune,
    desk: onPaper(view, desk, comune),
    bring: bringOf(env, desk, language),
    how: named ? (card?.how ?? []).slice(0, MOST_STEPS) : [],
    also: others
      .filter(({ service }) => !DANGER.includes(service))
      .slice(0, MOST_OTHERS)
      .map((one) => onPaper(view, one, comune)),
    // Without a card not even that there is a request.
    codes: card ? [...new Set(cases.flatMap((made) => (isOpen(made) && made.code !== null ? made.code : [])))] : [],
    freshness: deskLines(view, desk, comune).freshness,
  };
}

/** The numbers for danger, as the directory has them: 112, violence, children. */
export function dangerPhones({ directory }: Environment, comune: ComuneId): string[] {
  return DANGER.map((service) => directory.desks(service, comune)[0]?.phones[0]?.value.shown ?? '112');
}

export function mainDesk({ directory }: Environment, comune: ComuneId): Desk {
  const [desk] = directory.desks('segretariato', comune);
  if (!desk) throw new Error(`the directory has no segretariato for ${comune}`);
  return desk;
}

/** Whether it is open now is of no use on paper: its hours are. */
export function onPaper(view: View, desk: Desk, comune: ComuneId): SheetDesk {
  const { name, phones, hours } = deskLines(view, desk, comune);
  return {
    name,
    organization: desk.name.includes(desk.organization) ? '' : desk.organization,
    phones,
    ...(hours ? { hours } : {}),
    ...(desk.address ? { address: say(view)('result:address', { address: desk.address.value }) } : {}),
  };
}

function deskNamed({ directory }: Environment, id: string | undefined): Desk[] {
  const desk = id === undefined ? undefined : directory.desk(id);
  return desk ? [desk] : [];
}

function bringOf({ words }: Environment, { service }: Desk, language: string): SheetView['bring'] {
  const key = `services:${service}.bring`;
  const italian = words.list('it', key);
  const said = words.list(language, key);
  if (language === 'it' || said.length !== italian.length) return said.map((one) => ({ said: one }));
  return said.map((one, index) => ({ said: one, italian: italian[index] ?? '' }));
}
