/**
 * References to the errors of all files, newest first: the days there are, latest first, each day's partitions merged.
 */
import type { ErrorLevel } from './error-record.ts';
import { limits } from './limits.ts';
import { errorId } from './log-ids.ts';
import type { ErrorDay, ErrorPartition, ErrorRef, ErrorStore, FingerprintPartition, ListPosition } from './ports.ts';

export interface ErrorWindow {
  readonly level?: ErrorLevel | undefined;
  /** ISO 8601, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly after?: ListPosition | undefined;
}

/** One step back in time: a reference, or nothing but the start of a day that has been walked through. */
export interface Step {
  readonly ref?: ErrorRef;
  /** Where to go on behind this step. */
  readonly position: ListPosition;
}

export const positionOf = (ref: ErrorRef): ListPosition => ({ listedAt: ref.listedAt, id: errorId(ref) });

/** Walks until the window ends; whoever follows stops when they have seen enough. */
export async function* walkErrors(errors: ErrorStore, window: ErrorWindow): AsyncGenerator<Step> {
  const since = window.from?.slice(0, 10);
  let until = dayOf(window.after?.listedAt ?? window.to);
  while (true) {
    const found = await errors.days({ since, until, limit: limits.partitionsAtOnce });
    for (const days of groups(found)) yield* walkDays(errors, window, days);
    const last = found.at(-1);
    if (last === undefined || found.length < limits.partitionsAtOnce) return;
    until = dayBefore(last.day);
  }
}

/** Days whose partitions can be read side by side; one day at least. */
function groups(days: readonly ErrorDay[]): ErrorDay[][] {
  const grouped: ErrorDay[][] = [];
  let partitions = Number.POSITIVE_INFINITY;
  for (const day of days) {
    partitions += day.partitions.length;
    if (partitions > limits.partitionsAtOnce) {
      grouped.push([]);
      partitions = day.partitions.length;
    }
    grouped.at(-1)?.push(day);
  }
  return grouped;
}

async function* walkDays(errors: ErrorStore, window: ErrorWindow, days: readonly ErrorDay[]): AsyncGenerator<Step> {
  const opened = await Promise.all(
    days.map(async ({ day, partitions }) => {
      const wanted = partitions.filter(({ level }) => window.level === undefined || level === window.level);
      return { day, readers: await openReaders(errors, window, wanted) };
    }),
  );
  for (const { day, readers } of opened) yield* merged(readers, day);
}

/** References of one fingerprint's partitions, or of several, newest first, day by day. */
export async function* walkFingerprints(
  errors: ErrorStore,
  window: Omit<ErrorWindow, 'level'>,
  fingerprints: readonly string[],
): AsyncGenerator<Step> {
  const since = window.from?.slice(0, 10);
  let until = dayOf(window.after?.listedAt ?? window.to);
  while (true) {
    const found = await errors.days({ since, until, limit: limits.partitionsAtOnce });
    for (const { day } of found) {
      const shards = Array.from({ length: limits.fingerprintShards }, (_, shard) => shard);
      const partitions = fingerprints.flatMap((fingerprint) => shards.map((shard) => ({ day, fingerprint, shard })));
      yield* merged(await openReaders(errors, window, partitions), day);
    }
    const last = found.at(-1);
    if (last === undefined || found.length < limits.partitionsAtOnce) return;
    until = dayBefore(last.day);
  }
}

type Partition = ErrorPartition | FingerprintPartition;

const openReaders = (errors: ErrorStore, window: ErrorWindow, partitions: readonly Partition[]): Promise<Reader[]> =>
  Promise.all(partitions.map((partition) => openReader(errors, window, partition)));

async function* merged(readers: readonly Reader[], day: string): AsyncGenerator<Step> {
  for (let reader = newestOf(readers); reader?.head !== undefined; reader = newestOf(readers)) {
    yield { ref: reader.head, position: positionOf(reader.head) };
    await reader.next();
  }
  yield { position: { listedAt: `${day}T00:00:00.000Z`, id: '' } };
}

/** References of one partition, newest first, read ahead in growing portions. */
interface Reader {
  /** The next reference; undefined at the end. */
  readonly head: ErrorRef | undefined;
  next(): Promise<void>;
}

async function openReader(errors: ErrorStore, { from, to, after }: ErrorWindow, partition: Partition): Promise<Reader> {
  let limit: number = limits.refsPerReadMin;
  let refs = await errors.newest(partition, { from, to, after, limit });
  let index = 0;
  return {
    get head() {
      return refs[index];
    },
    async next() {
      const last = refs[index];
      index += 1;
      if (last === undefined || index < refs.length || refs.length < limit) return;
      limit = Math.min(limits.refsPerReadMax, limit * 2);
      refs = await errors.newest(partition, { from, to, after: positionOf(last), limit });
      index = 0;
    },
  };
}

function newestOf(readers: readonly Reader[]): Reader | undefined {
  let newest: Reader | undefined;
  for (const reader of readers) if (isNewer(reader.head, newest?.head)) newest = reader;
  return newest;
}

function isNewer(ref: ErrorRef | undefined, than: ErrorRef | undefined): boolean {
  if (ref === undefined || than === undefined) return ref !== undefined;
  if (ref.listedAt !== than.listedAt) return ref.listedAt > than.listedAt;
  return errorId(ref) > errorId(than);
}

const dayOf = (instant: string | undefined): string | undefined => instant?.slice(0, 10);

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
