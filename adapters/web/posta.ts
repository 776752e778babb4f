// The mails kept in files when no mail server is configured, shown to who sits at this very machine.
// Rendering them is left to the mail adapter.
import { HttpError, html } from './http.ts';
import type { Route, WebAnswer, WebRequest } from './http.ts';

export interface MailViewer {
  /** A whole HTML page, with no inline script or style. */
  list(): Promise<string>;
  show(id: string): Promise<string | undefined>;
  /** The mail as it would have travelled. */
  raw(id: string): Promise<Buffer | undefined>;
}

export function postaRoutes(viewer: MailViewer): Route[] {
  return [
    {
      method: 'get',
      path: '/posta',
      kind: 'private',
      async handle(request) {
        onlyLocal(request);
        return html(200, await viewer.list());
      },
    },
    {
      method: 'get',
      path: '/posta/:id',
      kind: 'private',
      async handle(request) {
        onlyLocal(request);
        const id = request.params['id'] ?? '';
        const answer = /^[\w.@-]{1,200}$/.test(id) && !id.startsWith('.') ? await open(viewer, id) : undefined;
        if (answer === undefined) throw new HttpError(404, 'NotFound', 'There is no such mail');
        return answer;
      },
    },
  ];
}

/** A page to read, or with `.eml` the file itself. */
async function open(viewer: MailViewer, id: string): Promise<WebAnswer | undefined> {
  if (!id.endsWith('.eml')) {
    const page = await viewer.show(id);
    return page === undefined ? undefined : html(200, page);
  }
  const body = await viewer.raw(id.slice(0, -'.eml'.length));
  const headers = { 'content-type': 'message/rfc822', 'content-disposition': `attachment; filename="${id}"` };
  return body && { status: 200, headers: { ...headers, 'cache-control': 'no-store' }, body };
}

function onlyLocal({ caller }: WebRequest): void {
  if (!caller.local) throw new HttpError(403, 'Forbidden', 'Mails are shown on the machine itself only');
}
