// Says each message of the bot to screen readers exactly once, in a live region apart from the transcript.
// A live transcript would repeat itself at each redraw; what is said is left to chat.ts.

/** Long enough for screen readers to notice (WebChat found 100 ms too short), short enough not to be read twice. */
const STAY = 1000;

export function createAnnouncer(region: HTMLElement): (text: string, lang: string) => void {
  return (text, lang) => {
    const said = document.createElement('p');
    said.lang = lang;
    said.dir = 'auto';
    said.textContent = text;
    region.append(said);
    setTimeout(() => said.remove(), STAY);
  };
}
