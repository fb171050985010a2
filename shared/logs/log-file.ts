/**
 * A log file: one version of one object in the bucket, from the moment it is planned until its last range has been scanned.
 */
import * as z from 'zod';

/**
 * - `planned`: its ranges are known.
 * - `scanning`: its ranges are being handed out and scanned.
 * - `done`: every range was scanned; counts and line numbers are final.
 * - `failed`: it could not be scanned, or at least one of its ranges could not; what the others found is kept.
 */
export const fileStatuses = ['planned', 'scanning', 'done', 'failed'] as const;
export type FileStatus = (typeof fileStatuses)[number];

/** Where a file can go from each status. A failed one can still be done: when the ranges that failed are redriven and succeed. */
const transitions: Readonly<Record<FileStatus, readonly FileStatus[]>> = {
  planned: ['scanning', 'failed'],
  scanning: ['done', 'failed'],
  failed: ['done'],
  done: [],
};

export const canMove = (from: FileStatus, to: FileStatus): boolean => transitions[from].includes(to);

/** True until every range has an outcome. */
export const isOpen = ({ status }: Pick<LogFile, 'status'>): boolean => status === 'planned' || status === 'scanning';

/**
 * Why a file, or one of its ranges, failed.
 * - `binary-content`, `too-large`: not scanned at all.
 * - `deleted`: the version was gone before it was planned; `deleted-while-scanning`, `changed-while-scanning`: later.
 * - `corrupt-gzip`, `corrupt-zstd`: `offset` says how far the decompressed content goes; what it holds up to there is kept.
 * - `time-limit`: a compressed file that one worker cannot read within a function's time; kept up to `offset`.
 * - `scan-error`: every attempt at a range failed; its message is in the dead-letter queue and can be redriven.
 * - `worker-lost`: the last attempt ended without a word (out of memory, out of time); likewise redrivable.
 * - `stalled`: nothing happened for longer than the queue keeps its messages.
 */
export const failureReasons = [
  'binary-content',
  'too-large',
  'deleted',
  'deleted-while-scanning',
  'changed-while-scanning',
  'corrupt-gzip',
  'corrupt-zstd',
  'time-limit',
  'scan-error',
  'worker-lost',
  'stalled',
] as const;

export const failureSchema = z.object({
  reason: z.enum(failureReasons),
  /** For operators: one sentence. */
  detail: z.string(),
  /** Byte offset reached (of the decompressed content of a compressed file), where that means something. */
  offset: z.int().nonnegative().nullable(),
});
export type Failure = z.infer<typeof failureSchema>;

export const countsSchema = z.object({
  lines: z.int().nonnegative(),
  /** Bytes scanned; of the decompressed content for a compressed file. */
  bytes: z.int().nonnegative(),
  /** Records by level. */
  errors: z.int().nonnegative(),
  fatals: z.int().nonnegative(),
});
export type Counts = z.infer<typeof countsSchema>;
export const noCounts: Counts = { lines: 0, bytes: 0, errors: 0, fatals: 0 };

export const compressions = ['none', 'gzip', 'zstd'] as const;
export const encodings = ['utf-8', 'utf-16le', 'utf-16be'] as const;

const objectVersionSchema = z.object({
  bucket: z.string().min(1),
  key: z.string().min(1),
  /** Null in a bucket that keeps no versions. */
  versionId: z.string().nullable(),
  eTag: z.string(),
});
export type ObjectVersion = z.infer<typeof objectVersionSchema>;

export const logFileSchema = z.object({
  id: z.string(),
  object: objectVersionSchema,
  sizeBytes: z.int().nonnegative(),
  /** When the object was created, as its event said. Milliseconds since the epoch, like all times here. */
  uploadedAtMs: z.int(),
  plannedAtMs: z.int(),
  /** When it became done or failed; the last time, if it did more than once. */
  closedAtMs: z.int().nullable(),
  /** When what its records say was last added to the patterns and counts of all files; null until then, and after it was closed anew. */
  rolledUpAtMs: z.int().nullable().default(null),
  compression: z.enum(compressions),
  encoding: z.enum(encodings),
  /** Where the text begins, behind more zeros than detection looks at; 0 for any other file. */
  textStart: z.int().nonnegative().default(0),
  /** Bytes of every range but the last; the whole size for a compressed file; 0 when there is nothing to scan. */
  rangeBytes: z.int().nonnegative(),
  ranges: z.int().nonnegative(),
  status: z.enum(fileStatuses),
  failure: failureSchema.nullable(),
  /** All zero until the file is closed. */
  counts: countsSchema,
  /** Earliest and latest time of its records (ISO 8601); null until closed, and without records. */
  recordsFrom: z.string().nullable(),
  recordsTo: z.string().nullable(),
  /** Lines before the first line of each chunk; shorter than the chunks when a range failed, for then the lines after it are unknown. */
  linesBeforeChunk: z.array(z.int().nonnegative()),
  /** How many chunks of ranges have been handed to the queue. */
  chunksQueued: z.int().nonnegative(),
  /** Chunks whose ranges all have an outcome. */
  chunksDone: z.array(z.int().nonnegative()),
  /** Grows with every chunk that is counted and every time the file is closed: of those who close it only one can, and none who has seen less. */
  revision: z.int().nonnegative(),
});
export type LogFile = z.infer<typeof logFileSchema>;
