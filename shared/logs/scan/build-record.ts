/**
 * Makes the error record of what the stages found: offsets in file bytes, and the texts decoded.
 */
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import { limits } from '#shared/logs/limits.ts';
import { describeEvent } from '#shared/logs/line/describe-event.ts';
import { unwrapped, withoutColours } from '#shared/logs/line/wrapping.ts';
import type { FoundRecord } from './record-stage.ts';
import type { UnitWindow } from './unit-window.ts';

const NEWLINE = 0x0a;
/** Bytes of UTF-8 that one character of a text may take. */
const characterBytesMax = 4;

export function buildRecord(
  found: FoundRecord,
  window: UnitWindow,
  { fileTimeMs, lineMax }: { fileTimeMs: number; lineMax: number },
): ErrorRecord {
  const { first, rest } = linesOf(found, window, lineMax);
  const described = describeEvent(first, { fileTimeMs });
  const lines = withoutWrapping(first, rest);
  const message = found.opener === 'event' ? described.message || firstOf(lines) : traceMessage(found.opener, ownText(first), lines);
  const stack = [described.stack, rest === '' ? null : lines.join('\n')].filter((part) => part !== null).join('\n');
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

/** The first line, and the lines behind it as one text; neither with its last terminator. */
function linesOf({ start, end }: FoundRecord, window: UnitWindow, lineMax: number): { first: string; rest: string } {
  const newline = window.units.indexOf(NEWLINE, window.indexOf(start)) - window.indexOf(start) + start;
  if (newline < start || newline >= end) return { first: window.text(start, Math.min(end, start + lineMax)), rest: '' };
  const restEnd = Math.min(end, newline + 1 + limits.stackCharactersMax * characterBytesMax);
  return {
    first: withoutTerminator(window.text(start, Math.min(newline, start + lineMax))),
    rest: withoutTerminator(window.text(newline + 1, restEnd)),
  };
}

const withoutTerminator = (text: string) => text.replace(/\r?\n$|\r$/, '');

const ownText = (line: string) => {
  const text = withoutColours(line);
  return (unwrapped(text)?.line ?? text).trim();
};

/** The lines behind the first, without what a container runtime puts around each of them. */
function withoutWrapping(first: string, rest: string): string[] {
  const lines = rest.split(/\r?\n/);
  return unwrapped(withoutColours(first)) === undefined ? lines : lines.map((line) => unwrapped(line)?.line ?? line);
}

/** Of an event that says nothing in its own line: .NET's console logger puts its message on the next one. */
function firstOf(lines: readonly string[]): string {
  return lines.find((line) => line.trim() !== '')?.trim() ?? '';
}

/** The line of a trace that says what happened. */
function traceMessage(opener: FoundRecord['opener'], first: string, lines: readonly string[]): string {
  if (opener === 'python') return lines.findLast(namesException) ?? first;
  if (opener === 'node') return lines.slice(2).find((line) => /^\S/.test(line)) ?? first;
  const second = lines[0] ?? '';
  return first.endsWith(':') && second !== '' ? `${first} ${second.trim()}` : first;
}

const namesException = (line: string) =>
  /^[^\s}]/.test(line) && !/^(?:Traceback \(|During handling of the above|The above exception was)/.test(line);

function bounded(text: string, charactersMax: number): string {
  return text.length <= charactersMax ? text : text.slice(0, charactersMax).replace(/[\ud800-\udbff]$/, '');
}
