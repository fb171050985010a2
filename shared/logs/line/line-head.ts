/**
 * What one log line says about itself: whether it opens an event, its level, and whether it carries a time. One reader for all formats, no
 * hints; `docs/log-levels.md` lists what it knows.
 */
import type { Level } from '#shared/logs/error-record.ts';
import type { Head } from './head.ts';
import { parseHead, parseUnwrapped } from './parse-head.ts';
import type { Wrapped } from './wrapping.ts';

export interface LineHead {
  /** The line opens an event of its own; never true for stack frames, indented text, exception lines and free prose. */
  readonly startsEvent: boolean;
  /** The head carries a written time. */
  readonly timed: boolean;
  /** The line's own level: the first one in level position. */
  readonly level: Level | undefined;
}

const levels: readonly (Level | undefined)[] = [undefined, 'trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** Every answer there is, so that none is allocated for a line. */
const answers = new Map<Level | undefined, readonly LineHead[]>(
  levels.map((level) => [
    level,
    [
      Object.freeze({ startsEvent: false, timed: false, level }),
      Object.freeze({ startsEvent: false, timed: true, level }),
      Object.freeze({ startsEvent: true, timed: false, level }),
      Object.freeze({ startsEvent: true, timed: true, level }),
    ],
  ]),
);

/** Reads the head of a line (without its terminator, decoded or as latin1 bytes) by the line alone. Linear in its length, and never throws. */
export function readLineHead(line: string): LineHead {
  return answerOf(parseHead(line));
}

/** The same for a line without colours, where it has been seen already what was wrapped around it. */
export function readUnwrappedHead(text: string, wrapped: Wrapped | undefined): LineHead {
  return answerOf(parseUnwrapped(text, wrapped));
}

function answerOf(head: Head): LineHead {
  const answer = answers.get(head.level)?.[(head.opens ? 2 : 0) + (head.timed ? 1 : 0)];
  return answer ?? { startsEvent: head.opens, timed: head.timed, level: head.level };
}
