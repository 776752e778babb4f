// A correction as a change of the directory's files: every field of every real desk, with all the rest left as it is.
// Who proposes and who approves is left to fresh-page.test.ts and fresh-proposals.test.ts.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { changeFor } from '../adapters/directory/proposal.ts';
import type { DirectoryChange, Wanted } from '../adapters/directory/proposal.ts';
import { unifiedPatch } from '../adapters/directory/patch.ts';
import { FIELDS, keptNow } from '../bot/fresh/facts.ts';
import type { Field } from '../bot/fresh/facts.ts';
import { groupsOf, ownersOf } from '../bot/fresh/owners.ts';

const OWN = fileURLToPath(new URL('../directory/', import.meta.url));
const DAY = { date: '2026-11-24', source: 'Risposta dello sportello, 24 novembre 2026' };
const NEW: Record<Field, string> = {
  phone: '0583 000 111',
  hours: 'Mo,We 08:30-12:15; Th 15:00-17:00',
  address: 'Via dei Girasoli 3: piano terra, Esempio # prova',
  email: 'sportello.nuovo@comune.example',
};

const read = (file: string): string => readFileSync(join(OWN, file), 'utf8');

function change(wanted: Partial<Wanted> & Pick<Wanted, 'deskId' | 'field' | 'before'>): DirectoryChange {
  const changed = changeFor({ after: NEW[wanted.field], ...DAY, ...wanted });
  assert.equal(changed.result, 'changed', JSON.stringify({ wanted, changed }));
  return changed.result === 'changed' ? changed.change : assert.fail();
}

const linesIn = (patch: string, sign: string): string[] =>
  patch
    .split('\n')
    .filter((line) => line.startsWith(sign) && !/^(---|\+\+\+) [ab]\//.test(line))
    .map((line) => line.slice(1));

describe('a correction in the files of the directory', () => {
  it('changes one phone of Porcari, and nothing but its five lines', () => {
    const { file, text, patch, desks } = change({
      deskId: 'porcari-segretariato',
      field: 'phone',
      before: '0583 211899',
    });
    assert.equal(file, 'porcari.yaml');
    assert.deepEqual(linesIn(patch, '-'), [
      '      - number: "0583 211899"',
      '        date: 2025-04',
      '        source: La Nazione Lucca, https://www.lanazione.it/lucca/cronaca/acqua-sconto-in-bolletta-per-1d17fe9b',
    ]);
    assert.deepEqual(linesIn(patch, '+'), [
      '      - number: "0583 000 111"',
      '        date: 2026-11-24',
      '        source: Risposta dello sportello, 24 novembre 2026',
    ]);
    assert.equal(text.split('\n').length, read(file).split('\n').length);
    assert.ok(
      desks.some((name) => name.startsWith('Punto Insieme')),
      'who stands on the same facts is named',
    );
  });

  it('writes status and confirm anew', () => {
    const { patch } = change({
      deskId: 'porcari-segretariato',
      field: 'email',
      before: 'sportellosociale@comune.porcari.lu.it',
    });
    assert.deepEqual(linesIn(patch, '+'), [
      '      value: sportello.nuovo@comune.example',
      '      status: FOUND',
      '      date: 2026-11-24',
      '      source: Risposta dello sportello, 24 novembre 2026',
      '      confirm: false',
    ]);
  });

  it('is right for every field of desks of every owner: read back, checked, comments kept, patch applied', function () {
    this.timeout(30_000);
    const root = mkdtempSync(join(tmpdir(), 'bussola-change-'));
    try {
      execFileSync('git', ['init', '-q', root]);
      let changes = 0;
      for (const owner of ownersOf(loadDirectory()))
        for (const { desk } of groupsOf(owner).slice(0, 2))
          for (const field of FIELDS) {
            const before = field === 'phone' ? (desk.phones[0]?.value.shown ?? '') : keptNow(desk, field, '');
            const changed = changeFor({ deskId: desk.id, field, before, after: NEW[field], ...DAY });
            if (changed.result === 'no_place') {
              assert.deepEqual([field, before], ['address', ''], desk.id);
              continue;
            }
            assert.ok(changed.result === 'changed', `${desk.id} ${field}: ${JSON.stringify(changed)}`);
            const { file, text, patch } = changed.change;
            const folder = join(root, 'directory');
            cpSync(OWN, folder, { recursive: true, force: true });
            execFileSync('git', ['apply', '-'], { cwd: root, input: patch });
            assert.equal(readFileSync(join(folder, file), 'utf8'), text, `${desk.id} ${field}`);
            const after = loadDirectory(pathToFileURL(folder)).desk(desk.id);
            assert.ok(after);
            const values = {
              phone: after.phones.map(({ value }) => value.shown),
              hours: after.hours,
              address: after.address,
              email: after.email,
            };
            const now = values[field];
            assert.ok(Array.isArray(now) ? now.includes(NEW.phone) : now?.value === NEW[field], `${desk.id} ${field}`);
            const made =
              field === 'phone'
                ? after.phones.find(({ value }) => value.shown === NEW.phone)
                : Array.isArray(now)
                  ? undefined
                  : now;
            assert.deepEqual(
              [made?.status, made?.date, made?.source, made?.confirm],
              ['FOUND', DAY.date, DAY.source, false],
            );
            const comments = (yaml: string): string[] => yaml.match(/(^|\s)#.*$/gm) ?? [];
            assert.deepEqual(comments(text.replaceAll(NEW.address, '')), comments(read(file)), `${desk.id} ${field}`);
            assert.ok(linesIn(patch, '-').length <= 5 && linesIn(patch, '+').length <= 7, patch);
            changes += 1;
          }
      assert.ok(changes > 30, String(changes));
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('gives a desk behind the switchboard a number of its own, and leaves the switchboard', () => {
    const { text } = change({ deskId: 'villa-basilica-servizi-sociali', field: 'phone', before: '0572 46161' });
    assert.ok(
      text.includes(
        '    serves: [villa_basilica]\n    phones:\n      - number: "0583 000 111"\n        status: FOUND\n',
      ),
      text,
    );
    assert.ok(text.includes('number: "0572 46161"'));
  });

  it('refuses what the directory would refuse, and says why', () => {
    const wrong = (field: Field, before: string, after: string): unknown =>
      changeFor({ deskId: 'porcari-segretariato', field, before, after, ...DAY });
    for (const [field, before, after] of [
      ['phone', '0583 211899', '12'],
      ['hours', 'Tu,Th 09:00-12:00', 'il martedì, chiamando prima'],
      ['email', 'sportellosociale@comune.porcari.lu.it', 'non ce l’abbiamo'],
    ] as const) {
      const refused = wrong(field, before, after);
      assert.match(JSON.stringify(refused), /"invalid".*directory\/porcari\.yaml:\d+/, field);
    }
  });

  it('says when the directory has moved on, the desk is gone, or there is no place for it', () => {
    const result = (wanted: Pick<Wanted, 'deskId' | 'field' | 'before'>): string =>
      changeFor({ after: NEW[wanted.field], ...DAY, ...wanted }).result;
    assert.equal(result({ deskId: 'porcari-segretariato', field: 'phone', before: '0583 999999' }), 'moved_on');
    assert.equal(result({ deskId: 'porcari-segretariato', field: 'hours', before: '' }), 'moved_on');
    assert.equal(result({ deskId: 'nessuno', field: 'phone', before: '' }), 'gone');
    assert.equal(result({ deskId: 'villa-basilica-servizi-sociali', field: 'address', before: '' }), 'no_place');
  });

  it('never touches the files', () => {
    const before = read('porcari.yaml');
    change({ deskId: 'porcari-segretariato', field: 'phone', before: '0583 211899' });
    assert.equal(read('porcari.yaml'), before);
  });

  it('makes patches of lines far apart, and none where nothing differs', () => {
    const before = Array.from({ length: 30 }, (_, index) => `riga ${index}`);
    const after = before.map((line, index) => (index === 4 || index === 25 ? `${line} nuova` : line));
    const patch = unifiedPatch('directory/prova.yaml', `${before.join('\n')}\n`, `${after.join('\n')}\n`);
    assert.equal(patch.match(/^@@ /gm)?.length, 2);
    assert.equal(unifiedPatch('x', 'a\n', 'a\n'), '');
    const root = mkdtempSync(join(tmpdir(), 'bussola-patch-'));
    try {
      cpSync(OWN, join(root, 'directory'), { recursive: true });
      writeFileSync(join(root, 'directory/prova.yaml'), `${before.join('\n')}\n`);
      execFileSync('git', ['init', '-q', root]);
      execFileSync('git', ['apply', '-'], { cwd: root, input: patch });
      assert.equal(readFileSync(join(root, 'directory/prova.yaml'), 'utf8'), `${after.join('\n')}\n`);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
