/**
 * Character classes of the line reader: one table look-up a character, for a latin1-decoded line as well as for a decoded one.
 */
const DIGIT = 1;
const UPPER = 2;
const LOWER = 4;
const BLANK = 8;

const classes = new Uint8Array(128);
for (let code = 48; code <= 57; code += 1) classes[code] = DIGIT;
for (let code = 65; code <= 90; code += 1) classes[code] = UPPER;
for (let code = 97; code <= 122; code += 1) classes[code] = LOWER;
classes[9] = BLANK;
classes[32] = BLANK;

const classOf = (code: number) => (code < 128 ? (classes[code] ?? 0) : 0);

export const isDigit = (code: number) => classOf(code) === DIGIT;
export const isUpper = (code: number) => classOf(code) === UPPER;
export const isBlank = (code: number) => classOf(code) === BLANK;
export const isLetter = (code: number) => (classOf(code) & (UPPER | LOWER)) !== 0;

/** The first position at or after `at` that holds no blank. */
export function skipBlanks(line: string, at: number): number {
  let end = at;
  while (end < line.length && isBlank(line.charCodeAt(end))) end += 1;
  return end;
}

/** The end of the run of ASCII letters at `at`. */
export function lettersEnd(line: string, at: number): number {
  let end = at;
  while (end < line.length && isLetter(line.charCodeAt(end))) end += 1;
  return end;
}

/** The end of the run of digits at `at`. */
export function digitsEnd(line: string, at: number): number {
  let end = at;
  while (end < line.length && isDigit(line.charCodeAt(end))) end += 1;
  return end;
}
