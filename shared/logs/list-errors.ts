/**
 * Errors of all files, newest first, filtered.
 *
 * Level, time and file are read off the references; text needs the records. A page costs a bounded number of both: where a rare text
 * takes more, the page comes back `partial` with what was found, and its cursor goes on from there.
 */
import * as z from 'zod';
import { cursorOf } from '#shared/platform/paging.ts';
import type { ErrorLevel } from './error-record.ts';
import { errorPage, type ErrorPage } from './error-page.ts';
import { limits } from './limits.ts';
import { isOpen, type LogFile } from './log-file.ts';
import { logFault } from './log-faults.ts';
import { errorId, placeOfError } from './log-ids.ts';
import type { ErrorRef, ErrorStore, ListPosition, StoredError } from './ports.ts';
import { presentErrors, type ErrorView } from './present-error.ts';
import type { ReadDeps } from './read-error.ts';
import { positionOf, walkErrors, type ErrorWindow, type Step } from './walk-errors.ts';

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

interface Found {
  readonly errors: StoredError[];
  readonly next: ListPosition | null;
  readonly partial: boolean;
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
  const { level, from, to } = request;
  const { errors, next, partial } = await findErrors(deps.errors, request, { level, after, ...windowOf(file, { from, to }) });
  return { errors: await presentErrors(deps, errors), nextCursor: next && cursors.encode(next), partial };
}

/** A closed file knows the time of its first and last record: no other day has any of it. */
function windowOf(file: LogFile | undefined, { from, to }: Pick<ErrorWindow, 'from' | 'to'>): Pick<ErrorWindow, 'from' | 'to'> {
  if (file === undefined || isOpen(file) || file.recordsFrom === null || file.recordsTo === null) return { from, to };
  return {
    from: from !== undefined && from > file.recordsFrom ? from : file.recordsFrom,
    to: to !== undefined && to < file.recordsTo ? to : file.recordsTo,
  };
}

async function findErrors(store: ErrorStore, request: Request, window: ErrorWindow): Promise<Found> {
  const page = errorPage(request.limit);
  let loaded = 0;
  for await (const { refs, position, isSpent } of batches(walkErrors(store, window), request)) {
    const stoppedAt = await takeMatching(store, { refs, page, text: request.text });
    if (stoppedAt !== undefined) return { errors: page.errors, next: stoppedAt, partial: false };
    loaded += refs.length;
    if (isSpent || loaded >= limits.recordsPerPageMax) return { errors: page.errors, next: position, partial: true };
  }
  return { errors: page.errors, next: null, partial: false };
}

interface Batch {
  readonly refs: readonly ErrorRef[];
  /** Where the walk stands behind this batch. */
  readonly position: ListPosition;
  /** True when a page may not walk any further. */
  readonly isSpent: boolean;
}

/** Cuts the walk into batches to load. Without a text to look for, the first one fills the page. */
async function* batches(walk: AsyncIterable<Step>, { file, text, limit }: Request): AsyncGenerator<Batch> {
  const size = text === undefined ? Math.min(limits.recordsPerLoad, limit) : limits.recordsPerLoad;
  const isWanted = ({ fileId }: ErrorRef): boolean => file === undefined || fileId === file;
  let refsLeft: number = limits.refsPerPageMax;
  let daysLeft: number = limits.daysPerPageMax;
  let refs: ErrorRef[] = [];
  let position: ListPosition | undefined;
  for await (const step of walk) {
    position = step.position;
    if (step.ref === undefined) daysLeft -= 1;
    else refsLeft -= 1;
    if (step.ref && isWanted(step.ref)) refs.push(step.ref);
    const isSpent = refsLeft === 0 || daysLeft === 0;
    if (refs.length < size && !isSpent) continue;
    yield { refs, position, isSpent };
    refs = [];
  }
  if (position !== undefined) yield { refs, position, isSpent: false };
}

/** Loads a batch and puts what matches on the page. Answers where the page was full, undefined when it took the whole batch. */
async function takeMatching(
  store: ErrorStore,
  { refs, page, text }: { refs: readonly ErrorRef[]; page: ErrorPage; text: string | undefined },
): Promise<ListPosition | undefined> {
  const loaded = new Map((await store.load(refs)).map((error) => [errorId(error), error]));
  for (const ref of refs) {
    const error = loaded.get(errorId(ref));
    if (error !== undefined && containsText(error, text)) page.add(error);
    if (page.isFull()) return positionOf(ref);
  }
  return undefined;
}

function containsText({ message, stack, logger }: StoredError, text: string | undefined): boolean {
  if (text === undefined) return true;
  const wanted = text.toLowerCase();
  return [message, stack, logger].some((part) => part?.toLowerCase().includes(wanted));
}
