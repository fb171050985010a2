/**
 * Counts records with stack traces by fingerprint, in bounded memory. Beyond the bound, the traces with the smallest ids are kept, with exact
 * counts, and the others are counted together: whatever the order, and however the records were cut.
 */
import type { Pattern } from './resolve.ts';
import type { Tally } from './tally.ts';

export const tracesMax = 8_192;

export interface CountedTrace<T extends Tally<T> = never> {
  count: number;
  /** Of records with the same trace, the first in alphabetical order. */
  template: string;
  /** What else whoever adds records counts of them. */
  tally: T | undefined;
}

/** Counts on their way between workers: plain JSON. Of each trace id, count, template, and its tally if there is one. */
export interface TraceData {
  readonly total: number;
  /** Null where none was dropped. */
  readonly idMax: string | null;
  readonly traces: readonly (readonly [id: string, count: number, template: string, tally?: unknown])[];
}

const noMax = '\uffff';

export class TraceCounts<T extends Tally<T> = never> {
  #traces = new Map<string, CountedTrace<T>>();
  #total = 0;
  /** Larger ids were dropped once, and stay dropped. */
  #idMax = noMax;

  /** Answers where the record is counted; undefined among the others. */
  add(id: string, template: string, count = 1): CountedTrace<T> | undefined {
    this.#total += count;
    if (id > this.#idMax) return undefined;
    let trace = this.#traces.get(id);
    if (trace === undefined) {
      trace = { count, template, tally: undefined };
      this.#traces.set(id, trace);
      if (this.#traces.size > tracesMax * 2) this.#cutBack();
    } else {
      trace.count += count;
      if (template < trace.template) trace.template = template;
    }
    return trace;
  }

  /** Takes over the other's tallies: it must not be added to afterwards. */
  merge(other: TraceCounts<T>): void {
    const kept = other.#smallest();
    let counted = 0;
    for (const [id, { count, template, tally }] of kept) {
      this.#give(this.add(id, template, count), tally);
      counted += count;
    }
    this.#total += other.#total - counted;
    const idMax = other.#largestKept(kept);
    if (idMax < this.#idMax) this.#idMax = idMax;
  }

  toData(): TraceData {
    const kept = this.#smallest();
    const idMax = this.#largestKept(kept);
    return {
      total: this.#total,
      idMax: idMax === noMax ? null : idMax,
      traces: kept.map(([id, { count, template, tally }]) =>
        tally === undefined ? [id, count, template] : [id, count, template, tally.toData()],
      ),
    };
  }

  /** `tallyFrom` makes tallies of their data; without it they are left out. */
  static fromData<T extends Tally<T> = never>(data: TraceData, tallyFrom?: (tally: unknown) => T): TraceCounts<T> {
    const counts = new TraceCounts<T>();
    for (const [id, count, template, tally] of data.traces)
      counts.#traces.set(id, { count, template, tally: tally === undefined ? undefined : tallyFrom?.(tally) });
    counts.#total = data.total;
    counts.#idMax = data.idMax ?? noMax;
    return counts;
  }

  /** The traces that are kept, in order of their ids. */
  entries(): (readonly [id: string, trace: CountedTrace<T>])[] {
    return this.#smallest();
  }

  /** In order of their ids. */
  patterns(): Pattern[] {
    return this.#smallest().map(([id, { count, template }]) => ({ id, count, template }));
  }

  /** Records whose trace is not among those kept. */
  get others(): number {
    return this.#total - this.#smallest().reduce((sum, [, { count }]) => sum + count, 0);
  }

  /** The template of a trace that was kept. */
  templateOf(id: string): string | undefined {
    return this.#traces.get(id)?.template;
  }

  #give(trace: CountedTrace<T> | undefined, tally: T | undefined): void {
    if (trace === undefined) return;
    if (trace.tally === undefined) trace.tally = tally;
    else if (tally !== undefined) trace.tally.merge(tally);
  }

  /** What is larger may have been dropped: by being cut back, or now, by leaving behind what is more than the bound. */
  #largestKept(kept: readonly (readonly [string, unknown])[]): string {
    return kept.length === tracesMax ? (kept.at(-1)?.[0] ?? this.#idMax) : this.#idMax;
  }

  #cutBack(): void {
    const kept = this.#smallest();
    this.#traces = new Map(kept);
    this.#idMax = kept.at(-1)?.[0] ?? this.#idMax;
  }

  #smallest(): [string, CountedTrace<T>][] {
    return [...this.#traces].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, tracesMax);
  }
}
