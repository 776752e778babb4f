// Turns the parts of a mail into plain text and into HTML that says the same.
// Which parts a mail has is left to the composers beside this file; words of people arrive already cleaned (clean.ts).

/** A paragraph, a `label: value` line, a list under its label, a quotation of what a person wrote, or a page of ours to open. */
export type Part =
  | { kind: 'notice' | 'plain'; text: string }
  | { kind: 'field'; label: string; value: string }
  | { kind: 'list'; label: string; items: string[] }
  | { kind: 'quote'; label: string; text: string }
  | { kind: 'link'; label: string; url: string };

/** The addresses that bot/links.ts makes. Nothing that a person wrote can become one: it would not be signed. */
const OURS = /^https?:\/\/[^\s/"'<>?#@]+(?:\/[\w.-]+)*\/s\/[a-z]\/[\w-]+\.[\w-]+$/;

export function toText(parts: Part[]): string {
  const text = parts.map(textOf).join('\n');
  return `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`;
}

/** Table-free HTML without images, styles or scripts, and no link but to our own pages. `title` is the subject. */
export function toHtml(parts: Part[], lang: string, title: string): string {
  const head = `<meta charset="utf-8"><title>${inert(title)}</title>`;
  return `<!doctype html>\n<html lang="${lang}"><head>${head}</head><body>\n${parts.map(htmlOf).join('\n')}\n</body></html>\n`;
}

/** Text as HTML that shows the same letters and does nothing. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
}

function textOf(part: Part): string {
  switch (part.kind) {
    case 'notice':
      return `*** ${part.text} ***\n`;
    case 'plain':
      return `\n${part.text}\n`;
    case 'field':
      return `${part.label}: ${part.value}`;
    case 'list':
      return `${part.label}:\n${part.items.map((item) => `  - ${item}`).join('\n')}`;
    case 'quote':
      return `\n${part.label}:\n${part.text
        .split('\n')
        .map((one) => `> ${one}`)
        .join('\n')}\n`;
    case 'link':
      return `\n${part.label}:\n${part.url}\n`;
  }
}

function htmlOf(part: Part): string {
  switch (part.kind) {
    case 'notice':
      return `<p><strong>${inert(part.text)}</strong></p>`;
    case 'plain':
      return `<p>${inert(part.text)}</p>`;
    case 'field':
      return `<p>${inert(part.label)}: <strong><bdi>${inert(part.value)}</bdi></strong></p>`;
    case 'list':
      return `<p>${inert(part.label)}:</p>\n<ul>${part.items.map((item) => `<li>${inert(item)}</li>`).join('')}</ul>`;
    case 'quote':
      return `<p>${inert(part.label)}:</p>\n<blockquote dir="auto">${inert(part.text)}</blockquote>`;
    case 'link':
      return OURS.test(part.url)
        ? `<p><a href="${escapeHtml(part.url)}">${inert(part.label)}</a></p>`
        : `<p>${inert(part.label)}: ${inert(part.url)}</p>`;
  }
}

/** Mail programs turn addresses they see in a text into links: a span inside the address keeps it text, looking the same. */
function inert(text: string): string {
  return escapeHtml(text)
    .replace(/(?<=\S)(?:[.:@]|\/\/)(?=\S)/g, '<span>$&</span>')
    .replaceAll('\n', '<br>\n');
}
