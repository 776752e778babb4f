// "Cancella tutto" leaves nothing of the person behind: not in the log, not in the case, not in waiting mails.
// What the desk has already received is beyond reach, and is said.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../bot/config.ts';
import { createCore } from '../bot/core.ts';
import type { Core } from '../bot/core.ts';
import { silentLog } from '../bot/log.ts';
import { playTranscript } from './support/transcript.ts';

const MARK = 'Zibaldona';

const TALK = `# erasure
# at: 2026-11-24T10:00
# comune: porcari
User: non riesco a pagare l'affitto, dice ${MARK}
Tap: access.followed.first
Tap: result.request
Tap: request.consent.yes
User: ${MARK}
User: 320 000 0123
Tap: request.when.any
Tap: request.safe.limits
User: chiamate ${MARK} solo di mattina
User: nota di ${MARK}
Tap: request.summary.send
User: cancella tutto
Tap: confirm.erase.yes
`;

describe('erasure', () => {
  let dataDir: string;
  let core: Core;
  let now = new Date();

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'bussola-erase-'));
    // Nobody answers there: the mails are still waiting when the person asks to erase.
    const config = readConfig({
      DATA_DIR: dataDir,
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'bussola@comune.example',
    });
    core = await createCore(config, () => now, silentLog, { announce: () => {} });
  });

  after(async () => {
    await core.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('empties the conversation, the case and the waiting mails, and keeps that there was a case', async () => {
    await playTranscript({ core, setClock: (at) => (now = at), now: () => now }, 'erasure', TALK);
    const loaded = await core.store.load('web:erasure');
    assert.equal(loaded?.cases.length, 1);
    assert.equal(loaded.cases[0]?.state, 'withdrawn');
    assert.match(loaded.cases[0]?.code ?? '', /^PRC-/);
    assert.doesNotMatch(JSON.stringify(loaded), new RegExp(`${MARK}|0123`));
    const log = await core.store.activities('web:erasure', 0);
    assert.doesNotMatch(JSON.stringify(log), new RegExp(MARK));
  });

  it('leaves no trace in the files of the store, not even while it is open', async () => {
    for (const name of await readdir(dataDir)) {
      if (!name.includes('sqlite')) continue;
      const bytes = await readFile(join(dataDir, name));
      assert.equal(bytes.includes(Buffer.from(MARK)), false, name);
    }
  });
});
