// How much of a text is searched for a danger before anybody is let in: the search costs time, and whoever floods pays nothing.
// Once a message is let in, the turn reads all of it.

/** More than anybody writes by hand. */
const LET_IN = 12_000;
/** For who has asked too often. */
const COUNTED_OUT = 3000;

/** All of what people write; of more, its beginning and its end. `much`: who writes has asked too often already. */
export function glance(text: string, much: boolean): string {
  const most = much ? COUNTED_OUT : LET_IN;
  return text.length <= most ? text : `${text.slice(0, most / 2)}\n${text.slice(-most / 2)}`;
}
