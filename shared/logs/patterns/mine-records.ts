/**
 * Mines the patterns of error records: those with a stack trace by its fingerprint, the others by their messages.
 */
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import { templateOf } from './record-template.ts';
import { type Pattern, type ResolvedPatterns, resolvePatterns } from './resolve.ts';
import { PatternSketch } from './sketch.ts';
import { TraceCounts } from './trace-counts.ts';

type Told = Pick<ErrorRecord, 'message' | 'stack'>;

/** What a worker keeps of its records; merges with those of other workers. */
export class RecordSketch {
  readonly messages = new PatternSketch();
  readonly traces = new TraceCounts();

  add(record: Told): void {
    const { id, template, basis } = templateOf(record);
    if (basis === 'trace') this.traces.add(id, template);
    else {
      const bytes = Buffer.from(record.message);
      this.messages.add(bytes, 0, bytes.length);
    }
  }

  merge(other: RecordSketch): void {
    this.messages.merge(other.messages);
    this.traces.merge(other.traces);
  }
}

export interface MinedRecords {
  /** The most frequent first, then by template. */
  readonly patterns: readonly Pattern[];
  /** Records with stack traces beyond the bound, which have no pattern in the list. */
  readonly others: number;
  /** The pattern of a record: its template as merged with others', or by the record alone where it was not mined. */
  patternOf(record: Told): Omit<Pattern, 'count'>;
}

/** Resolves a sketch, which must not change afterwards. */
export function resolveRecords({ messages, traces }: RecordSketch): MinedRecords {
  const resolved = resolvePatterns(messages);
  const patterns = [...resolved.patterns, ...traces.patterns()];
  return {
    patterns: patterns.toSorted((a, b) => b.count - a.count || (a.template < b.template ? -1 : 1)),
    others: traces.others,
    patternOf: (record) => patternOf(record, { resolved, traces }),
  };
}

function patternOf(record: Told, { resolved, traces }: { resolved: ResolvedPatterns; traces: TraceCounts }): Omit<Pattern, 'count'> {
  const { id, template, basis } = templateOf(record);
  if (basis === 'trace') return { id, template: traces.templateOf(id) ?? template };
  const bytes = Buffer.from(record.message);
  return resolved.patternOf(bytes, 0, bytes.length) ?? { id, template };
}
