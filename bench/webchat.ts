// The pages on which either chat stands alone, Web Chat as its registry has it: served compressed by this process.
// Where its scripts come from is left to test/support/web-chat.ts, what is measured to widget-round.ts.
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { webChatScript } from '../test/support/web-chat.ts';
import type { WebChatBundle } from '../test/support/web-chat.ts';

/** One way to have a chat on a page; `page` has none. */
export const CONTESTANTS = ['page', 'bussola', 'webchat', 'webchat-minimal'] as const;
export type Contestant = (typeof CONTESTANTS)[number];

export interface Hosts {
  /** Of the page with that chat on it; `library` has Web Chat's code and shows nothing. */
  url(contestant: Contestant | 'library'): string;
  close(): void;
}

/** Pages of another origin than the chat's, on the same address: one process of the browser counts for both. */
export async function openHosts(chat: string): Promise<Hosts> {
  const served = new Map<string, { type: string; body: Buffer }>();
  const put = (path: string, type: string, body: string | Buffer): void =>
    void served.set(path, { type, body: gzipSync(body, { level: 9 }) });
  for (const name of CONTESTANTS) put(`/${name}`, 'text/html; charset=utf-8', pageOf(name, chat));
  put(
    '/library',
    'text/html; charset=utf-8',
    '<!doctype html><title>Library</title><script src="/webchat.js"></script>',
  );
  for (const bundle of ['webchat', 'webchat-minimal'] as const)
    put(`/${bundle}.js`, 'text/javascript; charset=utf-8', await webChatScript(bundle));
  const server = createServer((request, response) => {
    const found = served.get(request.url ?? '');
    if (!found) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': found.type, 'content-encoding': 'gzip' });
    return response.end(found.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    url: (contestant) => `http://127.0.0.1:${port}/${contestant}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function pageOf(contestant: Contestant, chat: string): string {
  const own: Record<Contestant, string> = {
    page: '',
    bussola: `<script src="${chat}/widget.js" data-comune="porcari" data-lang="it" defer></script>`,
    webchat: webChat('webchat', chat),
    'webchat-minimal': webChat('webchat-minimal', chat),
  };
  return `<!doctype html><html lang="it"><head><meta charset="utf-8"><title>Comune</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"></head>
<body><h1>Comune</h1><p>Una pagina del Comune.</p>${own[contestant]}</body></html>`;
}

/** As its own documentation puts it on a page. */
function webChat(bundle: WebChatBundle, chat: string): string {
  return `<div id="webchat" style="height:600px"></div><script src="/${bundle}.js"></script><script>
(async () => {
  const domain = '${chat}/v3/directline';
  const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"channelData":{"comune":"porcari"},"locale":"it"}' };
  const { token } = await (await fetch(domain + '/tokens/generate', asked)).json();
  const directLine = WebChat.createDirectLine({ token, domain });
  WebChat.renderWebChat({ directLine, locale: 'it-IT' }, document.getElementById('webchat'));
})();
</script>`;
}
