import { fingerprintPartition, fingerprintPartitionOf, dayPartition, partitionOf } from '#shared/logs/dynamodb-keys.ts';
import { errorId } from '#shared/logs/log-ids.ts';
import { listedAtOf } from '#shared/logs/listed-at.ts';
import type { ErrorPartition, ErrorRef, ErrorStore, StoredError } from '#shared/logs/ports.ts';

interface Kept {
  readonly error: StoredError;
  readonly partition: ErrorPartition;
  readonly listedAt: string;
}

/** Errors in memory, with the promises of `ErrorStore`. */
export function fakeErrorStore(): ErrorStore & { all(): StoredError[] } {
  const kept = new Map<string, Kept>();
  const sorted = (): Kept[] => [...kept].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  const refOf = ({ error: { fileId, offset, range }, listedAt }: Kept): ErrorRef => ({ fileId, offset, range, listedAt });
  return {
    all: () => sorted().map(({ error }) => structuredClone(error)),
    async write(file, range, records) {
      for (const record of records) {
        const listedAt = listedAtOf(record, file.uploadedAtMs);
        const error = { ...structuredClone(record), fileId: file.id, range };
        kept.set(errorId(error), { error, listedAt, partition: partitionOf(file.id, record, listedAt) });
      }
    },
    async inRange({ fileId, range, afterOffset, limit }) {
      const inRange = sorted().filter(
        ({ error }) => error.fileId === fileId && error.range === range && error.offset > (afterOffset ?? -1),
      );
      return inRange.slice(0, limit).map(({ error }) => structuredClone(error));
    },
    load: async (refs) =>
      refs.flatMap((ref) => {
        const found = kept.get(errorId(ref));
        return found?.error.range === ref.range ? structuredClone(found.error) : [];
      }),
    async days({ since, until, limit }) {
      const byDay = Map.groupBy(kept.values(), ({ partition }) => partition.day);
      const days = [...byDay.keys()].filter((day) => (since === undefined || day >= since) && (until === undefined || day <= until));
      return days
        .toSorted()
        .toReversed()
        .slice(0, limit)
        .map((day) => ({ day, partitions: distinct((byDay.get(day) ?? []).map(({ partition }) => partition)) }));
    },
    async newest(partition, { from, to, after, limit }) {
      const key = ({ error, listedAt }: Kept): string => `${listedAt}#${errorId(error)}`;
      const name = 'fingerprint' in partition ? fingerprintPartition(partition) : dayPartition(partition);
      const wanted = 'fingerprint' in partition ? ofFingerprint : (one: Kept) => dayPartition(one.partition);
      return [...kept.values()]
        .filter((one) => wanted(one) === name)
        .filter((one) => (from === undefined || one.listedAt >= from) && (to === undefined || one.listedAt <= to))
        .filter((one) => after === undefined || key(one) < `${after.listedAt}#${after.id}`)
        .toSorted((a, b) => (key(a) > key(b) ? -1 : 1))
        .slice(0, limit)
        .map(refOf);
    },
  };
}

function ofFingerprint({ error, listedAt }: Kept): string | undefined {
  return error.patternId === null ? undefined : fingerprintPartition(fingerprintPartitionOf(error.patternId, listedAt, errorId(error)));
}

function distinct(partitions: readonly ErrorPartition[]): ErrorPartition[] {
  const named = new Map(partitions.map((partition) => [`${partition.level}#${partition.shard}`, partition]));
  return [...named].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, partition]) => partition);
}
