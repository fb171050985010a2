import { Answered } from '../http/answer.ts';
import type { RateLimits } from './ports.ts';
import { withinRateLimits, type RateCheck } from './within-rate-limits.ts';

/** Does the work of a route unless a limit is spent, and tells the caller how much is left of each. */
export async function limited<Body>(limits: RateLimits, checks: readonly RateCheck[], work: () => Promise<Body>): Promise<Answered<Body>> {
  const headers = await withinRateLimits(limits, checks);
  return new Answered(await work(), { headers });
}
