import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatDuration, parseDuration } from '#infra/local/clock/duration.ts';

it.each([
  ['PT15M', 900_000],
  ['P1DT2H', 93_600_000],
  ['P2W', 1_209_600_000],
  ['P1W2DT3H4M5S', 788_645_000],
  ['PT0S', 0],
  ['PT1.5S', 1_500],
  ['PT0,5H', 1_800_000],
  ['P0.5D', 43_200_000],
  ['PT0.0001S', 1],
  ['PT90M', 5_400_000],
])('reads %s as %d ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

it.each([
  ['P1Y', 'no fixed length'],
  ['P2M', 'no fixed length'],
  ['P1Y2DT1M', 'no fixed length'],
  ['-PT5M', 'signed'],
  ['PT-5M', 'signed'],
  ['+PT5M', 'signed'],
  ['PT1.5H30M', 'last component'],
  ['PT1.2.3S', 'last component'],
  ['P', 'Not an ISO'],
  ['PT', 'Not an ISO'],
  ['P1DT', 'Not an ISO'],
  ['', 'Not an ISO'],
  ['15M', 'Not an ISO'],
  ['PT15', 'Not an ISO'],
  ['PT15m', 'Not an ISO'],
  ['P1H', 'Not an ISO'],
  ['PT5M3H', 'Not an ISO'],
  ['PT15M ', 'Not an ISO'],
])('refuses %j: %s', (text, reason) => {
  expect(() => parseDuration(text)).toThrow(reason);
});

it('writes what it reads', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400_000_000_000 }), (milliseconds) => {
      expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds);
    }),
  );
  expect(formatDuration(93_600_000)).toBe('P1DT2H');
  expect(formatDuration(86_400_000)).toBe('P1D');
});
