/**
 * Whether an hour has more of a pattern than its past lets one expect. Pure, and robust: neither one bad hour in the past nor a pattern that comes in
 * bursts moves what is normal by much.
 *
 * Errors are counted in small numbers, most hours have none, and they come in bursts. So the bound is the highest of five, each there for a kind of
 * series that the others get wrong (`docs/log-issues.md` has what each was measured to do):
 *
 * - a floor, because twice nothing is no news;
 * - a multiple of the usual rate, for the busy ones;
 * - the rate and as many standard deviations as chance does not reach, by the larger of Poisson's and of the median absolute deviation;
 * - more than all but one in a hundred hours before, by a margin, for those that come in bursts;
 * - the same hours of the days before, for those that follow the clock.
 */

export const spikeSettings = {
  /** Fewer occurrences in an hour are never a spike. */
  countMin: 10,
  /** Hours since the pattern was first seen before anything is said of it: until then it is news by being new. */
  historyHoursMin: 24,
  /** Hours looked back on: four weeks. */
  historyHoursMax: 28 * 24,
  rateFactor: 3,
  deviations: 5,
  quantile: 0.99,
  quantileMargin: 1.5,
  /** Hours right before, by which a rise that has been told becomes what is usual. */
  recentHours: 6,
} as const;

export interface SpikeVerdict {
  readonly isSpike: boolean;
  /** Occurrences that were to be expected; null when the past is too short to say. */
  readonly expected: number | null;
  /** An hour with more than so many is a spike. */
  readonly bound: number | null;
}

const tooShort: SpikeVerdict = { isSpike: false, expected: null, bound: null };

/**
 * Judges an hour with `count` occurrences. `history`: occurrences of every hour from the first one of the pattern up to the one before, oldest
 * first, hours without any as 0. Only the last `historyHoursMax` are looked at.
 */
export function judgeHour(history: readonly number[], count: number): SpikeVerdict {
  if (history.length < spikeSettings.historyHoursMin) return tooShort;
  const past = history.slice(-spikeSettings.historyHoursMax);
  const sorted = past.toSorted((a, b) => a - b);
  const expected = rateOf(past, sorted);
  const bound = boundOf(sorted, expected);
  return { isSpike: count > bound, expected, bound };
}

function boundOf(sorted: readonly number[], expected: number): number {
  const { countMin, rateFactor, deviations, quantile, quantileMargin } = spikeSettings;
  const middle = middleOf(sorted);
  const deviation = consistency * middleOf(sorted.map((count) => Math.abs(count - middle)).toSorted((a, b) => a - b));
  const variance = Math.max(expected, deviation ** 2);
  return Math.max(
    countMin,
    rateFactor * expected,
    expected + deviations * Math.sqrt(variance),
    quantileMargin * quantileOf(sorted, quantile),
  );
}

/** What makes the median absolute deviation of a normal distribution its standard deviation. */
const consistency = 1.4826;

/** The usual number an hour: the highest of the median, the mean without its outliers, the last hours, and the same hours of the days before. */
function rateOf(past: readonly number[], sorted: readonly number[]): number {
  const cap = quantileOf(sorted, spikeSettings.quantile);
  const mean = past.reduce((sum, count) => sum + Math.min(count, cap), 0) / past.length;
  const recent = past.slice(-spikeSettings.recentHours).toSorted((a, b) => a - b);
  return Math.max(middleOf(sorted), mean, middleOf(recent), sameHourRate(past));
}

/** What is usual at this time of the day, or at the hour before or after it; 0 before the third day. */
function sameHourRate(past: readonly number[]): number {
  if (past.length < 49) return 0;
  return Math.max(...[-1, 0, 1].map((shift) => middleOf(everyDayAt(past, past.length + shift).toSorted((a, b) => a - b))));
}

function everyDayAt(past: readonly number[], hour: number): number[] {
  const counts: number[] = [];
  for (let at = hour - 24; at >= 0; at -= 24) counts.push(past[at] ?? 0);
  return counts;
}

/** Median of sorted numbers; 0 of none. */
function middleOf(sorted: readonly number[]): number {
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

function quantileOf(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
