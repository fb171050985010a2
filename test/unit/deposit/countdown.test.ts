import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countdownText, markPassed, msUntilNextSecond, secondsUntil } from '../../../web/deposit/src/time/countdown.ts';
import { serverClock } from '../../../web/deposit/src/time/server-clock.ts';

const instant = fc.integer({ min: 0, max: 4_000_000_000_000 });

describe('a countdown', () => {
  it('shows zero when time is over, and never before', () => {
    expect([secondsUntil(10_000, 9_999), secondsUntil(10_000, 10_000), secondsUntil(10_000, 99_999)]).toEqual([1, 0, 0]);
    fc.assert(fc.property(instant, instant, (deadline, now) => (secondsUntil(deadline, now) === 0) === now >= deadline));
  });

  it('shows one second less at the next tick, and the same until then', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 100_000_000 }), (now, left) => {
        const deadline = now + left;
        const tick = msUntilNextSecond(deadline, now) ?? 0;
        expect(secondsUntil(deadline, now + tick)).toBe(secondsUntil(deadline, now) - 1);
        expect(secondsUntil(deadline, now + tick - 1)).toBe(secondsUntil(deadline, now));
      }),
    );
    expect(msUntilNextSecond(1_000, 1_000)).toBeUndefined();
  });

  it('is written in minutes and seconds, with hours where there are any', () => {
    expect([0, 9, 60, 3_599, 3_600, 90_061].map(countdownText)).toEqual(['00:00', '00:09', '01:00', '59:59', '1:00:00', '25:01:01']);
  });

  it('speaks at its marks, once, and also when looks lie far apart', () => {
    const spoken: number[] = [];
    for (let seconds = 1_800; seconds > 0; seconds -= 1)
      spoken.push(...[markPassed(seconds, seconds - 1)].filter((mark) => mark !== undefined));
    expect(spoken).toEqual([900, 600, 300, 240, 180, 120, 60, 30, 10]);
    expect(markPassed(700, 130)).toBe(180);
    expect(markPassed(20, 0)).toBeUndefined();
    expect(markPassed(300, 300)).toBeUndefined();
  });
});

describe('the time of the server', () => {
  it('is carried on by a clock that only counts, whatever the device believes', () => {
    let counted = 500;
    const clock = serverClock(() => counted);
    expect(clock.now()).toBeNaN();
    counted = 700;
    // It left at 500 and came back at 700: the server looked at its clock at about 600.
    clock.learn('2026-11-21T10:00:00.000Z', 500);
    expect(new Date(clock.now()).toISOString()).toBe('2026-11-21T10:00:00.100Z');
    counted += 60_000;
    expect(new Date(clock.now()).toISOString()).toBe('2026-11-21T10:01:00.100Z');
  });

  it('is what the server said last, and nothing that is no time', () => {
    const clock = serverClock(() => 0);
    clock.learn('2026-11-21T10:00:00.000Z', 0);
    clock.learn('2026-11-21T12:00:00.000Z', 0);
    clock.learn('soon', 0);
    expect(new Date(clock.now()).toISOString()).toBe('2026-11-21T12:00:00.000Z');
  });
});
