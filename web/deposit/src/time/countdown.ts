/**
 * Time that runs out, in whole seconds.
 */

/** Rounded up, so that zero is shown when the time is over and not a second before. */
export function secondsUntil(deadlineMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((deadlineMs - nowMs) / 1000));
}

/** Milliseconds until `secondsUntil` answers less; undefined when it is at its end. */
export function msUntilNextSecond(deadlineMs: number, nowMs: number): number | undefined {
  const leftMs = deadlineMs - nowMs;
  if (leftMs <= 0) return undefined;
  return leftMs % 1000 || 1000;
}

/** `04:09`, `1:04:09`. */
export function countdownText(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  return `${hours > 0 ? `${hours}:` : ''}${twoDigits(minutes)}:${twoDigits(rest)}`;
}

/** Seconds left that are worth saying aloud: a countdown that speaks every second cannot be listened to. */
const marks = [3600, 1800, 900, 600, 300, 240, 180, 120, 60, 30, 10];

/** The mark that was reached on the way from one look to the next, which may lie far apart; the lowest of several. */
export function markPassed(beforeSeconds: number, afterSeconds: number): number | undefined {
  return marks.findLast((mark) => beforeSeconds > mark && afterSeconds <= mark && afterSeconds > 0);
}
