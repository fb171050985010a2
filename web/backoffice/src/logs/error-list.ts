/**
 * A list of errors that grows page by page. It outlives the page that shows it, so that coming back from an error finds the list as it was left.
 */
import type { Outcome, Problem } from '../api.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  /** The API stopped searching before the page was full. */
  readonly partial: boolean;
}

export type ListState<Item> =
  | { readonly kind: 'loading'; readonly items: readonly Item[] }
  | { readonly kind: 'ready'; readonly items: readonly Item[]; readonly hasMore: boolean; readonly partial: boolean }
  | { readonly kind: 'failed'; readonly items: readonly Item[]; readonly problem: Problem };

export interface GrowingList<Item> {
  readonly state: ListState<Item>;
  /** Loads the first page, the next one, or again the one that failed. One load at a time: a call during another does nothing. */
  more(signal: AbortSignal): Promise<void>;
  /** Told of every new state; returns how to stop. */
  watch(listener: (state: ListState<Item>) => void): () => void;
}

/**
 * How often an empty page of a search is followed on without being asked; then the reader decides. An API page walks up to
 * 10,000 references, so this is some 50,000 errors of a search without a hit.
 */
const emptyPagesMax = 5;

export function growingList<Item>(
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Outcome<Page<Item>>>,
): GrowingList<Item> {
  let state: ListState<Item> = { kind: 'ready', items: [], hasMore: true, partial: false };
  let cursor: string | undefined;
  const listeners = new Set<(state: ListState<Item>) => void>();
  const enter = (next: ListState<Item>): void => {
    state = next;
    for (const listener of listeners) listener(next);
  };
  return {
    get state() {
      return state;
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async more(signal) {
      if (state.kind === 'loading') return;
      const before = state;
      enter({ kind: 'loading', items: before.items });
      try {
        const outcome = await firstWithItems(
          () => load(cursor, signal),
          (next) => (cursor = next),
        );
        if (!outcome.ok) return enter({ kind: 'failed', items: before.items, problem: outcome.problem });
        const { items, nextCursor, partial } = outcome.value;
        enter({ kind: 'ready', items: [...before.items, ...items], hasMore: nextCursor !== null, partial });
      } catch (error) {
        // The page was left: whoever comes back asks again.
        enter(before);
        if (!signal.aborted) throw error;
      }
    },
  };
}

async function firstWithItems<Item>(
  load: () => Promise<Outcome<Page<Item>>>,
  advance: (cursor: string) => void,
): Promise<Outcome<Page<Item>>> {
  for (let pages = 1; ; pages += 1) {
    const outcome = await load();
    if (!outcome.ok) return outcome;
    const { items, nextCursor } = outcome.value;
    if (nextCursor !== null) advance(nextCursor);
    if (items.length > 0 || nextCursor === null || pages === emptyPagesMax) return outcome;
  }
}
