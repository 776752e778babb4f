// The labels the chat needs in the browser, and the data its page carries. Shared by the server and the browser.
// The words themselves are left to locales/<language>/widget.json, under `chat`.

/** Every label, with the names of the placeholders it keeps until the browser fills them. */
export const LABELS = {
  title: '',
  subtitle: '',
  subtitleComune: 'comune',
  automatic: '',
  emergency: 'number',
  exit: '',
  exitHint: '',
  close: '',
  language: '',
  options: '',
  bigger: '',
  clean: '',
  cleanText: '',
  cleanYes: '',
  cleanErase: '',
  cleaned: '',
  transcript: '',
  bot: '',
  you: '',
  announce: 'author text',
  choices: 'list',
  chooseMany: '',
  input: '',
  inputHint: '',
  send: '',
  counter: 'count max',
  tooLong: 'over',
  connecting: '',
  online: '',
  offline: '',
  waiting: '',
  slow: '',
  pending: '',
  refused: '',
  unsent: '',
  wordless: '',
  typing: '',
  newMessage: '',
  renewed: '',
  kept: '',
  floorTitle: '',
  call: 'number',
  copy: 'number',
  copied: 'number',
  copiedShort: '',
  notCopied: 'number',
  copyCode: 'code',
  copiedCode: 'code',
  notCopiedCode: 'code',
  email: '',
  address: '',
  map: '',
  bring: '',
  how: '',
  why: '',
  change: '',
  changeReason: 'reason',
  also: '',
  newTab: '',
  person: 'phone',
  textPage: '',
};

export type Label = keyof typeof LABELS;
export type Labels = Record<Label, string>;

export function isLabel(name: string): name is Label {
  return name in LABELS;
}

/** The words of every label; `read` gets each name and the placeholders to leave standing. */
export function mapLabels(read: (name: Label, holes: string[]) => string): Labels {
  const labels: Labels = { ...LABELS };
  for (const name of Object.keys(LABELS)) if (isLabel(name)) labels[name] = read(name, LABELS[name].split(' '));
  return labels;
}

/** What the chat page hands to its script, as JSON in the page. */
export interface PageData {
  /** `null`: the page belongs to no comune, and the bot asks. */
  comune: string | null;
  comuneName: string | null;
  /** The desk's first number, or the switchboard's; `null` where the comune is not known. */
  phone: string | null;
  language: string;
  /** In `language`. */
  labels: Labels;
  /** Every language of the page, by code; `name` is what its own speakers call it, `words` where its labels are. */
  languages: Record<string, { name: string; words: string }>;
  emergency: { shown: string; url: string };
}

const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ps', 'ur'];

/** The direction that language is written in. */
export function dirOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.includes(language.slice(0, 2)) ? 'rtl' : 'ltr';
}

/** A number that keeps its order in words of that language, by the signs that text has for it. */
export function numberIn(language: string, number: string): string {
  return dirOf(language) === 'rtl' ? `\u2066${number}\u2069` : number;
}

/** Fills the placeholders of one label. */
export function fill(label: string, values: Record<string, string | number>): string {
  return label.replace(/\{\{(\w+)\}\}/g, (all, name: string) => (name in values ? String(values[name]) : all));
}
