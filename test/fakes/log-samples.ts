/**
 * Log files and records to test with: valid, and different where the test says so.
 */
import type { PatternedRecord } from '#shared/logs/ports.ts';
import { noCounts, type Failure, type LogFile, type ObjectVersion } from '#shared/logs/log-file.ts';
import { logFileId } from '#shared/logs/log-ids.ts';
import type { RangeResult } from '#shared/logs/range-progress.ts';

export const uploadedAtMs = Date.UTC(2026, 10, 21, 9);

export function sampleObject(different: Partial<ObjectVersion> = {}): ObjectVersion {
  return { bucket: 'logs', key: 'app/server.log', versionId: 'v1', eTag: 'e1', ...different };
}

/** A file of 1,000 bytes in ten ranges. Its id follows from its object and its upload. */
export function sampleFile(different: Partial<LogFile> = {}): LogFile {
  const object = different.object ?? sampleObject();
  return {
    id: logFileId(object, different.uploadedAtMs ?? uploadedAtMs),
    object,
    sizeBytes: 1_000,
    uploadedAtMs,
    plannedAtMs: uploadedAtMs + 500,
    closedAtMs: null,
    rolledUpAtMs: null,
    compression: 'none',
    encoding: 'utf-8',
    textStart: 0,
    rangeBytes: 100,
    ranges: 10,
    status: 'planned',
    failure: null,
    counts: noCounts,
    recordsFrom: null,
    recordsTo: null,
    linesBeforeChunk: [],
    chunksQueued: 0,
    chunksDone: [],
    revision: 0,
    ...different,
  };
}

export function sampleRecord(different: Partial<PatternedRecord> = {}): PatternedRecord {
  return {
    offset: 0,
    length: 60,
    lineInRange: 1,
    truncated: false,
    level: 'error',
    time: '2026-11-21T08:30:00.000Z',
    timeAssumed: ['zone'],
    logger: 'app.orders',
    message: 'Order 17 failed',
    stack: null,
    patternId: 'pat_1_abcdefghijklmnop',
    template: 'Order <*> failed',
    ...different,
  };
}

export const sampleFailure: Failure = { reason: 'scan-error', detail: 'Error: no', offset: null };

export function sampleResult(different: Partial<RangeResult> = {}): RangeResult {
  return { counts: { lines: 10, bytes: 100, errors: 2, fatals: 1 }, recordsFrom: null, recordsTo: null, failure: null, ...different };
}
