// The buttons that copy a number or a code, and say so where it is seen and where it is heard.
// Saying it to screen readers is left to the announcer that is handed in.
import { el } from './dom.ts';
import { fill } from './labels.ts';
import type { Labels } from './labels.ts';

const DONE = 3000;

/** The labels of one kind of thing to copy, with the placeholder each of them has. */
const NAMES = {
  number: ['copy', 'copied', 'notCopied'],
  code: ['copyCode', 'copiedCode', 'notCopiedCode'],
} as const;

/** `tell` gets what happened, in words. */
export function copyButton(
  kind: keyof typeof NAMES,
  text: string,
  labels: Labels,
  tell: (text: string) => void,
): HTMLElement {
  const [copy, done, failed] = NAMES[kind];
  const words = (name: (typeof NAMES)[typeof kind][number]): string => fill(labels[name], { [kind]: text });
  const button = el('button', { type: 'button', class: 'copy', 'aria-label': words(copy) });
  button.title = words(copy);
  button.addEventListener('click', async () => {
    const copied = await put(text);
    button.classList.toggle('done', copied);
    button.textContent = copied ? labels.copiedShort : '';
    tell(words(copied ? done : failed));
    setTimeout(() => {
      button.classList.remove('done');
      button.textContent = '';
    }, DONE);
  });
  return button;
}

/** The clipboard proper needs a safe page and the host's leave; the old way needs neither. */
async function put(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = document.activeElement;
    const field = el('textarea', { class: 'hidden', readonly: true, 'aria-hidden': 'true' });
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    return copied;
  }
}
