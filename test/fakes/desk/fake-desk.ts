/**
 * The backoffice's built pages and an API that answers them.
 */
import { type SiteFiles, type SiteServer, startSiteServer } from '../site-server.ts';
import { type FakeAuth, fakeAuth } from './desk-auth.ts';
import { deskEndpoints } from './desk-endpoints.ts';
import { type DeskState, deskState } from './desk-state.ts';

export interface FakeDesk extends SiteServer {
  readonly state: DeskState;
  readonly auth: FakeAuth;
}

export async function startFakeDesk(files: SiteFiles): Promise<FakeDesk> {
  const state = deskState();
  const auth = fakeAuth(state, () => Date.now());
  const endpoints = [...auth.endpoints, ...deskEndpoints(state)];
  const server = await startSiteServer(files, { endpoints, callerOf: (token) => auth.callerOf(token) });
  return { ...server, state, auth };
}
