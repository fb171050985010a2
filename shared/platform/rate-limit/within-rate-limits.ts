import { requestFault } from '../request-faults.ts';
import type { RateLimits } from './ports.ts';
import { rateHeaders } from './rate-headers.ts';
import type { RateRule } from './rate-rule.ts';

/** A rule, and whose hits it counts: an address, an account, an identifier. */
export interface RateCheck {
  readonly rule: RateRule;
  readonly key: string;
}

/**
 * Counts one hit against each rule, side by side. Throws `request.rate-limited` when any of them is spent, with the longest wait; answers
 * the headers that tell the caller how much is left.
 */
export async function withinRateLimits(limits: RateLimits, checks: readonly RateCheck[]): Promise<Record<string, string>> {
  const verdicts = await Promise.all(checks.map(({ rule, key }) => limits.hit(rule, key)));
  const headers = rateHeaders(verdicts);
  const refused = verdicts.filter(({ isAllowed }) => !isAllowed);
  if (refused.length === 0) return headers;
  const retryAfterSeconds = Math.max(...refused.map((verdict) => verdict.retryAfterSeconds));
  throw requestFault('request.rate-limited', { retryAfterSeconds, headers });
}
