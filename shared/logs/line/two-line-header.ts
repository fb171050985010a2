/**
 * java.util.logging writes an event in two lines: `Nov 21, 2026 10:00:00 AM org.acme.Shop settle`, then `SEVERE: boom`.
 */
import type { EventDescription } from './describe-event.ts';
import { timeEnd } from './time-formats.ts';
import { readTime } from './time.ts';

/** A class and a method. */
const source = / (?<logger>[A-Za-z_$][\w$.]{0,200}) [\w$<>]{1,100}$/y;

/** The description of the second line completed by the first; undefined where that is no such header. */
export function describeTwoLineHeader(
  line: string,
  described: EventDescription,
  { fileTimeMs }: { fileTimeMs: number },
): EventDescription | undefined {
  const end = timeEnd(line, 0);
  if (end < 0) return undefined;
  source.lastIndex = end;
  const logger = source.exec(line)?.groups?.['logger'];
  if (logger === undefined) return undefined;
  const { time, timeAssumed } = readTime(line, 0, { fileTimeMs });
  return { ...described, time, timeAssumed: [...timeAssumed], logger };
}
