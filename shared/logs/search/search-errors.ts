/**
 * A page of errors that match a filter. A page costs a bounded number of reads: where few match, it comes back `partial` with what was found, and its
 * cursor goes on from there.
 */
import * as z from 'zod';
import { pageOfWalk } from '#shared/platform/page-of-walk.ts';
import { cursorOf } from '#shared/platform/paging.ts';
import { errorBounds, errorPageOf } from '../error-page.ts';
import { placeOfError } from '../log-ids.ts';
import type { ProgressStore } from '../ports.ts';
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
  const after = request.cursor === undefined ? undefined : cursors.decode(request.cursor);
  const walk = findErrors(deps, request, after);
  const { found, behind, partial } = await pageOfWalk(walk, { ...errorPageOf(request.limit), bounds: errorBounds });
  return { errors: await presentErrors(deps, found), nextCursor: behind && cursors.encode(behind), partial };
}
