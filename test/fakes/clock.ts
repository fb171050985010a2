import type { Clock } from '#shared/platform/clock.ts';

/** A clock that stands still until it is told otherwise. */
export interface FakeClock extends Clock {
  advance(milliseconds: number): void;
}

export function fakeClock(startsAt = Date.UTC(2026, 10, 21, 12)): FakeClock {
  let now = startsAt;
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
