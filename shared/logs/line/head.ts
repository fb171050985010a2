/**
 * What the head of one line holds. The head is everything before the event's own text; `bodyAt` is where that text starts.
 */
import type { Level } from '#shared/logs/error-record.ts';

export interface Head {
  level: Level | undefined;
  /** The line opens an event. */
  opens: boolean;
  timed: boolean;
  /** Where the time is written, -1 when nowhere; JSON and wrapped lines leave it at -1. */
  timeAt: number;
  /** One past the level word, -1 without one. */
  levelEnd: number;
  /** One past the last field of the head that was read. */
  bodyAt: number;
  /** The last name seen before the level: tag, logger, module or component; -1 when none. */
  nameAt: number;
  nameEnd: number;
  /** Fields read so far, times not counted. */
  fields: number;
  /** Fields read since the last time, or since the start of the line. */
  fieldsSinceTime: number;
  /** One past the `]` that closes a bracket the time stands in, so that what follows the time inside belongs to the head; 0 outside. */
  groupEnd: number;
  /** Plain words that may still pass for a column. */
  wordsLeft: number;
  /** A field ending in a colon was read: what follows is the message, or another head. */
  tagged: boolean;
}

export function emptyHead(): Head {
  return reset({} as Head);
}

/** Heads are reused: one line after the other, never two at a time. */
export function reset(head: Head): Head {
  head.level = undefined;
  head.opens = false;
  head.timed = false;
  head.timeAt = -1;
  head.levelEnd = -1;
  head.bodyAt = 0;
  head.nameAt = -1;
  head.nameEnd = -1;
  head.fields = 0;
  head.fieldsSinceTime = 0;
  head.groupEnd = 0;
  head.wordsLeft = 0;
  head.tagged = false;
  return head;
}
