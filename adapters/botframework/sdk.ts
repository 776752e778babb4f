// The SDK's own CloudAdapter, kept to what is needed: one activity in, with what the SDK answers in its stead; one out.
// Who may call is left to messages.ts, what is said to the bot.
import type { Activity, ConversationReference, InvokeResponse, TurnContext as Context } from 'botbuilder';
import type { Config } from '../../bot/config.ts';

/** The bot, or what speaks in its stead. */
export interface Listener {
  run(context: Context): Promise<void>;
}

export interface Sdk {
  /** What the answer's body must be: the replies themselves, or the answer to an `invoke`; mostly nothing. */
  process(authorization: string, activity: Partial<Activity>, bot: Listener): Promise<InvokeResponse | undefined>;
  /** Sends by itself, in a conversation that was heard before. Rejects with the channel's own refusal. */
  push(reference: Partial<ConversationReference>, activity: Partial<Activity>): Promise<void>;
  referenceOf(activity: Partial<Activity>): Partial<ConversationReference>;
}

/** Loads the SDK: a second and tens of megabytes that only these channels pay. */
export async function loadSdk(given: Config['botFramework']): Promise<Sdk> {
  const { CloudAdapter, ConfigurationBotFrameworkAuthentication, TurnContext } = await import('botbuilder');
  class Adapter extends CloudAdapter {
    // Its own `process` prints errors with their cause to the console and sends their message to the caller.
    async answer(authorization: string, activity: Activity, bot: Listener): Promise<InvokeResponse | undefined> {
      return this.processActivity(authorization, activity, (context) => bot.run(context));
    }
  }
  const settings = given
    ? {
        MicrosoftAppId: given.appId,
        MicrosoftAppPassword: given.appPassword,
        MicrosoftAppType: given.appType,
        MicrosoftAppTenantId: given.tenantId,
      }
    : {};
  const adapter = new Adapter(new ConfigurationBotFrameworkAuthentication(settings));
  return {
    process: (authorization, activity, bot) => adapter.answer(authorization, activity as Activity, bot),
    push: (reference, activity) =>
      adapter.continueConversationAsync(given?.appId ?? '', reference, async (context) => {
        // The id of an activity that nobody sent: what is pushed answers none.
        Reflect.deleteProperty(context.activity, 'id');
        await context.sendActivity(activity);
      }),
    referenceOf: (activity) => TurnContext.getConversationReference(activity),
  };
}
