// Telegram as a Bot Framework channel: an activity in, one turn of the bot.
// Replies are committed by the turn itself; bringing them to the chat is left to delivery.ts.
import { BotAdapter, TurnContext } from 'botbuilder';
import type { Activity, ConversationReference, ResourceResponse } from 'botbuilder';
import { BussolaBot } from '../../bot/activity.ts';
import { COMUNI } from '../../flows/types.ts';
import type { Incoming, Turn } from '../../bot/message.ts';

const ANSWERS = Symbol('answers');
const SENT = ['voice', 'file', 'sticker', 'contact'] as const;
const PLACES = [...COMUNI, 'elsewhere'] as const;

export class TelegramAdapter extends BotAdapter {
  readonly #bot: BussolaBot;
  readonly #wake: () => void;

  /** `wake`: called when there is something to deliver. */
  constructor(turn: Turn, wake: () => void) {
    super();
    this.#bot = new BussolaBot((incoming) => turn(toTelegram(incoming)));
    this.#wake = wake;
  }

  /** Resolves with what was answered, when the turn is committed; rejects when it is not. */
  async receive(activity: Partial<Activity>): Promise<Partial<Activity>[]> {
    const context = new TurnContext(this, activity);
    const answers: Partial<Activity>[] = [];
    context.turnState.set(ANSWERS, answers);
    await this.runMiddleware(context, (one) => this.#bot.run(one));
    return answers;
  }

  /** The store holds them already: this only says so. */
  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const answers: unknown = context.turnState.get(ANSWERS);
    if (Array.isArray(answers)) answers.push(...activities);
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
  const id = textOf(payload, 'clientActivityID');
  const edits = textOf(payload, 'edits');
  const sent = SENT.find((one) => one === textOf(payload, 'sent'));
  const place = PLACES.find((one) => one === textOf(payload, 'place'));
  return {
    ...incoming,
    ...(incoming.kind === 'start' && id ? { messageId: id } : {}),
    ...(edits ? { edits } : {}),
    ...(sent ? { sent } : {}),
    ...(place ? { place } : {}),
  };
}

function textOf(payload: unknown, key: string): string | undefined {
  const value: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, key) : undefined;
  return typeof value === 'string' ? value : undefined;
}
