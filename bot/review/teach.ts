// Writes a reviewed phrase into the corpus, as one more sentence of a voice, after the corpus's own checks.
// Learning from it is left to the training, taking it out of the queue to the command.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { HEADER, readVoice } from '../decoder/corpus.ts';
import { areaOf, isNeed } from '../decoder/lexicon.ts';
import { ConfigError } from '../errors.ts';

/** One row as the reviewer labels it; what is wrong in it is found by the corpus's own reader. */
export interface Lesson {
  lang: string;
  /** File of the corpus, without folder and ending. */
  voice: string;
  text: string;
  /** Taken from the need where absent. */
  area: string | undefined;
  /** Absent: the words name no need of ours. */
  need: string | undefined;
  secondary: string;
  urgency: string;
  forWhom: string;
  comune: string;
  note: string;
}

const FIRST_LINE = '# what people wrote and was not understood, taken from the review; without names and places';

/** Returns the path of the file. Throws ConfigError with what to do; nothing is written then. */
export function teach(lesson: Lesson, corpus: URL): string {
  const { lang, voice } = lesson;
  const problems = wrongPlace(lesson, corpus);
  if (problems.length > 0) throw new ConfigError(problems);
  const file = new URL(`${lang}/${voice}.tsv`, corpus);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : `${FIRST_LINE}\n${HEADER.join('\t')}\n`;
  const after = `${before.replace(/\n*$/, '\n')}${rowOf(lesson)}\n`;
  const rows = readVoice(after, `${lang}/${voice}`, problems);
  if (problems.length === 0 && rows.length === readVoice(before, voice, []).length)
    problems.push('the words cannot begin with "# ": write them with --text');
  if (problems.length > 0) throw new ConfigError(problems);
  mkdirSync(new URL('.', file), { recursive: true });
  const beside = new URL(`${lang}/.${voice}.new`, corpus);
  writeFileSync(beside, after);
  renameSync(beside, file);
  return file.pathname;
}

function wrongPlace({ lang, voice, text, need, area }: Lesson, corpus: URL): string[] {
  const problems: string[] = [];
  const languages = existsSync(corpus) ? readdirSync(corpus).filter((name) => /^[a-z]{2}$/.test(name)) : [];
  if (!languages.includes(lang))
    problems.push(`the corpus has no language "${lang}": give --lang, one of ${languages.join(', ')}`);
  if (!/^[a-z0-9][a-z0-9-]{0,60}$/.test(voice))
    problems.push(`--voice must be small letters, digits and hyphens, as from-review: ${voice}`);
  else if (heldOut(corpus).includes(`${lang}/${voice}`))
    problems.push(`--voice ${voice} is held out, to measure the decoder: choose another, or leave --voice out`);
  if (need === undefined && area === undefined)
    problems.push(
      '--need is missing: write what the words mean, as --need bills, or --area unclear where they name none',
    );
  if (need !== undefined && area === undefined && !isNeed(need))
    problems.push(`--need ${need} is not a need: see bot/decoder/corpus/README.md`);
  if (text.trim() === '') problems.push('--text is empty: write the words, or leave --text out');
  return problems;
}

function heldOut(corpus: URL): string[] {
  const list = new URL('held-out.txt', corpus);
  return existsSync(list) ? readFileSync(list, 'utf8').split(/\s*\n\s*/) : [];
}

function rowOf({ text, area, need = '', secondary, urgency, forWhom, comune, note }: Lesson): string {
  const whole = area ?? (isNeed(need) ? areaOf(need) : '');
  const second = secondary === 'none' ? '' : secondary;
  return [asTyped(text), whole, need, second, urgency, forWhom, comune, note].map(asCell).join('\t');
}

/** What was taken out leaves three dots: the decoder is not to learn our brackets. */
function asTyped(text: string): string {
  return text.replace(/\[(?:name|number|address|place|mail|link|code|date)\]/g, '…');
}

function asCell(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
