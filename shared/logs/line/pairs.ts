/**
 * Reads a `key=value` pair of a head: logfmt, and the pairs that other formats put before their level.
 */
import { blankFrom, isDigit, isWordCharacter, QUOTE, skipBlanks } from './characters.ts';
import { headEnds, takeField, takeLevel, takeTime, type Head } from './head.ts';
import { stringEnd } from './json-scan.ts';
import { levelOfValue } from './level-words.ts';
import { timeEnd } from './time-formats.ts';

/** Reads the pair whose key is at `at`; answers where the next field may begin. */
export function readPair(head: Head, at: number, equalsAt: number): number {
  const { text } = head;
  const quoted = text.charCodeAt(equalsAt + 1) === QUOTE;
  const end = quoted ? stringEnd(text, equalsAt + 1) : blankFrom(text, equalsAt + 1);
  if (end < 0) return headEnds;
  const role = pairRoles.get(text.slice(at, equalsAt));
  const value = quoted ? { at: equalsAt + 2, end: end - 1 } : { at: equalsAt + 1, end };
  if (role === 'level' && readLevel(head, value, end)) return headEnds;
  if (role === 'time') readTime(head, value.at);
  else if (role === 'message') head.opens = true;
  return takeField(head, end);
}

export const pairRoles: ReadonlyMap<string, 'level' | 'time' | 'message'> = new Map([
  ['level', 'level'],
  ['lvl', 'level'],
  ['severity', 'level'],
  ['log.level', 'level'],
  ['at', 'level'],
  ['time', 'time'],
  ['ts', 'time'],
  ['t', 'time'],
  ['timestamp', 'time'],
  ['@timestamp', 'time'],
  ['msg', 'message'],
]);

/** Whether the value is a level: then it ends the head. With no pair beside it and no time it is a setting, which is no event. */
function readLevel(head: Head, value: { at: number; end: number }, pairEnd: number): boolean {
  const { text } = head;
  const end = text[value.end - 1] === ',' ? value.end - 1 : value.end;
  const level = levelOfValue(text.slice(value.at, Math.min(end, value.at + 20)));
  if (level === undefined) return false;
  const isSetting = head.fieldsSinceTime === 0 && !head.timed && !isPairAt(text, skipBlanks(text, pairEnd));
  if (!isSetting) takeLevel(head, level, { at: value.at, end: value.end });
  return true;
}

function readTime(head: Head, at: number): void {
  const end = timeEnd(head.text, at);
  if (end > 0) takeTime(head, at, end);
}

function isPairAt(text: string, at: number): boolean {
  const equals = text.slice(at, at + keyCharactersMax).indexOf('=');
  return equals > 0 && isKey(text, at, at + equals);
}

const keyCharactersMax = 60;

/** Letters, digits, `_`, `.`, `@`, `-`; no digit first. */
export function isKey(text: string, at: number, end: number): boolean {
  if (end === at || isDigit(text.charCodeAt(at)) || text[at] === '-') return false;
  for (let position = at; position < end; position += 1) {
    if (!isWordCharacter(text.charCodeAt(position)) && !signs.has(text.charAt(position))) return false;
  }
  return true;
}

const signs: ReadonlySet<string> = new Set(['_', '.', '@', '-']);
