/**
 * Lines of cells between commas or semicolons: PostgreSQL's csvlog, and what programs export as a table. A cell holds a level when it holds nothing else.
 */
import { isBlank, QUOTE } from './characters.ts';
import { headEnds, takeLevel, takeTime, type Head } from './head.ts';
import { levelWord } from './level-words.ts';
import { timeEnd } from './time-formats.ts';

/** Cells before the level; csvlog has eleven. */
const cellsMax = 24;
/** Characters of a cell without quotes. */
const cellCharactersMax = 120;

/** A comma or semicolon with no blank behind it borders cells; `10:00:00, Error` is prose or columns. */
export function isCellBorder(text: string, at: number): boolean {
  return (text[at] === ',' || text[at] === ';') && at + 1 < text.length && !isBlank(text.charCodeAt(at + 1));
}

/** `"2026-11-21 10:00:00","ERROR",…`: answers where the second cell begins, -1 when the line does not begin with a time in quotes. */
export function readQuotedTime(head: Head): number {
  const { text } = head;
  const end = text.charCodeAt(0) === QUOTE ? timeEnd(text, 1) : -1;
  if (end < 0 || !isCellBorder(text, end + 1)) return -1;
  if (text.charCodeAt(end) !== QUOTE) return -1;
  takeTime(head, 1, end);
  return end + 2;
}

/** Reads cells from `from` up to one that holds a level; the head ends with them. */
export function readCells(head: Head, from: number): typeof headEnds {
  const { text } = head;
  const border = text.charAt(from - 1);
  let at = from;
  for (let cell = 0; cell < cellsMax && at < text.length; cell += 1) {
    const end = cellEnd(text, at, border);
    if (end < 0) break;
    if (readLevel(head, at, end)) break;
    at = end + 1;
  }
  return headEnds;
}

function readLevel(head: Head, at: number, end: number): boolean {
  const quoted = head.text.charCodeAt(at) === QUOTE ? 1 : 0;
  const word = end - at > 20 ? undefined : levelWord(head.text.slice(at + quoted, end - quoted));
  if (word?.use !== 'plain') return false;
  takeLevel(head, word.level, { at: at + quoted, end: end - quoted });
  return true;
}

/** The border that ends the cell at `at`, or the end of the text; -1 for a cell that never closes or is prose. A quote inside is doubled. */
function cellEnd(text: string, at: number, border: string): number {
  if (text.charCodeAt(at) !== QUOTE) return plainCellEnd(text, at, border);
  let close = text.indexOf('"', at + 1);
  while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) close = text.indexOf('"', close + 2);
  return close < 0 ? -1 : close + 1;
}

function plainCellEnd(text: string, at: number, border: string): number {
  const next = text.indexOf(border, at);
  const end = next < 0 ? text.length : next;
  return end - at > cellCharactersMax ? -1 : end;
}
