import { useEffect, useState } from 'react';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { useDesk } from '../desk-context.ts';

export interface Attempt {
  readonly isBusy: boolean;
  readonly problem: ApiProblem | undefined;
  /** Seconds until another attempt is taken; 0 when one may try. */
  readonly waitSeconds: number;
  run(work: () => Promise<void>): Promise<void>;
}

/** Something that is sent and may be refused: with why, and after too many refusals with how long to wait. */
export function useAttempt(): Attempt {
  const { now } = useDesk();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const [waitUntilMs, setWaitUntilMs] = useState(0);
  const waitSeconds = useCountdown(waitUntilMs, now);
  return {
    isBusy,
    problem,
    waitSeconds,
    async run(work) {
      setBusy(true);
      setProblem(undefined);
      try {
        await work();
      } catch (error) {
        const refused = asProblem(error);
        setProblem(refused);
        if (refused.retryAfterSeconds !== undefined) setWaitUntilMs(now() + refused.retryAfterSeconds * 1000);
      } finally {
        setBusy(false);
      }
    },
  };
}

/** Whole seconds until an instant, as they go by; 0 from then on. */
export function useCountdown(untilMs: number, now: () => number): number {
  const [, tick] = useState(0);
  const seconds = Math.max(0, Math.ceil((untilMs - now()) / 1000));
  useEffect(() => {
    if (seconds === 0) return undefined;
    const timer = setTimeout(() => tick((count) => count + 1), 1000);
    return () => clearTimeout(timer);
  });
  return seconds;
}
