/**
 * What the head of one line holds. The head is everything before the event's own text.
 */
import type { Level } from '#shared/logs/error-record.ts';

/** What a reader of a field answers when the head ends there, instead of where the next field may begin. */
export const headEnds = -1;

export interface Head {
  /** The text that the positions refer to: the line without colours, wrapping and byte order mark. */
  text: string;
  level: Level | undefined;
  /** The line opens an event. */
  opens: boolean;
  timed: boolean;
  /** Where the first time is written, and a second one (an application's line inside a syslog line); -1 when nowhere. */
  timeAt: number;
  innerTimeAt: number;
  /** One past the last time read before the level. */
  timeEnd: number;
  /** The level's own characters, -1 without any (JSON, syslog's number). */
  levelAt: number;
  levelEnd: number;
  /** One past the last field that no message begins with (time, group, tag): without a level of its own the line's message starts here. */
  messageAt: number;
  /** When the container runtime took the line, as it writes it; null for a line that none wrapped. */
  wrapperTime: string | null;
  /** The JSON object that speaks for the line, -1 for a text line. */
  jsonAt: number;
  /** Fields since the last time, or since the start of the line. */
  fieldsSinceTime: number;
  /** What was read last may be prose (`3 ERROR lines`): a level needs more than capitals to be believed. */
  doubtful: boolean;
  /** One past the last tag (`sshd[12]:`), behind which the message stands; 0 without one. */
  tagEnd: number;
  /** A whole-line format that puts its level in a fixed place: BlueGene's RAS columns. */
  ras: boolean;
}

export function emptyHead(): Head {
  return {
    text: '',
    level: undefined,
    opens: false,
    timed: false,
    timeAt: -1,
    innerTimeAt: -1,
    timeEnd: 0,
    levelAt: -1,
    levelEnd: -1,
    messageAt: 0,
    wrapperTime: null,
    jsonAt: -1,
    fieldsSinceTime: 0,
    doubtful: false,
    tagEnd: 0,
    ras: false,
  };
}

/** Makes a used head an empty one, so that reading a line allocates nothing. */
export function reset(head: Head, text: string): void {
  head.text = text;
  head.level = undefined;
  head.opens = false;
  head.timed = false;
  head.timeAt = -1;
  head.innerTimeAt = -1;
  head.timeEnd = 0;
  head.levelAt = -1;
  head.levelEnd = -1;
  head.messageAt = 0;
  head.wrapperTime = null;
  head.jsonAt = -1;
  head.fieldsSinceTime = 0;
  head.doubtful = false;
  head.tagEnd = 0;
  head.ras = false;
}

export function takeTime(head: Head, at: number, end: number): void {
  if (head.timeAt < 0) head.timeAt = at;
  else if (head.innerTimeAt < 0) head.innerTimeAt = at;
  head.timeEnd = end;
  head.messageAt = end;
  head.timed = true;
  head.opens = true;
  head.fieldsSinceTime = 0;
  head.doubtful = false;
}

export function takeLevel(head: Head, level: Level, { at, end }: { at: number; end: number }): void {
  head.level = level;
  head.levelAt = at;
  head.levelEnd = end;
  head.opens = true;
}

/** Counts a field that ends at `end`; answers `end`. */
export function takeField(head: Head, end: number): number {
  head.fieldsSinceTime += 1;
  return end;
}
