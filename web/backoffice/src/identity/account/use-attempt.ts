import { useEffect, useState } from 'react';
import { type ApiProblem, asProblem } from '../../shell/api/problem.ts';

export interface Attempt {
  readonly isBusy: boolean;
  readonly problem: ApiProblem | undefined;
  /** Seconds until another attempt is taken; 0 when one may try. */
  readonly waitSeconds: number;
  run(work: () => Promise<void>): Promise<void>;
}

/** A step of signing in that may be refused, and after too many refusals has to wait. */
export function useAttempt(now: () => number): Attempt {
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

function useCountdown(untilMs: number, now: () => number): number {
  const [, tick] = useState(0);
  const seconds = Math.max(0, Math.ceil((untilMs - now()) / 1000));
  useEffect(() => {
    if (seconds === 0) return undefined;
    const timer = setTimeout(() => tick((count) => count + 1), 1000);
    return () => clearTimeout(timer);
  });
  return seconds;
}
