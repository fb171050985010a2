/**
 * Rate limits as data: how often in how long, and what a count says about the next request.
 *
 * A window slides by approximation: the hits of the fixed window before count by the part of it that a sliding one would still hold, as
 * if they had come evenly. Never more than the limit pass in one fixed window, and at its border no burst of twice the limit. Only hits
 * that passed are counted: somebody who does not wait is not locked out for that, nor is whoever shares the address.
 */

/** At most `limit` hits of one key in `windowSeconds`. */
export interface RateRule {
  /** Unique; names the counters and stands in the answer's headers: letters, digits and hyphens. */
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

/** What one hit meets. */
export interface RateVerdict {
  readonly rule: RateRule;
  readonly isAllowed: boolean;
  /** Hits that may still follow now. */
  readonly remaining: number;
  /** Seconds until the whole limit may be used again, if nothing comes meanwhile. */
  readonly resetSeconds: number;
  /** Seconds until one hit may pass again; 0 when one may now. */
  readonly retryAfterSeconds: number;
}

/** Hits that passed in the fixed window that is running, and in the one before. */
export interface WindowCounts {
  readonly current: number;
  readonly previous: number;
}

/** Number of the fixed window that holds an instant. */
export const windowOf = ({ windowSeconds }: RateRule, nowMs: number): number => Math.floor(nowMs / (windowSeconds * 1_000));

/** Whether another hit passes. */
export const hasRoom = (rule: RateRule, counts: WindowCounts, nowMs: number): boolean => counted(rule, counts, nowMs) < rule.limit;

/** Hits of the former window below which no more than `carried` of them still count. */
export function previousBelow(rule: RateRule, carried: number, nowMs: number): number {
  return ((carried + 1) * rule.windowSeconds) / (rule.windowSeconds - elapsedSeconds(rule, nowMs));
}

/** What to tell the caller of a hit; `counts` are those after it. */
export function verdictOf(rule: RateRule, counts: WindowCounts, hit: { readonly isAllowed: boolean; readonly nowMs: number }): RateVerdict {
  const elapsed = elapsedSeconds(rule, hit.nowMs);
  const remaining = Math.max(0, rule.limit - counted(rule, counts, hit.nowMs));
  // What came in this window weighs until the end of the next one.
  const resetSeconds = Math.ceil(2 * rule.windowSeconds - elapsed);
  const mustWait = !hit.isAllowed || remaining === 0;
  // A second more where the wait is a whole number: until then the carried hits are still one too many.
  const retryAfterSeconds = mustWait ? Math.floor(Math.max(0, secondsToNext(rule, counts, elapsed))) + 1 : 0;
  return { rule, isAllowed: hit.isAllowed, remaining, resetSeconds, retryAfterSeconds };
}

const elapsedSeconds = ({ windowSeconds }: RateRule, nowMs: number): number => (nowMs / 1_000) % windowSeconds;

function counted(rule: RateRule, { current, previous }: WindowCounts, nowMs: number): number {
  return current + Math.floor((previous * (rule.windowSeconds - elapsedSeconds(rule, nowMs))) / rule.windowSeconds);
}

/** Until the hits that count have become fewer than the limit. */
function secondsToNext({ limit, windowSeconds }: RateRule, { current, previous }: WindowCounts, elapsed: number): number {
  const inThisWindow = elapsedUntil(limit - current, previous, windowSeconds);
  if (inThisWindow < windowSeconds) return inThisWindow - elapsed;
  return windowSeconds + elapsedUntil(limit, current, windowSeconds) - elapsed;
}

/** Elapsed seconds of a window behind which the former window's hits count as fewer than `room`. */
function elapsedUntil(room: number, hits: number, windowSeconds: number): number {
  if (room <= 0) return Infinity;
  return hits < room ? 0 : (windowSeconds * (hits - room)) / hits;
}
