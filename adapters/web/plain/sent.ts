// What a form of the plain pages sent, and whether it stood on a page of ours.
// Opening its hidden field is left to ticket.ts, doing what it asks to converse.ts.
import { formOf, headerOf } from '../http.ts';
import type { WebRequest } from '../http.ts';
import type { Sent } from './converse.ts';
import type { Screen } from './page.ts';

export function readSent(request: WebRequest): Sent {
  const form = formOf(request);
  const choice = form.get('choice') ?? '';
  return {
    // Browsers send lines ended as in mail.
    text: (form.get('text') ?? '').replaceAll('\r\n', '\n').trim(),
    news: form.get('do') === 'news',
    ...(/^[a-z0-9_.:-]{1,60}$/.test(choice) ? { choice } : {}),
  };
}

export function asksToLeave(request: WebRequest): boolean {
  return formOf(request).get('do') === 'exit';
}

export function retryOf({ choice, news }: Sent): Screen['retry'] {
  if (choice !== undefined) return { name: 'choice', value: choice };
  return news ? { name: 'do', value: 'news' } : undefined;
}

/** Browsers say where a form stood; those of text alone say nothing, and run nobody's scripts. */
export function isForeign({ headers }: WebRequest, publicUrl: string): boolean {
  if (headerOf(headers, 'sec-fetch-site') === 'cross-site') return true;
  const origin = headerOf(headers, 'origin');
  if (origin === undefined || origin === new URL(publicUrl).origin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.host;
}
