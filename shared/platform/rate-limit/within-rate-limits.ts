import { requestFault } from '../request-faults.ts';
import type { RateLimits } from './ports.ts';
import { rateHeaders } from './rate-headers.ts';
import type { RateRule, RateVerdict } from './rate-rule.ts';

/** A rule, and whose hits it counts: an address, an account, an identifier. */
export interface RateCheck {
  readonly rule: RateRule;
  readonly key: string;
}

/**
 * Counts one hit against each rule, one after the other, up to the first that is spent: what is refused by one uses nothing up of those behind it, so
 * narrow rules come before those that many share. Throws `request.rate-limited` then; answers the headers that tell the caller how much is left.
 */
export async function withinRateLimits(limits: RateLimits, checks: readonly RateCheck[]): Promise<Record<string, string>> {
  const verdicts: RateVerdict[] = [];
  for (const { rule, key } of checks) {
    const verdict = await limits.hit(rule, key);
    verdicts.push(verdict);
    if (!verdict.isAllowed)
      throw requestFault('request.rate-limited', { retryAfterSeconds: verdict.retryAfterSeconds, headers: rateHeaders(verdicts) });
  }
  return rateHeaders(verdicts);
}
