/**
 * Pages by number over an API that pages by cursor. The cursors of a list that was paged through are kept in the tab's sessionStorage, so
 * that a reload and the way back find page 3 again.
 */

export interface CursorStacks {
  /** Cursor of a page: undefined for the first page, null when it is not known. */
  cursorOf(list: string, page: number): string | undefined | null;
  /** What came with a page: the cursor of the next one, or null behind the last. */
  learn(list: string, page: number, nextCursor: string | null): void;
  /** The last page whose cursor is known. */
  deepest(list: string): number;
}

const storageKey = 'xm.cursors';
/** Lists whose cursors are kept; a list is what one set of filters shows. */
const listsMax = 30;
const pagesMax = 200;

export function cursorStacks(storage: Pick<Storage, 'getItem' | 'setItem'>): CursorStacks {
  const stacks = readStacks(storage.getItem(storageKey));
  const known = (list: string): readonly string[] => stacks.get(list) ?? [];
  return {
    cursorOf: (list, page) => (page <= 1 ? undefined : (known(list)[page - 2] ?? null)),
    learn(list, page, nextCursor) {
      // Whatever was known behind this page belonged to an older state of the list.
      const isSame = known(list)[page - 1] === nextCursor;
      const cursors = isSame ? known(list) : [...known(list).slice(0, page - 1), ...(nextCursor === null ? [] : [nextCursor])];
      stacks.delete(list);
      stacks.set(list, cursors.slice(0, pagesMax));
      for (const oldest of [...stacks.keys()].slice(0, -listsMax)) stacks.delete(oldest);
      storage.setItem(storageKey, JSON.stringify([...stacks]));
    },
    deepest: (list) => known(list).length + 1,
  };
}

function readStacks(stored: string | null): Map<string, readonly string[]> {
  try {
    const entries = JSON.parse(stored ?? '[]') as [string, string[]][];
    // What somebody else has written there is no list of texts, and throws here rather than later.
    return new Map(entries.map(([list, cursors]) => [list, cursors.map((cursor) => cursor.trim())]));
  } catch {
    return new Map();
  }
}
