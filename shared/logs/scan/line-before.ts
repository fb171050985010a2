/**
 * The line before a record: of java.util.logging, an event's time and logger stand there.
 */
import type { UnitWindow } from './unit-window.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Units before a record that a window keeps for it: a date, a class and a method. */
export const unitsBeforeMax = 512;

/** The line before the one that starts at `start`, undefined where there is none or it is longer than `unitsBeforeMax` with its end. */
export function lineBefore(window: UnitWindow, start: number): string | undefined {
  const lowest = Math.max(start - unitsBeforeMax, window.textStart);
  let end = start - 1;
  if (end <= lowest || window.unitAt(end) !== NEWLINE) return undefined;
  let from = end;
  while (from > lowest && window.unitAt(from - 1) !== NEWLINE) from -= 1;
  if (from > window.textStart && window.unitAt(from - 1) !== NEWLINE) return undefined;
  if (end > from && window.unitAt(end - 1) === RETURN) end -= 1;
  return window.text(from, end);
}
