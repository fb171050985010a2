/**
 * Character classes of the line reader: one table look-up a character, the same for a decoded line and for one that holds latin1 bytes.
 */
export const TAB = 0x09;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const COLON = 0x3a;
export const DASH = 0x2d;
export const PIPE = 0x7c;
export const QUOTE = 0x22;

export const classBits = {
  digit: 1,
  upper: 2,
  lower: 4,
  blank: 8,
  /** `[`, `(`, `<`, `{`. */
  opening: 16,
  /** What stands between fields: blanks, pipes, commas, colons, closing brackets. */
  separator: 32,
  /** What prose has no use for inside a word, wherever it stands in it. */
  mark: 64,
  /** What joins the parts of a name, and may also end a word of prose. */
  joint: 128,
  pipe: 256,
  bracket: 512,
  equals: 1024,
} as const;

const classes = new Uint16Array(128);
assign('0123456789', classBits.digit);
assign('ABCDEFGHIJKLMNOPQRSTUVWXYZ', classBits.upper);
assign('abcdefghijklmnopqrstuvwxyz', classBits.lower);
assign(' \t', classBits.blank);
assign('[(<{', classBits.opening);
assign(' \t|,;:])>}', classBits.separator);
assign('_/\\@#$+*%', classBits.mark);
assign('.:-[(', classBits.joint);
assign('|', classBits.pipe);
assign('[]', classBits.bracket);
assign('=', classBits.equals);

function assign(characters: string, bits: number): void {
  for (let at = 0; at < characters.length; at += 1) {
    const code = characters.charCodeAt(at);
    classes[code] = (classes[code] ?? 0) | bits;
  }
}

/** The classes of a character as bits of `classBits`. */
export const classOf = (code: number): number => (code < 128 ? (classes[code] ?? 0) : 0);

const has = (code: number, bits: number) => (classOf(code) & bits) !== 0;

export const isDigit = (code: number) => has(code, classBits.digit);
export const isUpper = (code: number) => has(code, classBits.upper);
export const isLower = (code: number) => has(code, classBits.lower);
export const isLetter = (code: number) => has(code, classBits.upper | classBits.lower);
export const isWordCharacter = (code: number) => has(code, classBits.upper | classBits.lower | classBits.digit);
export const isBlank = (code: number) => has(code, classBits.blank);
export const isOpening = (code: number) => has(code, classBits.opening);
export const isSeparator = (code: number) => has(code, classBits.separator);

/** The closing bracket of an opening one. */
export function closingOf(opening: number): string {
  if (opening === 0x5b) return ']';
  if (opening === 0x28) return ')';
  return opening === 0x3c ? '>' : '}';
}

/** The first position at or after `at` that holds no blank. */
export function skipBlanks(line: string, at: number): number {
  let end = at;
  while (end < line.length && isBlank(line.charCodeAt(end))) end += 1;
  return end;
}

/** Longest run of letters that is followed to its end; no word that means something is as long. */
const lettersMax = 32;

/** The end of the run of ASCII letters at `at`. */
export function lettersEnd(line: string, at: number): number {
  const limit = Math.min(line.length, at + lettersMax);
  let end = at;
  while (end < limit && isLetter(line.charCodeAt(end))) end += 1;
  return end;
}

/** The next blank at or after `at`, or the end of the line. */
export function blankFrom(line: string, at: number): number {
  let end = at;
  while (end < line.length && !isBlank(line.charCodeAt(end))) end += 1;
  return end;
}

/** The end of the run of digits at `at`. */
export function digitsEnd(line: string, at: number): number {
  let end = at;
  while (end < line.length && isDigit(line.charCodeAt(end))) end += 1;
  return end;
}
