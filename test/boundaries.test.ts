// In which comune a place on the map lies.
// What is then asked is left to sent.test.ts.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadBoundaries } from '../adapters/directory/boundaries.ts';

describe('the boundaries of the seven comuni', () => {
  const comuneAt = loadBoundaries();

  it('know the squares of the seven towns', () => {
    const squares = {
      lucca: [43.8431, 10.5023],
      capannori: [43.8413, 10.5733],
      porcari: [43.8417, 10.6165],
      altopascio: [43.8147, 10.6747],
      montecarlo: [43.8506, 10.6672],
      villa_basilica: [43.9258, 10.6447],
      pescaglia: [43.9661, 10.4117],
    } as const;
    for (const [comune, [latitude, longitude]] of Object.entries(squares))
      assert.equal(comuneAt(latitude, longitude), comune);
  });

  it('know frazioni far from their town', () => {
    assert.equal(comuneAt(43.8905, 10.5515), 'capannori', 'Marlia');
    assert.equal(comuneAt(43.8113, 10.6438), 'altopascio', 'Badia Pozzeveri');
  });

  it('end where the seven end', () => {
    const beyond = [[43.7167, 10.4], [43.883, 10.7717], [43.8477, 10.7378], [44.1, 10.4], [0, 0], [-43.84, 10.6], [90, 180]]; // prettier-ignore
    for (const [latitude = 0, longitude = 0] of beyond) assert.equal(comuneAt(latitude, longitude), undefined);
  });

  it('are refused, by name, where they are damaged', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bussola-boundaries-'));
    const file = join(folder, 'boundaries.json');
    const ring = [[10, 43], [11, 43], [11, 44]]; // prettier-ignore
    for (const porcari of [
      undefined,
      [],
      [[[10, 43]]],
      [
        [
          ['10', 43],
          [11, 43],
          [11, 44],
        ],
      ],
    ]) {
      writeFileSync(file, JSON.stringify({ comuni: { lucca: [ring], capannori: [ring], porcari } }));
      assert.throws(() => loadBoundaries(pathToFileURL(file)), /boundaries\.json: comuni\/porcari/);
    }
    await rm(folder, { recursive: true });
  });
});
