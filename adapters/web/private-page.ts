// What guards a page for one person or one desk: answered with these headers whatever is on it.
// The pages of the talk without JavaScript, whose forms must tell where they come from, have their own.

/** Nothing runs, nothing is loaded but our style, nobody may frame it, no address leaks, nothing is kept. */
export const PRIVATE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};
