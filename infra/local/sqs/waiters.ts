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

/** `nextVisible` answers when a queue's next hidden message shows, strictly after the instant it is given. */
export function openWaiters(clock: LocalClock, nextVisible: (queueId: number, afterMs: number) => number | undefined): Waiters {
  const waiting = new Map<number, Set<Waiter>>();
  let alarm: NodeJS.Timeout | undefined;

  /** `servedMs` is an instant before the queues were last looked at: what has become visible since then must not be taken for seen. */
  const arm = (servedMs: number): void => {
    clearTimeout(alarm);
    const nexts = [...waiting.keys()].map((queueId) => nextVisible(queueId, servedMs)).filter((next) => next !== undefined);
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
    const servedMs = clock.now();
    for (const queueId of waiting.keys()) serve(queueId);
    arm(servedMs);
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
        const servedMs = clock.now();
        waiting.set(queue.id, (waiting.get(queue.id) ?? new Set()).add(waiter));
        // Something may have become visible since the caller looked.
        if (!tryTake()) arm(servedMs);
        return undefined;
      }),
    wake: (queueId) => {
      if (!waiting.has(queueId)) return;
      const servedMs = clock.now();
      serve(queueId);
      arm(servedMs);
    },
    wakeAll,
    close: () => {
      clearTimeout(alarm);
      for (const waiters of waiting.values()) for (const waiter of waiters) waiter.giveUp();
    },
  };
}
