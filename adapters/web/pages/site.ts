// What every page shares: the directory, the words of one language, the comune, the addresses of the assets.
// The frame around a page is document.ts; the pages themselves are left to their files.
import type { Config } from '../../../bot/config.ts';
import type { Calendar, Clock, Comune, Desk, Directory } from '../../../bot/ports.ts';
import type { Environment } from '../../../bot/talk.ts';
import type { Say, Words } from '../../../bot/words.ts';
import type { Widget } from '../widget/build.ts';
import { brandStyle } from './brand.ts';
import { htmlDocument } from './document.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

export interface Sources {
  directory: Directory;
  calendar: Calendar;
  words: Words;
  config: Config;
  clock: Clock;
  /** Whether who answers for a desk has confirmed its facts. */
  freshness: Environment['freshness'];
}

export interface Site extends Sources {
  widget: Widget;
}

/** What facts are said with, on any page. */
export interface Facts {
  site: Pick<Sources, 'directory' | 'calendar' | 'clock' | 'words' | 'freshness'>;
  language: string;
  t: Say;
}

/** One request: which language, which comune, and the words for it. */
export interface View extends Facts {
  site: Site;
  comune: Comune | undefined;
}

/** The comuni that this installation stands for, in the directory's order; the talk knows all of them. */
export function ownComuni({ directory, config }: Pick<Sources, 'directory' | 'config'>): Comune[] {
  return directory.comuni().filter(({ id }) => config.comuni.includes(id));
}

export function frame({ site, language, comune }: View, title: string, body: Html, head?: Html): string {
  const own = head ?? html`<link rel="stylesheet" href="${site.widget.siteStyle.path}" />`;
  return htmlDocument({ language, title, cover: true, head: html`${own} ${brandStyle(comune)}`, body });
}

/** Desk that receives people of that comune first: its segretariato sociale, at worst the switchboard. */
export function firstDesk({ site }: Facts, comune: Comune): Desk | undefined {
  return site.directory.desks('segretariato', comune.id)[0];
}

/** A short national number, as the directory has it. */
export function nationalDesk(
  site: Pick<Sources, 'directory'>,
  service: 'emergency_112' | 'violence_1522' | 'child_emergency_114',
): Desk | undefined {
  const comune = site.directory.comuni()[0];
  return comune && site.directory.desks(service, comune.id)[0];
}

/** 112 answers everywhere in Europe: it is on the page even where the directory has lost it. */
export function emergency(site: Pick<Sources, 'directory'>): { shown: string; url: string } {
  const phone = nationalDesk(site, 'emergency_112')?.phones[0]?.value;
  return { shown: phone?.shown ?? '112', url: phone?.uri ?? 'tel:112' };
}

export { COMPASS } from './brand.ts';
