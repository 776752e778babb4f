// A bar chart as SVG: one bar a line, its name and its number beside it. Plain shapes, no style of its own, no script.
// Which numbers are drawn is left to body.ts; every number drawn stands in a table too.
import { html } from '../pages/html.ts';
import type { Html } from '../pages/html.ts';

export interface Bar {
  label: string;
  count: number;
  /** What is written instead of the bare number. */
  shown?: string;
}

/** In units of its own: whoever shows it says how wide it is. */
const WIDTH = 480;
const LINE = 44;
const BAR = 16;
/** Room for the number behind the longest bar. */
const NUMBER = 70;

/** `alternative`: what is said instead of it. */
export function barChart(bars: readonly Bar[], alternative: string): Html {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const height = bars.length * LINE + 4;
  return html`<svg class="chart" role="img" aria-label="${alternative}" viewBox="0 0 ${WIDTH} ${height}" width="100%">
    ${bars.map((bar, index) => line(bar, index * LINE, most))}
  </svg>`;
}

function line({ label, count, shown }: Bar, top: number, most: number): Html {
  const width = Math.max(2, Math.round((count / most) * (WIDTH - NUMBER)));
  return html`<text x="0" y="${top + 16}" fill="currentColor" font-size="15">${label}</text>
    <rect class="bar" x="0" y="${top + 22}" width="${width}" height="${BAR}" fill="currentColor" fill-opacity="0.65" />
    <text x="${width + 6}" y="${top + 35}" fill="currentColor" font-size="15" font-weight="700"
      >${shown ?? count}</text
    >`;
}
