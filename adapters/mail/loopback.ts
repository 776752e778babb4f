// Whether a host is this very machine: only there may a password or a mail travel in clear.
// What a connection elsewhere must have instead is left to smtp.ts and mailbox.ts.

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
