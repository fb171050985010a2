import { useEffect, useState } from 'preact/hooks';
import { useShell } from '../shell/shell.ts';
import { msUntilNextSecond, secondsUntil } from '../time/countdown.ts';

/** Whole seconds until the deadline by the server's time, shown anew as each ends. A tab in the background is late, and looks again when it is seen. */
export function useSecondsLeft(deadline: string): number {
  const { clock } = useShell();
  const deadlineMs = Date.parse(deadline);
  const [seconds, setSeconds] = useState(() => secondsUntil(deadlineMs, clock.now()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = (): void => {
      clearTimeout(timer);
      const nowMs = clock.now();
      setSeconds(secondsUntil(deadlineMs, nowMs));
      // Looks again each second also after the end: the server's time may turn out to be another.
      timer = setTimeout(tick, msUntilNextSecond(deadlineMs, nowMs) ?? 1000);
    };
    tick();
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [deadlineMs, clock]);
  return seconds;
}
