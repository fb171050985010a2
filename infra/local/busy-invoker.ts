import { setTimeout as sleep } from 'node:timers/promises';
import type { Invoker, InvokeOutcome } from './ports.ts';

export interface BusyInvoker extends Invoker {
  /** Resolves when no event is at work any more, or the time is over. */
  idle(millisecondsMax: number): Promise<void>;
}

const lookEveryMs = 5;

/** Counts the events at work, so that time is not moved under them: a message in flight would become visible and be delivered twice. */
export function busyInvoker(invoker: Invoker): BusyInvoker {
  const atWork = new Set<symbol>();
  return {
    invoke: async (functionArn, event): Promise<InvokeOutcome> => {
      const work = Symbol(functionArn);
      atWork.add(work);
      try {
        return await invoker.invoke(functionArn, event);
      } finally {
        atWork.delete(work);
      }
    },
    idle: async (millisecondsMax) => {
      const deadline = performance.now() + millisecondsMax;
      while (atWork.size > 0 && performance.now() < deadline) await sleep(lookEveryMs);
    },
  };
}
