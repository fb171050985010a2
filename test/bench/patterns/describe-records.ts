/**
 * What an error record costs besides being found: its redaction, its template with its fingerprint, its part of the range's summary. By CPU time.
 */
import { open } from 'node:fs/promises';
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import { templateOf } from '#shared/logs/patterns/record-template.ts';
import { redactRecord } from '#shared/logs/redaction/redact-record.ts';
import { redact } from '#shared/logs/redaction/redact.ts';
import { foundPatterns } from '#shared/logs/rollup/found-patterns.ts';
import { patternStage } from '#shared/logs/rollup/pattern-stage.ts';
import { RecordSummary, summaryPlace } from '#shared/logs/rollup/record-summary.ts';
import { fileByteSource } from '#shared/logs/scan/file-byte-source.ts';
import { scanRange } from '#shared/logs/scan/scan-range.ts';

export interface DescriptionCost {
  readonly records: number;
  /** Microseconds a record, the median of the runs. */
  readonly redactMicros: number;
  readonly templateMicros: number;
  readonly summaryMicros: number;
  /** The three as the scanner does them, with the resolving at the end. */
  readonly allMicros: number;
  /** The same in a process that has described nothing yet. */
  readonly firstMicros: number;
}

const uploadedAtMs = Date.UTC(2026, 2, 2);
const runs = 5;
const fileTimeMs = uploadedAtMs;

/** Of the records in the first `bytesMax` bytes of a log. */
export async function measureDescription(path: string, bytesMax: number = 256 * 1024 * 1024): Promise<DescriptionCost> {
  const records = await recordsOf(path, bytesMax);
  const micros = (seconds: number): number => (seconds * 1e6) / records.length;
  const describe = (): unknown => {
    const stage = patternStage(redact, { uploadedAtMs }, 0);
    stage.take(records);
    return foundPatterns(stage.summary);
  };
  const firstMicros = micros(cpuSeconds(describe));
  const redacted = records.map((record) => redactRecord(redact, record));
  const templates = redacted.map((record) => templateOf(record));
  const place = summaryPlace({ uploadedAtMs }, 0);
  const summarise = (): unknown => {
    const summary = new RecordSummary();
    redacted.forEach((record, at) => summary.add(record, templates[at] ?? templateOf(record), place));
    return summary;
  };
  return {
    records: records.length,
    redactMicros: micros(median(() => records.map((record) => redactRecord(redact, record)))),
    templateMicros: micros(median(() => redacted.map((record) => templateOf(record)))),
    summaryMicros: micros(median(summarise)),
    allMicros: micros(median(describe)),
    firstMicros,
  };
}

async function recordsOf(path: string, bytesMax: number): Promise<ErrorRecord[]> {
  await using handle = await open(path);
  const size = Math.min(bytesMax, (await handle.stat()).size);
  const records: ErrorRecord[] = [];
  const onRecords = async (found: readonly ErrorRecord[]): Promise<void> => void records.push(...found);
  await scanRange(fileByteSource(handle, size), { start: 0, end: size }, { encoding: 'utf-8', fileTimeMs, onRecords });
  return records;
}

function median(work: () => unknown): number {
  const seconds = Array.from({ length: runs }, () => cpuSeconds(work));
  return seconds.toSorted((a, b) => a - b)[runs >> 1] ?? 0;
}

function cpuSeconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

if (import.meta.main) console.log(await measureDescription(process.argv[2] ?? ''));
