// A person's hands on Telegram: writes and taps in a chat of the Bot API double, and reads what the bot sent there.
// What Telegram itself may refuse is left to doubles/telegram-api.ts.
import type { TelegramApiDouble } from '../doubles/telegram-api.ts';
import type { Store } from '../../bot/ports.ts';
import { CODE } from './walk.ts';
import type { Shown, Talker } from './walk.ts';

/** Telegram lets a bot say one thing a second in one chat. */
const WITHIN_MS = 15_000;

/** `store` is the server's own: a turn is over when nothing in it waits to be delivered. */
export function talkOnTelegram(api: TelegramApiDouble, chat: number, store: Pick<Store, 'undelivered'>): Talker {
  const turn = async (act: () => void): Promise<Shown[]> => {
    const before = api.sent(chat).length;
    act();
    await api.until(() => api.sent(chat).length > before, WITHIN_MS);
    const later = new Date(Date.now() + 3_600_000);
    while ((await store.undelivered('telegram', later, 1)).length > 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return api
      .sent(chat)
      .slice(before)
      .map(({ text, reply_markup }) => ({
        text,
        choices: (reply_markup?.inline_keyboard ?? [])
          .flat()
          .flatMap((button) => ('callback_data' in button ? [{ id: button.callback_data, label: button.text }] : [])),
        case: CODE.exec(text)?.[0] ?? null,
      }));
  };
  return { say: (text) => turn(() => api.say(chat, text)), choose: (id) => turn(() => api.tap(chat, id)) };
}
