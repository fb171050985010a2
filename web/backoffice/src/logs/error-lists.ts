import type { ErrorView, LogApi } from './log-api.ts';
import { growingList, type GrowingList } from './error-list.ts';
import { type ErrorFilters, filterQuery, logAddress } from './log-routes.ts';

/** The lists that were looked at last, by their filters. */
export interface ErrorLists {
  of(filters: ErrorFilters): GrowingList<ErrorView>;
  /** The same anew: the next `of` starts from the top. */
  forget(filters: ErrorFilters): void;
}

/** A list of a few thousand rows is some megabytes. */
const listsKept = 4;
const pageSize = '50';

export function errorLists(logs: LogApi, now: () => number): ErrorLists {
  const lists = new Map<string, GrowingList<ErrorView>>();
  const keyOf = (filters: ErrorFilters) => logAddress({ page: 'errors', filters });
  return {
    of(filters) {
      const key = keyOf(filters);
      // The window's start is fixed with the list, so that all of its pages are cut from one search.
      const query = filterQuery(filters, now());
      const list = lists.get(key) ?? growingList((cursor, signal) => logs.errors({ ...query, limit: pageSize, cursor }, signal));
      lists.delete(key);
      lists.set(key, list);
      for (const oldest of [...lists.keys()].slice(0, -listsKept)) lists.delete(oldest);
      return list;
    },
    forget: (filters) => void lists.delete(keyOf(filters)),
  };
}
