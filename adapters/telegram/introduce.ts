// Says to Telegram how updates are to come, and in each language which commands there are and what this is.
// Trying again when it is not there is left to index.ts.
import type { Api } from 'grammy';
import type { LanguageCode } from 'grammy/types';
import type { Config } from '../../bot/config.ts';
import type { Log } from '../../bot/log.ts';
import type { Words } from '../../bot/words.ts';
import { commandMenu } from './commands.ts';
import { failureOf } from './failures.ts';
import { ALLOWED_UPDATES } from './updates.ts';
import { WEBHOOK_PATH } from './webhook.ts';

export interface Introduction {
  config: NonNullable<Config['telegram']>;
  publicUrl: string;
  words: Words;
  log: Log;
}

/** Rejects where Telegram refuses; menu and description are niceties, so their failure is only logged. */
export async function introduce(api: Api, { config, publicUrl, words, log }: Introduction): Promise<void> {
  if (config.mode === 'webhook' && config.secret !== undefined)
    await api.setWebhook(`${publicUrl}${WEBHOOK_PATH}`, {
      secret_token: config.secret,
      allowed_updates: ALLOWED_UPDATES,
      drop_pending_updates: false,
    });
  else await api.deleteWebhook({ drop_pending_updates: false });
  try {
    for (const [index, language] of words.languages.entries()) await setMenu(api, words, language, index === 0);
    // Beside the line where one writes: the commands, also where another bot's owner had put something else there.
    await api.setChatMenuButton({ menu_button: { type: 'commands' } });
    for (const [index, language] of words.languages.entries()) await describe(api, words, language, index === 0);
  } catch (thrown) {
    complain(log, thrown);
  }
}

/** The first language is also what people of every other language see. */
async function setMenu(api: Api, words: Words, language: string, isDefault: boolean): Promise<void> {
  const menu = commandMenu(words, language);
  if (menu.length === 0) return;
  if (isDefault) await api.setMyCommands(menu);
  if (isLanguageCode(language)) await api.setMyCommands(menu, { language_code: language });
}

/** What stands in the empty chat before START, and on the bot's page. Written only where it differs: Telegram counts changes. */
async function describe(api: Api, words: Words, language: string, isDefault: boolean): Promise<void> {
  const say = words.say(language);
  const [long, short] = [say('telegram:about'), say('telegram:about_short')];
  const where = [...(isDefault ? [{}] : []), ...(isLanguageCode(language) ? [{ language_code: language }] : [])];
  for (const one of where) {
    if ((await api.getMyDescription(one)).description !== long) await api.setMyDescription(long, one);
    if ((await api.getMyShortDescription(one)).short_description !== short) await api.setMyShortDescription(short, one);
  }
}

/** Telegram knows two-letter languages only. */
function isLanguageCode(language: string): language is LanguageCode {
  return /^[a-z]{2}$/.test(language);
}

export function complain(log: Log, thrown: unknown): void {
  const failure = failureOf(thrown);
  log[failure.kind === 'token' ? 'error' : 'warn']('telegram_not_ready', {
    channel: 'telegram',
    code: failure.kind,
    error: failure.why,
  });
}
