/**
 * Walks the keys of a JSON object without parsing it: strings and nested values are stepped over, no closing brace is needed, and every
 * character is looked at a constant number of times.
 */
import { isBlank } from './characters.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Told of a key, between its quotes from `keyAt` to `keyEnd`, and where its value begins. */
export type KeyVisitor = (keyAt: number, keyEnd: number, valueAt: number) => void;

/** Visits the keys of the object that opens at `at`, in order; stops quietly where the JSON ends or breaks. */
export function visitKeys(text: string, at: number, visit: KeyVisitor): void {
  let keyAt = skipWhite(text, at + 1);
  while (text.charCodeAt(keyAt) === QUOTE) {
    const keyEnd = stringEnd(text, keyAt);
    const colonAt = keyEnd < 0 ? -1 : skipWhite(text, keyEnd);
    if (colonAt < 0 || text.charCodeAt(colonAt) !== COLON) return;
    const valueAt = skipWhite(text, colonAt + 1);
    visit(keyAt + 1, keyEnd - 1, valueAt);
    const commaAt = skipWhite(text, valueEnd(text, valueAt));
    if (text.charCodeAt(commaAt) !== COMMA) return;
    keyAt = skipWhite(text, commaAt + 1);
  }
}

/** One past the closing quote of the string that opens at `at`, -1 when it never closes. */
export function stringEnd(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return -1;
}

/** One past the value at `at`: a string, a number or word, a whole object or array; the end of the text when it does not close. */
export function valueEnd(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === QUOTE) return endOrRest(text, stringEnd(text, at));
  return first === OPEN_BRACE || first === OPEN_BRACKET ? nestedEnd(text, at) : wordEnd(text, at);
}

const endOrRest = (text: string, end: number) => (end < 0 ? text.length : end);

function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET) break;
    end += 1;
  }
  return end;
}

function nestedEnd(text: string, at: number): number {
  let depth = 0;
  let cursor = at;
  while (cursor < text.length) {
    const code = text.charCodeAt(cursor);
    if (code === QUOTE) {
      cursor = endOrRest(text, stringEnd(text, cursor));
      continue;
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    cursor += 1;
    if (depth === 0) break;
  }
  return cursor;
}

function skipWhite(text: string, at: number): number {
  let end = at;
  while (end < text.length && isBlank(text.charCodeAt(end))) end += 1;
  return end;
}
