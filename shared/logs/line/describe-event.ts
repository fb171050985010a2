/**
 * What an error record's first line says: its time as an instant, its logger, and the event's own text.
 */
import type { TimeAssumption } from '#shared/logs/error-record.ts';
import { limits } from '#shared/logs/limits.ts';
import { describeCells } from './describe-cells.ts';
import { describeJson } from './describe-json.ts';
import { describePairs } from './describe-pairs.ts';
import { describeText, loggerOfHeader } from './describe-text.ts';
import type { Head } from './head.ts';
import { parseHead } from './parse-head.ts';
import { noTime, readTime, type Instant } from './time.ts';

export interface EventDescription {
  /** ISO 8601 in UTC with milliseconds, or null when the line carries no time that exists. */
  readonly time: string | null;
  readonly timeAssumed: TimeAssumption[];
  /** Logger, module, program or service named in the header. */
  readonly logger: string | null;
  /** The event's own text without its header, at most `messageCharactersMax`; '' where the header is all of the line (.NET's console). */
  readonly message: string;
  /** A stack trace that the line itself carries (a JSON field), at most `stackCharactersMax`. */
  readonly stack: string | null;
}

/** What a description of one kind of line finds. */
export interface Described {
  readonly instant?: Instant;
  readonly logger: string | null;
  readonly message: string;
  readonly stack?: string | null;
}

/** Describes the event that `line` (decoded, without terminator) opens. `fileTimeMs`, the file's own time, settles what a written time leaves out. */
export function describeEvent(line: string, { fileTimeMs }: { fileTimeMs: number }): EventDescription {
  const head = parseHead(line);
  const described = describeByKind(head, fileTimeMs);
  const { time, timeAssumed } = clearest([described.instant ?? noTime, ...headInstants(head, fileTimeMs)]);
  return {
    time,
    timeAssumed: [...timeAssumed],
    logger: described.logger,
    message: kept(described.message.trim(), limits.messageCharactersMax),
    stack: described.stack === undefined || described.stack === null ? null : kept(described.stack, limits.stackCharactersMax),
  };
}

function describeByKind(head: Head, fileTimeMs: number): Described {
  if (head.jsonAt < 0) return describePairs(head, fileTimeMs) ?? describeCells(head) ?? describeText(head);
  const json = describeJson(head.text.slice(head.jsonAt), fileTimeMs);
  return json.logger === null ? { ...json, logger: loggerOfHeader(head) } : json;
}

/** The times of the header in the order written, the wrapper's last. */
function headInstants(head: Head, fileTimeMs: number): Instant[] {
  const written = [head.timeAt, head.innerTimeAt].filter((at) => at >= 0).map((at) => readTime(head.text, at, { fileTimeMs }));
  return head.wrapperTime === null ? written : [...written, readTime(head.wrapperTime, 0, { fileTimeMs })];
}

/** The instant that needs the fewest assumptions, the first of equals. */
function clearest(instants: readonly Instant[]): Instant {
  let best = noTime;
  for (const instant of instants) {
    if (instant.time !== null && (best.time === null || instant.timeAssumed.length < best.timeAssumed.length)) best = instant;
  }
  return best;
}

/** The first characters of a text, never half of a pair. */
function kept(text: string, charactersMax: number): string {
  return text.slice(0, charactersMax).toWellFormed();
}
