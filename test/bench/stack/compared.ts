/**
 * What is compared of a record and of a pattern, wherever they come from.
 */
import { createHash } from 'node:crypto';
import type { ErrorView } from '#shared/logs/present-error.ts';
import type { LevelCounts } from '#shared/logs/rollup/pattern.ts';

/** Everything that is known of a record but which file it is in. */
type ComparedRecord = Omit<ErrorView, 'id' | 'file' | 'cut' | 'timeAssumed'> & { readonly timeAssumed: readonly string[] };

export interface ComparedPattern {
  readonly id: string;
  readonly template: string;
  readonly basis: 'trace' | 'message';
  readonly counts: LevelCounts;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly services: readonly string[];
  /** Byte offset of one of its latest records. */
  readonly sample: number;
}

export function digestOfRecord(record: ComparedRecord): string {
  const { offset, length, line, level, time, timeAssumed, logger, message, stack, patternId, template, truncated } = record;
  return createHash('sha256')
    .update(JSON.stringify([offset, length, line, level, time, timeAssumed, logger, message, stack, patternId, template, truncated]))
    .digest('base64url');
}
