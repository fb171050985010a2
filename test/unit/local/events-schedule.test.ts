import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCron } from '#infra/local/events/cron.ts';
import { parseSchedule, type Frame } from '#infra/local/events/schedule-expression.ts';
import { timeZone } from '#infra/local/events/time-zone.ts';

const minuteMs = 60_000;
const utc = timeZone('UTC');
const at = (text: string) => Date.parse(`${text}Z`);
const written = (ms: number | undefined) => (ms === undefined ? 'never' : new Date(ms).toISOString().slice(0, 16));
const next = (expression: string, after: string, zone = 'UTC') => written(parseCron(expression, timeZone(zone)).nextAfter(at(after)));

describe('cron', () => {
  it.each([
    ['0 10 * * ? *', '2026-01-01T10:00', '2026-01-02T10:00'],
    ['0 10 * * ? *', '2026-01-01T09:59', '2026-01-01T10:00'],
    ['*/15 * * * ? *', '2026-01-01T10:07', '2026-01-01T10:15'],
    ['5/20 * * * ? *', '2026-01-01T10:07', '2026-01-01T10:25'],
    ['10-30/10 8-9 * * ? *', '2026-01-01T08:30', '2026-01-01T09:10'],
    ['0 18 ? * MON-FRI *', '2026-01-02T18:00', '2026-01-05T18:00'],
    ['0 18 ? * 2-6 *', '2026-01-02T18:00', '2026-01-05T18:00'],
    ['0 9 ? * SUN,sat *', '2026-01-05T00:00', '2026-01-10T09:00'],
    ['0 0 L * ? *', '2026-02-01T00:00', '2026-02-28T00:00'],
    ['0 0 L * ? *', '2028-02-01T00:00', '2028-02-29T00:00'],
    ['0 0 29 2 ? *', '2026-01-01T00:00', '2028-02-29T00:00'],
    ['0 0 ? * 6L *', '2026-01-01T00:00', '2026-01-30T00:00'],
    ['0 0 ? * L *', '2026-01-01T00:00', '2026-01-03T00:00'],
    ['0 0 ? * TUE#2 *', '2026-01-01T00:00', '2026-01-13T00:00'],
    ['0 0 ? * 3#5 *', '2026-01-01T00:00', '2026-03-31T00:00'],
    ['0 0 15W * ? *', '2026-08-01T00:00', '2026-08-14T00:00'],
    ['0 0 1W * ? *', '2026-07-31T00:00', '2026-08-03T00:00'],
    ['0 0 31W * ? *', '2026-05-01T00:00', '2026-05-29T00:00'],
    ['0 0 LW * ? *', '2026-05-01T00:00', '2026-05-29T00:00'],
    ['0 0 1,15W * ? *', '2026-08-02T00:00', '2026-08-14T00:00'],
    ['0 12 1 JAN,JUL ? *', '2026-01-01T12:00', '2026-07-01T12:00'],
    ['0 0 1 1 ? 2030', '2026-01-01T00:00', '2030-01-01T00:00'],
    ['0 0 1 1 ? 2026/2', '2026-06-01T00:00', '2028-01-01T00:00'],
    ['0 0 1 1 ? 2025', '2026-01-01T00:00', 'never'],
    ['0 0 31 2 ? *', '2026-01-01T00:00', 'never'],
  ])('(%s) after %s fires at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it.each([
    ['Asia/Jakarta', '0 9 * * ? *', '2026-01-01T00:00', '2026-01-01T02:00'],
    // Clocks go from 02:00 to 03:00: half past two does not exist that day.
    ['Europe/Berlin', '30 2 * * ? *', '2026-03-28T12:00', '2026-03-30T00:30'],
    // Clocks go from 03:00 back to 02:00: half past two comes twice and fires the first time.
    ['Europe/Berlin', '30 2 * * ? *', '2026-10-24T12:00', '2026-10-25T00:30'],
    ['Europe/Berlin', '30 2 * * ? *', '2026-10-25T00:30', '2026-10-26T01:30'],
    ['Australia/Lord_Howe', '15 2 * * ? *', '2026-10-03T00:00', '2026-10-04T15:15'],
    ['Pacific/Apia', '0 0 1 * ? *', '2026-01-02T00:00', '2026-01-31T11:00'],
  ])('in %s (%s) after %s fires at %s', (zone, expression, ...[after, expected]) => {
    expect(next(expression, after, zone)).toBe(expected);
  });

  it.each([
    ['* * * * *', 'six fields'],
    ['* * * * * *', 'question mark'],
    ['* * ? * ? *', 'question mark'],
    ['60 * * * ? *', 'minutes'],
    ['* 24 * * ? *', 'hours'],
    ['* * 0 * ? *', 'day of month'],
    ['* * * 13 ? *', 'month'],
    ['* * ? * 8 *', 'day of week'],
    ['* * ? * MON#6 *', 'day of week'],
    ['* * * * ? 1969', 'year'],
    ['30-10 * * * ? *', 'backwards'],
    ['*/0 * * * ? *', 'no step'],
    ['a * * * ? *', 'minutes'],
    [', * * * ? *', 'minutes'],
    ['32W * * * ? *', 'minutes'],
  ])('(%s) is refused: %s', (expression, reason) => {
    expect(() => parseCron(expression, utc)).toThrow(reason);
  });

  interface Wanted {
    readonly minute: readonly number[];
    readonly hour: readonly number[];
    /** Days of the month, or of the week. */
    readonly day: readonly number[];
    readonly month: readonly number[];
    readonly weekday: boolean;
    readonly zone: string;
  }

  const horizonMs = 6 * 86_400_000;

  /** The definition, minute by minute: slow, and with nothing in common with what is tested. */
  function bruteForce(wanted: Wanted, afterMs: number): string {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: wanted.zone, dateStyle: 'short', timeStyle: 'short' });
    const seen = new Set(Array.from({ length: 240 }, (_, index) => format.format(afterMs - index * minuteMs)));
    for (let ms = afterMs + minuteMs; ms < afterMs + horizonMs; ms += minuteMs) {
      const wall = format.format(ms);
      if (shows(new Date(`${wall.replace(' ', 'T')}Z`), wanted) && !seen.has(wall)) return written(ms);
    }
    return 'later';
  }

  function shows(wall: Date, { minute, hour, day, month, weekday }: Wanted): boolean {
    const onDay = day.includes(weekday ? wall.getUTCDay() + 1 : wall.getUTCDate());
    return onDay && minute.includes(wall.getUTCMinutes()) && hour.includes(wall.getUTCHours()) && month.includes(wall.getUTCMonth() + 1);
  }

  it('agrees with looking at every minute, in zones with and without daylight saving', () => {
    const some = (min: number, max: number) => fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 6 });
    const world = fc.record({
      minute: some(0, 59),
      hour: some(0, 23),
      weekday: fc.boolean(),
      days: some(1, 28),
      month: fc.oneof(fc.constant(Array.from({ length: 12 }, (_, index) => index + 1)), some(1, 12)),
      zone: fc.constantFrom('UTC', 'Asia/Jakarta', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
      // Around a change of clocks most of the time.
      after: fc.oneof(
        fc.integer({ min: at('2026-01-01T00:00') / minuteMs, max: at('2027-01-01T00:00') / minuteMs }),
        fc.integer({ min: at('2026-03-28T00:00') / minuteMs, max: at('2026-03-30T00:00') / minuteMs }),
        fc.integer({ min: at('2026-10-24T00:00') / minuteMs, max: at('2026-10-26T00:00') / minuteMs }),
      ),
    });
    fc.assert(
      fc.property(world, ({ days, after, ...fields }) => {
        const day = fields.weekday ? days.map((one) => (one % 7) + 1) : days;
        const [dayOfMonth, dayOfWeek] = fields.weekday ? ['?', day.join(',')] : [day.join(','), '?'];
        const expression = `${fields.minute.join(',')} ${fields.hour.join(',')} ${dayOfMonth} ${fields.month.join(',')} ${dayOfWeek} *`;
        const afterMs = after * minuteMs;
        const found = parseCron(expression, timeZone(fields.zone)).nextAfter(afterMs) ?? Number.POSITIVE_INFINITY;
        expect(found < afterMs + horizonMs ? written(found) : 'later').toBe(bruteForce({ ...fields, day }, afterMs));
      }),
      { numRuns: 80 },
    );
  }, 60_000);
});

describe('rate and at', () => {
  const frame: Frame = { zone: 'UTC', anchorMs: at('2026-01-01T00:07'), firesAtAnchor: false, allowsOnce: true };
  const after = (expression: string, ms: number, changes: Partial<Frame> = {}) =>
    written(parseSchedule(expression, { ...frame, ...changes }).nextAfter(ms));

  it('a rate counts from its anchor, whenever it is asked', () => {
    expect(after('rate(5 minutes)', at('2026-01-01T00:07'))).toBe('2026-01-01T00:12');
    expect(after('rate(5 minutes)', at('2026-01-01T00:12'))).toBe('2026-01-01T00:17');
    expect(after('rate(1 day)', at('2026-05-01T12:00'))).toBe('2026-05-02T00:07');
    expect(after('rate(1 hour)', at('2025-12-01T00:00'))).toBe('2026-01-01T01:07');
  });

  it('a rate of EventBridge Scheduler fires at its anchor too', () => {
    expect(after('rate(5 minutes)', at('2026-01-01T00:07') - 1, { firesAtAnchor: true })).toBe('2026-01-01T00:07');
    expect(after('rate(5 minutes)', at('2026-01-01T00:07'), { firesAtAnchor: true })).toBe('2026-01-01T00:12');
  });

  it('at fires once, in its zone', () => {
    expect(after('at(2026-06-01T09:00:00)', 0, { zone: 'Asia/Jakarta' })).toBe('2026-06-01T02:00');
    expect(after('at(2026-06-01T09:00:00)', at('2026-06-01T09:00'))).toBe('never');
  });

  it.each([
    ['rate(1 minutes)', {}],
    ['rate(5 minute)', {}],
    ['rate(0 minutes)', {}],
    ['rate(5 seconds)', {}],
    ['rate(-5 minutes)', {}],
    ['every(5 minutes)', {}],
    ['at(2026-06-01T09:00:00)', { allowsOnce: false }],
    ['at(2026-02-30)', {}],
    ['at(2026-03-29T02:30:00)', { zone: 'Europe/Berlin' }],
    ['cron(0 0 * * ? *)', { zone: 'Mars/Olympus' }],
    ['cron(x)', {}],
  ])('%s is refused', (expression, changes) => {
    expect(() => parseSchedule(expression, { ...frame, ...changes })).toThrow(expect.objectContaining({ name: 'ScheduleError' }));
  });
});
