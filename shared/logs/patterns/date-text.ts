/**
 * Dates in words: `Wed Jul 27 10:59:53 2005`, `Sat Sep 17 07:49:04 PDT 2005`, `Jul 27`.
 */
import { characterKinds, DIGIT, UPPER } from './character-kinds.ts';

const SPACE = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;
const PERIOD = 0x2e;
/** Words behind the first: month, day, time, zone, year and one to spare. */
const wordsMax = 6;
const yearDigits = 4;

const names = new Set(
  'Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ').map((name) => packed(Buffer.from(name), 0)),
);

function packed(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
}

/** Reads dates in words; what it found is valid until the next is read. */
export class DateText {
  /** One past the date's last character. */
  end = -1;
  /** The date has a time of day. */
  clock = false;

  /** Reads the date that begins with the name of a weekday or month at `at`; false where none does. */
  read(bytes: Uint8Array, at: number, limit: number): boolean {
    if (!names.has(packed(bytes, at))) return false;
    this.end = -1;
    this.clock = false;
    let from = nextWord(bytes, at + 3, limit);
    for (let words = 0; words < wordsMax; words += 1) {
      const to = endOfWord(bytes, from, limit);
      const isSecondName = words === 0 && to - from === 3 && names.has(packed(bytes, from));
      if (to === from || !(isSecondName || this.#take(bytes, from, to))) break;
      from = nextWord(bytes, to, limit);
    }
    return this.end > 0;
  }

  #take(bytes: Uint8Array, from: number, to: number): boolean {
    if (characterKinds[bytes[from] as number] === DIGIT) return this.#takeNumber(bytes, from, to);
    return this.clock && isZone(bytes, from, to);
  }

  /** A day, a year, or one time of day. */
  #takeNumber(bytes: Uint8Array, from: number, to: number): boolean {
    let clock = false;
    for (let i = from; i < to; i += 1) if (bytes[i] === COLON) clock = true;
    if (clock ? this.clock : to - from > yearDigits) return false;
    this.end = to;
    this.clock ||= clock;
    return true;
  }
}

/** Behind a comma and blanks; the end where something else stands. */
function nextWord(bytes: Uint8Array, at: number, limit: number): number {
  let i = bytes[at] === COMMA ? at + 1 : at;
  if (bytes[i] !== SPACE) return limit;
  while (i < limit && bytes[i] === SPACE) i += 1;
  return i;
}

/** Of digits, letters and what stands inside of times. */
function endOfWord(bytes: Uint8Array, at: number, limit: number): number {
  let i = at;
  while (i < limit && (isLetterOrDigit(bytes[i]) || bytes[i] === COLON || bytes[i] === PERIOD)) i += 1;
  while (i > at && !isLetterOrDigit(bytes[i - 1])) i -= 1;
  return i;
}

function isLetterOrDigit(byte: number | undefined): boolean {
  return (characterKinds[byte ?? 0] ?? 0) >= DIGIT;
}

function isZone(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 3 || end - at > 4) return false;
  for (let i = at; i < end; i += 1) if (characterKinds[bytes[i] as number] !== UPPER) return false;
  return true;
}
