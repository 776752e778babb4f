// DirectLineJS, unchanged, as a person's hands: sends words and choices, and gathers what the bot answers.
// Its transports (polling, streaming) are its own; protocol edges are left to foreign-clients/directlinejs.test.ts.
import { DirectLine } from 'botframework-directlinejs';
import type { Activity } from 'botframework-directlinejs';
import XMLHttpRequest from 'xhr2';
import { shownBy } from './walk.ts';
import type { Shown, Talker } from './walk.ts';

export interface DirectLineClient extends Talker {
  /** Everything heard so far, the person's own messages included, in order. */
  heard: Activity[];
  greeting(): Promise<Shown[]>;
  end(): void;
}

/** The library wants the browser's XMLHttpRequest; it stays as long as the process. */
export function connectDirectLine(url: string, webSocket: boolean): DirectLineClient {
  Reflect.set(globalThis, 'XMLHttpRequest', XMLHttpRequest);
  const line = new DirectLine({ domain: `${url}/v3/directline`, webSocket, pollingInterval: 200, random: () => 0 });
  const heard: Activity[] = [];
  const waiting = new Set<() => void>();
  const subscription = line.activity$.subscribe((activity) => {
    heard.push(activity);
    waiting.forEach((look) => look());
  });
  /** A turn is one set, and a set is handed over in one go: the rest of it is there by the next tick. */
  const after = (seq: number): Promise<Shown[]> =>
    new Promise((resolve) => {
      const bots = (): Activity[] => heard.filter(({ id, from }) => from.id === 'bussola' && seqOf(id) > seq);
      const look = (): void => {
        if (bots().length === 0) return;
        waiting.delete(look);
        setImmediate(() => resolve(bots().map(shownBy)));
      };
      waiting.add(look);
      look();
    });
  const send = async (text: string, channelData: object): Promise<Shown[]> => {
    const id = await new Promise<string>((resolve, reject) => {
      line.postActivity({ type: 'message', from: { id: 'person' }, text, channelData }).subscribe(resolve, reject);
    });
    return after(seqOf(id));
  };
  return {
    heard,
    greeting: () => after(0),
    say: (text) => send(text, {}),
    choose: (id, label) => send(label, { choice: id }),
    end() {
      subscription.unsubscribe();
      line.end();
    },
  };
}

function seqOf(id: string | undefined): number {
  return Number(id?.split('|').at(-1));
}
