// A clerk's mistakes in the directory files: each is refused with file, line and mend, all at once.
// What the right files say is left to directory.test.ts.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DirectoryError } from '../bot/errors.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';

const OWN = fileURLToPath(new URL('../directory/', import.meta.url));

describe('directory files', () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'bussola-directory-'));
    folder = join(root, 'directory');
    cpSync(OWN, folder, { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const load = () => loadDirectory(pathToFileURL(folder));
  const change = (file: string, from: string | RegExp, to: string): void => {
    const before = read(file);
    const after = before.replace(from, to);
    assert.notEqual(after, before, 'the test must change the file');
    writeFileSync(join(folder, file), after);
  };
  /** 1-based line of the first line that holds `text`. */
  const lineOf = (file: string, text: string): number =>
    read(file)
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1;
  const problems = (): string[] => {
    try {
      load();
    } catch (error) {
      assert.ok(error instanceof DirectoryError);
      assert.ok(error.problems.every((problem) => error.message.includes(problem)));
      return error.problems;
    }
    return assert.fail('the directory was accepted');
  };

  it('accepts the files as they are, with or without the slash', () => {
    assert.equal(load().comuni().length, 7);
    assert.equal(loadDirectory(pathToFileURL(`${folder}/`)).comuni().length, 7);
  });

  it('asks for a missing date, with file, line and an example', () => {
    const line = lineOf('porcari.yaml', '0583 211899');
    change('porcari.yaml', /(number: .0583 211899.\n\s+status: FOUND\n)\s+date: 2025-04\n/, '$1');
    assert.deepEqual(problems(), [
      `directory/porcari.yaml:${line}: services/0/phones/0: must have "date"; add the day the number was read, ` +
        'e.g. date: 2025-04 (or date: undated); put a year alone between quotes',
    ]);
  });

  it('names an unknown word on its own line, with the words it knows', () => {
    change('lucca.yaml', /^( {4})phones:$/m, '$1telefoni:');
    const line = lineOf('lucca.yaml', 'telefoni:');
    const found = problems();
    assert.equal(found.length, 1);
    assert.match(
      found[0] ?? '',
      new RegExp(`^directory/lucca\\.yaml:${line}: services/0/telefoni: is not a known word; use one of: .*phones`),
    );
  });

  it('lists every problem of every file at once', () => {
    change('porcari.yaml', 'code: PRC', 'code: porcari');
    change('lucca.yaml', 'service: segretariato', 'service: segreteria');
    change('measures.yaml', 'https://www.lavoro.gov.it/adi', 'http://www.lavoro.gov.it/adi');
    const found = problems();
    assert.equal(found.length, 3);
    assert.match(found.join('\n'), /directory\/porcari\.yaml:\d+: organization\/code: .*three capital letters/);
    assert.match(
      found.join('\n'),
      /directory\/lucca\.yaml:\d+: services\/0\/service: must be one of: segretariato, punto_insieme/,
    );
    assert.match(found.join('\n'), /directory\/measures\.yaml:\d+: measures\/1\/link: .*must begin with https:\/\//);
  });

  it('says where a file is not YAML', () => {
    change('montecarlo.yaml', 'serves: [montecarlo]', 'serves: [montecarlo');
    const found = problems();
    assert.match(
      found[0] ?? '',
      /^directory\/montecarlo\.yaml:\d+: not readable as YAML .*look at the indentation and the quotes/,
    );
  });

  it('refuses anchors, empty files and files of another shape', () => {
    writeFileSync(join(folder, 'usl.yaml'), '');
    writeFileSync(join(folder, 'extra.yaml'), 'organizations: &a [*a]\nservices: []\n');
    change('places.yaml', 'places:', 'luoghi:');
    const found = problems().join('\n');
    assert.match(found, /directory\/usl\.yaml:1: must be object/);
    assert.match(found, /directory\/extra\.yaml:\d+: /);
    assert.match(found, /directory\/places\.yaml:\d+: must have "places"/);
    assert.match(found, /luoghi: is not a known word; use one of: places/);
  });

  it('refuses a number that is not one, and one written without quotes', () => {
    const line = lineOf('altopascio.yaml', '0583 216353');
    change('altopascio.yaml', '0583 216353', '0583 21');
    assert.deepEqual(problems(), [
      `directory/altopascio.yaml:${line}: services/0/phones/0/number: "0583 21" is not an Italian number; check the digits`,
    ]);
    change('altopascio.yaml', /number: .0583 21.$/m, 'number: 583216353');
    assert.match(problems()[0] ?? '', /must be string; write the number between quotes/);
  });

  it('refuses hours that cannot be read, and says how to write them', () => {
    change('porcari.yaml', 'Tu,Th 09:00-12:00', 'martedì e giovedì mattina');
    assert.match(
      problems()[0] ?? '',
      /porcari\.yaml:\d+: services\/0\/schedule\/value: .* is not opening hours; write them like "Mo-Fr/,
    );
  });

  it('refuses references to what is not there', () => {
    change('porcari.yaml', 'through: porcari-segretariato', 'through: porcari-sportello');
    change('porcari.yaml', 'location: municipio', 'location: piazza');
    change('capannori.yaml', 'near: [Camigliano]', 'near: [Rughi]');
    change('network.yaml', 'organization: associazione-luna', 'organization: luna');
    const found = problems().join('\n');
    assert.match(found, /services\/1\/through: "porcari-sportello" is not known/);
    assert.match(found, /location: "piazza" is not among the locations of this file/);
    assert.match(found, /near\/0: "Rughi" is not in places\.yaml for capannori/);
    assert.match(found, /organization: "luna" is not an organization of this file/);
  });

  it('refuses an id used twice', () => {
    change('altopascio.yaml', /altopascio-ufficio-sociale/g, 'porcari-segretariato');
    assert.match(problems().join('\n'), /the id "porcari-segretariato" is already used in directory\/altopascio\.yaml/);
  });

  it('refuses a comune with no file, or with nobody to call', () => {
    rmSync(join(folder, 'pescaglia.yaml'));
    change('villa_basilica.yaml', 'switchboard: true', '# switchboard');
    const found = problems().join('\n');
    assert.match(found, /no file for the comune "pescaglia"; add pescaglia\.yaml/);
    assert.match(found, /villa_basilica\.yaml:1: no segretariato with a phone/);
  });

  it('says when the folder is not there', () => {
    rmSync(folder, { recursive: true });
    assert.match(problems()[0] ?? '', /^directory: the folder cannot be read/);
  });

  it('never shows what is recalled from memory or unknown', () => {
    change('network.yaml', /(number: .0583 997928.\n\s+status: )FOUND/, '$1RECALLED');
    change('porcari.yaml', /(value: sportellosociale@comune\.porcari\.lu\.it\n\s+status: )SEED/, '$1UNKNOWN');
    change('measures.yaml', /(id: isee\n[^-]*status: )FOUND/, '$1RECALLED');
    const directory = load();
    assert.deepEqual(directory.desk('cav-luna')?.phones, []);
    const porcari = directory.desk('porcari-segretariato');
    assert.equal(porcari?.email, undefined);
    assert.equal(porcari?.inbox?.kind, 'pec');
    assert.equal(directory.measure('isee', new Date()), undefined);
    assert.doesNotMatch(JSON.stringify([porcari, directory.desk('cav-luna')]), /997928|sportellosociale/);
  });

  it('accepts a fact marked on the spot: a new number, a year between quotes, one extraordinary closure', () => {
    change('porcari.yaml', /0583 211899/, '0583 211800');
    change('porcari.yaml', 'day: easter+50', "day: '2026-12-24'");
    const directory = load();
    assert.equal(directory.desk('porcari-segretariato')?.phones[0]?.value.shown, '0583 211800');
    assert.deepEqual(directory.closures('porcari'), ['2026-12-24']);
  });
});
