/**
 * What every part of the page can ask for.
 */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Deposit, Session } from '../api/contract.ts';
import type { PayApi } from '../api/pay-api.ts';
import type { Texts } from '../text/id.ts';
import type { Language } from '../text/language.ts';
import type { ServerClock } from '../time/server-clock.ts';
import type { Route } from './route.ts';
import type { Shelf } from './storage.ts';

export interface Shell {
  readonly language: Language;
  readonly texts: Texts;
  readonly api: PayApi;
  readonly clock: ServerClock;
  readonly session: Session;
  /** What lives as long as the tab. */
  readonly tab: Shelf;
  /** `known`: the deposit to show there, where it is known already. */
  readonly go: (route: Route, known?: Deposit) => void;
  /** Says it to whoever listens instead of looking. */
  readonly announce: (text: string) => void;
  readonly rupiah: (amountRupiah: number) => string;
  /** Date and time of day with its zone. */
  readonly moment: (iso: string) => string;
  /** The link has ended. */
  readonly leave: () => void;
}

export const ShellContext = createContext<Shell | undefined>(undefined);

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === undefined) throw new Error('This part of the page stands outside of its shell.');
  return shell;
}
