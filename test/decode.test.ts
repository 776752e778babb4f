// `npm run -s decode`: the contract of its lines, its order, its errors and its exit code.
// What the decoder reads in a text is checked in decoder*.test.ts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';

interface Ran {
  code: number | null;
  lines: Record<string, unknown>[];
  errors: string;
}

function decode(input: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['bot/decode.ts'], { cwd: new URL('..', import.meta.url) });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = output.split('\n').filter((line) => line !== '');
      resolve({ code, lines: lines.map((line): Record<string, unknown> => ({ ...JSON.parse(line) })), errors });
    });
    child.stdin.end(input);
  });
}

describe('decode', () => {
  it('writes the fields of the contract, in order, one line for each text', async () => {
    const texts = [
      'Abito a Porcari, la bolletta è troppo alta',
      'hello, I need help',
      'vorrei farla finita, ho lo sfratto',
    ];
    const { code, lines, errors } = await decode(
      texts.map((text, id) => JSON.stringify({ id: `t${id}`, text })).join('\n'),
    );
    assert.equal(errors, '');
    assert.equal(code, 0);
    assert.deepEqual(
      lines.map((line) => line['id']),
      ['t0', 't1', 't2'],
    );
    for (const line of lines)
      assert.deepEqual(Object.keys(line), [
        'id',
        'lang',
        'area',
        'secondary_area',
        'need',
        'urgency',
        'for_whom',
        'comune',
        'confidence',
      ]);
    const { confidence, ...first } = lines[0] ?? {};
    assert.ok(typeof confidence === 'number');
    assert.deepEqual(first, {
      id: 't0',
      lang: 'it',
      area: 'economic',
      secondary_area: null,
      need: 'bills',
      urgency: 'none',
      for_whom: 'self',
      comune: 'porcari',
    });
    assert.equal(lines[1]?.['area'], 'unclear');
    assert.equal(lines[1]?.['need'], null);
    assert.deepEqual(
      [lines[2]?.['need'], lines[2]?.['urgency'], lines[2]?.['secondary_area']],
      ['mental_health', 'emergency', 'housing'],
    );
  });

  it('names every line it cannot read, answers the others, and ends with 2', async () => {
    const input = [
      '{"id":"a","text":"ciao"}',
      'not json',
      '',
      '{"id":"b"}',
      '[]',
      '{"text":"x"}',
      '{"id":7,"text":"ho fame","lang":"it"}',
    ];
    const { code, lines, errors } = await decode(input.join('\r\n'));
    assert.equal(code, 2);
    assert.deepEqual(
      lines.map((line) => line['id']),
      ['a', 7],
    );
    assert.deepEqual(errors.match(/^line \d+/gm), ['line 2', 'line 4', 'line 5', 'line 6']);
  });

  it('raises what the floor finds, whatever else was read', async () => {
    const { lines } = await decode('{"id":1,"text":"segnalo che mi sta sfondando la porta"}\n');
    assert.equal(lines[0]?.['urgency'], 'emergency');
  });

  it('is content with no lines', async () => {
    assert.deepEqual(await decode(''), { code: 0, lines: [], errors: '' });
  });
});
