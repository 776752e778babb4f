// The mails kept in files when no mail server is configured, shown to who sits at this very machine.
// Rendering them is left to the mail adapter.
import { HttpError, html } from './http.ts';
import type { Route, WebRequest } from './http.ts';

export interface MailViewer {
  /** A whole HTML page, with no inline script or style. */
  list(): Promise<string>;
  show(id: string): Promise<string | undefined>;
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
        const page = /^[\w.@-]{1,200}$/.test(id) && !id.startsWith('.') ? await viewer.show(id) : undefined;
        if (page === undefined) throw new HttpError(404, 'NotFound', 'There is no such mail');
        return html(200, page);
      },
    },
  ];
}

function onlyLocal({ caller }: WebRequest): void {
  if (!caller.local) throw new HttpError(403, 'Forbidden', 'Mails are shown on the machine itself only');
}
