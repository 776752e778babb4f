// Finds numbers of several groups that nothing keeps in order on a page read from the right.
// What else is on the page is left to the tests.

/** Such numbers outside every element of their own direction: there "0583 211899" is shown as "211899 0583". */
export function loose(page: string): string[] {
  const bare = page
    .replaceAll(/<(script|style|title|svg)\b[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<(\w+)\b[^>]* dir="ltr"[^>]*>[^<]*<\/\1>/g, '');
  return [...bare.matchAll(/>[^<]*?(\d+ \d[\d ]*)/g)].map(([, number = '']) => number);
}
