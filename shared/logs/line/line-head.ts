/**
 * What one log line says about itself: whether it opens an event, its level, and whether it carries a time. One reader for all formats.
 */
import type { Level } from '#shared/logs/error-record.ts';
import { parseHead } from './parse-head.ts';

export interface LineHead {
  /** The line opens an event of its own; never true for stack frames, indented text, exception lines and free prose. */
  readonly startsEvent: boolean;
  /** The head carries a written time. */
  readonly timed: boolean;
  readonly level: Level | undefined;
}

/** Reads the head of a line (without its terminator, decoded or as latin1 bytes) from the line alone. */
export function readLineHead(line: string): LineHead {
  const { head } = parseHead(line);
  return { startsEvent: head.opens, timed: head.timed, level: head.level };
}
