/**
 * What the Log Scanner's use cases need of the outside world.
 */
import type { ErrorLevel, ErrorRecord } from './error-record.ts';
import type { FileStatus, LogFile, ObjectVersion } from './log-file.ts';
import type { ErrorPlace } from './log-ids.ts';
import type { ChunkProgress, Lease, RangeResult } from './range-progress.ts';
import type { ByteSource } from './scan/byte-source.ts';
import type { RangeMessage } from './scan-messages.ts';

export interface FileStore {
  /** Stores a new file; when its object version is known already, answers that file and changes nothing. */
  add(file: LogFile): Promise<LogFile>;
  ofObject(object: ObjectVersion): Promise<LogFile | undefined>;
  get(fileId: string): Promise<LogFile | undefined>;
  /** The files there are, in no order. */
  load(fileIds: readonly string[]): Promise<LogFile[]>;
  /** Ids of the files in this status, newest first or oldest first. May lag behind the files themselves by a moment. */
  ids(request: IdsRequest): Promise<string[]>;
  /** planned → scanning; nothing when it is beyond that. */
  beginScanning(fileId: string): Promise<void>;
  /** Remembers that the chunks before this number are queued; never goes back. */
  chunksQueued(fileId: string, chunks: number): Promise<void>;
  /** Counts a complete chunk, once however often it is told, and raises the file's revision. Answers the file after that, if there is one. */
  chunkDone(fileId: string, chunk: number): Promise<LogFile | undefined>;
  /**
   * Writes a settled file, unless a chunk was counted or the file written since `file.revision`. True when it was, by this one call. From then on it
   * waits to be rolled up.
   */
  close(file: LogFile): Promise<boolean>;
  /** Notes that the file was rolled up as it is; nothing when it was closed anew meanwhile. */
  rolledUp(file: LogFile): Promise<void>;
  /** Ids of closed files that wait to be rolled up, oldest upload first. May lag by a moment. */
  awaitingRollup(limit: number): Promise<string[]>;
}

export interface IdsRequest {
  readonly status: FileStatus;
  readonly order: 'newest' | 'oldest';
  /** Goes on behind this id, in that order. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface ProgressStore {
  /** Notes that a worker begins a range, now. Only to be shown: nothing is decided by it. */
  begin(fileId: string, range: number): Promise<void>;
  /** When each range of the file was last begun, in milliseconds since the epoch; none that never was. May lag by a moment. */
  begun(fileId: string): Promise<ReadonlyMap<number, number>>;
  /** Puts the result of a range into its chunk and answers the chunk after that. A result without failure stays, whatever comes later. */
  record(fileId: string, range: number, result: RangeResult): Promise<ChunkProgress>;
  /** Notes that the last attempt at a range is running. */
  lease(fileId: string, range: number, lease: Lease): Promise<void>;
  /** The chunk as it is now; undefined when none of its ranges has an outcome or a lease. */
  chunk(fileId: string, chunk: number): Promise<ChunkProgress | undefined>;
  /** The chunks there are of those asked for, in no order. May lag by a moment. */
  load(
    chunks: readonly { readonly fileId: string; readonly chunk: number }[],
  ): Promise<{ readonly fileId: string; readonly progress: ChunkProgress }[]>;
  /** All chunks of the file as they are now, ascending, without those that have nothing. */
  chunks(fileId: string): Promise<ChunkProgress[]>;
}

/** An error record as it is stored: without personal data, and with its pattern by the record alone. */
export interface PatternedRecord extends ErrorRecord {
  /** Its fingerprint, `pat_1_…`; null for a record that was stored before there were patterns. */
  readonly patternId: string | null;
  /** Its message with `<*>` for what varies by its shape. */
  readonly template: string | null;
}

/** An error record where it is kept. */
export interface StoredError extends PatternedRecord, ErrorPlace {
  /** Range that found it. */
  readonly range: number;
}

/** Where one error is kept, with what lists are ordered by. */
export interface ErrorRef extends ErrorPlace {
  readonly range: number;
  /** ISO 8601: the record's own time, or the file's when it carries none. */
  readonly listedAt: string;
}

/** A place in the list of all errors, newest first: behind the error with this id, or behind everything of an earlier instant when empty. */
export interface ListPosition {
  readonly listedAt: string;
  readonly id: string;
}

/** A day (`2026-11-21`) that has records, and in which index partitions. */
export interface ErrorDay {
  readonly day: string;
  readonly partitions: readonly ErrorPartition[];
}

/** A part of a day's records in the index by time. */
export interface ErrorPartition {
  readonly day: string;
  readonly level: ErrorLevel;
  readonly shard: number;
}

/** A part of a day's records of one fingerprint. */
export interface FingerprintPartition {
  readonly day: string;
  readonly fingerprint: string;
  readonly shard: number;
}

export interface ErrorStore {
  /** Stores records of one range; the same record again replaces itself. Resolves when all are kept. */
  write(file: LogFile, range: number, records: readonly PatternedRecord[]): Promise<void>;
  /** Errors of a range in file order, behind `afterOffset`. */
  inRange(request: { fileId: string; range: number; afterOffset?: number | undefined; limit: number }): Promise<StoredError[]>;
  /** The errors there are, in the order of the references. */
  load(refs: readonly Omit<ErrorRef, 'listedAt'>[]): Promise<StoredError[]>;
  /** Days that have records, latest first, from `until` on backwards; not before `since`. */
  days(request: { since?: string | undefined; until?: string | undefined; limit: number }): Promise<ErrorDay[]>;
  /** References in a partition, newest first (then by id, descending), within `from` and `to`, both included, ISO 8601. */
  newest(partition: ErrorPartition | FingerprintPartition, request: NewestRequest): Promise<ErrorRef[]>;
}

export interface NewestRequest {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Goes on behind this place. */
  readonly after?: ListPosition | undefined;
  readonly limit: number;
}

export interface LogSource {
  /** Undefined when the version does not exist (any more). */
  describe(object: ObjectVersion): Promise<{ sizeBytes: number } | undefined>;
  /** Reading ends with a `SourceFailure` when the version is gone or is another one. */
  open(object: ObjectVersion, sizeBytes: number): ByteSource;
}

/** The original cannot be read and never will be. */
export class SourceFailure extends Error {
  override readonly name = 'SourceFailure';
  readonly reason: 'deleted' | 'changed';

  constructor(reason: 'deleted' | 'changed', options?: ErrorOptions) {
    super(reason === 'deleted' ? 'The object version is gone' : 'The object is not the one that was planned', options);
    this.reason = reason;
  }
}

export interface ScanQueue {
  /** Sends these messages, each at least once. */
  sendRanges(messages: readonly RangeMessage[]): Promise<void>;
  /** Sends a message that has the planning of this file continued. */
  sendContinuation(fileId: string): Promise<void>;
}

export interface UploadSigner {
  /** A URL that takes one PUT of the object, of exactly `bytes` when given. */
  putUrl(request: { key: string; bytes?: number | undefined; expiresInSeconds: number }): Promise<string>;
}
