// An address as a QR code: drawn here, on the server, as one path. Black on white whatever the colours of the page are.
// Which address it is, and how large it stands on paper, is left to the pages.
import { encodeQR } from 'qr';
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';

/** Modules of white around it: readers need four. */
const QUIET = 4;

/** `label` is what a screen reader says in its place. */
export function qrCode(url: string, label: string): Html {
  const rows = encodeQR(url, 'raw', { ecc: 'medium', border: QUIET });
  const size = rows.length;
  const path = rows
    .map((row, y) =>
      runs(row)
        .map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`)
        .join(''),
    )
    .join('');
  return html`<svg
    class="qr"
    viewBox="0 0 ${size} ${size}"
    role="img"
    aria-label="${label}"
    shape-rendering="crispEdges"
  >
    <rect width="${size}" height="${size}" fill="#fff" />
    <path d="${path}" fill="#000" />
  </svg>`;
}

/** Where black begins, and how far it goes. */
function runs(row: readonly boolean[]): [number, number][] {
  const found: [number, number][] = [];
  for (const [x, black] of row.entries()) {
    const last = found.at(-1);
    if (black && last && last[0] + last[1] === x) last[1] += 1;
    else if (black) found.push([x, 1]);
  }
  return found;
}
