import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeHour, spikeSettings } from '#shared/logs/alerts/spike.ts';

const hours = (count: number, of: (hour: number) => number): number[] => Array.from({ length: count }, (_, hour) => of(hour));
const isSpike = (history: readonly number[], count: number): boolean => judgeHour(history, count).isSpike;

describe('an hour is judged by the hours before it', () => {
  it('says nothing on the first day of a pattern', () => {
    const history = hours(spikeSettings.historyHoursMin - 1, () => 1);
    expect(judgeHour(history, 1_000_000)).toEqual({ isSpike: false, expected: null, bound: null });
    expect(isSpike([...history, 1], 1_000_000)).toBe(true);
  });

  it('finds a burst of a rare pattern, but not a handful', () => {
    const rare = hours(200, (hour) => (hour % 50 === 0 ? 1 : 0));
    expect(isSpike(rare, spikeSettings.countMin)).toBe(false);
    expect(isSpike(rare, spikeSettings.countMin + 1)).toBe(true);
  });

  it('finds three times the usual of a busy pattern, but not twice', () => {
    const busy = hours(300, (hour) => 1_000 + (hour % 7) * 10);
    expect(isSpike(busy, 2_000)).toBe(false);
    expect(isSpike(busy, 3_500)).toBe(true);
  });

  it('expects at noon what came at noon, and at night what came at night', () => {
    const daily = hours(24 * 14, (hour) => (hour % 24 === 12 ? 500 : 5));
    const beforeNoon = daily.slice(0, -12);
    expect(isSpike(beforeNoon, 600)).toBe(false);
    expect(judgeHour(beforeNoon, 600).expected).toBeGreaterThan(judgeHour(beforeNoon.slice(0, -6), 600).expected ?? Infinity);
  });

  it('takes bursts for what they are in a pattern that comes in bursts', () => {
    const bursts = hours(400, (hour) => (hour % 20 === 0 ? 60 : 0));
    expect(isSpike(bursts, 70)).toBe(false);
    expect(isSpike(bursts, 200)).toBe(true);
  });

  it('is not made blind by one bad hour', () => {
    const history = hours(500, (hour) => (hour === 100 ? 100_000 : 4));
    expect(isSpike(history, 40)).toBe(true);
  });

  it('gets used to a rise that lasts', () => {
    const risen = [...hours(400, () => 5), ...hours(6, () => 100)];
    expect(isSpike(risen, 120)).toBe(false);
  });

  it('looks back four weeks and no further', () => {
    const long = hours(2_000, (hour) => (hour < 1_000 ? 10_000 : 2));
    expect(isSpike(long, 50)).toBe(true);
  });

  it('calls no fewer when there are more', () => {
    const history = fc.array(fc.nat({ max: 500 }), { minLength: 24, maxLength: 120 });
    const monotonous = () =>
      fc.assert(
        fc.property(history, fc.nat({ max: 2_000 }), fc.nat({ max: 2_000 }), (past, count, more) => {
          return !isSpike(past, count) || isSpike(past, count + more);
        }),
      );
    expect(monotonous).not.toThrow();
  });

  it('hardly ever calls what chance does', () => {
    let seed = 42;
    const random = (): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    };
    // Poisson of mean 20, as a sum of rare chances.
    const draw = (): number => hours(200, () => (random() < 0.1 ? 1 : 0)).reduce((sum, one) => sum + one, 0);
    const series = hours(24 + 2_000, draw);
    const calls = series.slice(24).filter((count, index) => isSpike(series.slice(Math.max(0, index - 100), index + 24), count));
    expect(calls).toEqual([]);
  });
});
