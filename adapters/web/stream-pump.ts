// Serves one socket from the log: what is after its watermark, then each new thing, in the socket's own form.
// When there may be something new is left to stream.ts.
import type { WebSocket } from 'ws';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { Store } from '../../bot/ports.ts';
import { loggedAfter } from './direct-line-activity.ts';
import type { Logged } from './direct-line-activity.ts';

/** A reader this far behind is cut off; it comes back with its watermark and loses nothing. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

export interface PumpDeps {
  store: Pick<Store, 'activities'>;
  log: Log;
}

/** A call while another runs makes that one look again. Never rejects. */
export function createPump(
  deps: PumpDeps,
  socket: WebSocket,
  conversationId: string,
  from: string | null,
  form: (logged: Logged) => object,
): () => Promise<void> {
  let watermark = from;
  let busy = false;
  let again = false;

  async function serve(): Promise<void> {
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return socket.terminate();
    const logged = await loggedAfter(deps.store, conversationId, watermark);
    watermark = logged.watermark;
    if (logged.stored.length > 0 && socket.readyState === socket.OPEN) socket.send(JSON.stringify(form(logged)));
  }

  return async () => {
    again = true;
    if (busy) return;
    busy = true;
    try {
      while (again && socket.readyState === socket.OPEN) {
        again = false;
        await serve();
      }
    } catch (error) {
      deps.log.warn('stream read failed', { channel: 'web', error: messageOf(error) });
    } finally {
      busy = false;
    }
  };
}
