// The directory files as TypeScript sees them once schema.json has accepted them. Shapes only.
// What each field means is left to schema.json, how it becomes a desk to desks.ts.
import type { Entry } from '../../bot/ports.ts';
import type { ComuneId, ServiceKey } from '../../flows/types.ts';

/** Where a value was read; only `SEED` and `FOUND` values leave the adapter. */
export interface Provenance {
  status: 'SEED' | 'FOUND' | 'RECALLED' | 'UNKNOWN';
  date: string;
  source: string;
  confirm: boolean;
}

export interface Value<T> extends Provenance {
  value: T;
}

export interface PhoneEntry extends Provenance {
  number: string;
}

/** `day`: `07-12` every year, `2026-12-24` once, `easter+50` days after Easter. */
interface ClosureEntry extends Provenance {
  day: string;
  name: string;
}

/** What a service and a desk of it may both say. */
interface Contacts {
  phones?: PhoneEntry[];
  email?: Value<string>;
  website?: Value<string>;
  schedule?: Value<string>;
  appointment?: Value<'required' | 'walk_in' | 'referral_only'>;
}

export interface DeskEntry extends Contacts {
  id: string;
  name?: string;
  location?: string;
  serves?: ComuneId[];
  near?: string[];
}

export interface ServiceEntry extends Contacts {
  id: string;
  organization?: string;
  service: ServiceKey;
  name: string;
  serves: ComuneId[];
  through?: string;
  switchboard?: true;
  free?: Value<boolean>;
  languages?: Value<string[]>;
  service_at_location?: DeskEntry[];
  gaps?: string[];
}

export interface OrganizationEntry {
  id: string;
  name: string;
  website?: Value<string>;
  gaps?: string[];
}

export interface ComuneEntry extends OrganizationEntry {
  comune: ComuneId;
  code: string;
  switchboard: PhoneEntry;
  email?: Value<string>;
  protocol_email?: Value<string>;
  pec?: Value<string>;
  closures?: ClosureEntry[];
}

export interface LocationEntry {
  id: string;
  name: string;
  address: Value<string>;
}

export interface BrandEntry {
  name?: string;
  primary?: { light: string; dark: string };
  logo?: string;
}

interface ChatEntry {
  channels?: Entry[];
  languages?: string[];
  desk?: string;
}

export interface ComuneFile {
  organization: ComuneEntry;
  brand?: BrandEntry;
  chat?: ChatEntry;
  locations?: LocationEntry[];
  services: ServiceEntry[];
}

export interface NetworkFile {
  organizations: OrganizationEntry[];
  locations?: LocationEntry[];
  services: ServiceEntry[];
}

export interface MeasureEntry extends Provenance {
  id: string;
  name: string;
  from?: string;
  until?: string;
  link?: string;
}

export interface PlaceEntry {
  name: string;
  comune: ComuneId;
  aliases?: string[];
}
