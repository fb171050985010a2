/**
 * A file as the API shows it.
 */
import * as z from 'zod';
import { byteRange } from './file-layout.ts';
import { limits } from './limits.ts';
import { compressions, encodings, failureSchema, fileStatuses, isOpen, type Counts, type LogFile } from './log-file.ts';
import { rangeMap, rangeMapView, type RangesSeen } from './range-map.ts';
import { sumOf, type ChunkProgress } from './range-progress.ts';

const countView = z.int().nonnegative();
const instantView = z.iso.datetime();

export const fileView = z
  .object({
    id: z.string().meta({ description: 'Sorts by the time of the upload.' }),
    bucket: z.string(),
    key: z.string(),
    versionId: z.string().nullable(),
    sizeBytes: countView,
    uploadedAt: instantView,
    plannedAt: instantView,
    closedAt: instantView.nullable(),
    rolledUpAt: instantView.nullable().meta({ description: 'When its errors were last added to patterns and dashboard; null until then.' }),
    status: z.enum(fileStatuses),
    failure: failureSchema.nullable().meta({ description: 'Of the first range that failed, or of the file where it has no ranges.' }),
    compression: z.enum(compressions),
    encoding: z.enum(encodings),
    counts: z
      .object({
        lines: countView,
        bytes: countView.meta({ description: 'Bytes scanned, after decompression.' }),
        records: countView,
        byLevel: z.object({ error: countView, fatal: countView }),
      })
      .meta({ description: 'Final once the file is done; until then what its finished ranges found.' }),
    recordsFrom: instantView.nullable().meta({ description: 'Time of its earliest error; null until it is closed, and without errors.' }),
    recordsTo: instantView.nullable().meta({ description: 'Time of its latest error.' }),
    progress: z.object({ rangesDone: countView, rangesTotal: countView, bytesDone: countView, bytesTotal: countView }),
  })
  .meta({ id: 'LogFile' });
export type FileView = z.infer<typeof fileView>;

export const fileDetailView = fileView
  .extend({
    ranges: z.object({
      rangeBytes: countView,
      failed: countView,
      failures: z
        .array(failureSchema.extend({ range: countView, start: countView, end: countView }))
        .meta({ description: `At most the first ${limits.failuresListedMax} ranges that failed.` }),
      map: rangeMapView,
    }),
  })
  .meta({ id: 'LogFileDetail' });
export type FileDetailView = z.infer<typeof fileDetailView>;

/** `chunks`: all of an open file; they are not looked at for a closed one. */
export function presentFile(file: LogFile, chunks: readonly ChunkProgress[]): FileView {
  const { object, id, sizeBytes, status, failure, compression, encoding, ranges } = file;
  const finished = isOpen(file) ? chunks.flatMap(({ results }) => [...results]) : undefined;
  return {
    id,
    bucket: object.bucket,
    key: object.key,
    versionId: object.versionId,
    sizeBytes,
    uploadedAt: instant(file.uploadedAtMs),
    plannedAt: instant(file.plannedAtMs),
    closedAt: file.closedAtMs === null ? null : instant(file.closedAtMs),
    rolledUpAt: file.rolledUpAtMs === null ? null : instant(file.rolledUpAtMs),
    status,
    failure,
    compression,
    encoding,
    counts: countsView(finished ? sumOf(finished.map(([, result]) => result)) : file.counts),
    recordsFrom: file.recordsFrom,
    recordsTo: file.recordsTo,
    progress: {
      rangesDone: finished?.length ?? ranges,
      rangesTotal: ranges,
      bytesDone: finished?.reduce((sum, [range]) => sum + bytesOf(file, range), 0) ?? sizeBytes,
      bytesTotal: sizeBytes,
    },
  };
}

/** The same with its ranges. */
export function presentFileDetail(file: LogFile, seen: RangesSeen): FileDetailView {
  const { chunks } = seen;
  const failed = chunks
    .flatMap(({ results }) => [...results])
    .flatMap(([range, { failure }]) => (failure === null ? [] : [{ range, failure }]));
  const named = failed.slice(0, limits.failuresListedMax).map(({ range, failure }) => {
    const { start, end } = byteRange(file, range);
    return { range, start, end, reason: failure.reason, detail: failure.detail, offset: failure.offset };
  });
  return {
    ...presentFile(file, chunks),
    ranges: { rangeBytes: file.rangeBytes, failed: failed.length, failures: named, map: rangeMap(file, seen) },
  };
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

function bytesOf(file: LogFile, range: number): number {
  const { start, end } = byteRange(file, range);
  return end - start;
}

const countsView = ({ lines, bytes, errors, fatals }: Counts): FileView['counts'] => ({
  lines,
  bytes,
  records: errors + fatals,
  byLevel: { error: errors, fatal: fatals },
});
