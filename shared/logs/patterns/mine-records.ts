/**
 * Mines the patterns of error records: those with a stack trace by its fingerprint, the others by their messages.
 */
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import { minedBytes, type RecordTemplate, templateOf } from './record-template.ts';
import { type Pattern, type ResolvedPatterns, resolvePatterns } from './resolve.ts';
import { PatternSketch, type SketchData } from './sketch.ts';
import type { Tally } from './tally.ts';
import { TraceCounts, type TraceData } from './trace-counts.ts';

type Told = Pick<ErrorRecord, 'message' | 'stack'>;

/** A sketch on its way between workers: plain JSON. */
export interface RecordSketchData {
  readonly messages: SketchData;
  readonly traces: TraceData;
}

/** What a worker keeps of its records; merges with those of other workers. */
export class RecordSketch<T extends Tally<T> = never> {
  readonly messages: PatternSketch<T>;
  readonly traces: TraceCounts<T>;

  constructor(messages = new PatternSketch<T>(), traces = new TraceCounts<T>()) {
    this.messages = messages;
    this.traces = traces;
  }

  /** Answers where the record is counted, for a tally; undefined for a trace beyond the bound. */
  add(record: Told, { id, template, basis }: RecordTemplate = templateOf(record)): { tally: T | undefined } | undefined {
    if (basis === 'trace') return this.traces.add(id, template);
    const bytes = minedBytes(record.message);
    return this.messages.add(bytes, 0, bytes.length);
  }

  /** The other must not be added to afterwards. */
  merge(other: RecordSketch<T>): void {
    this.messages.merge(other.messages);
    this.traces.merge(other.traces);
  }

  toData(): RecordSketchData {
    return { messages: this.messages.toData(), traces: this.traces.toData() };
  }

  static fromData<T extends Tally<T> = never>(data: RecordSketchData, tallyFrom?: (tally: unknown) => T): RecordSketch<T> {
    return new RecordSketch(PatternSketch.fromData(data.messages, tallyFrom), TraceCounts.fromData(data.traces, tallyFrom));
  }
}

export interface MinedRecords {
  /** The most frequent first, then by template. */
  readonly patterns: readonly Pattern[];
  /** Records with stack traces beyond the bound, which have no pattern in the list. */
  readonly others: number;
  /** The pattern of a leaf of the messages, by its key. */
  patternOfLeaf(key: string): Omit<Pattern, 'count'> | undefined;
  /** The pattern of a record: its template as merged with others', or by the record alone where it was not mined. */
  patternOf(record: Told): Omit<Pattern, 'count'>;
}

/** Resolves a sketch, which must not change afterwards. */
export function resolveRecords<T extends Tally<T> = never>({ messages, traces }: RecordSketch<T>): MinedRecords {
  const resolved = resolvePatterns(messages, 'leaves');
  const patterns = [...resolved.patterns, ...traces.patterns()];
  return {
    patterns: patterns.toSorted((a, b) => b.count - a.count || (a.template < b.template ? -1 : 1)),
    others: traces.others,
    patternOfLeaf: (key) => resolved.patternOfLeaf(key),
    patternOf: (record) => patternOf(record, resolved, (id) => traces.templateOf(id)),
  };
}

function patternOf(record: Told, resolved: ResolvedPatterns, templateOfTrace: (id: string) => string | undefined): Omit<Pattern, 'count'> {
  const { id, template, basis } = templateOf(record);
  if (basis === 'trace') return { id, template: templateOfTrace(id) ?? template };
  const bytes = minedBytes(record.message);
  return resolved.patternOf(bytes, 0, bytes.length) ?? { id, template };
}
