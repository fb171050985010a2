import { createContext, useContext, useSyncExternalStore } from 'react';
import { allows, type Permission } from '#shared/platform/permissions.ts';
import type { Api } from './api/client.ts';
import type { Capability } from './capability.ts';
import type { Session, SessionStore } from './session/session.ts';
import type { StepUp } from './step-up/step-up.ts';

/** What every page can reach. */
export interface Desk {
  /** In the name of whoever is signed in. */
  readonly api: Api;
  /** Routes that are open to anybody. */
  readonly openApi: Api;
  readonly session: SessionStore;
  readonly stepUp: StepUp;
  readonly capabilities: readonly Capability[];
  readonly now: () => number;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('A page is shown outside of the desk.');
  return desk;
}

export function useApi(): Api {
  return useDesk().api;
}

export function useSession(): Session | undefined {
  const { session } = useDesk();
  return useSyncExternalStore(session.watch, session.current);
}

/** Asks the same table as the API whether whoever is signed in may do something. The API asks it again. */
export function useMay(): (permission: Permission) => boolean {
  const roles = useSession()?.staff.roles ?? [];
  return (permission) => allows(roles, permission);
}
