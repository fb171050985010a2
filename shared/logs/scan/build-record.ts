/**
 * Makes the error record of what the stages found: offsets in file bytes, and the texts decoded.
 */
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import { limits } from '#shared/logs/limits.ts';
import { describeEvent, describeTraceHead, type EventDescription } from '#shared/logs/line/describe-event.ts';
import { describeTwoLineHeader } from '#shared/logs/line/two-line-header.ts';
import { unwrapped, withoutColours } from '#shared/logs/line/wrapping.ts';
import { lineBefore } from './line-before.ts';
import type { FoundRecord } from './record-stage.ts';
import type { UnitWindow } from './unit-window.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** Bytes of UTF-8 that one character of a text may take. */
const characterBytesMax = 4;

interface RecordOptions {
  readonly fileTimeMs: number;
  readonly lineMax: number;
}

export function buildRecord(found: FoundRecord, window: UnitWindow, options: RecordOptions): ErrorRecord {
  const { first, rest } = linesOf(found, window, options.lineMax);
  const described = found.opener === 'event' ? eventOf(first, { found, window, options }) : describeTraceHead(first, options);
  const behind = rest === '' ? rest : withoutWrapping(first, rest);
  const message = found.opener === 'event' ? eventMessage(described.message, behind) : traceMessage(found.opener, ownText(first), behind);
  const stack = described.stack === null || behind === '' ? (described.stack ?? behind) : `${described.stack}\n${behind}`;
  return {
    offset: found.start * window.unitBytes,
    length: (found.end - found.start) * window.unitBytes,
    lineInRange: found.lineNumber,
    truncated: found.truncated,
    level: found.level,
    time: described.time,
    timeAssumed: described.timeAssumed,
    logger: described.logger,
    message: bounded(message, limits.messageCharactersMax),
    stack: stack === '' ? null : bounded(stack, limits.stackCharactersMax),
  };
}

/** What the event's line says, and the line before it where that is the other half of its header. */
function eventOf(
  first: string,
  { found, window, options }: { found: FoundRecord; window: UnitWindow; options: RecordOptions },
): EventDescription {
  const described = describeEvent(first, options);
  if (described.time !== null || described.logger !== null) return described;
  const before = lineBefore(window, found.start);
  return (before === undefined ? undefined : describeTwoLineHeader(before, described, options)) ?? described;
}

/** The first line, and the lines behind it as one text; neither with its last terminator. */
function linesOf({ start, end }: FoundRecord, window: UnitWindow, lineMax: number): { first: string; rest: string } {
  const newline = window.units.indexOf(NEWLINE, window.indexOf(start)) - window.indexOf(start) + start;
  if (newline < start || newline >= end) return { first: window.text(start, Math.min(end, start + lineMax)), rest: '' };
  const restEnd = Math.min(end, newline + 1 + limits.stackCharactersMax * characterBytesMax);
  return {
    first: textOf(window, start, Math.min(newline, start + lineMax)),
    rest: textOf(window, newline + 1, restEnd),
  };
}

/** The text without its last terminator. */
function textOf(window: UnitWindow, start: number, end: number): string {
  let last = end;
  if (last > start && window.unitAt(last - 1) === NEWLINE) last -= 1;
  if (last > start && window.unitAt(last - 1) === RETURN) last -= 1;
  return last > start ? window.text(start, last) : '';
}

const ownText = (line: string) => {
  const text = withoutColours(line);
  return (unwrapped(text)?.line ?? text).trim();
};

/** The lines behind the first, each ended by a newline alone, and without what a container runtime puts around it. */
function withoutWrapping(first: string, rest: string): string {
  const lines = rest.includes('\r\n') ? rest.replaceAll('\r\n', '\n') : rest;
  if (unwrapped(withoutColours(first)) === undefined) return lines;
  return lines
    .split('\n')
    .map((line) => unwrapped(withoutColours(line))?.line ?? line)
    .join('\n');
}

/** Groups in brackets and nothing else: Rails puts the id of the request before each line. */
const onlyTags = /^(?:\[[^\]]{1,80}\] ?){1,4}$/;

/** An event that says nothing in its own line says it in the next one: .NET's console logger, Rails. */
function eventMessage(message: string, behind: string): string {
  if (message !== '' && !(message.startsWith('[') && onlyTags.test(message))) return message;
  for (const line of behind.split('\n', linesSearchedMax)) {
    const own = line.trim();
    const words = message !== '' && own.startsWith(message) ? own.slice(message.length).trim() : own;
    if (words !== '') return words;
  }
  return message;
}

/** Lines behind the first that are looked at for a message. */
const linesSearchedMax = 16;

/** The line of a trace that says what happened. */
function traceMessage(opener: FoundRecord['opener'], first: string, behind: string): string {
  if (opener === 'python') return pythonMessage(first, behind.split('\n'));
  if (opener === 'node') {
    const isException = (line: string) => /^\S/.test(line);
    return behind.split('\n', linesSearchedMax).slice(2).find(isException) ?? first;
  }
  if (!first.endsWith(':')) return first;
  const newline = behind.indexOf('\n');
  const second = newline < 0 ? behind : behind.slice(0, newline);
  return second === '' ? first : `${first} ${second.trim()}`;
}

/** The last exception of a chain; of a group the group itself, which Python draws a frame around. */
function pythonMessage(first: string, lines: readonly string[]): string {
  const said = first.startsWith('+') ? lines.find((line) => /^ *\| [^\s|+-]/.test(line))?.replace(/^ *\| /, '') : undefined;
  return said ?? lines.findLast(namesException) ?? first;
}

const namesException = (line: string) =>
  /^[^\s}]/.test(line) && !/^(?:Traceback \(|During handling of the above|The above exception was)/.test(line);

function bounded(text: string, charactersMax: number): string {
  return text.length <= charactersMax ? text : text.slice(0, charactersMax).replace(/[\ud800-\udbff]$/, '');
}
