import type { LocalClock } from '../ports.ts';
import type { Queue } from './queues.ts';

/** Receivers that wait for messages: first come, first served. */
export interface Waiters {
  /**
   * Waits until `take` gives something, at most `waitMs` of real time: a client's patience is its own, whatever the stack's clock does.
   * One that is aborted takes nothing, so no message goes to a client that has left. Resolves with what was taken, or undefined.
   */
  wait<Taken>(
    queue: Queue,
    take: () => Taken | undefined,
    patience: { readonly waitMs: number; readonly signal?: AbortSignal | undefined },
  ): Promise<Taken | undefined>;
  /** Something may be receivable, now or at another instant than before. */
  wake(queueId: number): void;
  wakeAll(): void;
  /** Ends every wait with nothing. */
  close(): void;
}

interface Waiter {
  readonly queueId: number;
  /** False when there was nothing to take. */
  readonly tryTake: () => boolean;
  readonly giveUp: () => void;
}

const timeoutMsMax = 60 * 60 * 1000;

export function openWaiters(clock: LocalClock, nextVisible: (queueId: number) => number | undefined): Waiters {
  const waiting = new Map<number, Set<Waiter>>();
  let alarm: NodeJS.Timeout | undefined;

  const arm = (): void => {
    clearTimeout(alarm);
    const nexts = [...waiting.keys()].map(nextVisible).filter((next) => next !== undefined);
    if (nexts.length === 0) return;
    const delayMs = Math.min(Math.max(Math.min(...nexts) - clock.now(), 1), timeoutMsMax);
    alarm = setTimeout(wakeAll, delayMs);
  };
  const serve = (queueId: number): void => {
    for (const waiter of waiting.get(queueId) ?? []) if (!waiter.tryTake()) break;
  };
  const leave = (waiter: Waiter): void => {
    const others = waiting.get(waiter.queueId);
    others?.delete(waiter);
    if (others?.size === 0) waiting.delete(waiter.queueId);
  };
  const wakeAll = (): void => {
    for (const queueId of waiting.keys()) serve(queueId);
    arm();
  };

  return {
    wait: (queue, take, { waitMs, signal }) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void): void => {
          clearTimeout(patience);
          signal?.removeEventListener('abort', giveUp);
          leave(waiter);
          settle();
        };
        const giveUp = () => end(() => resolve(undefined));
        const tryTake = (): boolean => {
          try {
            const taken = take();
            if (taken !== undefined) end(() => resolve(taken));
            return taken !== undefined;
          } catch (error) {
            end(() => reject(error));
            return true;
          }
        };
        const waiter: Waiter = { queueId: queue.id, tryTake, giveUp };
        const patience = setTimeout(giveUp, waitMs);
        signal?.addEventListener('abort', giveUp, { once: true });
        if (signal?.aborted === true) return giveUp();
        waiting.set(queue.id, (waiting.get(queue.id) ?? new Set()).add(waiter));
        arm();
        return undefined;
      }),
    wake: (queueId) => {
      if (!waiting.has(queueId)) return;
      serve(queueId);
      arm();
    },
    wakeAll,
    close: () => {
      clearTimeout(alarm);
      for (const waiters of waiting.values()) for (const waiter of waiters) waiter.giveUp();
    },
  };
}
