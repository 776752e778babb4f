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
  /** To those who do not see the counter. */
  tell(text: string): void;
  send(text: string): void;
}

export function createComposer({ form, box, counter, labels, draft, tell, send }: Parts): { relabel(): void } {
  let was = { long: false, over: false };
  const measure = (): void => {
    const count = [...box.value].length;
    const left = MAX - count;
    const now = { long: count >= WARN, over: left < 0 };
    counter.hidden = !now.long;
    counter.textContent = now.over
      ? fill(labels().tooLong, { over: -left })
      : now.long
        ? fill(labels().counter, { count, max: MAX })
        : '';
    // Read out at each key, it would drown what is being written.
    if (now.long && (now.long !== was.long || now.over !== was.over)) tell(counter.textContent);
    if (now.over !== was.over) box.setAttribute('aria-invalid', String(now.over));
    was = now;
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
    if ([...text].length > MAX) tell(counter.textContent ?? '');
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
