// /widget.js: puts a launcher on any page and opens the chat in a frame when it is pressed, and only then.
// Runs on pages we do not know: shadow DOM against their styles, CSSOM only, words of the frame checked by origin.
import { blank, createEscapes, EXIT_URL } from './exit.ts';
import { dirOf } from './labels.ts';

interface LoaderWords {
  open: string;
  close: string;
  title: string;
  blocked: string;
  page: string;
}

/** Put in by build.ts: the languages spoken, the comuni served, the launcher's style. */
declare const BUSSOLA: { words: Record<string, LoaderWords>; comuni: string[]; css: string };

const ROOM = '96px';
const PATIENCE = 12_000;
/** The frame erases what it holds in far less; a frame that never loaded does not answer. */
const ERASING = 300;

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
  const button = document.createElement('button');
  button.className = 'launcher';
  button.textContent = words.open;
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  const panel = document.createElement('dialog');
  panel.setAttribute('aria-label', words.title);
  root.append(button, panel);
  document.body.append(element);
  makeRoom();

  let frame: HTMLIFrameElement | undefined;
  const tell = (word: 'open' | 'leave'): void => frame?.contentWindow?.postMessage(`bussola:${word}`, origin);
  const open = (): void => {
    // A phone's panel covers the page, so the page behind must be out of reach; on a desk the page stays in use.
    if (matchMedia('(max-width: 600px), (max-height: 480px)').matches) panel.showModal();
    else panel.show();
    button.setAttribute('aria-expanded', 'true');
    button.hidden = true;
    if (frame) {
      frame.focus();
      tell('open');
      return;
    }
    frame = document.createElement('iframe');
    frame.title = words.title;
    frame.referrerPolicy = 'no-referrer';
    // To copy a number.
    frame.allow = 'clipboard-write';
    frame.src = `${chat}&embed=1&host=${encodeURIComponent(location.origin)}`;
    panel.append(frame);
    frame.focus();
    setTimeout(() => {
      if (!ready) panel.prepend(wayOut());
    }, PATIENCE);
  };
  const close = (): void => {
    panel.close();
  };
  /** For pages whose own rules forbid frames: the chat as a page of its own. */
  const wayOut = (): HTMLElement => {
    const link = document.createElement('a');
    link.href = chat;
    link.textContent = words.page;
    const shut = document.createElement('button');
    shut.textContent = words.close;
    shut.addEventListener('click', close);
    const box = document.createElement('p');
    box.append(`${words.blocked} `, link, ' ', shut);
    return box;
  };

  let ready = false;
  button.addEventListener('click', open);
  panel.addEventListener('close', () => {
    button.hidden = false;
    button.setAttribute('aria-expanded', 'false');
    button.focus();
  });
  const escaped = createEscapes();
  const escape = (counts: boolean): void => {
    if (!escaped(counts)) return;
    // What this page shows goes at once; what the frame remembers only the frame can erase.
    blank();
    tell('leave');
    setTimeout(go, ERASING);
  };
  const go = (): void => {
    blank();
    location.replace(EXIT_URL);
  };
  // Esc shuts the chat; three within a moment leave the page, wherever the focus is by then.
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || event.repeat || event.isComposing) return;
      escape(panel.open);
      if (event.composedPath().includes(panel)) close();
    },
    true,
  );
  addEventListener('message', (event) => {
    if (event.origin !== origin || event.source !== frame?.contentWindow) return;
    if (event.data === 'bussola:ready') {
      ready = true;
      tell('open');
    } else if (event.data === 'bussola:close') close();
    else if (event.data === 'bussola:escape') escape(true);
    else if (event.data === 'bussola:exit') go();
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
