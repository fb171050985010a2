import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import { withinRateLimits, type RateCheck } from '#shared/platform/rate-limit/within-rate-limits.ts';

/**
 * Counts a hit against a limit that everybody shares who knows an account's name. Throws `request.rate-limited` when it is spent, unless the caller
 * comes from where the account is known: strangers cannot use up what its owner has at home.
 */
export async function withinSharedLimit(limits: RateLimits, { rule, key }: RateCheck, isKnown: boolean): Promise<void> {
  if (isKnown) await limits.hit(rule, key);
  else await withinRateLimits(limits, [{ rule, key }]);
}
