// The panel on the page around the chat: a dialog with the chat in a frame, and a way round where frames are forbidden.
// The button that opens it, and what the frame says, are left to loader.ts.

/** How long a frame may take before another way is offered beside it, milliseconds. */
const PATIENCE = 12_000;

export interface PanelWords {
  close: string;
  title: string;
  blocked: string;
  page: string;
}

export interface Panel {
  dialog: HTMLDialogElement;
  open(): void;
  tell(word: 'open' | 'leave'): void;
  /** True where that message is of the chat in the frame. */
  isFrom(event: MessageEvent): boolean;
  /** The chat in the frame is there, however late. */
  ready(): void;
}

/** `chat`: its address. Nothing is loaded before it is opened. */
export function createPanel(words: PanelWords, chat: string): Panel {
  const { origin } = new URL(chat);
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', words.title);
  let frame: HTMLIFrameElement | undefined;
  let isReady = false;
  let around: HTMLElement | undefined;

  const tell: Panel['tell'] = (word) => frame?.contentWindow?.postMessage(`bussola:${word}`, origin);
  const load = (): HTMLIFrameElement => {
    const made = document.createElement('iframe');
    made.title = words.title;
    made.referrerPolicy = 'no-referrer';
    // To copy a number.
    made.allow = 'clipboard-write';
    made.src = `${chat}&embed=1&host=${encodeURIComponent(location.origin)}`;
    dialog.append(made);
    setTimeout(() => {
      if (isReady) return;
      around = wayRound(words, chat, () => dialog.close());
      dialog.prepend(around);
    }, PATIENCE);
    return made;
  };

  return {
    dialog,
    tell,
    open: () => {
      // A phone's panel covers the page, so the page behind must be out of reach; on a desk the page stays in use.
      if (matchMedia('(max-width: 600px), (max-height: 480px)').matches) dialog.showModal();
      else dialog.show();
      if (frame) tell('open');
      frame ??= load();
      frame.focus();
    },
    isFrom: ({ origin: from, source }) => from === origin && source === frame?.contentWindow,
    ready: () => {
      isReady = true;
      around?.remove();
      tell('open');
    },
  };
}

/** For pages whose own rules forbid frames: the chat as a page of its own. */
function wayRound(words: PanelWords, chat: string, close: () => void): HTMLElement {
  const link = document.createElement('a');
  link.href = chat;
  link.textContent = words.page;
  const shut = document.createElement('button');
  shut.textContent = words.close;
  shut.addEventListener('click', close);
  const box = document.createElement('p');
  box.append(`${words.blocked} `, link, ' ', shut);
  return box;
}
