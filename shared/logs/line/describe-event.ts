/**
 * What an error record's first line says: its time as an instant, its logger, and the event's own text.
 */
import type { TimeAssumption } from '#shared/logs/error-record.ts';
import { limits } from '#shared/logs/limits.ts';
import { parseHead } from './parse-head.ts';
import { readTime } from './time.ts';

export interface EventDescription {
  /** ISO 8601 in UTC with milliseconds, or null when no time is written. */
  readonly time: string | null;
  readonly timeAssumed: TimeAssumption[];
  readonly logger: string | null;
  /** At most `limits.messageCharactersMax`. */
  readonly message: string;
  /** A stack trace that the line itself carries (a JSON field), at most `limits.stackCharactersMax`. */
  readonly stack: string | null;
}

/** Describes the event a line opens. `fileTimeMs` settles what the line's time leaves out. */
export function describeEvent(line: string, context: { fileTimeMs: number }): EventDescription {
  const head = parseHead(line);
  const instant = head.timeAt < 0 ? { time: null, timeAssumed: [] } : readTime(head.text, head.timeAt, context);
  const from = Math.max(head.levelEnd, head.bodyAt, 0);
  const message = head.text.slice(from).replace(/^[\s:|\]>)-]+/, '');
  return { ...instant, logger: null, message: message.slice(0, limits.messageCharactersMax), stack: null };
}
