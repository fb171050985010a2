/**
 * Reads one token of a head (what stands between two separators) that is no time, group or level, and says whether the head goes on behind it.
 */
import {
  blankFrom,
  COLON,
  DASH,
  isBlank,
  isDigit,
  isLower,
  isUpper,
  isWordCharacter,
  OPEN_BRACKET,
  PIPE,
  skipBlanks,
  TAB,
} from './characters.ts';
import { headEnds, takeField, takeLevel, type Head } from './head.ts';
import { isLevelBehindName } from './level-position.ts';
import { levelOfSyslogSeverity, levelWord } from './level-words.ts';
import { isKey, readPair } from './pairs.ts';
import { timeEnd } from './time-formats.ts';
import { tokenShape } from './token-shape.ts';

/** Answers where the next field may begin, or `headEnds` when the token is prose. */
export function readToken(head: Head, at: number): number {
  const { end, structured, equalsAt, tooLong } = tokenShape(head.text, at);
  if (tooLong) return headEnds;
  if (equalsAt >= 0) return isKey(head.text, at, equalsAt) ? readPair(head, at, equalsAt) : headEnds;
  if (head.text.charCodeAt(end - 1) === COLON) return readTag(head, at, end);
  if (structured) return readIdentifier(head, at, end);
  if (isOrnament(head.text, at, end)) return end;
  return isFieldByPlace(head, at, end) ? takeField(head, end) : headEnds;
}

/** `sshd[12]:`, `kernel:`, `file.c:12:3:`, Monolog's `app.ERROR:`, Cisco's `%LINK-3-UPDOWN:`. What follows is the message, or a head again. */
function readTag(head: Head, at: number, end: number): number {
  const tag = head.text.slice(at, end);
  if (readTagLevel(head, tag, at)) return headEnds;
  if (!head.timed && exceptionName.test(tag)) return headEnds;
  head.doubtful = false;
  head.tagEnd = end;
  head.messageAt = end;
  return takeField(head, end);
}

/** An exception's line, as Python, Java or .NET print it under the event that it belongs to. */
const exceptionName = /(?:Exception|Error|Throwable|Fault):$|^[\w$.]+\.[A-Z]\w*:$/;

function readTagLevel(head: Head, tag: string, at: number): boolean {
  const start = tag.startsWith('%') ? 0 : tag.lastIndexOf('.') + 1;
  if (start === 0) return readCiscoTag(head, tag, at);
  const word = isUpper(tag.charCodeAt(start + 1)) ? levelWord(tag.slice(start, -1)) : undefined;
  if (word?.use !== 'plain') return false;
  takeLevel(head, word.level, { at: at + start, end: at + tag.length });
  return true;
}

function readCiscoTag(head: Head, tag: string, at: number): boolean {
  const severity = tag.startsWith('%') ? ciscoSeverity.exec(tag)?.[1] : undefined;
  const level = severity === undefined ? undefined : levelOfSyslogSeverity(Number(severity));
  if (level === undefined) return false;
  takeLevel(head, level, { at, end: at + tag.length });
  return true;
}

const ciscoSeverity = /^%[A-Z0-9_-]+-([0-7])-[A-Z0-9_]+:$/;

/** An identifier, number, address or path. At the start of a line it may be anything; a short number may count what follows. */
function readIdentifier(head: Head, at: number, end: number): number {
  const { text } = head;
  if (isOrnament(text, at, end)) return end;
  const facility = head.timed ? facilityLevel(text, at, end) : undefined;
  if (facility !== undefined) {
    takeLevel(head, facility, { at, end });
    return headEnds;
  }
  head.doubtful = !head.timed || (end - at <= 2 && isDigit(text.charCodeAt(at)));
  return takeField(head, end);
}

/** `***`, `!!!`, an emoji: a short token without a letter or digit. */
function isOrnament(text: string, at: number, end: number): boolean {
  if (end - at > ornamentCharactersMax) return false;
  for (let position = at; position < end; position += 1) if (isWordCharacter(text.charCodeAt(position))) return false;
  return true;
}

/** An emoji of two code points in latin1. */
const ornamentCharactersMax = 8;

/** BusyBox writes facility and severity as words: `daemon.err`. */
function facilityLevel(text: string, at: number, end: number): Head['level'] {
  facility.lastIndex = at;
  const match = isLower(text.charCodeAt(at)) && end - at <= 16 ? facility.exec(text) : null;
  return match === null ? undefined : levelWord(match[1] ?? '')?.level;
}

const facility = /(?:kern|user|mail|daemon|auth|authpriv|syslog|lpr|news|uucp|cron|ftp|local[0-7])\.([a-z]{3,7})(?= )/y;

/** A plain word is prose, unless it stands in a column, names a thread or a host, or a level follows that cannot be prose. */
function isFieldByPlace(head: Head, at: number, end: number): boolean {
  const { text } = head;
  const next = skipBlanks(text, end);
  const isPiped = text.charCodeAt(next) === PIPE;
  if (isPiped || !head.timed) return isPiped || isTimeGroup(text, next);
  return isColumn(text, end, next) || isNamed(head, at, end) || isLevelBehindName(head, next, { at, end });
}

/** A tab, two blanks or a dash behind it. */
function isColumn(text: string, end: number, next: number): boolean {
  if (next - end > 1 || text.charCodeAt(end) === TAB) return true;
  return text.charCodeAt(next) === DASH && isBlank(text.charCodeAt(next + 1));
}

function isNamed(head: Head, at: number, end: number): boolean {
  if (head.ras && head.fieldsSinceTime < 4) return isUpper(head.text.charCodeAt(at + 1));
  return head.fieldsSinceTime === 0 && (isHost(head, skipBlanks(head.text, end)) || threadNames.has(head.text.slice(at, end)));
}

/** Names that loggers put in a column of their own and that no sentence begins with. */
const threadNames: ReadonlySet<string> = new Set([
  'main',
  'root',
  'werkzeug',
  'celery',
  'gunicorn',
  'uvicorn',
  'django',
  'stdout',
  'stderr',
]);

/** After a syslog time a word is a host when a tag follows; after any other time only when the tag carries a process id. */
function isHost(head: Head, tagAt: number): boolean {
  const { text } = head;
  const end = blankFrom(text, tagAt);
  const last = text.charCodeAt(end - 1) === COLON ? end - 1 : end;
  if (last < end && isUpper(text.charCodeAt(head.timeAt))) return true;
  return text[last - 1] === ']' && isDigit(text.charCodeAt(last - 2));
}

/** The user of an access log's line: `1.2.3.4 - frank [21/Nov/2026:…`. */
function isTimeGroup(text: string, at: number): boolean {
  return text.charCodeAt(at) === OPEN_BRACKET && timeEnd(text, at + 1) > 0;
}
