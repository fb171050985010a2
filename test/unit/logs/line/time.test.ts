import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEpoch, readTime } from '#shared/logs/line/time.ts';

const fileTimeMs = Date.UTC(2026, 10, 21, 12);

const read = (written: string, at = 0) => readTime(written, at, { fileTimeMs });

describe('a written time', () => {
  it.each([
    ['2026-11-21T10:00:00.123Z', '2026-11-21T10:00:00.123Z', []],
    ['2026-11-21T10:00:00.123456789Z', '2026-11-21T10:00:00.123Z', []],
    ['2026-11-21T10:00:00,9Z', '2026-11-21T10:00:00.900Z', []],
    ['2026-11-21T10:00:00+07:00', '2026-11-21T03:00:00.000Z', []],
    ['2026-11-21 10:00:00.5 +0700', '2026-11-21T03:00:00.500Z', []],
    ['2026-11-21 10:00:00-0330', '2026-11-21T13:30:00.000Z', []],
    ['2026-11-21 10:00:00+07', '2026-11-21T03:00:00.000Z', []],
    ['2026-11-21 10:00:00 UTC', '2026-11-21T10:00:00.000Z', []],
    ['2026-11-21 10:00:00 GMT', '2026-11-21T10:00:00.000Z', []],
    ['2026-11-21 10:00:00 WIB', '2026-11-21T03:00:00.000Z', []],
    ['2026-11-21 10:00:00 WITA', '2026-11-21T02:00:00.000Z', []],
    ['2026-11-21 10:00:00 WIT', '2026-11-21T01:00:00.000Z', []],
    ['2026-11-21 10:00:00 CET', '2026-11-21T09:00:00.000Z', []],
    ['2026-07-21 10:00:00 Europe/Berlin', '2026-07-21T08:00:00.000Z', []],
    ['21-Nov-2026 10:00:00 Asia/Jakarta', '2026-11-21T03:00:00.000Z', []],
    ['2026-11-21 10:00:00 Nowhere/Atall', '2026-11-21T10:00:00.000Z', ['zone']],
    ['2026-11-21 10:00:00,123', '2026-11-21T10:00:00.123Z', ['zone']],
    ['2026-11-21 10:00', '2026-11-21T10:00:00.000Z', ['zone']],
    ['2026/11/21 10:00:00', '2026-11-21T10:00:00.000Z', ['zone']],
    ['2026.11.21 10:00:00.123456', '2026-11-21T10:00:00.123Z', ['zone']],
    ['2005-06-03-15.42.50.675872', '2005-06-03T15:42:50.675Z', ['zone']],
    ['2026.11.21-10.00.00:123', '2026-11-21T10:00:00.123Z', ['zone']],
    ['Sat Nov 21 10:00:00 2026', '2026-11-21T10:00:00.000Z', ['zone']],
    ['Sat Nov 21 10:00:00.123456 2026', '2026-11-21T10:00:00.123Z', ['zone']],
    ['Sat Nov 21 10:00:00 WIB 2026', '2026-11-21T03:00:00.000Z', []],
    ['Sat, 21 Nov 2026 10:00:00 GMT', '2026-11-21T10:00:00.000Z', []],
    ['21/Nov/2026:10:00:00 +0700', '2026-11-21T03:00:00.000Z', []],
    ['21-Nov-2026 10:00:00.123', '2026-11-21T10:00:00.123Z', ['zone']],
    ['21-Nov-2026::10:00:00', '2026-11-21T10:00:00.000Z', ['zone']],
    ['21 Nov 2026 10:00:00.123', '2026-11-21T10:00:00.123Z', ['zone']],
    ['17 Agu 2026 10:00:00', '2026-08-17T10:00:00.000Z', ['zone']],
    ['Nov 21, 2026 10:00:00 AM', '2026-11-21T10:00:00.000Z', ['zone']],
    ['Nov 21, 2026 12:00:00 AM', '2026-11-21T00:00:00.000Z', ['zone']],
    ['Nov 21, 2026 12:30:00 PM UTC', '2026-11-21T12:30:00.000Z', []],
    ['Nov 21 2026 10:00:00', '2026-11-21T10:00:00.000Z', ['zone']],
    ['11/21/2026 1:02:03 PM', '2026-11-21T13:02:03.000Z', ['zone']],
    ['21/11/2026 10:00:00', '2026-11-21T10:00:00.000Z', ['zone']],
    ['21.11.2026 10:00:00', '2026-11-21T10:00:00.000Z', ['zone']],
    ['11/21/26 10:00:00:123 UTC', '2026-11-21T10:00:00.123Z', []],
    ['17/06/09 20:10:40', '2017-06-09T20:10:40.000Z', ['zone']],
    ['081109 203615', '2008-11-09T20:36:15.000Z', ['zone']],
    ['20260321-10:3:5:123', '2026-03-21T10:03:05.123Z', ['zone']],
    ['20261121T100000Z', '2026-11-21T10:00:00.000Z', []],
    ['Nov 21 10:00:00', '2026-11-21T10:00:00.000Z', ['zone', 'year']],
    ['Jul  1 09:00:55', '2026-07-01T09:00:55.000Z', ['zone', 'year']],
    ['11-21 10:00:00.123', '2026-11-21T10:00:00.123Z', ['zone', 'year']],
    ['10.30 16:49:06', '2026-10-30T16:49:06.000Z', ['zone', 'year']],
    ['10:00:00.123', '2026-11-21T10:00:00.123Z', ['zone', 'date']],
    ['10:00AM', '2026-11-21T10:00:00.000Z', ['zone', 'date']],
    ['1763701200', '2025-11-21T05:00:00.000Z', []],
    ['1763701200.5', '2025-11-21T05:00:00.500Z', []],
    ['1763701200123', '2025-11-21T05:00:00.123Z', []],
    ['1763701200123456789', '2025-11-21T05:00:00.123Z', []],
    ['1.7637012001234567e+09', '2025-11-21T05:00:00.123Z', []],
  ] as const)('%s is %s, assuming %j', (written, time, timeAssumed) => {
    expect(read(written)).toEqual({ time, timeAssumed });
  });

  it('of glog has its month behind the letter of the level', () => {
    expect(read('E0301 12:00:00.000000', 1)).toEqual({ time: '2026-03-01T12:00:00.000Z', timeAssumed: ['zone', 'year'] });
  });

  it.each([
    '2026-13-01 10:00:00',
    '2026-00-10 10:00:00',
    '2026-11-31 10:00:00',
    '2026-02-29 10:00:00',
    '2026-11-21 25:00:00',
    '2026-11-21 24:00:01',
    '2026-11-21 10:60:00',
    '2026-11-21 10:00:61',
    '2026-11-21 13:00:00 PM',
    'Feb 30 10:00:00',
    '99/99/99 10:00:00',
    '31/31/2026 10:00:00',
    'no time at all',
    '',
  ])('%s does not exist', (written) => {
    expect(read(written).time).toBeNull();
  });

  it('at 24:00 is the next midnight, in a leap second the next second', () => {
    expect(read('2026-11-21T24:00:00Z').time).toBe('2026-11-22T00:00:00.000Z');
    expect(read('2016-12-31T23:59:60.5Z').time).toBe('2017-01-01T00:00:00.000Z');
  });

  it('on 29 February exists in leap years only', () => {
    expect(read('2024-02-29 10:00:00').time).toBe('2024-02-29T10:00:00.000Z');
    expect(read('Feb 29 10:00:00').time).toBe('2024-02-29T10:00:00.000Z');
  });
});

describe('a time without a year', () => {
  it('is in the latest year that puts it at most a day after the file', () => {
    expect(read('Nov 22 11:59:59').time).toBe('2026-11-22T11:59:59.000Z');
    expect(read('Nov 22 12:00:01').time).toBe('2025-11-22T12:00:01.000Z');
    expect(read('Dec 31 23:59:59').time).toBe('2025-12-31T23:59:59.000Z');
  });

  it('of a file written at New Year is in the year before or after', () => {
    const newYear = { fileTimeMs: Date.UTC(2027, 0, 1, 0, 5) };
    expect(readTime('Dec 31 23:59:59', 0, newYear).time).toBe('2026-12-31T23:59:59.000Z');
    expect(readTime('Jan  1 06:00:00', 0, newYear).time).toBe('2027-01-01T06:00:00.000Z');
    expect(readTime('Jan  1 06:00:00', 0, { fileTimeMs: Date.UTC(2026, 11, 31, 23, 55) }).time).toBe('2027-01-01T06:00:00.000Z');
  });
});

describe('a time without a date', () => {
  it('is on the day of the file, or the day before when the file was closed after midnight', () => {
    expect(read('23:00:00').time).toBe('2026-11-21T23:00:00.000Z');
    expect(readTime('23:59:59', 0, { fileTimeMs: Date.UTC(2026, 10, 22, 0, 5) }).time).toBe('2026-11-21T23:59:59.000Z');
  });
});

describe('a number since 1970', () => {
  it('is seconds, milliseconds, microseconds or nanoseconds by its size', () => {
    for (const value of [1763701200, 1763701200000, 1763701200000000, 1763701200000000000]) {
      expect(readEpoch(value).time).toBe('2025-11-21T05:00:00.000Z');
    }
  });

  it('that no date can hold is no time', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1e30]) expect(readEpoch(value).time).toBeNull();
  });
});

it('never throws, and answers a time that can be read back or null', () => {
  const digit = fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
  const shape = fc.constantFrom(
    'DDDD-DD-DD DD:DD:DD',
    'DD/DD/DDDD DD:DD:DD PM',
    'DDDDDD DDDDDD',
    'Feb DD DD:DD:DD',
    'DD-DD DD:DD:DD.DDD',
    'DD:DD:DD',
  );
  const written = shape.chain((text) => fc.array(digit, { minLength: 20, maxLength: 20 }).map((digits) => filled(text, digits)));
  fc.assert(
    fc.property(fc.oneof(written, fc.string()), fc.integer({ min: 0, max: 4e12 }), (text, fileTimeMs) => {
      const { time } = readTime(text, 0, { fileTimeMs });
      expect(time === null || new Date(time).toISOString() === time).toBe(true);
    }),
    { numRuns: 400 },
  );
});

it('reads the dashes of a date like its slashes, which patterns read', () => {
  const behind = fc.constantFrom(
    '',
    'Z',
    ',123',
    '.1234567',
    ',5Z',
    ' AM',
    ' pm',
    ' UTC',
    ' WIB',
    'WIB',
    ' ERROR',
    ' +0700',
    '+07',
    '-0330',
    ' Zoo',
    'x',
    ':5',
    '7',
    '.',
    ',',
    '.x',
  );
  const ends = fc.constantFrom('', ' ', ' INFO x', ']', '\u202fPM', '3');
  const between = fc.constantFrom(' ', 'T');
  const some = fc.tuple(fc.integer({ min: 0, max: 10_000_000_000_000 }), fc.nat(99), between, behind, ends);
  fc.assert(
    fc.property(some, ([ms, wrong, between, behind, end]) => {
      const [year, month, day, ...clock] = new Date(ms).toISOString().slice(0, 19).split(/\D/);
      const text = `${between}${wrong < 90 ? clock.join(':') : `${wrong}:00:00`}${behind}${end}`;
      expect(read(`${year}-${month}-${day}${text}`)).toEqual(read(`${year}/${month}/${day}${text}`));
    }),
    { numRuns: 3_000 },
  );
});

function filled(shape: string, digits: readonly string[]): string {
  let used = 0;
  return shape.replaceAll('D', () => digits[used++] ?? '0');
}
