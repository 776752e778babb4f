// Without a mail server: each mail becomes the .eml file that SMTP would have sent, in `<dataDir>/mail/`.
// Showing them is left to viewer.ts.
import { access, constants, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer';
import { messageOf as errorMessage } from '../../bot/log.ts';
import type { SendResult } from '../../bot/outbox-worker.ts';
import type { MailAddress } from '../../bot/ports.ts';
import type { MailTransport } from './mailer.ts';
import { messageOf, safeId } from './message.ts';

export function createFolder(dataDir: string, from: MailAddress): MailTransport {
  const folder = join(dataDir, 'mail');
  return {
    send: async (mail): Promise<SendResult> => {
      const message = messageOf(mail, from);
      if (!message) return { result: 'permanent', error: 'EADDRESS' };
      try {
        await mkdir(folder, { recursive: true });
        await writeWhole(join(folder, `${safeId(mail.id)}.eml`), await new MailComposer(message).compile().build());
        return { result: 'sent' };
      } catch (error) {
        // A full disk or a folder without rights stops every mail alike, and mends itself or not: later is right.
        return { result: 'retry', error: errorMessage(error) };
      }
    },
    check: async () => {
      try {
        await mkdir(folder, { recursive: true });
        await access(folder, constants.W_OK);
        return { ok: true };
      } catch (error) {
        return { ok: false, error: errorMessage(error) };
      }
    },
    close: async () => {},
  };
}

/** All of the file or none of it, on the disk before it has its name: the outbox will not send it again. */
async function writeWhole(path: string, content: Buffer): Promise<void> {
  const draft = await open(`${path}.tmp`, 'w', 0o600);
  try {
    await draft.writeFile(content);
    await draft.sync();
  } finally {
    await draft.close();
  }
  await rename(`${path}.tmp`, path);
}
