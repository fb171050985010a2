/**
 * Errors that match a filter, newest first, stretch by stretch: whoever follows stops when they have enough, or have paid enough.
 */
import { limits } from '../limits.ts';
import { logFault } from '../log-faults.ts';
import { isOpen } from '../log-file.ts';
import { matchingErrors, type ErrorStretch } from '../matching-errors.ts';
import type { ErrorStore, FileStore, ListPosition } from '../ports.ts';
import { isRest, type Pattern } from '../rollup/pattern.ts';
import type { PatternStore } from '../rollup/ports.ts';
import { patternOrPlaced } from '../issues/read-issue.ts';
import { walkErrors, walkFingerprints, type ErrorWindow } from '../walk-errors.ts';
import { isWantedRef, matches, type ErrorFilter } from './error-filter.ts';

export interface FindDeps {
  readonly files: FileStore;
  readonly errors: ErrorStore;
  readonly patterns: Pick<PatternStore, 'pattern' | 'placements'>;
}

/** Faults: `logs.file-not-found`, `logs.pattern-not-found`. */
export async function* findErrors(deps: FindDeps, filter: ErrorFilter, after?: ListPosition): AsyncGenerator<ErrorStretch> {
  const pattern = filter.pattern === undefined ? undefined : await patternOf(deps.patterns, filter.pattern);
  const window = await windowOf(deps, filter, pattern);
  if (window.from !== undefined && window.to !== undefined && window.from > window.to) return;
  const selected = selectionOf(pattern);
  const walk =
    selected === undefined
      ? walkErrors(deps.errors, { ...window, level: filter.level, after })
      : walkFingerprints(deps.errors, { ...window, after }, selected);
  // Where fingerprints cannot be walked one by one, the records say which pattern they are of.
  const placed = pattern !== undefined && selected === undefined ? pattern : undefined;
  const matching = matchingErrors(deps.errors, walk, {
    isWantedRef: (ref) => isWantedRef(filter, ref),
    matches: (error) => matches(filter, error),
    atOnce: limits.recordsPerLoad,
  });
  for await (const stretch of matching)
    yield placed === undefined ? stretch : { ...stretch, found: await onlyOf(deps, placed, stretch.found) };
}

async function patternOf(patterns: FindDeps['patterns'], id: string): Promise<Pattern> {
  const pattern = await patternOrPlaced(patterns, id);
  return pattern.mergedInto === null ? pattern : patternOf(patterns, pattern.mergedInto);
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

type Found = ErrorStretch['found'];

/** Those whose fingerprints are placed in the pattern. */
async function onlyOf({ patterns }: FindDeps, { id, members }: Pattern, found: Found): Promise<Found> {
  const fingerprints = [...new Set(found.map(({ entry }) => entry.patternId).filter((one) => one !== null))];
  const known = new Set(members);
  const placements = await patterns.placements(fingerprints.filter((one) => !known.has(one)));
  for (const { fingerprint, patternId } of placements) if (patternId === id) known.add(fingerprint);
  return found.filter(({ entry }) => entry.patternId !== null && known.has(entry.patternId));
}
