// The chat page: joins the connection, the transcript, the box to write in, and the page that may embed it.
// The words are left to the page's JSON, the look to styles/.
import type { Reply } from '../../../bot/message.ts';
import { createAnnouncer } from './announcer.ts';
import type { WireActivity } from './api.ts';
import { createComposer } from './composer.ts';
import { connect } from './connection.ts';
import type { Status } from './connection.ts';
import { need } from './dom.ts';
import { embedded } from './embed.ts';
import { tendEscape } from './keys.ts';
import { fill } from './labels.ts';
import type { PageData } from './labels.ts';
import { createTongue } from './language.ts';
import { createLate } from './late.ts';
import { beginAnew, leave } from './leave.ts';
import { shutMenu, tendMenus } from './menus.ts';
import { openSession, wish } from './session.ts';
import { createTranscript } from './transcript.ts';

const page: PageData = JSON.parse(need('page-data', HTMLScriptElement).text);
const session = openSession(page.comune);
let status: Status = 'connecting';

const statusLine = need('status', HTMLElement);
const box = need('box', HTMLTextAreaElement);
const big = need('big', HTMLButtonElement);
const announce = createAnnouncer(need('live', HTMLElement));
const tongue = createTongue(page, () => {
  composer.relabel();
  transcript.relabel();
  showStatus();
});
const { labels } = tongue;
/** Where a person begins: the box; on touch screens the talk, because a keyboard would cover it. */
const begin = (): void => {
  const first = matchMedia('(pointer: coarse)').matches ? need('scroller', HTMLElement) : box;
  // After the next picture: before it, the focus would make the browser lay the page out once more than it must.
  requestAnimationFrame(() => setTimeout(() => first.focus()));
};
const host = embedded({ open: begin, leave: () => exit() });

const transcript = createTranscript({
  list: need('list', HTMLElement),
  scroller: need('scroller', HTMLElement),
  typingLine: need('typing', HTMLElement),
  newer: need('newer', HTMLButtonElement),
  labels,
  language: tongue.code,
  online: () => status === 'online',
  choose: (choice, text) => say(text, choice),
  tell: announce,
});

const composer = createComposer({
  form: need('composer', HTMLFormElement),
  box,
  counter: need('counter', HTMLElement),
  labels,
  draft: {
    get: () => session.data.draft,
    set: (text) => {
      session.data.draft = text;
      session.save();
    },
  },
  tell: (text) => announce(text, tongue.code()),
  send: (text) => {
    transcript.retire();
    say(text);
  },
});

const late = createLate(() => {
  // What the network does is the truer word.
  if (status === 'online') showStatus(labels().slow, 'slow');
});

/** Said while nothing could be kept. */
const meanwhile = new Set<string>();
const connection = connect({
  session,
  comune: page.comune,
  language: tongue.code,
  events: {
    activity: show,
    status: (now) => {
      // Each look at the log says it again: that is no news.
      if (now === status) return;
      status = now;
      showStatus();
    },
    sent: (id) => {
      meanwhile.clear();
      transcript.settle(id);
      late.sent(id);
    },
    refused: (id) => {
      transcript.settle(id, labels().refused);
      transcript.typing(false);
    },
    unsent: (id) => transcript.settle(id, labels().unsent),
    meanwhile: ({ text, lang, ...rest }) => {
      // Each try says it again; once is enough, until something has been kept.
      if (meanwhile.has(text)) return;
      meanwhile.add(text);
      const reply: Reply = { kind: 'text', choices: [], links: [], case: null, ...rest, text, lang };
      transcript.bot(reply, new Date(), true);
      announce(spoken(reply), lang);
    },
    renewed: () => transcript.note(labels().renewed),
    kept: () => {
      transcript.note(labels().kept);
      announce(labels().kept, tongue.code());
    },
  },
});

// What was written before the reload and never left: shown again, on its way again.
for (const { id, text } of session.data.unsent) transcript.user(id, text, new Date(), true);

function say(text: string, choice?: string): void {
  const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  transcript.user(id, text, new Date(), true);
  transcript.typing(true);
  connection.send({ id, text, ...(choice ? { choice } : {}) });
}

function show(activity: WireActivity, fresh: boolean): void {
  if (activity.type === 'typing') return transcript.typing(true);
  if (activity.type !== 'message') return;
  const at = activity.timestamp ? new Date(activity.timestamp) : new Date();
  const data = activity.channelData;
  if (activity.from?.role !== 'bot') {
    const id = data?.clientActivityID ?? activity.id ?? '';
    // A file or a voice, from another client of this talk.
    transcript.user(id, activity.text?.trim() ? activity.text : labels().wordless, at, false);
    late.said(id);
    return transcript.settle(id);
  }
  late.answered();
  showStatus();
  const lang = activity.locale ?? tongue.code();
  const plain: Reply = { kind: 'text', text: '', lang, choices: [], links: [], case: null };
  const reply: Reply = Object.assign(plain, data?.bussola, { text: activity.text ?? '', lang });
  // The numbers for a danger are said in the language they were asked in, and may be another than the talk's.
  if (reply.kind !== 'floor') tongue.turnTo(lang);
  transcript.bot(reply, at, fresh);
  if (fresh) announce(spoken(reply), lang);
}

function spoken(reply: Reply): string {
  const words = labels();
  const list = reply.choices.map(({ label }) => label).join('; ');
  const said = fill(words.announce, { author: words.bot, text: reply.text });
  return list ? `${said}\n${fill(words.choices, { list })}` : said;
}

function showStatus(text: string = labels()[status], kind: string = status): void {
  if (status !== 'online') transcript.typing(false);
  if (statusLine.textContent === text) return;
  statusLine.textContent = text;
  statusLine.dataset['status'] = kind;
}

function exit(): void {
  leave(connection.stop, host);
}

function enlarge(on: boolean): void {
  document.documentElement.classList.toggle('big', on);
  big.setAttribute('aria-pressed', String(on));
}

const onClick = (id: string, act: () => void): void => need(id, HTMLButtonElement).addEventListener('click', act);

tendMenus();
enlarge(wish('big'));
onClick('exit', exit);
onClick('big', () => transcript.hold(() => enlarge(wish('big', !wish('big')))));
onClick('cleanYes', () => beginAnew(connection.stop, box));
onClick('cleanErase', () => {
  shutMenu();
  say(labels().cleanErase, 'command.erase');
});
for (const button of document.querySelectorAll<HTMLElement>('[data-language]'))
  button.addEventListener('click', () => {
    const code = button.dataset['language'] ?? '';
    shutMenu();
    if (tongue.turnTo(code)) say(page.languages[code]?.name ?? code, `command.language.${code}`);
  });
if (wish('cleaned')) {
  wish('cleaned', false);
  transcript.note(labels().cleaned);
  announce(labels().cleaned, tongue.code());
}

tendEscape(host, exit);
if (host) {
  need('close', HTMLButtonElement).hidden = false;
  onClick('close', () => host.say('close'));
  // The page around answers with the word that opens: from there on the focus is in here.
  host.say('ready');
}
