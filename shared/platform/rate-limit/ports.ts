import type { RateRule, RateVerdict } from './rate-rule.ts';

export interface RateLimits {
  /** Counts a hit of a key and says whether it passes. One call to whatever counts, whether it passes or not. */
  hit(rule: RateRule, key: string): Promise<RateVerdict>;
}
