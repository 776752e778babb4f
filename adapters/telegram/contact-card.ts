// A desk as a contact that a telephone saves with one tap. Of the desk alone: nothing of who saves it, nor why.
// When it is sent is left to taps.ts.
import type { Card } from '../../bot/message.ts';

export interface DeskContact {
  /** `+390583211899`, or a short number. */
  phone: string;
  name: string;
  /** vCard 3.0, which telephones of every age read. */
  vcard: string;
}

/** Telegram shows so much of a name. */
const LONGEST_NAME = 64;
/** What Telegram takes. */
const MOST_BYTES = 2048;

/** `undefined` for a desk without a telephone. */
export function toContact(card: Card): DeskContact | undefined {
  const [first, ...others] = card.phones.map(({ url }) => url.replace(/^tel:/, ''));
  if (first === undefined) return undefined;
  const name = [...card.title].slice(0, LONGEST_NAME).join('').trim();
  const line = (key: string, value: string | undefined): string[] => (value ? [`${key}:${escaped(value)}`] : []);
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:;${escaped(name)};;;`,
    `FN:${escaped(name)}`,
    ...line('ORG', card.organization),
    ...[first, ...others].map((phone) => `TEL;TYPE=WORK,VOICE:${phone}`),
    ...line('EMAIL;TYPE=WORK', card.email?.shown),
    ...(card.address ? [`ADR;TYPE=WORK:;;${escaped(card.address.shown)};;;;`] : []),
    'END:VCARD',
  ];
  const short = lines.filter((one) => /^(BEGIN|VERSION|N:|FN|TEL|END)/.test(one));
  const vcard = [lines, short].map((all) => all.join('\r\n')).find((one) => Buffer.byteLength(one) <= MOST_BYTES);
  return { phone: first, name, vcard: vcard ?? '' };
}

function escaped(value: string): string {
  return value.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}
