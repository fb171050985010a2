/**
 * When to ask again how it stands with a deposit: often while something may happen, seldom when nobody waits, and never for what has ended.
 */
import type { DepositStatus } from '../api/contract.ts';

export interface Asked {
  readonly status: DepositStatus;
  /** Milliseconds until the deposit expires, by the server's time; negative afterwards. */
  readonly leftMs: number;
  /** Since somebody has been looking without a break. */
  readonly watchedMs: number;
  /** Asked in vain since the last answer, and what the API wanted to be left alone for then. */
  readonly failures: number;
  readonly retryAfterMs?: number | undefined;
}

const second = 1_000;
const minute = 60 * second;

/** The last seconds, and those in which the server finds out what became of them. */
const closeMs = 30 * second;
/** How long a payment on the last second may take to be heard of. */
const lateMs = 10 * minute;
/** Of every pause, so that pages that were opened together do not ask together. */
const jitter = 0.2;

/** Milliseconds until the next question; undefined when there is nothing left to learn. `chance` is in [0, 1). */
export function nextAskMs(asked: Asked, chance: number): number | undefined {
  const pauseMs = asked.failures > 0 ? failurePauseMs(asked) : pauseOf(asked);
  if (pauseMs === undefined) return undefined;
  return Math.round(pauseMs * (1 + jitter * chance));
}

function failurePauseMs({ failures, retryAfterMs = 0 }: Asked): number {
  return Math.max(retryAfterMs, Math.min(30 * second, 2 ** failures * second));
}

function pauseOf({ status, leftMs, watchedMs }: Asked): number | undefined {
  if (status === 'creating') return 1.5 * second;
  if (status === 'expired') return latePauseMs(leftMs);
  if (status !== 'pending') return undefined;
  if (leftMs <= closeMs) return 2 * second;
  // Not past the moment from which on it asks often.
  return Math.min(patientPauseMs(watchedMs), leftMs - closeMs + second);
}

/** Most pay within minutes; whoever leaves the page open for an hour is not in a hurry. */
function patientPauseMs(watchedMs: number): number {
  if (watchedMs < minute) return 3 * second;
  return watchedMs < 10 * minute ? 6 * second : 15 * second;
}

function latePauseMs(leftMs: number): number | undefined {
  if (leftMs > -minute) return 5 * second;
  return leftMs > -lateMs ? 30 * second : undefined;
}
