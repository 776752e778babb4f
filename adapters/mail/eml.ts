// Reads back the .eml files that folder.ts writes: headers and text part, enough to show them.
// It knows what nodemailer writes and nothing more: foreign mail is never read here.

export interface Letter {
  from: string;
  to: string;
  subject: string;
  date: string;
  text: string;
  /** File names of the attachments. */
  attachments: string[];
}

interface Entity {
  headers: Map<string, string>;
  body: string;
}

export function readEml(raw: string): Letter {
  const root = parse(raw);
  const leaves = leavesOf(root);
  const text = leaves.find((leaf) => /^text\/plain/i.test(header(leaf, 'content-type')));
  const shown = (name: string): string => words(header(root, name));
  return {
    from: shown('from'),
    to: shown('to'),
    subject: shown('subject'),
    date: header(root, 'date'),
    text: text ? decode(text) : '',
    attachments: leaves.flatMap((leaf) => /filename="?([^";]+)/i.exec(header(leaf, 'content-disposition'))?.[1] ?? []),
  };
}

function parse(raw: string): Entity {
  const unix = raw.replaceAll('\r\n', '\n');
  const gap = unix.indexOf('\n\n');
  const head = (gap < 0 ? unix : unix.slice(0, gap)).replace(/\n[ \t]+/g, ' ');
  const headers = head.split('\n').map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { headers: new Map(headers), body: gap < 0 ? '' : unix.slice(gap + 2) };
}

function leavesOf(entity: Entity): Entity[] {
  const type = header(entity, 'content-type');
  const boundary = /^multipart\//i.test(type) ? /boundary="?([^";]+)/i.exec(type)?.[1] : undefined;
  if (boundary === undefined) return [entity];
  const pieces = `\n${entity.body}`.split(`\n--${boundary}`).slice(1);
  return pieces
    .filter((piece) => !piece.startsWith('--'))
    .flatMap((piece) => leavesOf(parse(piece.replace(/^\n/, ''))));
}

function header(entity: Entity, name: string): string {
  return entity.headers.get(name) ?? '';
}

function decode(leaf: Entity): string {
  const encoding = header(leaf, 'content-transfer-encoding').toLowerCase();
  if (encoding === 'base64') return Buffer.from(leaf.body, 'base64').toString();
  return encoding === 'quoted-printable' ? unquote(leaf.body.replace(/=\n/g, '')) : leaf.body;
}

/** Encoded words of a header (RFC 2047), UTF-8 as nodemailer writes them. */
function words(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString() : unquote(text.replaceAll('_', ' ')),
    );
}

function unquote(text: string): string {
  return text.replace(/(?:=[0-9A-F]{2})+/gi, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString());
}
