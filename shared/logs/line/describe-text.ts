/**
 * Logger and message of a text line. What stands behind the level is matched with the layouts of known loggers, one after the other; where
 * none names a logger, the header before the level may.
 */
import type { Described } from './describe-event.ts';
import type { Head } from './head.ts';
import { layoutIndex } from './layout-index.ts';
import { behindBriefLetter, behindGlogTime, behindLetter, behindSyslogTime, layoutsBefore, layoutsBehind, wordBefore } from './layouts.ts';

const indexBehind = layoutIndex(layoutsBehind);

interface Named {
  readonly logger: string | null;
  readonly message: string;
}

/** Describes a text line. */
export function describeText(head: Head): Described {
  const behind = describeBehind(head);
  return { logger: behind.logger ?? loggerOfHeader(head), message: behind.message };
}

/** The logger that the header names in or before the level. */
export function loggerOfHeader(head: Head): string | null {
  return loggerWithin(head) ?? loggerBefore(head);
}

function describeBehind(head: Head): Named {
  const special = describeSpecial(head);
  if (special !== undefined) return special;
  const rest = head.text.slice(messageStart(head));
  if (head.levelAt < 0) return { logger: null, message: head.opens ? withoutSeparators(rest) : rest };
  const layouts = head.levelEnd - head.levelAt === 1 ? behindLetter : indexBehind.candidates(rest);
  return firstMatch(layouts, rest) ?? { logger: null, message: withoutSeparators(rest) };
}

/** Formats known by the place of their level: glog, Android's brief format, RFC 5424, Erlang's reports, WebSphere. */
function describeSpecial(head: Head): Named | undefined {
  const { text, levelAt } = head;
  if (levelAt === 0 && text[1] === '/') return firstMatch([behindBriefLetter], text.slice(1));
  if (levelAt >= 0 && (head.timeAt === levelAt + 1 || head.innerTimeAt === levelAt + 1))
    return firstMatch([behindGlogTime], text.slice(head.timeEnd));
  if (/^<\d{1,3}>1 /.test(text) && head.timed) return firstMatch([behindSyslogTime], text.slice(head.timeEnd));
  if (/^=[A-Z]+ REPORT====/.test(text)) return { logger: null, message: '' };
  return undefined;
}

/** Behind the level and a time that follows it; without a level of the line's own, behind its time, groups and tags. */
function messageStart(head: Head): number {
  if (head.levelAt >= 0) return head.timeEnd > head.levelEnd ? head.timeEnd : head.levelEnd;
  return head.opens ? head.messageAt : 0;
}

function firstMatch(layouts: readonly RegExp[], rest: string): Named | undefined {
  for (const one of layouts) {
    const parts = one.exec(rest)?.groups;
    const logger = parts?.['logger'];
    if (parts === undefined || (logger !== undefined && isNoLogger(logger))) continue;
    return { logger: logger === undefined || logger === '' ? null : logger, message: withoutSeparators(parts['message'] ?? '') };
  }
  return undefined;
}

/** An exception's class, an address or a scheme is no logger. */
function isNoLogger(name: string): boolean {
  return /(?:Exception|Error|Throwable)$|^\d+(?:\.\d+)+|^https?$/.test(name);
}

/** Apache's `core:error`, Chromium's `…:ERROR:gpu_init.cc(523)`. */
function loggerWithin(head: Head): string | undefined {
  const inside = /^(?:(?<module>\w+):[a-z]+|.*:(?<file>[\w.]+)\(\d+\))$/.exec(
    head.text.slice(Math.max(head.levelAt, 0), Math.max(head.levelEnd, 0)),
  );
  return inside?.groups?.['module'] ?? inside?.groups?.['file'];
}

/** Characters before the level that are searched for a logger. */
const headerCharactersMax = 400;

function loggerBefore(head: Head): string | null {
  const before = headerBefore(head);
  for (const one of layoutsBefore) {
    const logger = loggerIn(one, before);
    if (logger !== undefined) return logger;
  }
  const word = head.timed ? loggerIn(wordBefore, before) : undefined;
  return word === undefined || word === 'main' ? null : word;
}

function loggerIn(layout: RegExp, text: string): string | undefined {
  const logger = layout.exec(text)?.groups?.['logger'];
  return logger === undefined || isNoLogger(logger) ? undefined : logger;
}

/** The header from its last time, or from its start, to the level or the message. */
function headerBefore(head: Head): string {
  const end = head.levelAt < 0 ? messageStart(head) : head.levelAt;
  const start = head.timeEnd < end ? head.timeEnd : 0;
  return head.text.slice(Math.max(start, end - headerCharactersMax), end);
}

/** What the header leaves before a message: brackets that close, separators, a dash. */
function withoutSeparators(text: string): string {
  return text.replace(/^(?:[\s:|\])>,]|-+(?=\s))+/, '').trim();
}
