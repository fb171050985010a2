import type { Clock } from '#shared/platform/clock.ts';
import { chunkOfRange } from '#shared/logs/file-layout.ts';
import type { ProgressStore } from '#shared/logs/ports.ts';
import type { ChunkProgress, Lease, RangeResult } from '#shared/logs/range-progress.ts';

interface Chunk {
  readonly chunk: number;
  readonly results: Map<number, RangeResult>;
  readonly leases: Map<number, Lease>;
  touchedAtMs: number;
}

/** Progress in memory, with the promises of `ProgressStore`. */
export function fakeProgressStore(clock: Clock): ProgressStore {
  const files = new Map<string, Map<number, Chunk>>();
  const begun = new Map<string, Map<number, number>>();
  const touched = (fileId: string, range: number): Chunk => {
    const chunks = files.get(fileId) ?? new Map<number, Chunk>();
    files.set(fileId, chunks);
    const number = chunkOfRange(range);
    const chunk = chunks.get(number) ?? { chunk: number, results: new Map(), leases: new Map(), touchedAtMs: 0 };
    chunks.set(number, chunk);
    chunk.touchedAtMs = clock.now();
    return chunk;
  };
  return {
    async begin(fileId, range) {
      const ofFile = begun.get(fileId) ?? new Map<number, number>();
      begun.set(fileId, ofFile.set(range, clock.now()));
    },
    begun: async (fileId) => byRange(begun.get(fileId) ?? new Map<number, number>()),
    async record(fileId, range, result) {
      const known = files.get(fileId)?.get(chunkOfRange(range));
      if (known?.results.get(range)?.failure === null && result.failure !== null) return sorted(known);
      const chunk = touched(fileId, range);
      chunk.results.set(range, result);
      return sorted(chunk);
    },
    async lease(fileId, range, lease) {
      touched(fileId, range).leases.set(range, lease);
    },
    async chunk(fileId, number) {
      const chunk = files.get(fileId)?.get(number);
      return chunk && sorted(chunk);
    },
    load: async (asked) =>
      asked.flatMap(({ fileId, chunk: number }) => {
        const chunk = files.get(fileId)?.get(number);
        return chunk === undefined ? [] : [{ fileId, progress: sorted(chunk) }];
      }),
    chunks: async (fileId) => [...(files.get(fileId)?.values() ?? [])].toSorted((a, b) => a.chunk - b.chunk).map(sorted),
  };
}

function sorted({ chunk, results, leases, touchedAtMs }: Chunk): ChunkProgress {
  return { chunk, results: byRange(results), leases: byRange(leases), touchedAtMs };
}

const byRange = <T>(entries: ReadonlyMap<number, T>): Map<number, T> =>
  new Map(structuredClone([...entries]).toSorted(([a], [b]) => a - b));
