/**
 * The error record: what a scan finds, the same from a terminal, a range-scanning function and the API.
 */

/** Levels that make a record an error. Other systems' words map to them (SEVERE → error, CRITICAL, ALERT, EMERG, PANIC → fatal). */
export type ErrorLevel = 'error' | 'fatal';

/** Every level a line can carry. `notice` counts as info, `alert`, `emergency` and `panic` as fatal. */
export type Level = 'trace' | 'debug' | 'info' | 'warn' | ErrorLevel;

/** What had to be assumed to turn a written time into an instant. */
export type TimeAssumption = 'zone' | 'year' | 'date';

export interface ErrorRecord {
  /** Byte offset of the record's first byte in the file (in the decompressed content for .gz and .zst). */
  readonly offset: number;
  /** Bytes up to and including the line terminator of its last line. */
  readonly length: number;
  /** 1-based number of the record's first line within what was scanned from the start of its range; the file's own number once the lines before are known. */
  readonly lineInRange: number;
  /** True when the record went on past `recordBytesMax` or `linesMax`: `length` stops there. */
  readonly truncated: boolean;
  readonly level: ErrorLevel;
  /** ISO 8601 in UTC with milliseconds, or null when the line carries no time. */
  readonly time: string | null;
  /** What was assumed for `time`: no zone written → UTC; no year → the latest year not after the file's own time; empty when nothing. */
  readonly timeAssumed: readonly TimeAssumption[];
  /** Logger, module, program or service named in the line's header. */
  readonly logger: string | null;
  /** The event's own text, without its header; at most `messageCharactersMax`. */
  readonly message: string;
  /** Lines after the first (stack trace and such), at most `stackCharactersMax`; null for a one-line record. */
  readonly stack: string | null;
}
