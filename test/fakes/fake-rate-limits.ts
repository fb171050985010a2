import type { Clock } from '#shared/platform/clock.ts';
import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import { hasRoom, verdictOf, windowOf } from '#shared/platform/rate-limit/rate-rule.ts';

/** Counters in memory, with the promises of `RateLimits`. */
export function fakeRateLimits(clock: Clock): RateLimits {
  const counted = new Map<string, number>();
  return {
    async hit(rule, key) {
      const nowMs = clock.now();
      const window = windowOf(rule, nowMs);
      const nameOf = (number: number): string => `${rule.name}#${number}#${key}`;
      const hits = (number: number): number => counted.get(nameOf(number)) ?? 0;
      const isAllowed = hasRoom(rule, { current: hits(window), previous: hits(window - 1) }, nowMs);
      if (isAllowed) counted.set(nameOf(window), hits(window) + 1);
      return verdictOf(rule, { current: hits(window), previous: hits(window - 1) }, { isAllowed, nowMs });
    },
  };
}
