// The button that copies a number, and says so where it is seen and where it is heard.
// Saying it to screen readers is left to the announcer that is handed in.
import { el } from './dom.ts';
import { fill } from './labels.ts';
import type { Labels } from './labels.ts';

const DONE = 3000;

/** `tell` gets what happened, in words. */
export function copyButton(number: string, labels: Labels, tell: (text: string) => void): HTMLElement {
  const button = el('button', { type: 'button', class: 'copy', 'aria-label': fill(labels.copy, { number }) });
  button.title = labels.copyShort;
  button.addEventListener('click', async () => {
    const copied = await put(number);
    button.classList.toggle('done', copied);
    button.textContent = copied ? labels.copiedShort : '';
    tell(fill(copied ? labels.copied : labels.notCopied, { number }));
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
