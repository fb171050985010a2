/**
 * Errors of all files, newest first, filtered.
 *
 * Level, time and file are read off the references; text needs the records. A page costs a bounded number of both: where a rare text
 * takes more, the page comes back `partial` with what was found, and its cursor goes on from there.
 */
import * as z from 'zod';
import { pageOfWalk } from '#shared/platform/page-of-walk.ts';
import { cursorOf } from '#shared/platform/paging.ts';
import { errorBounds, errorPageOf } from './error-page.ts';
import type { ErrorLevel } from './error-record.ts';
import { limits } from './limits.ts';
import { isOpen, type LogFile } from './log-file.ts';
import { logFault } from './log-faults.ts';
import { placeOfError } from './log-ids.ts';
import { matchingErrors } from './matching-errors.ts';
import type { StoredError } from './ports.ts';
import { presentErrors, type ErrorView } from './present-error.ts';
import type { ReadDeps } from './read-error.ts';
import { walkErrors, type ErrorWindow } from './walk-errors.ts';

interface Request {
  readonly file?: string | undefined;
  readonly level?: ErrorLevel | undefined;
  /** ISO 8601, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Found in message, stack or logger, in any case. */
  readonly text?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const cursors = cursorOf(
  'errors',
  z.object({ listedAt: z.iso.datetime(), id: z.string().refine((id) => id === '' || placeOfError(id) !== undefined) }),
);

export async function listErrors(
  deps: ReadDeps,
  request: Request,
): Promise<{ errors: ErrorView[]; nextCursor: string | null; partial: boolean }> {
  const after = request.cursor === undefined ? undefined : cursors.decode(request.cursor);
  const file = request.file === undefined ? undefined : await deps.files.get(request.file);
  if (request.file !== undefined && file === undefined) throw logFault('logs.file-not-found');
  const { level, from, to, text, limit } = request;
  const walk = walkErrors(deps.errors, { level, after, ...windowOf(file, { from, to }) });
  const matching = matchingErrors(deps.errors, walk, {
    isWantedRef: ({ fileId }) => file === undefined || fileId === file.id,
    matches: (error) => containsText(error, text),
    // Without a text to look for, the first ones fill the page.
    atOnce: text === undefined ? Math.min(limits.recordsPerLoad, limit) : limits.recordsPerLoad,
  });
  const { found, behind, partial } = await pageOfWalk(matching, { ...errorPageOf(limit), bounds: errorBounds });
  return { errors: await presentErrors(deps, found), nextCursor: behind && cursors.encode(behind), partial };
}

/** A closed file knows the time of its first and last record: no other day has any of it. */
function windowOf(file: LogFile | undefined, { from, to }: Pick<ErrorWindow, 'from' | 'to'>): Pick<ErrorWindow, 'from' | 'to'> {
  if (file === undefined || isOpen(file) || file.recordsFrom === null || file.recordsTo === null) return { from, to };
  return {
    from: from !== undefined && from > file.recordsFrom ? from : file.recordsFrom,
    to: to !== undefined && to < file.recordsTo ? to : file.recordsTo,
  };
}

function containsText({ message, stack, logger }: StoredError, text: string | undefined): boolean {
  if (text === undefined) return true;
  const wanted = text.toLowerCase();
  return [message, stack, logger].some((part) => part?.toLowerCase().includes(wanted));
}
