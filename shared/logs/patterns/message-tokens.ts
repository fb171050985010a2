/**
 * Cuts a message into tokens and masks what its shape alone tells to be variable: numbers, hex, addresses, paths, URLs, ids, dates. Works on
 * bytes and writes into arrays that it keeps: a line that is like an earlier one allocates nothing.
 *
 * A token is a run of characters without blanks and delimiters, or one delimiter. It is a literal, a variable, or a literal with a variable
 * behind it (`blk_<*>`).
 */
import { BLANK, characterKinds, DELIMITER, DIGIT, isHex, JOINT, tableOf, UPPER } from './character-kinds.ts';
import { colonAddressEnd } from './colon-address.ts';
import { DateText } from './date-text.ts';
import { cutOfJoined, cutOfMixed } from './word-mask.ts';

/** Tokens of a message that are told apart; what follows them is one variable, or goes on with the last token if that is one. */
export const tokensMax = 128;
/** Bytes of a message that are looked at. */
export const messageBytesMax = 4096;
/** Blanks before a token that are told apart. */
const gapMax = 15;
/** Tokens that one step may add beyond `tokensMax`. */
const spare = 8;

export const variable = '<*>';

/** Letters from a to f alone that are an id and no word. */
const hexWordMin = 8;

const variableHash = 0x2545f491;
const hashSeed = 0x811c9dc5 | 0;
const hashPrime = 0x01000193;

const SLASH = 0x2f;
const COLON = 0x3a;
const EQUALS = 0x3d;
const APOSTROPHE = 0x27;
const PERIOD = 0x2e;
const CAPITAL_B = 0x42;
const LOWER_I = 0x69;

const endsUrl = tableOf(`"')<>]}${String.fromCharCode(...Array.from({ length: 0x21 }, (_, byte) => byte))}`);
const sizePrefixes = tableOf('kKMGTP');

/** The tokens of one message; valid until the next `read`. */
export class MessageTokens {
  count = 0;
  /** First byte of each token's literal, and one past its last; equal where the whole token is variable. */
  readonly starts = new Int32Array(tokensMax + spare);
  readonly ends = new Int32Array(tokensMax + spare);
  /** 1 where a variable follows the literal. */
  readonly masked = new Uint8Array(tokensMax + spare);
  /** Blanks before the token. */
  readonly gaps = new Uint8Array(tokensMax + spare);
  readonly hashes = new Int32Array(tokensMax + spare);
  /** Two hashes of all tokens and gaps, by `hash()`: one alone would confuse leaves of large files. */
  firstHash = 0;
  secondHash = 0;
  readonly #dateText = new DateText();
  #bytes: Uint8Array = new Uint8Array(0);
  #end = 0;
  #gap = 0;

  /** Reads the message in `bytes` from `start` to `end`. */
  read(bytes: Uint8Array, start: number, end: number): void {
    const limit = limitOf(bytes, start, end);
    this.#bytes = bytes;
    this.#end = limit;
    this.#gap = 0;
    this.count = 0;
    let i = start;
    while (i < limit && this.count < tokensMax) {
      const byte = bytes[i] as number;
      const kind = characterKinds[byte] as number;
      if (kind > DIGIT) i = this.#word(i);
      else if (kind === BLANK) {
        this.#gap += 1;
        i += 1;
      } else if (kind === DELIMITER) i = this.#delimiter(i, byte);
      else i = kind === DIGIT ? this.#number(i) : this.#word(i);
    }
    if (i < end && this.masked[this.count - 1] === 0) {
      this.#gap = characterKinds[bytes[i] as number] === BLANK ? 1 : 0;
      this.#variable(i);
    }
    this.gaps[0] = 0;
  }

  /** Hashes what was read. */
  hash(): void {
    const { count, hashes, gaps } = this;
    let first = count;
    let second = 0x9e3779b9 | 0;
    for (let i = 0; i < count; i += 1) {
      const hash = (hashes[i] as number) + (gaps[i] as number);
      first = Math.imul(first ^ hash, 0x85ebca6b);
      first ^= first >>> 15;
      second = Math.imul(second + hash, 0xc2b2ae35);
      second = (second << 13) | (second >>> 19);
    }
    this.firstHash = first;
    this.secondHash = second;
  }

  /** The token as it stands in a template. */
  text(index: number): string {
    const { buffer, byteOffset, byteLength } = this.#bytes;
    const literal = Buffer.from(buffer, byteOffset, byteLength).toString('utf8', this.starts[index], this.ends[index]);
    return this.masked[index] === 1 ? literal + variable : literal;
  }

  #delimiter(at: number, byte: number): number {
    if (byte === COLON && this.count > 0 && this.#gap === 0) {
      const last = this.count - 1;
      const address = colonAddressEnd(this.#bytes, this.starts[last] as number, at);
      if (address > 0) {
        this.ends[last] = this.starts[last] as number;
        this.masked[last] = 1;
        this.hashes[last] = variableHash;
        return Math.min(address, this.#end);
      }
      if (this.#bytes[at + 1] === SLASH && this.#bytes[at + 2] === SLASH) return this.#url(at);
    }
    this.#push(at, at + 1, Math.imul(byte, 0x9e3779b1));
    return at + 1;
  }

  /** `scheme://<*>`: the rest up to a blank, a quote or a bracket is the variable. */
  #url(at: number): number {
    let i = at + 3;
    while (i < this.#end && endsUrl[this.#bytes[i] as number] !== 1) i += 1;
    while (i > at + 3 && (characterKinds[this.#bytes[i - 1] as number] === DELIMITER || this.#bytes[i - 1] === PERIOD)) i -= 1;
    this.#prefixed(at, at + 3, i > at + 3 ? 1 : 0);
    return i;
  }

  /** A word that begins with a digit is variable as a whole. */
  #number(start: number): number {
    let end = start + 1;
    while (end < this.#end && (characterKinds[this.#bytes[end] as number] as number) > DELIMITER) end += 1;
    this.#variable(start);
    return this.#withoutPeriod(start, end);
  }

  #word(start: number): number {
    const bytes = this.#bytes;
    const limit = this.#end;
    let hash = hashSeed;
    let digits = 0;
    let joints = 0;
    let i = start;
    for (; i < limit; i += 1) {
      const byte = bytes[i] as number;
      const kind = characterKinds[byte] as number;
      if (kind <= DIGIT) {
        if (kind === DIGIT) digits += 1;
        else if (kind === JOINT) joints += 1;
        else if (byte !== APOSTROPHE || !this.#isInsideWord(i, start)) break;
      }
      hash = Math.imul(hash ^ byte, hashPrime);
    }
    return digits + joints === 0 ? this.#letters(start, i, hash) : this.#mixed(start, i, digits);
  }

  /** An apostrophe between letters: `can't`. */
  #isInsideWord(at: number, start: number): boolean {
    return at > start && isLetter(this.#bytes[at - 1] as number) && isLetter(this.#bytes[at + 1] ?? 0);
  }

  #letters(start: number, end: number, hash: number): number {
    const length = end - start;
    if (length <= 3 && this.#isSizeUnit(start, end)) {
      this.#gap = 0;
      return end;
    }
    if (length === 3 && characterKinds[this.#bytes[start] as number] === UPPER && this.#dateText.read(this.#bytes, start, this.#end))
      return this.#date(start);
    if (length >= 4 && this.#isValue(start, end)) this.#variable(start);
    else this.#push(start, end, hash);
    return end;
  }

  #isValue(start: number, end: number): boolean {
    return end - start >= hexWordMin ? isHexWord(this.#bytes, start, end) : this.#isConstant(start, end);
  }

  /** The unit of a size changes with its number (`874.3 KB`, `1.2 GB`), so it belongs to the variable. */
  #isSizeUnit(start: number, end: number): boolean {
    const last = this.count - 1;
    if (last < 0 || this.#gap > 1 || this.masked[last] !== 1) return false;
    const first = this.starts[last] as number;
    return this.ends[last] === first && characterKinds[this.#bytes[first] as number] === DIGIT && isUnit(this.#bytes, start, end);
  }

  /** `true`, `false` and `null` behind `=` or `:` are values. */
  #isConstant(start: number, end: number): boolean {
    if (end - start > 5 || this.count === 0) return false;
    const before = this.#bytes[this.starts[this.count - 1] as number];
    if (before !== EQUALS && before !== COLON) return false;
    const word = packedWord(this.#bytes, start, end);
    return word === packedTrue || word === packedFalse || word === packedNull;
  }

  /** A written date is one variable; its time of day keeps its colons, as other numbers between colons do. */
  #date(start: number): number {
    const { end, clock } = this.#dateText;
    this.#variable(start);
    if (!clock) return end;
    for (let part = 0; part < 2; part += 1) {
      const colon = this.#bytes.indexOf(COLON, start);
      this.#push(colon, colon + 1, Math.imul(COLON, 0x9e3779b1));
      this.#variable(start);
    }
    return end;
  }

  #mixed(start: number, wordEnd: number, digits: number): number {
    const bytes = this.#bytes;
    const end = this.#isPeriod(start, wordEnd) ? wordEnd - 1 : wordEnd;
    const cut = digits === 0 ? cutOfJoined(bytes, start, end) : cutOfMixed(bytes, start, end);
    if (cut === start) this.#variable(start);
    else this.#prefixed(start, cut, cut < end ? 1 : 0);
    return this.#withoutPeriod(start, wordEnd);
  }

  /** The word ends a sentence. */
  #isPeriod(start: number, end: number): boolean {
    return end > start + 1 && this.#bytes[end - 1] === PERIOD && this.#bytes[end - 2] !== PERIOD;
  }

  /** A point at a word's end is a token of its own. Returns the word's end. */
  #withoutPeriod(start: number, end: number): number {
    if (this.#isPeriod(start, end)) this.#push(end - 1, end, Math.imul(PERIOD, 0x9e3779b1));
    return end;
  }

  #variable(at: number): void {
    this.masked[this.count] = 1;
    this.#put(at, at, variableHash);
  }

  #prefixed(start: number, end: number, masked: number): void {
    let hash = hashSeed;
    for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ (this.#bytes[i] as number), hashPrime);
    this.masked[this.count] = masked;
    this.#put(start, end, masked === 1 ? hash ^ variableHash : hash);
  }

  /** A literal. */
  #push(start: number, end: number, hash: number): void {
    this.masked[this.count] = 0;
    this.#put(start, end, hash);
  }

  #put(start: number, end: number, hash: number): void {
    const index = this.count;
    this.starts[index] = start;
    this.ends[index] = end;
    this.hashes[index] = hash;
    this.gaps[index] = this.#gap > gapMax ? gapMax : this.#gap;
    this.#gap = 0;
    this.count = index + 1;
  }
}

/** The end, or the last blank within what is looked at: no word is cut in two. */
function limitOf(bytes: Uint8Array, start: number, end: number): number {
  const limit = start + messageBytesMax;
  if (end <= limit) return end;
  let i = limit;
  while (i > start && characterKinds[bytes[i] as number] !== BLANK) i -= 1;
  return i > start ? i : limit;
}

function isLetter(byte: number): boolean {
  return (characterKinds[byte] as number) >= UPPER;
}

function isHexWord(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) if (isHex[bytes[i] as number] !== 1) return false;
  return true;
}

/** `B`, `KB`, `kB`, `MiB` … */
function isUnit(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[end - 1] !== CAPITAL_B) return false;
  if (end - start === 1) return true;
  if (end - start === 3 && bytes[start + 1] !== LOWER_I) return false;
  return sizePrefixes[bytes[start] as number] === 1;
}

function packedWord(bytes: Uint8Array, start: number, end: number): number {
  let word = 0;
  for (let i = start; i < end; i += 1) word = word * 256 + ((bytes[i] as number) | 0x20);
  return word;
}

const packedOf = (word: string) => packedWord(Buffer.from(word), 0, word.length);
const packedTrue = packedOf('true');
const packedFalse = packedOf('false');
const packedNull = packedOf('null');
