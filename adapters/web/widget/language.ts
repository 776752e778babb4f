// The language of the page's own words: chosen in its menu, or that of the bot's last message.
// The words themselves come in the page's JSON; what the talk does at a change is left to chat.ts.
import { dirOf, fill, isLabel, numberIn } from './labels.ts';
import type { Labels, PageData } from './labels.ts';

export interface Tongue {
  code(): string;
  labels(): Labels;
  /** Turns the page to that language, as soon as its words are here. False where it was that already, or is not spoken. */
  turnTo(code: string): boolean;
}

/** `changed` runs after each change, for words that are not simply in the page. */
export function createTongue(page: PageData, changed: () => void): Tongue {
  let language = page.language;
  const known: Record<string, Promise<Labels>> = { [language]: Promise.resolve(page.labels) };
  let words = page.labels;
  const text = (name = ''): string =>
    fill(isLabel(name) ? words[name] : '', {
      comune: page.comuneName ?? '',
      number: page.emergency.shown,
      phone: numberIn(language, page.phone ?? ''),
    });
  const each = (name: string, put: (node: HTMLElement, value: string) => void): void => {
    for (const node of document.querySelectorAll<HTMLElement>(`[data-${name}]`)) put(node, node.dataset[name] ?? '');
  };
  const relabel = (): void => {
    document.documentElement.lang = language;
    document.documentElement.dir = dirOf(language);
    each('label', (node, name) => {
      node.textContent = text(name);
    });
    each('aria', (node, name) => node.setAttribute('aria-label', text(name)));
    each('hint', (node, name) => node.setAttribute('placeholder', text(name)));
    each('language', (node, code) => node.setAttribute('aria-current', String(code === language)));
    for (const node of document.querySelectorAll('.tongue-now')) {
      node.setAttribute('lang', language);
      node.textContent = node.classList.contains('code')
        ? language.toUpperCase()
        : (page.languages[language]?.name ?? '');
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a.plain')) link.search = `?lang=${language}`;
  };
  /** The words of the page stay as they are where others cannot be had. */
  const load = async (code: string): Promise<void> => {
    try {
      const found = await (known[code] ??= fetchLabels(page.languages[code]?.words ?? ''));
      if (code !== language) return;
      words = found;
    } catch {
      // No network, or no words there: the talk itself goes on in the language asked for. Its next message tries again.
      delete known[code];
      return;
    }
    relabel();
    changed();
  };
  return {
    code: () => language,
    labels: () => words,
    turnTo: (code) => {
      if (code === language && !known[code]) void load(code);
      if (code === language || !(code in page.languages)) return false;
      language = code;
      // A reload finds the language again; nothing else of the talk is in the address.
      const query = new URLSearchParams(location.search);
      query.set('lang', language);
      history.replaceState(null, '', `?${query}`);
      void load(code);
      return true;
    },
  };
}

/** Rejects where it was answered with something else. */
async function fetchLabels(path: string): Promise<Labels> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return await response.json();
}
