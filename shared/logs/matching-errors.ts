/**
 * Errors along a walk through references: those that are wanted are loaded side by side, and those that match are found.
 */
import type { Stretch } from '#shared/platform/page-of-walk.ts';
import { errorBounds } from './error-page.ts';
import { errorId } from './log-ids.ts';
import type { ErrorRef, ErrorStore, ListPosition, StoredError } from './ports.ts';
import { positionOf, type Step } from './walk-errors.ts';

export type ErrorStretch = Stretch<StoredError, ListPosition, keyof typeof errorBounds>;

interface Wanted {
  /** What is seen by the reference alone. */
  readonly isWantedRef: (ref: ErrorRef) => boolean;
  /** What needs the record. */
  readonly matches: (error: StoredError) => boolean;
  /** Records that are loaded side by side. */
  readonly atOnce: number;
}

export async function* matchingErrors(
  store: Pick<ErrorStore, 'load'>,
  walk: AsyncIterable<Step>,
  { isWantedRef, matches, atOnce }: Wanted,
): AsyncGenerator<ErrorStretch> {
  for await (const { refs, behind, walked } of batches(walk, isWantedRef, atOnce)) {
    const loaded = new Map((await store.load(refs)).map((error) => [errorId(error), error]));
    const found = refs.flatMap((ref) => {
      const entry = loaded.get(errorId(ref));
      return entry !== undefined && matches(entry) ? [{ entry, position: positionOf(ref) }] : [];
    });
    yield { found, behind, cost: { ...walked, records: refs.length } };
  }
}

interface Batch {
  readonly refs: readonly ErrorRef[];
  /** Where the walk goes on behind this batch; null at its end. */
  readonly behind: ListPosition | null;
  readonly walked: { readonly refs: number; readonly days: number };
}

/** A batch ends when there is enough to load, and wherever a page may not walk any further. */
async function* batches(walk: AsyncIterable<Step>, isWantedRef: Wanted['isWantedRef'], atOnce: number): AsyncGenerator<Batch> {
  const total = { refs: 0, days: 0 };
  let walked = { refs: 0, days: 0 };
  let refs: ErrorRef[] = [];
  for await (const { ref, position } of walk) {
    const unit = ref === undefined ? 'days' : 'refs';
    total[unit] += 1;
    walked[unit] += 1;
    if (ref !== undefined && isWantedRef(ref)) refs.push(ref);
    if (refs.length < atOnce && total[unit] % errorBounds[unit] !== 0) continue;
    yield { refs, behind: position, walked };
    walked = { refs: 0, days: 0 };
    refs = [];
  }
  yield { refs, behind: null, walked };
}
