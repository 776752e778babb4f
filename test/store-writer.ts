// A process of its own that commits turn after turn and prints the id of each one that was acknowledged, to be killed.
// What must be left afterwards is checked by store-contract.ts.
// Arguments: JSON {dataDir?, databaseUrl?, conversationId, prefix, turns}.
import { writeSync } from 'node:fs';
import { openStore } from '../adapters/store/open.ts';
import { silentLog } from '../bot/log.ts';
import { aCase, aMail, aReply, aTurn } from './store-samples.ts';

const { conversationId, prefix, turns, ...place } = readArguments(process.argv[2] ?? '{}');
const store = await openStore({ ...place, log: silentLog });
for (let turn = 1; turn <= turns; turn += 1) {
  const messageId = `${prefix}-${turn}`;
  const kase = aCase({ id: `case-${messageId}`, code: `TST-${messageId}`, conversationId });
  for (;;) {
    const expectedVersion = (await store.load(conversationId))?.conversation.version ?? 0;
    const { result } = await store.commit(
      aTurn({
        conversationId,
        expectedVersion,
        messageId,
        replies: [aReply(`to ${messageId}`), aReply('and more')],
        cases: [kase],
        outbox: [aMail({ id: `mail-${messageId}`, caseId: kase.id })],
      }),
    );
    if (result !== 'conflict') break;
  }
  // Synchronous: what was printed was acknowledged, whenever the kill comes.
  writeSync(1, `${messageId}\n`);
}
await store.close();

function readArguments(text: string): {
  dataDir: string | undefined;
  databaseUrl: string | undefined;
  conversationId: string;
  prefix: string;
  turns: number;
} {
  const given = new Map<string, unknown>(Object.entries(JSON.parse(text)));
  const textOf = (key: string): string | undefined => (given.has(key) ? String(given.get(key)) : undefined);
  return {
    dataDir: textOf('dataDir'),
    databaseUrl: textOf('databaseUrl'),
    conversationId: textOf('conversationId') ?? 'c1',
    prefix: textOf('prefix') ?? 'm',
    turns: Number(given.get('turns')),
  };
}
