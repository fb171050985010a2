/**
 * `one-process.ts FILE UPLOADED_AT_MS`: what the Log Scanner's own code finds in a file in one process and in one piece: no ranges, no queue, no table.
 * Prints it as JSON; `OneProcess` is its shape.
 */
import { open } from 'node:fs/promises';
import type { LevelCounts } from '#shared/logs/rollup/pattern.ts';
import type { PatternedRecord } from '#shared/logs/ports.ts';
import { redact } from '#shared/logs/redaction/redact.ts';
import { foundPatterns, type FoundPattern } from '#shared/logs/rollup/found-patterns.ts';
import { patternStage } from '#shared/logs/rollup/pattern-stage.ts';
import { SightTally } from '#shared/logs/rollup/sight-tally.ts';
import { fileByteSource } from '#shared/logs/scan/file-byte-source.ts';
import { scanRange } from '#shared/logs/scan/scan-range.ts';
import { digestOfRecord, type ComparedPattern } from './compared.ts';

export interface OneProcess {
  readonly lines: number;
  readonly bytes: number;
  readonly byLevel: LevelCounts;
  /** Byte offset and digest of every record, in the order of the file. */
  readonly records: readonly (readonly [number, string])[];
  /** Their `sample` is a byte offset. */
  readonly patterns: readonly ComparedPattern[];
  /** Records by service and hour (`2026-11-21T08`). */
  readonly services: Readonly<Record<string, Readonly<Record<string, LevelCounts>>>>;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of the whole process, Node and what is kept for the comparison included. */
  readonly peakMegabytes: number;
}

if (import.meta.main) {
  const [path = '', uploadedAtMs = ''] = process.argv.slice(2);
  console.log(JSON.stringify(await inOnePiece(path, Number(uploadedAtMs))));
}

async function inOnePiece(path: string, uploadedAtMs: number): Promise<OneProcess> {
  await using handle = await open(path);
  const { size } = await handle.stat();
  const started = performance.now();
  const stage = patternStage(redact, { uploadedAtMs }, 0);
  const byLevel = { error: 0, fatal: 0 };
  const records: [number, string][] = [];
  const take = (taken: readonly PatternedRecord[]): void => {
    for (const { lineInRange: line, ...record } of taken) {
      byLevel[record.level] += 1;
      records.push([record.offset, digestOfRecord({ ...record, line })]);
    }
  };
  const { lines, bytes } = await scanRange(
    fileByteSource(handle, size),
    { start: 0, end: size },
    { encoding: 'utf-8', fileTimeMs: uploadedAtMs, onRecords: async (found) => take(stage.take(found)) },
  );
  const patterns = foundPatterns(stage.summary).map(comparedOf);
  const hours = [...stage.summary.services.services].map(([service, counts]) => [service, Object.fromEntries(counts)]);
  const { user, system } = process.cpuUsage();
  return {
    lines,
    bytes,
    byLevel,
    records,
    patterns,
    services: Object.fromEntries(hours) as OneProcess['services'],
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  };
}

function comparedOf({ id, template, basis, fingerprints }: FoundPattern): ComparedPattern {
  const all = new SightTally();
  for (const tally of fingerprints.values()) all.merge(tally);
  const { counts, firstSeen, lastSeen, services, sample } = all.sight('');
  return { id, template, basis, counts, firstSeen, lastSeen, services, sample: sample.offset };
}
