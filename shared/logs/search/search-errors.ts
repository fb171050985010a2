/**
 * A page of errors that match a filter. A page costs a bounded number of reads: where few match, it comes back `partial` with what was found, and its
 * cursor goes on from there.
 */
import * as z from 'zod';
import { cursorOf } from '#shared/platform/paging.ts';
import { errorPage } from '../error-page.ts';
import { limits } from '../limits.ts';
import { placeOfError } from '../log-ids.ts';
import type { ListPosition, ProgressStore } from '../ports.ts';
import { presentErrors, type ErrorView } from '../present-error.ts';
import type { ErrorFilter } from './error-filter.ts';
import { findErrors, type FindDeps } from './find-errors.ts';

export interface SearchDeps extends FindDeps {
  readonly progress: ProgressStore;
}

const cursors = cursorOf(
  'search',
  z.object({ listedAt: z.iso.datetime(), id: z.string().refine((id) => id === '' || placeOfError(id) !== undefined) }),
);

export interface SearchPage {
  readonly errors: ErrorView[];
  readonly nextCursor: string | null;
  readonly partial: boolean;
}

/** Faults: `logs.file-not-found`, `logs.pattern-not-found`. */
export async function searchErrors(
  deps: SearchDeps,
  request: ErrorFilter & { readonly limit: number; readonly cursor?: string | undefined },
): Promise<SearchPage> {
  const page = errorPage(request.limit);
  const answer = async (next: ListPosition | null, partial: boolean): Promise<SearchPage> => ({
    errors: await presentErrors(deps, page.errors),
    nextCursor: next && cursors.encode(next),
    partial,
  });
  let refs = 0;
  let records = 0;
  const after = request.cursor === undefined ? undefined : cursors.decode(request.cursor);
  for await (const batch of findErrors(deps, request, after)) {
    for (const { error, position } of batch.errors) {
      page.add(error);
      if (page.isFull()) return answer(position, false);
    }
    refs += batch.refs;
    records += batch.records;
    if (refs >= limits.refsPerPageMax || records >= limits.recordsPerPageMax) return answer(batch.position, true);
  }
  return answer(null, false);
}
