// Every page behind a signed link: one kit, and the routes of each kind of page on it.
// What each page shows and does is left to its own file.
import type { Route } from '../http.ts';
import { freshRoutes } from './fresh.ts';
import { caseRoutes } from './case-routes.ts';
import { coordinatorRoutes } from './coordinator.ts';
import { createKit } from './kit/kit.ts';
import type { DeskDeps } from './kit/kit.ts';
import { listRoutes } from './list-routes.ts';

export function deskRoutes(deps: DeskDeps): Route[] {
  const kit = createKit(deps);
  return [kit.style, ...caseRoutes(kit), ...listRoutes(kit), ...freshRoutes(kit), ...coordinatorRoutes(kit)];
}
