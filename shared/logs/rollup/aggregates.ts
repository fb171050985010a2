/**
 * Counts by hour, added up over all files when they are closed.
 *
 * - A **series** is one value of one dimension; a day of it is one item with 24 hours × two levels, and all its days are one partition: 30 days,
 *   or 400, are one read.
 * - The **ranking** of a dimension has an item a day with the day's counts of every value: by what names there are, and which are the most
 *   frequent. It is bounded: what has no place in it is counted in its rest.
 */
import type { LevelCounts } from './pattern.ts';

/** Counted by hour. The value of `all` is always `all`; of `service` a logger's name, `(none)` without; of `pattern` what it is counted as. */
export type Dimension = 'all' | 'service' | 'file' | 'pattern';
export type RankedDimension = Exclude<Dimension, 'all'>;

export interface Series {
  readonly dimension: Dimension;
  readonly value: string;
}

export const everything: Series = { dimension: 'all', value: 'all' };
/** The service of records that name none. */
export const noService = '(none)';
/** The service of records whose own has no place among those of its file. */
export const otherServices = '(other)';

/** A day of a series, `2026-11-21`, in UTC, with the hours (0 to 23) that have records. */
export interface SeriesDay {
  readonly day: string;
  readonly hours: ReadonlyMap<number, LevelCounts>;
}

/** A day of a ranking. */
export interface RankingDay {
  readonly day: string;
  readonly counts: ReadonlyMap<string, LevelCounts>;
  /** Records of values that have no place. */
  readonly rest: LevelCounts;
}

export const aggregateLimits = {
  /** Values that a day of a ranking holds. */
  rankedMax: { pattern: 1_000, service: 500, file: 500 } as const satisfies Record<RankedDimension, number>,
  /** Values that one file can bring into a day: its most frequent ones. */
  rankedPerFileMax: 100,
  /** Services of one file that are told apart. */
  servicesPerFileMax: 512,
  /** Months that hourly counts are kept, by the time of the records. */
  retentionDays: 396,
  /** A record dated further ahead of its upload than this has no hour: it is counted, but in no series. */
  aheadDaysMax: 2,
} as const;

/** Days of a window, both included, ascending. At most 400. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let ms = Date.parse(from); ms <= Date.parse(to) && days.length < 400; ms += 86_400_000)
    days.push(new Date(ms).toISOString().slice(0, 10));
  return days;
}
