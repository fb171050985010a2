/**
 * Keeps asking how it stands with one deposit: by the schedule of polling.ts, not at all while nobody looks, and at once when somebody
 * looks again.
 */
import type { Deposit } from '../api/contract.ts';
import { asProblem, PayProblem } from '../api/problem.ts';
import { nextAskMs } from './polling.ts';

export interface WatchDependencies {
  readonly read: () => Promise<Deposit>;
  /** The server's time in milliseconds. */
  readonly now: () => number;
  /** A clock that only counts, in milliseconds. */
  readonly countMs: () => number;
  /** Runs it after so many milliseconds, unless what it answers is called before. */
  readonly later: (milliseconds: number, run: () => void) => () => void;
  /** Nobody sees the page. */
  readonly isHidden: () => boolean;
  readonly chance: () => number;
}

export interface News {
  /** The newest that is known. */
  readonly deposit?: Deposit;
  /** Why the last question was not answered. */
  readonly problem?: PayProblem;
}

export interface DepositWatch {
  /** Somebody looks again, or the network is back: asks at once. */
  readonly wake: () => void;
  /** Takes what another question has found out; an answer that is on its way may be older, and is left out. */
  readonly take: (deposit: Deposit) => void;
  readonly stop: () => void;
}

/** Asks for the first time at once. `known`: what is there to show already. */
export function watchDeposit(
  { read, now, countMs, later, isHidden, chance }: WatchDependencies,
  tell: (news: News) => void,
  known?: Deposit,
): DepositWatch {
  let deposit = known;
  let failures = 0;
  let watchedSinceMs = countMs();
  let isAsking = false;
  let isStopped = false;
  let takes = 0;
  let forget = (): void => {};

  const ask = async (): Promise<void> => {
    if (isAsking || isStopped) return;
    isAsking = true;
    forget();
    const takesBefore = takes;
    const answer = await read().catch(asProblem);
    isAsking = false;
    if (isStopped) return;
    if (takes === takesBefore) hear(answer);
    else plan();
  };

  const hear = (answer: Deposit | PayProblem): void => {
    if (answer instanceof PayProblem) {
      failures += 1;
      tell({ ...(deposit && { deposit }), problem: answer });
      // Further questions would be answered alike.
      if (answer.kind !== 'link' && answer.kind !== 'not-found') plan(answer.retryAfterMs);
    } else {
      failures = 0;
      deposit = answer;
      tell({ deposit });
      plan();
    }
  };

  const plan = (retryAfterMs?: number): void => {
    const leftMs = deposit === undefined ? 0 : Date.parse(deposit.expiresAt) - now();
    const asked = { status: deposit?.status ?? 'creating', leftMs, watchedMs: countMs() - watchedSinceMs, failures, retryAfterMs };
    const pauseMs = nextAskMs(asked, chance());
    if (pauseMs !== undefined) forget = later(pauseMs, () => void (isHidden() || ask()));
  };

  void ask();
  return {
    wake() {
      watchedSinceMs = countMs();
      void ask();
    },
    take(newer) {
      takes += 1;
      deposit = newer;
      tell({ deposit });
      if (isAsking) return;
      forget();
      plan();
    },
    stop() {
      isStopped = true;
      forget();
    },
  };
}
