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
  const { time, timeAssumed } = headInstant(head, described.instant ?? noTime, fileTimeMs);
  return {
    time,
    timeAssumed: [...timeAssumed],
    logger: described.logger,
    message: kept(described.message.trim(), limits.messageCharactersMax),
    stack: described.stack === undefined || described.stack === null ? null : kept(described.stack, limits.stackCharactersMax),
  };
}

/** Of the first line of a trace that no event opens: when it was written, where something around it says so. No logger wrote it. */
export function describeTraceHead(line: string, { fileTimeMs }: { fileTimeMs: number }): EventDescription {
  const { time, timeAssumed } = headInstant(parseHead(line), noTime, fileTimeMs);
  return { time, timeAssumed: [...timeAssumed], logger: null, message: '', stack: null };
}

function describeByKind(head: Head, fileTimeMs: number): Described {
  if (head.jsonAt < 0) return describePairs(head, fileTimeMs) ?? describeCells(head) ?? describeText(head);
  const json = describeJson(head.text.slice(head.jsonAt), fileTimeMs);
  return json.logger === null ? { ...json, logger: loggerOfHeader(head) } : json;
}

/** What the line's times say together, the wrapper's last. */
function headInstant(head: Head, own: Instant, fileTimeMs: number): Instant {
  let best = own;
  if (head.timeAt >= 0) best = clearer(best, readTime(head.text, head.timeAt, { fileTimeMs }));
  if (head.innerTimeAt >= 0) {
    const inner = readTime(head.text, head.innerTimeAt, { fileTimeMs });
    best = head.ras ? withFraction(best, inner) : clearer(best, inner);
  }
  return head.wrapperTime === null ? best : clearer(best, readTime(head.wrapperTime, 0, { fileTimeMs }));
}

/** The instant that needs fewer assumptions, the first of equals. */
function clearer(first: Instant, second: Instant): Instant {
  if (second.time === null) return first;
  return first.time === null || second.timeAssumed.length < first.timeAssumed.length ? second : first;
}

const quarterHourSeconds = 900;

/** BlueGene writes whole seconds since 1970, and behind them the local time with its fraction: the same instant where a zone can be between them. */
function withFraction(epoch: Instant, local: Instant): Instant {
  if (epoch.time === null || local.time === null) return clearer(epoch, local);
  const seconds = Math.floor(Date.parse(local.time) / 1000) - Math.floor(Date.parse(epoch.time) / 1000);
  if (seconds % quarterHourSeconds !== 0) return epoch;
  return { ...epoch, time: epoch.time.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length) + local.time.slice('YYYY-MM-DDTHH:MM:SS'.length) };
}

/** The first characters of a text, never half of a pair. */
function kept(text: string, charactersMax: number): string {
  return text.slice(0, charactersMax).toWellFormed();
}
