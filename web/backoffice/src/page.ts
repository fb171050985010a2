import type { Format } from './format.ts';
import type { Language } from './language.ts';
import type { LogApi } from './logs/log-api.ts';
import type { ErrorLists } from './logs/error-lists.ts';
import type { Messages } from './text/id.ts';

/** What a page is made with. */
export interface Scene {
  readonly language: Language;
  readonly text: Messages;
  readonly format: Format;
  readonly logs: LogApi;
  readonly errorLists: ErrorLists;
  /** Ends when the page is left: calls under way are given up and timers stopped. */
  readonly left: AbortSignal;
  readonly now: () => number;
  /** Goes to an address of this site. `replace` leaves no step in the history. */
  readonly go: (address: string, how?: 'push' | 'replace') => void;
  /** Gives this page another address, as when its filters change. */
  readonly rename: (address: string) => void;
  /** Read out by screen readers, shown to nobody. */
  readonly announce: (message: string) => void;
}

export interface Page {
  readonly title: string;
  readonly element: HTMLElement;
  /** What keys do on this page; `/`, `j` and `Escape` are named as the browser names them. */
  readonly keys: Readonly<Record<string, () => void>>;
}

/** Does something for a page until it is left: a call that was given up with its page is no error. */
export function untilLeft(left: AbortSignal, work: () => Promise<void>): void {
  work().catch((error: unknown) => {
    if (!left.aborted) throw error;
  });
}
