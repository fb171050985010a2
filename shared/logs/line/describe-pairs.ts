/**
 * What a logfmt line says beyond its level.
 */
import { blankFrom, QUOTE, skipBlanks } from './characters.ts';
import type { Described } from './describe-event.ts';
import type { Head } from './head.ts';
import { stringEnd } from './json-scan.ts';
import { noTime, readEpoch, readTime, type Instant } from './time.ts';
import { decoded } from './wrapping.ts';

/** Keys that say the same, the likeliest first. */
export const pairKeys = {
  message: ['msg', 'message', 'event', 'error', 'err', 'desc'],
  logger: ['logger', 'component', 'module', 'service', 'app', 'caller'],
  stack: ['stacktrace', 'stack', 'stack_trace', 'trace'],
  time: ['time', 'ts', 'timestamp', '@timestamp', 't'],
} as const;

/** Describes a line whose level is the value of a pair; undefined for any other. */
export function describePairs(head: Head, fileTimeMs: number): Described | undefined {
  const { text, levelAt } = head;
  if (levelAt < 0 || (text[levelAt - 1] !== '=' && !text.startsWith('="', levelAt - 2))) return undefined;
  const start = pairsStart(text, levelAt);
  const pairs = readPairs(text, start);
  const tag = /([A-Za-z][\w./-]{0,80})(?:\[[\w.-]{1,40}\])?: $/.exec(text.slice(0, start))?.[1];
  return {
    instant: timeOf(firstOf(pairs, pairKeys.time), fileTimeMs),
    logger: firstOf(pairs, pairKeys.logger) ?? tag ?? null,
    message: firstOf(pairs, pairKeys.message) ?? text.slice(start),
    stack: firstOf(pairs, pairKeys.stack) ?? null,
  };
}

/** Where the pairs begin: behind the last tag before the level, or at the first key of the line. */
function pairsStart(text: string, levelAt: number): number {
  const before = text.slice(0, levelAt);
  const tagEnd = /^[^="]*: (?=[A-Za-z_@])/.exec(before)?.[0].length ?? 0;
  return tagEnd + Math.max(before.slice(tagEnd).search(/[A-Za-z_@][\w.@-]{0,60}=/), 0);
}

/** The first value of each key; text between pairs is skipped. */
function readPairs(text: string, from: number): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  let at = from;
  while (at < text.length) {
    keyPattern.lastIndex = at;
    const key = keyPattern.exec(text)?.[1];
    if (key === undefined) {
      at = skipBlanks(text, blankFrom(text, at));
      continue;
    }
    const value = readValue(text, at + key.length + 1);
    if (!pairs.has(key)) pairs.set(key, value.text);
    at = skipBlanks(text, value.end);
  }
  return pairs;
}

const keyPattern = /([A-Za-z_@][\w.@-]{0,60})=/y;

function readValue(text: string, at: number): { text: string; end: number } {
  const quoted = text.charCodeAt(at) === QUOTE ? stringEnd(text, at) : -1;
  if (quoted < 0) {
    const end = blankFrom(text, at);
    return { text: text.slice(at, end), end };
  }
  const literal = text.slice(at, quoted);
  return { text: decoded(literal) ?? literal.slice(1, -1), end: quoted };
}

function firstOf(pairs: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = pairs.get(key);
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

function timeOf(value: string | undefined, fileTimeMs: number): Instant {
  if (value === undefined) return noTime;
  return /^\d{10,19}(?:\.\d+)?$/.test(value) ? readEpoch(Number(value)) : readTime(value, 0, { fileTimeMs });
}
