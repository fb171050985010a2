import { Fault } from '../fault.ts';
import { Answered } from '../http/answer.ts';
import type { RateLimits } from './ports.ts';
import { withinRateLimits, type RateCheck } from './within-rate-limits.ts';

/** Does the work of a route unless a limit is spent, and tells the caller how much is left of each, also when the work ends in a fault. */
export async function limited<Body>(limits: RateLimits, checks: readonly RateCheck[], work: () => Promise<Body>): Promise<Answered<Body>> {
  const headers = await withinRateLimits(limits, checks);
  try {
    return new Answered(await work(), { headers });
  } catch (error) {
    throw error instanceof Fault ? error.withHeaders(headers) : error;
  }
}
