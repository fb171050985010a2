import type { RateVerdict } from './rate-rule.ts';

/**
 * `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers-10: one item a rule, in the order given. `q` hits in `w`
 * seconds; `r` of them remain, and in `t` seconds all will. The draft's partition keys are left out: they would name accounts.
 */
export function rateHeaders(verdicts: readonly RateVerdict[]): Record<string, string> {
  if (verdicts.length === 0) return {};
  return {
    'ratelimit-policy': verdicts.map(({ rule }) => `"${rule.name}";q=${rule.limit};w=${rule.windowSeconds}`).join(', '),
    ratelimit: verdicts.map(({ rule, remaining, resetSeconds }) => `"${rule.name}";r=${remaining};t=${resetSeconds}`).join(', '),
  };
}
