// The chat page: joins the connection, the transcript, the box to write in, and the page that may embed it.
// The words are left to the page's JSON, the look to chat.css.
import type { Reply } from '../../../bot/message.ts';
import { createAnnouncer } from './announcer.ts';
import type { WireActivity } from './api.ts';
import { createComposer } from './composer.ts';
import { connect } from './connection.ts';
import type { Status } from './connection.ts';
import { need } from './dom.ts';
import { embedded } from './embed.ts';
import { EXIT_URL } from './exit.ts';
import { fill, isLabel } from './labels.ts';
import type { Labels, PageData } from './labels.ts';
import { clearSessions, openSession } from './session.ts';
import { createTranscript } from './transcript.ts';

const SLOW = 12_000;

const page: PageData = JSON.parse(need('page-data', HTMLScriptElement).text);
const session = openSession(page.comune);
let language = page.language;
let status: Status = 'connecting';
let slow: ReturnType<typeof setTimeout> | undefined;

const labels = (): Labels => {
  const found = page.languages[language] ?? page.languages['it'];
  if (!found) throw new Error('the page has no labels');
  return found.labels;
};

const statusLine = need('status', HTMLElement);
const box = need('box', HTMLTextAreaElement);
const announce = createAnnouncer(need('live', HTMLElement));
/** Where a person begins: the box; on touch screens the talk, because a keyboard would cover it. */
const begin = (): void => (matchMedia('(pointer: coarse)').matches ? need('scroller', HTMLElement) : box).focus();
const host = embedded(begin);

const transcript = createTranscript({
  list: need('list', HTMLElement),
  scroller: need('scroller', HTMLElement),
  typingLine: need('typing', HTMLElement),
  newer: need('newer', HTMLButtonElement),
  labels,
  choose: (choice, text) => say(text, choice),
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
  send: (text) => {
    transcript.retire();
    say(text);
  },
});

const connection = connect({
  session,
  comune: page.comune,
  language: () => language,
  events: {
    activity: show,
    status: (now) => {
      status = now;
      showStatus();
    },
    sent: (id) => transcript.settle(id),
    refused: (id) => {
      transcript.settle(id, labels().refused);
      transcript.typing(false);
    },
    renewed: () => transcript.note(labels().renewed),
  },
});

// What was written before the reload and never left: shown again, on its way again.
for (const { id, text } of session.data.unsent) transcript.user(id, text, true);

function say(text: string, choice?: string): void {
  const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  transcript.user(id, text, true);
  transcript.typing(true);
  clearTimeout(slow);
  slow = setTimeout(() => showStatus(labels().slow), SLOW);
  connection.send({ id, text, ...(choice ? { choice } : {}) });
}

function show(activity: WireActivity, fresh: boolean): void {
  if (activity.type === 'typing') return transcript.typing(true);
  if (activity.type !== 'message') return;
  const data = activity.channelData;
  if (!data?.bussola && activity.from?.role !== 'bot') {
    const id = data?.clientActivityID ?? activity.id ?? '';
    transcript.user(id, activity.text ?? '', false);
    return transcript.settle(id);
  }
  clearTimeout(slow);
  transcript.typing(false);
  showStatus();
  const plain: Reply = { kind: 'text', text: '', lang: language, choices: [], links: [], case: null };
  const reply: Reply = Object.assign(plain, data?.bussola, {
    text: activity.text ?? '',
    lang: activity.locale ?? language,
  });
  if (reply.erased) transcript.clear();
  transcript.bot(reply);
  if (fresh) announce(spoken(reply), reply.lang);
}

function spoken(reply: Reply): string {
  const words = labels();
  const list = reply.choices.map(({ label }) => label).join('; ');
  const said = fill(words.announce, { author: words.bot, text: reply.text });
  return list ? `${said}\n${fill(words.choices, { list })}` : said;
}

function showStatus(text: string = labels()[status]): void {
  if (statusLine.textContent === text) return;
  statusLine.textContent = text;
  statusLine.dataset['status'] = status;
  if (status !== 'online' && status !== 'connecting') transcript.typing(false);
}

function relabel(): void {
  const words = labels();
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll<HTMLElement>('[data-label]'))
    node.textContent = text(words, node.dataset['label'] ?? '');
  for (const node of document.querySelectorAll<HTMLElement>('[data-aria]'))
    node.setAttribute('aria-label', text(words, node.dataset['aria'] ?? ''));
  for (const button of document.querySelectorAll<HTMLElement>('[data-language]'))
    button.hidden = button.dataset['language'] === language;
  composer.relabel();
  showStatus();
}

function text(words: Labels, name: string): string {
  return fill(isLabel(name) ? words[name] : '', {
    comune: page.comuneName ?? '',
    number: page.emergency.shown,
    phone: page.phone ?? '',
  });
}

function leave(): void {
  connection.stop();
  clearSessions();
  document.body.replaceChildren();
  document.title = ' ';
  if (host) host.say('exit');
  else location.replace(EXIT_URL);
}

need('exit', HTMLButtonElement).addEventListener('click', leave);
for (const button of document.querySelectorAll<HTMLElement>('[data-language]'))
  button.addEventListener('click', () => {
    language = button.dataset['language'] ?? language;
    const query = new URLSearchParams(location.search);
    query.set('lang', language);
    history.replaceState(null, '', `?${query}`);
    relabel();
    // The button pressed is hidden now; its neighbour takes its place.
    document.querySelector<HTMLElement>('[data-language]:not([hidden])')?.focus();
    say(page.languages[language]?.name ?? language, `command.language.${language}`);
  });

const closer = need('close', HTMLButtonElement);
if (host) {
  closer.hidden = false;
  closer.addEventListener('click', () => host.say('close'));
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) host.say('close');
  });
  host.say('ready');
  begin();
}
document.documentElement.classList.toggle('embedded', host !== undefined);
