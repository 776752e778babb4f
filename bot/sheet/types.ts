// What is kept of a sheet of paper: a code, which card it shows, until when. Nothing of what the person said.
// Keeping it is left to the store, what stands on it to view.ts.
import type { ComuneId } from '../../flows/types.ts';

/** A sheet asked for in a turn. */
export interface SheetWish {
  /** As kept: no dash. */
  code: string;
  comune: ComuneId;
  /** The last card of the talk; otherwise only the desk of the comune that hears everything, and nothing that tells why. */
  shows: 'card' | 'comune';
  until: Date;
}

/** As it is committed: `seq` is that of the card; absent: of the answer that gave the code, which shows no card. */
export interface NewSheet {
  code: string;
  comune: ComuneId;
  seq?: number;
  until: Date;
}

export interface Sheet {
  code: string;
  conversationId: string;
  seq: number;
  comune: ComuneId | null;
  until: Date;
}
