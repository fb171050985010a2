/** What of many durations is told, in milliseconds. */
export interface Distribution {
  readonly count: number;
  readonly leastMs: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly mostMs: number;
}

/** By nearest rank: each figure is a value that was seen. */
export function distributionOf(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (part: number): number => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
  return { count: sorted.length, leastMs: rank(0), medianMs: rank(0.5), p95Ms: rank(0.95), p99Ms: rank(0.99), mostMs: rank(1) };
}
