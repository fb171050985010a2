/**
 * The level that a bracketed group names.
 */
import type { Level } from '#shared/logs/error-record.ts';
import { isBlank, isUpper, lettersEnd } from './characters.ts';
import { levelOfLetter, levelWord } from './level-words.ts';

/** The level of the group whose inside is `text` from `start` to `close`. */
export function groupLevel(text: string, start: number, close: number): Level | undefined {
  let end = close;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  if (end === start) return undefined;
  if (lettersEnd(text, start) === end) return wholeLevel(text.slice(start, end));
  return end - start > partedCharactersMax ? undefined : partLevel(text.slice(start, end));
}

const partedCharactersMax = 80;

/** `[error]`, `[ERR ]`, `[E]`, Xorg's `(EE)`. A word that is also an everyday word needs a capital: `[Note]`, not `[config]`. */
function wholeLevel(inside: string): Level | undefined {
  if (inside.length === 1) return levelOfLetter(inside);
  if (inside.length === 2) return inside[0] === inside[1] ? levelOfLetter(inside.charAt(0)) : undefined;
  const word = levelWord(inside);
  return word !== undefined && (word.use === 'plain' || isUpper(inside.charCodeAt(0))) ? word.level : undefined;
}

/**
 * Apache's `core:error` (and `level:error`), Minecraft's `Server thread/ERROR`, Chromium's `12:34:1121/100000.123:ERROR:file.cc(5)`, Flutter's
 * `ERROR:file.cc(5)`; `level=error`.
 */
function partLevel(inside: string): Level | undefined {
  const match = partedLevel.exec(inside);
  const word = match === null ? undefined : levelWord(match.slice(1).find((word) => word !== undefined) ?? '');
  return word?.use === 'plain' ? word.level : undefined;
}

const partedLevel =
  /^\w+:([A-Za-z]{3,13})$|^(?:level|lvl|severity)=([A-Za-z]{3,13})$|^[^/:]+\/([A-Z]{3,13})$|^(?:[\d:./]+:)?([A-Z]{3,13}):/;
