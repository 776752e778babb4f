// Two helpers to build and find elements without a framework. Text always goes in as text, never as HTML.
// What is built is left to the callers.

type Attributes = Record<string, string | boolean | undefined>;

/** Makes an element; `true` is an attribute without value, `false` and `undefined` are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string | undefined)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** The element of that id and class; its absence is a mistake of the page's template. */
export function need<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${id}`);
}

/**
 * A link that leaves the chat only for `tel:`, `mailto:` and `http(s):` addresses and for pages of our own
 * (`/agenda/...`); anything else is plain text.
 */
export function link(label: Node | string, url: string, attributes: Attributes = {}, newTab = ''): HTMLElement {
  if (!/^(tel:|mailto:|https?:|\/(?![/\\]))/i.test(url)) return el('span', attributes, label);
  if (/^[tm]/i.test(url)) return el('a', { ...attributes, href: url }, label);
  const hidden = newTab ? el('span', { class: 'hidden' }, ` (${newTab})`) : undefined;
  return el('a', { ...attributes, href: url, target: '_blank', rel: 'noopener noreferrer' }, label, hidden);
}
