/**
 * The fields that headers of log lines are made of, told by shape alone: times, levels, numbers, groups in brackets, tags that end in a colon,
 * names, words, separators.
 */
import { BLANK, characterKinds, DIGIT, tableOf, UPPER } from './character-kinds.ts';
import { headerTimeEnd } from './header-time.ts';
import { isLevelWord } from './level-names.ts';

/** No field of a header: the message has begun. */
export const PROSE = 0;
export const TIME = 1;
export const LEVEL = 2;
export const NUMBER = 3;
/** `[main]`, `(x)`, `<13>`. */
export const BRACKETED = 4;
/** `sshd[12]:`, `dfs.DataNode$Receiver:`, `kernel:`. */
export const TAG = 5;
/** A token with digits or joints: a host, an id. */
export const NAME = 6;
/** Letters only. */
export const WORD = 7;
/** `-`, `--`, `:`, alone. */
export const DASH = 8;
/** `|`. */
export const BAR = 9;
/** A name of parts between points: a logger. */
export const DOTTED = 10;

/** Bytes of one field. */
const fieldBytesMax = 256;

const TAB = 0x09;
const VERTICAL = 0x7c;
const COLON = 0x3a;
const COMMA = 0x2c;
const PERIOD = 0x2e;
const OPEN_SQUARE = 0x5b;
const CLOSE_SQUARE = 0x5d;
const OPEN_ROUND = 0x28;
const CLOSE_ROUND = 0x29;

const betweenFields = tableOf(`,;${String.fromCharCode(0x7f, ...Array.from({ length: 0x21 }, (_, byte) => byte))}`);
/** What names are made of besides letters and digits. */
const nameJoints = tableOf('._-$/@:#+~\\&*');
/** What separates fields where it stands alone. */
const dashes = tableOf('-:*>');
const closing = new Uint8Array(256);
for (const [open, close] of ['[]', '()', '<>']) closing[(open as string).charCodeAt(0)] = (close as string).charCodeAt(0);

/** Reads one field after the other; a field's values are valid until the next is read. */
export class HeaderFields {
  kind = PROSE;
  start = 0;
  end = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #limit = 0;

  /** Reads the field that begins at `at` or behind blanks there; PROSE where no field of a header does. */
  read(bytes: Uint8Array, at: number, limit: number): number {
    this.#bytes = bytes;
    this.#limit = limit;
    let i = at;
    while (i < limit && betweenFields[bytes[i] as number] === 1) i += 1;
    this.start = i;
    this.end = i;
    this.kind = i < limit ? this.#read(i) : PROSE;
    return this.kind;
  }

  /** At least two blanks or a tab stand behind the field: it is a column. */
  get isColumn(): boolean {
    return this.#isBlank(this.end) && (this.#isBlank(this.end + 1) || this.#bytes[this.end] === TAB);
  }

  /** The field is written in capitals. */
  get isCapitals(): boolean {
    for (let i = this.start; i < this.end; i += 1) {
      const byte = this.#bytes[i] as number;
      if (characterKinds[byte] !== UPPER && byte !== COLON) return false;
    }
    return this.end > this.start;
  }

  #isBlank(at: number): boolean {
    return at < this.#limit && characterKinds[this.#bytes[at] as number] === BLANK;
  }

  #read(at: number): number {
    const byte = this.#bytes[at] as number;
    if (byte === VERTICAL) return this.#take(at + 1, BAR);
    if (closing[byte] !== 0) return this.#group(at, byte);
    const time = headerTimeEnd(this.#bytes, at, this.#limit);
    if (time > 0) return this.#take(time, TIME);
    const dash = dashes[byte] === 1 ? this.#dashEnd(at) : -1;
    return dash > 0 ? this.#take(dash, DASH) : this.#name(at);
  }

  #take(end: number, kind: number): number {
    this.end = end;
    return kind;
  }

  /** The end of a run of one separator that stands alone, or -1. */
  #dashEnd(at: number): number {
    let i = at;
    while (i < this.#limit && this.#bytes[i] === this.#bytes[at]) i += 1;
    return i === this.#limit || this.#isBlank(i) ? i : -1;
  }

  #group(at: number, open: number): number {
    const end = Math.min(this.#limit, at + fieldBytesMax);
    const close = closing[open];
    let depth = 0;
    for (let i = at; i < end; i += 1) {
      const byte = this.#bytes[i];
      if (byte === open) depth += 1;
      else if (byte === close) {
        depth -= 1;
        if (depth === 0) return this.#closed(at, i);
      }
    }
    return PROSE;
  }

  #closed(open: number, close: number): number {
    let from = open + 1;
    let to = close;
    while (from < close && this.#isBlank(from)) from += 1;
    while (to > from && this.#isBlank(to - 1)) to -= 1;
    this.end = this.#bytes[close + 1] === COLON ? close + 2 : close + 1;
    if (headerTimeEnd(this.#bytes, from, close) > 0) return TIME;
    return isLevelWord(this.#bytes, from, to) ? LEVEL : BRACKETED;
  }

  /** A run of name characters, with groups attached to it: `sshd(pam_unix)[12]:`. */
  #name(at: number): number {
    const bytes = this.#bytes;
    const end = Math.min(this.#limit, at + fieldBytesMax);
    let digits = 0;
    let joints = 0;
    let i = at;
    while (i < end) {
      const byte = bytes[i] as number;
      const kind = characterKinds[byte] as number;
      if (kind === DIGIT) digits += 1;
      else if (kind < DIGIT) {
        const next = nameJoints[byte] === 1 ? i : this.#attachedGroup(i, byte, end);
        if (next < 0) break;
        joints += 1;
        i = next;
      }
      i += 1;
    }
    if (i === end && end < this.#limit) return PROSE;
    return this.#nameKind(at, i, joints > 0 ? -1 : digits);
  }

  /** The last byte of a group that is attached to a name; -1 where none begins. */
  #attachedGroup(at: number, byte: number, end: number): number {
    if (byte !== OPEN_SQUARE && byte !== OPEN_ROUND) return -1;
    const close = byte === OPEN_SQUARE ? CLOSE_SQUARE : CLOSE_ROUND;
    let i = at + 1;
    while (i < end && this.#bytes[i] !== close) i += 1;
    return i < end ? i : -1;
  }

  /** `digits` of a field of letters and digits alone; -1 where it has joints. */
  #nameKind(at: number, end: number, digits: number): number {
    if (end === at || !this.#endsField(end)) return this.#bracketTag(at, end);
    this.end = end;
    if (this.#bytes[end - 1] === COLON && end - at > 1) return isLevelWord(this.#bytes, at, end - 1) ? LEVEL : TAG;
    if (digits < 0) return this.#joinedKind(at, end);
    if (digits === 0) return isLevelWord(this.#bytes, at, end) ? LEVEL : WORD;
    return digits === end - at ? NUMBER : NAME;
  }

  #joinedKind(at: number, end: number): number {
    const last = this.#bytes[end - 1];
    if (last === CLOSE_ROUND) return PROSE;
    const tag = last === CLOSE_SQUARE ? this.#tagBehindGroup(end) : -1;
    if (tag > 0) return this.#take(tag, TAG);
    return this.#isDotted(at, end) ? DOTTED : NAME;
  }

  #endsField(end: number): boolean {
    const next = this.#bytes[end];
    return end === this.#limit || next === COMMA || next === VERTICAL || this.#isBlank(end);
  }

  /** `controller.go:12]`: what a bracket that closes alone ends is a tag. */
  #bracketTag(at: number, end: number): number {
    return end > at && this.#bytes[end] === CLOSE_SQUARE && this.#isBlank(end + 1) ? this.#take(end + 1, TAG) : PROSE;
  }

  /** `launchd[1] (com.acme.agent): `: one more group between name and colon. The tag's end, or -1. */
  #tagBehindGroup(end: number): number {
    if (!this.#isBlank(end) || this.#bytes[end + 1] !== OPEN_ROUND) return -1;
    const close = this.#attachedGroup(end + 1, OPEN_ROUND, Math.min(this.#limit, end + fieldBytesMax));
    return close > 0 && this.#bytes[close + 1] === COLON ? close + 2 : -1;
  }

  #isDotted(at: number, end: number): boolean {
    if (!this.#isLetter(at)) return false;
    for (let i = at + 1; i < end - 1; i += 1) if (this.#bytes[i] === PERIOD && this.#isLetter(i + 1)) return true;
    return false;
  }

  #isLetter(at: number): boolean {
    return (characterKinds[this.#bytes[at] as number] as number) >= UPPER;
  }
}
