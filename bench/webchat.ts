// Web Chat as its registry has it, and the pages on which either chat stands alone: served compressed by this process.
// What is measured on them is left to widget-round.ts.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export const WEB_CHAT = '4.18.1';
const INTEGRITY = '7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==';
const CACHE = fileURLToPath(new URL('node_modules/.cache/webchat', import.meta.url));

/** One way to have a chat on a page; `page` has none. */
export const CONTESTANTS = ['page', 'bussola', 'webchat', 'webchat-minimal'] as const;
export type Contestant = (typeof CONTESTANTS)[number];

export interface Hosts {
  /** Of the page with that chat on it; `library` has Web Chat's code and shows nothing. */
  url(contestant: Contestant | 'library'): string;
  close(): void;
}

/** The package is fetched once, checked, and only its two bundles are kept. */
function bundles(): Record<'webchat' | 'webchat-minimal', Buffer> {
  const file = (name: string): string => join(CACHE, WEB_CHAT, `${name}.js`);
  if (!existsSync(file('webchat'))) {
    mkdirSync(CACHE, { recursive: true });
    execFileSync('npm', ['pack', '--silent', `botframework-webchat@${WEB_CHAT}`], { cwd: CACHE, stdio: 'ignore' });
    const archive = join(CACHE, `botframework-webchat-${WEB_CHAT}.tgz`);
    const found = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (found !== INTEGRITY) throw new Error(`botframework-webchat ${WEB_CHAT} is not what it was: sha512-${found}`);
    const wanted = ['webchat', 'webchat-minimal'].map((name) => `package/dist/${name}.js`);
    execFileSync('tar', ['xzf', archive, ...wanted], { cwd: CACHE });
    renameSync(join(CACHE, 'package', 'dist'), join(CACHE, WEB_CHAT));
    rmSync(archive);
  }
  return { webchat: readFileSync(file('webchat')), 'webchat-minimal': readFileSync(file('webchat-minimal')) };
}

/** Pages of another origin than the chat's, on the same address: one process of the browser counts for both. */
export async function openHosts(chat: string): Promise<Hosts> {
  const code = bundles();
  const served = new Map<string, { type: string; body: Buffer }>();
  const put = (path: string, type: string, body: string | Buffer): void =>
    void served.set(path, { type, body: gzipSync(body, { level: 9 }) });
  for (const name of CONTESTANTS) put(`/${name}`, 'text/html; charset=utf-8', pageOf(name, chat));
  put(
    '/library',
    'text/html; charset=utf-8',
    '<!doctype html><title>Library</title><script src="/webchat.js"></script>',
  );
  put('/webchat.js', 'text/javascript; charset=utf-8', code.webchat);
  put('/webchat-minimal.js', 'text/javascript; charset=utf-8', code['webchat-minimal']);
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
function webChat(bundle: string, chat: string): string {
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
