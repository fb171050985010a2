/**
 * Counts records with stack traces by fingerprint, in bounded memory. Beyond the bound, the traces with the smallest ids are kept, with exact
 * counts, and the others are counted together: whatever the order, and however the records were cut.
 */
import type { Pattern } from './resolve.ts';

export const tracesMax = 8_192;

interface Counted {
  count: number;
  /** Of records with the same trace, the first in alphabetical order. */
  template: string;
}

export class TraceCounts {
  #traces = new Map<string, Counted>();
  #total = 0;
  /** Larger ids were dropped once, and stay dropped. */
  #idMax = '\uffff';

  add(id: string, template: string, count = 1): void {
    this.#total += count;
    if (id > this.#idMax) return;
    const known = this.#traces.get(id);
    if (known === undefined) {
      this.#traces.set(id, { count, template });
      if (this.#traces.size > tracesMax * 2) this.#cutBack();
    } else {
      known.count += count;
      if (template < known.template) known.template = template;
    }
  }

  merge(other: TraceCounts): void {
    const kept = other.#smallest();
    let counted = 0;
    for (const [id, { count, template }] of kept) {
      this.add(id, template, count);
      counted += count;
    }
    this.#total += other.#total - counted;
    const last = kept.at(-1)?.[0];
    if (kept.length === tracesMax && last !== undefined && last < this.#idMax) this.#idMax = last;
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

  #cutBack(): void {
    const kept = this.#smallest();
    this.#traces = new Map(kept);
    this.#idMax = kept.at(-1)?.[0] ?? this.#idMax;
  }

  #smallest(): [string, Counted][] {
    return [...this.#traces].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, tracesMax);
  }
}
