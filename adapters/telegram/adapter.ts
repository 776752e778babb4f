// Telegram as a Bot Framework channel: an activity in, one turn of the bot.
// Replies are committed by the turn itself; bringing them to the chat is left to delivery.ts.
import { BotAdapter, TurnContext } from 'botbuilder';
import type { Activity, ConversationReference, ResourceResponse } from 'botbuilder';
import { BussolaBot } from '../../bot/activity.ts';
import type { Incoming, Turn } from '../../bot/message.ts';

export class TelegramAdapter extends BotAdapter {
  readonly #bot: BussolaBot;
  readonly #wake: () => void;

  /** `wake`: called when there is something to deliver. */
  constructor(turn: Turn, wake: () => void) {
    super();
    this.#bot = new BussolaBot((incoming) => turn(toTelegram(incoming)));
    this.#wake = wake;
  }

  /** Resolves when the turn is committed; rejects when it is not. */
  async receive(activity: Partial<Activity>): Promise<void> {
    await this.runMiddleware(new TurnContext(this, activity), (context) => this.#bot.run(context));
  }

  /** The store holds them already: this only says so. */
  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.#wake();
    return activities.map(({ id }) => ({ id: id ?? '' }));
  }

  override async updateActivity(): Promise<void> {
    throw new Error('a committed reply is never changed');
  }

  override async deleteActivity(): Promise<void> {
    throw new Error('a committed reply is never deleted');
  }

  override async continueConversation(
    reference: Partial<ConversationReference>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const activity = TurnContext.applyConversationReference(
      { type: 'event', name: 'continueConversation' },
      reference,
      true,
    );
    await this.runMiddleware(new TurnContext(this, activity), logic);
  }
}

/** /start may come again, so it has an id of its own; nothing is kept that Telegram would want back. */
function toTelegram({ payload, ...incoming }: Incoming): Incoming {
  const id: unknown =
    typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'clientActivityID') : undefined;
  return incoming.kind === 'start' && typeof id === 'string' ? { ...incoming, messageId: id } : incoming;
}
