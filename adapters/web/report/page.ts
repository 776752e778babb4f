// The report as one page to print or to send on: complete in itself, no script, nothing loaded.
// What stands on it is left to body.ts.
import type { Labels } from '../../../bot/report/labels.ts';
import type { Report } from '../../../bot/report/report.ts';
import type { Say } from '../../../bot/words.ts';
import { Html, html } from '../pages/html.ts';
import { reportBody } from './body.ts';

const STYLE = new Html(`
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; color: #17324d; background: #fff; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin-top: 2rem; font-size: 1.3rem; border-bottom: 2px solid #06c; }
table { border-collapse: collapse; margin: 0.5rem 0; width: 100%; break-inside: avoid; }
caption { text-align: left; font-weight: 600; padding: 1rem 0 0.25rem; }
th, td { padding: 0.3rem 0.6rem; text-align: left; border-bottom: 1px solid #c5d1de; vertical-align: top; }
td, thead th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; }
tbody th { font-weight: 400; } .total th, .total td { font-weight: 700; border-top: 2px solid #17324d; }
.chart { display: block; margin: 0.75rem 0; max-width: 36rem; height: auto; break-inside: avoid; } .late { border-left: 4px solid #cc7a00; padding-left: 0.75rem; }
.figures { break-inside: avoid; }
@media (max-width: 40rem) { body { padding: 1rem; } th, td { padding: 0.3rem; } tbody th { overflow-wrap: anywhere; } }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } }
`);

export function reportPage(report: Report, say: Say, labels: Labels): string {
  return html`<!doctype html>
    <html lang="it">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${say('report:title')}</title>
        <link rel="icon" href="data:," />
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>${say('report:title')}</h1>
          ${reportBody(report, say, labels)}
        </main>
      </body>
    </html> `.text.replaceAll(/>\n\s+</g, '>\n<');
}
