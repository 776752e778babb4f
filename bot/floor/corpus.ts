// The sentences the floor learns from and is measured on: corpus/*.jsonl and the decoder's training voices.
// What is learned from them, and which thresholds they give, is left to train.ts.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { readCorpus as readVoices } from '../decoder/corpus.ts';
import type { Row } from '../decoder/corpus.ts';
import type { Danger } from './types.ts';

export interface Sentence {
  text: string;
  lang: string;
  kind: 'crisis' | 'lookalike' | 'calm';
  danger: Danger | null;
  voice: string;
}

const FOLDER = new URL('corpus/', import.meta.url);

/** Every sentence to learn from: this folder's, and the decoder's training voices. Nothing held out is among them. */
export function readCorpus(folder: URL = FOLDER): Sentence[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl') && name !== 'held-out.jsonl');
  const own = files.toSorted().flatMap((name) => readSentences(new URL(name, folder)));
  return [...own, ...readVoices().train.map(toSentence)];
}

/** Which danger an emergency is, by the need it belongs to. */
const DANGER_OF_NEED: Record<string, Danger> = {
  violence: 'violence',
  debts: 'violence',
  family_conflict: 'violence',
  mental_health: 'suicide',
  homelessness: 'no_shelter',
  eviction: 'no_shelter',
  parenting_minors: 'child',
};

function toSentence({ text, lang, voice, urgency, need, note }: Row): Sentence {
  const crisis = urgency === 'emergency';
  const near = /lookalike|past/.test(note);
  return {
    text,
    lang,
    voice,
    kind: crisis ? 'crisis' : near ? 'lookalike' : 'calm',
    danger: crisis ? (DANGER_OF_NEED[need ?? ''] ?? 'medical') : null,
  };
}

/** Sentences of voices that were never learned from. */
export function readHeldOut(folder: URL = FOLDER): Sentence[] {
  return readSentences(new URL('held-out.jsonl', folder));
}

/** One voice in five, whole: thresholds are chosen on these, by a trial that has not read them. */
export function isDevelopment({ voice }: Sentence): boolean {
  return (createHash('sha1').update(voice).digest()[0] ?? 0) % 5 === 0;
}

function readSentences(file: URL): Sentence[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [readSentence(line, `${file.pathname}:${index + 1}`)],
  );
}

function readSentence(line: string, where: string): Sentence {
  const row: Sentence = JSON.parse(line);
  if (typeof row.text !== 'string' || !['crisis', 'lookalike', 'calm'].includes(row.kind))
    throw new Error(`${where}: a sentence needs "text" and "kind" (crisis, lookalike, calm)`);
  return row;
}
