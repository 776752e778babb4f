// The box to write in: grows with the text, Enter sends, a counter warns before the limit, the draft is kept.
// Sending is left to the caller.
import { fill } from './labels.ts';
import type { Labels } from './labels.ts';

/** Characters; beyond it nobody could read the story at a desk. */
const MAX = 4000;
const WARN = 3000;

interface Parts {
  form: HTMLFormElement;
  box: HTMLTextAreaElement;
  counter: HTMLElement;
  labels: () => Labels;
  draft: { get(): string; set(text: string): void };
  send(text: string): void;
}

export function createComposer({ form, box, counter, labels, draft, send }: Parts): { relabel(): void } {
  const measure = (): void => {
    const count = [...box.value].length;
    const over = count - MAX;
    counter.hidden = count < WARN;
    counter.textContent = counter.hidden
      ? ''
      : over > 0
        ? fill(labels().tooLong, { over })
        : fill(labels().counter, { count, max: MAX });
    box.toggleAttribute('aria-invalid', over > 0);
    if (over > 0) box.setAttribute('aria-invalid', 'true');
    box.rows = Math.min(5, Math.max(1, box.value.split('\n').length, Math.ceil(count / 34)));
  };
  box.addEventListener('input', () => {
    draft.set(box.value);
    measure();
  });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (text === '' || [...text].length > MAX) return box.focus();
    box.value = '';
    draft.set('');
    measure();
    send(text);
    box.focus();
  });
  box.value = draft.get();
  measure();
  return { relabel: measure };
}
