// The mails of the folder as pages to read: a list, one mail, and the file itself.
// Who may open them (loopback only) and at which address is left to adapters/web.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeHtml } from '../../bot/mail/render.ts';
import type { Say, Words } from '../../bot/words.ts';
import { readEml } from './eml.ts';
import type { Letter } from './eml.ts';
import { isSafeId } from './message.ts';

/** Pages are whole HTML documents; links are `/posta`, `/posta/<id>` and `/posta/<id>.eml`. */
export interface MailViewer {
  /** Newest first. */
  list(): Promise<string>;
  /** `undefined`: no such mail. */
  show(id: string): Promise<string | undefined>;
  raw(id: string): Promise<Buffer | undefined>;
}

export function createMailViewer(dataDir: string, words: Words, options: { stylesheet?: string } = {}): MailViewer {
  const folder = join(dataDir, 'mail');
  const say = words.say('it');
  const raw = async (id: string): Promise<Buffer | undefined> =>
    isSafeId(id) ? await readFile(join(folder, `${id}.eml`)).catch(() => undefined) : undefined;
  const letters = async (): Promise<[string, Letter][]> => {
    const names = await readdir(folder).catch((): string[] => []);
    const ids = names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -'.eml'.length));
    const read = ids.map(async (id): Promise<[string, Letter][]> => {
      const file = await raw(id);
      return file ? [[id, readEml(file.toString())]] : [];
    });
    return (await Promise.all(read)).flat().sort(([, a], [, b]) => Date.parse(b.date) - Date.parse(a.date));
  };
  const page = (title: string, body: string): string => {
    const style = options.stylesheet ? `<link rel="stylesheet" href="${escapeHtml(options.stylesheet)}">` : '';
    const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>`;
    return `<!doctype html>\n<html lang="it"><head>${head}${style}</head><body class="posta"><main>\n${body}\n</main></body></html>\n`;
  };
  return {
    raw,
    list: async () => page(say('mail:viewer.title'), listBody(await letters(), say)),
    show: async (id) => {
      const file = await raw(id);
      if (!file) return undefined;
      const letter = readEml(file.toString());
      return page(letter.subject, letterBody(id, letter, say));
    },
  };
}

function listBody(letters: [string, Letter][], say: Say): string {
  const items = letters.map(([id, letter]) => {
    const about = [letter.to, letter.date].map((text) => escapeHtml(text)).join(' · ');
    return `<li><a href="/posta/${id}">${escapeHtml(letter.subject)}</a><br>${about}</li>`;
  });
  const content = items.length > 0 ? `<ol>\n${items.join('\n')}\n</ol>` : `<p>${say('mail:viewer.empty')}</p>`;
  return `<h1>${say('mail:viewer.title')}</h1>\n<p>${say('mail:viewer.explain')}</p>\n${content}`;
}

function letterBody(id: string, letter: Letter, say: Say): string {
  const fields = (['from', 'to', 'subject', 'date'] as const).map(
    (key) => `<dt>${say(`mail:viewer.${key}`)}</dt><dd>${escapeHtml(letter[key])}</dd>`,
  );
  const names = letter.attachments.map((name) => escapeHtml(name)).join(', ');
  if (names) fields.push(`<dt>${say('mail:viewer.attachments')}</dt><dd>${names}</dd>`);
  const text = escapeHtml(letter.text.trim()).replaceAll('\n', '<br>\n');
  const links = [
    `<a href="/posta">${say('mail:viewer.back')}</a>`,
    `<a href="/posta/${id}.eml">${say('mail:viewer.raw')}</a>`,
  ];
  return `<h1>${escapeHtml(letter.subject)}</h1>\n<dl>${fields.join('\n')}</dl>\n<div class="letter">${text}</div>\n<p>${links.join(' · ')}</p>`;
}
