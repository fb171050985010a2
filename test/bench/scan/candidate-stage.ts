/**
 * The candidate stage alone: finds the candidate lines of a file and counts its lines, piece by piece in memory.
 */
import type { FileHandle } from 'node:fs/promises';
import { findCandidates } from '#shared/logs/scan/candidate-stage.ts';
import { fileByteSource } from '#shared/logs/scan/file-byte-source.ts';
import { UnitWindow } from '#shared/logs/scan/unit-window.ts';

export interface StageNumbers {
  readonly megabytesPerCpuSecond: number;
  readonly candidates: number;
}

/** Rounds over the file; the best of them counts. */
const rounds = 5;
/** As much as a scan has in its window. */
const pieceBytes = 256 * 1024;

/** By processor time, without the reading: that is measured by itself and taken off. */
export async function runStage(handle: FileHandle): Promise<StageNumbers> {
  const { size } = await handle.stat();
  const window = new UnitWindow({ encoding: 'utf-8' }, 0, pieceBytes);
  window.append(Buffer.alloc(pieceBytes), 0);
  let candidates = 0;
  const measured = async (use: (bytes: number) => number): Promise<number> => {
    const atStart = process.cpuUsage();
    candidates = 0;
    for await (const { length } of fileByteSource(handle, size).read(0, size, (count) => window.units.subarray(0, count))) {
      candidates += use(length);
    }
    const { user, system } = process.cpuUsage(atStart);
    return user + system;
  };
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const reading = await measured(() => 0);
    best = Math.min(best, (await measured((bytes) => countCandidates(window, bytes))) - reading);
  }
  return { megabytesPerCpuSecond: size / best, candidates };
}

function countCandidates(window: UnitWindow, end: number): number {
  const cursor = { position: 0, lineStart: 0, lineNumber: 1, lineIsSettled: false };
  const found = { starts: [] as number[], numbers: [] as number[] };
  while (cursor.position < end) findCandidates(window, cursor, { end, found });
  return found.starts.length;
}
