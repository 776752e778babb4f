// Pages of others that the widget must live on: one with a strict policy, one whose style sheet spares nothing.
// What the widget does there is left to the tests.
import { createServer } from 'node:http';

/** Rules as they are found on real sites, gathered on one page: resets, themes and cookie banners that shout. */
const HOSTILE = `
* { display: inline !important; position: static !important; font-size: 3px !important; line-height: 1 !important;
    letter-spacing: 9px !important; text-transform: uppercase !important; float: left !important; width: 20px !important;
    height: 4px !important; max-width: 20px !important; overflow: hidden !important; color: #eee !important;
    background: #fff !important; margin: -4px !important; padding: 0 !important; border: 0 !important;
    transition: all 2s !important; z-index: 0 !important; direction: rtl !important; }
iframe, dialog, button, textarea, [role="dialog"] { display: none !important; visibility: hidden !important;
    opacity: 0 !important; pointer-events: none !important; clip-path: inset(50%) !important; }
div:empty, body > div { display: none !important; opacity: 0 !important; transform: scale(0) !important; }
:focus { outline: 0 !important; }
`;

export interface Hosts {
  strict: string;
  hostile: string;
  close(): void;
}

/** `chat`: the origin of the chat. The hosts are another site: another name of this machine. */
export async function openHosts(chat: string): Promise<Hosts> {
  const page = (head: string): string => `<!doctype html><html lang="it"><meta charset="utf-8">
    <meta name="viewport" content="width=device-width"><title>Comune</title><link rel="icon" href="data:,">${head}
    <body><main><h1>Comune</h1><p>Una pagina del Comune, con <a href="#qui">un link</a>.</p></main>
    <script src="${chat}/widget.js" data-comune="porcari" data-lang="it" defer></script></body></html>`;
  const policy = [
    "default-src 'none'",
    `script-src ${chat}`,
    `frame-src ${chat}`,
    "style-src 'none'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const server = createServer((request, response) => {
    const strict = request.url === '/strict';
    const headers = { 'content-type': 'text/html; charset=utf-8', 'referrer-policy': 'no-referrer' };
    response.writeHead(200, strict ? { ...headers, 'content-security-policy': policy } : headers);
    response.end(page(strict ? '' : `<style>${HOSTILE}</style>`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://localhost:${typeof address === 'object' ? address?.port : 0}`;
  return {
    strict: `${origin}/strict`,
    hostile: `${origin}/hostile`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
