// Runs one Direct Line activity through the bot. Does no delivery of its own: what is committed is already in the
// store, and the feed wakes whoever reads it. Reading is left to direct-line.ts and stream.ts.
import { BotAdapter, TurnContext } from 'botbuilder';
import type { Activity, ResourceResponse } from 'botbuilder';
import { BussolaBot } from '../../bot/activity.ts';
import type { Incoming, StoredActivity, Turn } from '../../bot/message.ts';
import type { Feed } from '../../bot/ports.ts';

export class WebAdapter extends BotAdapter {
  readonly #turn: Turn;
  readonly #feed: Feed;

  constructor(turn: Turn, feed: Feed) {
    super();
    this.#turn = turn;
    this.#feed = feed;
  }

  /** What the turn stored, both sides; empty where the activity was not for the conversation. Throws what the turn throws. */
  async process(activity: Partial<Activity>, page: Pick<Incoming, 'comune' | 'carry'>): Promise<StoredActivity[]> {
    let stored: StoredActivity[] = [];
    const bot = new BussolaBot(async (incoming) => (stored = await this.#turn({ ...page, ...incoming })));
    await this.runMiddleware(new TurnContext(this, activity), (context) => bot.run(context));
    if (activity.conversation) this.#feed.announce(activity.conversation.id);
    return stored;
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.#feed.announce(context.activity.conversation.id);
    return activities.map(({ id = '' }) => ({ id }));
  }

  override async updateActivity(): Promise<void> {
    throw new Error('the log of a conversation is not rewritten');
  }

  override async deleteActivity(): Promise<void> {
    throw new Error('the log of a conversation is not rewritten');
  }

  override async continueConversation(): Promise<void> {
    throw new Error('proactive messages are written to the store by the outbox');
  }
}
