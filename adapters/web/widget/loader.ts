// /widget.js: puts a launcher on any page and opens the chat in a frame when it is pressed, and only then.
// Runs on pages we do not know: shadow DOM against their styles, CSSOM only, words of the frame checked by origin.
import { dirOf } from './labels.ts';
import { createPanel } from './panel.ts';
import type { Panel, PanelWords } from './panel.ts';
import { createWayOut } from './way-out.ts';

interface LoaderWords extends PanelWords {
  open: string;
}

/** Put in by build.ts: the languages spoken, the comuni served, the launcher's style. */
declare const BUSSOLA: { words: Record<string, LoaderWords>; comuni: string[]; css: string };

const ROOM = '96px';

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  if (document.body) install(script);
  else addEventListener('DOMContentLoaded', () => install(script));
}

function install({ src, dataset }: HTMLScriptElement): void {
  const { origin } = new URL(src, location.href);
  const asked = (dataset['lang'] ?? document.documentElement.lang).slice(0, 2).toLowerCase();
  const lang = asked in BUSSOLA.words ? asked : 'it';
  const words = BUSSOLA.words[lang];
  if (!words) return;
  const comune = dataset['comune'] ?? '';
  // A comune we do not know is no comune: the bot asks.
  const chat = `${origin}/chat${BUSSOLA.comuni.includes(comune) ? `/${comune}` : ''}?lang=${lang}`;

  const element = document.createElement('div');
  element.lang = lang;
  element.dir = dirOf(lang);
  const root = element.attachShadow({ mode: 'open' });
  dress(root);
  const button = launcher(words.open);
  const panel = createPanel(words, chat);
  root.append(button, panel.dialog);
  document.body.append(element);
  makeRoom();
  tend(button, panel);
}

function launcher(label: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.className = 'launcher';
  button.textContent = label;
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  return button;
}

/** The button gives way to the panel and gets the focus back; the frame's words and Esc are heard. */
function tend(button: HTMLButtonElement, panel: Panel): void {
  const { dialog } = panel;
  button.addEventListener('click', () => {
    panel.open();
    button.setAttribute('aria-expanded', 'true');
    button.hidden = true;
  });
  dialog.addEventListener('close', () => {
    button.hidden = false;
    button.setAttribute('aria-expanded', 'false');
    button.focus();
  });
  const out = createWayOut(() => panel.tell('leave'));
  // Esc shuts the chat; three within a moment leave the page, wherever the focus is by then.
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || event.repeat || event.isComposing) return;
      out.press(dialog.open);
      if (event.composedPath().includes(dialog)) dialog.close();
    },
    true,
  );
  addEventListener('message', (event) => {
    if (!panel.isFrom(event)) return;
    if (event.data === 'bussola:ready') panel.ready();
    else if (event.data === 'bussola:close') dialog.close();
    else if (event.data === 'bussola:escape') out.press(true);
    else if (event.data === 'bussola:exit') out.go();
  });
}

/** Constructed sheets are allowed by every policy; where they are missing, a style element does what it may. */
function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(BUSSOLA.css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement('style');
    style.textContent = BUSSOLA.css;
    root.append(style);
  }
}

/** The launcher must not lie over the footer's links, nor over what has the focus. */
function makeRoom(): void {
  const last = document.querySelector<HTMLElement>('body > footer:last-of-type') ?? document.body;
  last.style.paddingBottom = `calc(${getComputedStyle(last).paddingBottom} + ${ROOM})`;
  document.documentElement.style.scrollPaddingBottom = ROOM;
}
