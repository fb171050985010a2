/**
 * Errors that match a filter, newest first, batch by batch: whoever follows stops when they have enough, or have paid enough.
 */
import { limits } from '../limits.ts';
import { logFault } from '../log-faults.ts';
import { errorId } from '../log-ids.ts';
import { isOpen } from '../log-file.ts';
import type { ErrorRef, ErrorStore, FileStore, ListPosition, StoredError } from '../ports.ts';
import { isRest, type Pattern } from '../rollup/pattern.ts';
import type { PatternStore } from '../rollup/ports.ts';
import { patternOrPlaced } from '../issues/read-issue.ts';
import { walkErrors, walkFingerprints, type ErrorWindow, type Step } from '../walk-errors.ts';
import { isWantedRef, matches, type ErrorFilter } from './error-filter.ts';

export interface FindDeps {
  readonly files: FileStore;
  readonly errors: ErrorStore;
  readonly patterns: Pick<PatternStore, 'pattern' | 'placements'>;
}

export interface FoundBatch {
  /** Those that match, with where the walk stands behind each. */
  readonly errors: readonly { readonly error: StoredError; readonly position: ListPosition }[];
  /** Where the walk stands behind the batch. */
  readonly position: ListPosition;
  /** References and records that were read for it. */
  readonly refs: number;
  readonly records: number;
}

/** Faults: `logs.file-not-found`, `logs.pattern-not-found`. */
export async function* findErrors(deps: FindDeps, filter: ErrorFilter, after?: ListPosition): AsyncGenerator<FoundBatch> {
  const pattern = filter.pattern === undefined ? undefined : await patternOf(deps, filter.pattern);
  const window = await windowOf(deps, filter, pattern);
  if (window.from !== undefined && window.to !== undefined && window.from > window.to) return;
  const selected = selectionOf(pattern);
  const walk =
    selected === undefined
      ? walkErrors(deps.errors, { ...window, level: filter.level, after })
      : walkFingerprints(deps.errors, { ...window, after }, selected);
  // Where fingerprints cannot be walked one by one, the records say which pattern they are of.
  const placed = pattern !== undefined && selected === undefined ? pattern : undefined;
  for await (const { refs, position, steps } of batches(walk, filter)) {
    const loaded = new Map((await deps.errors.load(refs)).map((error) => [errorId(error), error]));
    const found = refs.flatMap((ref) => {
      const error = loaded.get(errorId(ref));
      return error !== undefined && matches(filter, error) ? [{ error, position: { listedAt: ref.listedAt, id: errorId(ref) } }] : [];
    });
    const errors = placed === undefined ? found : await onlyOf(deps, placed, found);
    yield { errors, position, refs: steps, records: refs.length };
  }
}

async function patternOf({ patterns }: FindDeps, id: string): Promise<Pattern> {
  const pattern = await patternOrPlaced(patterns, id);
  return pattern.mergedInto === null ? pattern : patternOf({ patterns } as FindDeps, pattern.mergedInto);
}

/** A closed file and a pattern know the time of their first and last records: no other day has any of them. */
async function windowOf({ files }: FindDeps, filter: ErrorFilter, pattern: Pattern | undefined): Promise<Pick<ErrorWindow, 'from' | 'to'>> {
  const file = filter.file === undefined ? undefined : await files.get(filter.file);
  if (filter.file !== undefined && file === undefined) throw logFault('logs.file-not-found');
  const isClosed = file !== undefined && !isOpen(file);
  const froms = [filter.from, isClosed ? file.recordsFrom : undefined, pattern?.firstSeen].filter((one) => typeof one === 'string');
  const tos = [filter.to, isClosed ? file.recordsTo : undefined, pattern?.lastSeen].filter((one) => typeof one === 'string');
  return { from: froms.toSorted().at(-1), to: tos.toSorted().at(0) };
}

/** Fingerprints walked side by side: a day of each is a few partitions. */
const fingerprintsMax = 16;

/** A pattern's fingerprints, if they are all known and few enough to be walked; undefined to look at all records. */
function selectionOf(pattern: Pattern | undefined): readonly string[] | undefined {
  if (pattern === undefined || pattern.members.some(isRest) || pattern.members.length > fingerprintsMax) return undefined;
  return pattern.members;
}

/** Those whose fingerprints are placed in the pattern. */
async function onlyOf({ patterns }: FindDeps, { id, members }: Pattern, found: FoundBatch['errors']): Promise<FoundBatch['errors']> {
  const fingerprints = [...new Set(found.map(({ error }) => error.patternId).filter((one) => one !== null))];
  const known = new Set(members);
  const placements = await patterns.placements(fingerprints.filter((one) => !known.has(one)));
  for (const { fingerprint, patternId } of placements) if (patternId === id) known.add(fingerprint);
  return found.filter(({ error }) => error.patternId !== null && known.has(error.patternId));
}

interface RefBatch {
  readonly refs: readonly ErrorRef[];
  readonly position: ListPosition;
  readonly steps: number;
}

/** Cuts the walk into batches to load, and into stretches where it finds nothing for long. */
async function* batches(walk: AsyncIterable<Step>, filter: ErrorFilter): AsyncGenerator<RefBatch> {
  let refs: ErrorRef[] = [];
  let position: ListPosition | undefined;
  let steps = 0;
  for await (const step of walk) {
    position = step.position;
    steps += 1;
    if (step.ref !== undefined && isWantedRef(filter, step.ref)) refs.push(step.ref);
    if (refs.length < limits.recordsPerLoad && steps < limits.refsPerPageMax) continue;
    yield { refs, position, steps };
    refs = [];
    steps = 0;
  }
  if (position !== undefined) yield { refs, position, steps };
}
