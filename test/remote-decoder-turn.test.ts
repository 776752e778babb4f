// The remote decoder inside a talk: a danger never waits for it and never reaches it, names are never sent to it.
// Its own answers and faults are left to remote-decoder.test.ts.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteDecoder } from '../adapters/decoder/remote.ts';
import type { Outcome } from '../adapters/decoder/remote.ts';
import { readConfig } from '../bot/config.ts';
import { createCore } from '../bot/core.ts';
import type { Core } from '../bot/core.ts';
import { start } from '../bot/main.ts';
import { createDecoder } from '../bot/decoder/decoder.ts';
import { detectDanger } from '../bot/floor/detect.ts';
import { silentLog } from '../bot/log.ts';
import type { Incoming, StoredActivity, Turn } from '../bot/message.ts';
import { createTurn } from '../bot/turn.ts';
import { HttpTalk } from './support/direct-line-http.ts';
import { OpenAiDouble } from './doubles/openai.ts';
import { playTranscript } from './support/transcript.ts';

const LONELY = JSON.stringify({
  area: 'relational',
  need: 'loneliness',
  secondaryArea: null,
  otherNeeds: [],
  urgency: 'none',
  forWhom: 'self',
  confidence: 0.9,
});
const CALM = 'da quando sono in pensione le giornate non passano mai';
const CRISIS = 'non ce la faccio più, voglio morire';

describe('a talk with a remote decoder', () => {
  let dataDir: string;
  let double: OpenAiDouble;
  let core: Core;
  let patient: Turn;
  let outcomes: Outcome[];
  const clock = (): Date => new Date('2026-11-24T09:00:00Z');

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'bussola-remote-'));
    double = new OpenAiDouble();
    await double.start();
    const config = readConfig({ DATA_DIR: dataDir, DECODER_URL: double.url, DECODER_MODEL: 'trial' });
    core = await createCore(config, clock, silentLog, {
      announce: () => {},
      remoteAsked: (outcome) => outcomes.push(outcome),
    });
    const { env, store } = core;
    const decoder = await createDecoder({ comuni: env.directory.comuni(), frazioni: env.directory.frazioni() });
    // As the core makes it, but ready to wait as long as the test wants.
    const endpoint = { url: double.url, model: 'trial', key: undefined };
    const stronger = createRemoteDecoder({ endpoint, builtIn: decoder, clock, log: silentLog, milliseconds: 600_000 });
    const committed = (): void => {};
    patient = createTurn({ env, store, decoder, stronger, detectDanger, clock, log: silentLog, committed });
  });
  beforeEach(() => {
    [double.manners, outcomes] = [{ content: LONELY }, []];
    double.asked.length = 0;
  });
  after(async () => {
    await core.close();
    await double.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const message = (conversation: string, messageId: string, text: string): Incoming => ({
    channel: 'web',
    conversationId: `web:${conversation}`,
    messageId,
    kind: 'message',
    text,
    comune: 'porcari',
  });

  it('takes its reading', async () => {
    const said = textOf(await core.turn(message('takes', 'm1', CALM)));
    assert.match(said, new RegExp(core.env.words.say('it')('needs:loneliness')));
    assert.deepEqual([double.asked.length, outcomes], [1, ['ok']]);
  });

  it('goes on without it', async () => {
    double.manners = { status: 503 };
    assert.notEqual(textOf(await core.turn(message('without', 'm1', CALM))), '');
    assert.deepEqual(outcomes, ['status']);
  });

  it('is counted by the server that has the settings, and asked by no other', async () => {
    const counted = async (env: Record<string, string>): Promise<string> => {
      const folder = await mkdtemp(join(dataDir, 'server-'));
      const server = await start(readConfig({ HOST: '127.0.0.1', PORT: '0', DATA_DIR: folder, ...env }), silentLog);
      try {
        const url = `http://127.0.0.1:${server.port}`;
        const talk = new HttpTalk(url);
        await talk.open();
        await talk.say(CALM);
        return await (await fetch(`${url}/metrics`)).text();
      } finally {
        await server.close();
      }
    };
    assert.doesNotMatch(await counted({}), /bussola_remote_decoder_total\{/);
    assert.deepEqual(double.asked, []);
    const metrics = await counted({ DECODER_URL: double.url, DECODER_MODEL: 'trial' });
    assert.match(metrics, /bussola_remote_decoder_total\{outcome="ok"\} 1/);
  });

  it('answers a danger while the remote one hangs over the message before, and asks it nothing', async () => {
    double.manners = { hang: 'head', content: LONELY };
    let slowDone = false;
    const arrived = double.arrival();
    const slow = patient(message('hangs', 'm1', CALM)).finally(() => (slowDone = true));
    await arrived;
    const crisis = await patient(message('hangs', 'm2', CRISIS));
    assert.ok(crisis.some((one) => one.from === 'bot' && one.reply.kind === 'floor'));
    assert.equal(slowDone, false);
    double.release();
    assert.match(textOf(await slow), /112/);
    // The turn began again on what the other had committed, without asking a second time.
    assert.deepEqual(
      double.asked.map(({ words }) => words),
      [CALM],
    );
  });

  it('sends nothing while a danger is open', async () => {
    await patient(message('open', 'm1', CRISIS));
    await patient(message('open', 'm2', 'ho paura di restare da solo stanotte'));
    assert.deepEqual(double.asked, []);
  });

  it('sends no name, number or note that a request asks for', async () => {
    double.manners = { content: LONELY };
    const talk = `# remote
# at: 2026-11-24T10:00
# comune: porcari
User: ${CALM}
Tap: Vorrei un po' di compagnia
Tap: access.followed.first
Tap: result.request
Tap: request.consent.yes
User: Zoe Esempio di Prova
User: il numero è 320 000 0123
Tap: request.when.any
Tap: request.safe.limits
User: chiamate solo la mattina prima delle nove
User: nota che sto al terzo piano
Tap: request.summary.send
`;
    const said = await playTranscript({ core, setClock: () => {}, now: () => new Date() }, 'remote', talk);
    assert.match(said, /Case: PRC/);
    assert.deepEqual(
      double.asked.map(({ words }) => words),
      [CALM],
    );
  });
});

function textOf(activities: StoredActivity[]): string {
  return activities.flatMap((one) => (one.from === 'bot' ? [one.reply.text] : [])).join('\n');
}
