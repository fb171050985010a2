/**
 * Finds three-byte fingerprints in bytes, sixteen positions at a time, and counts lines on the way: a WebAssembly function for 128-bit SIMD.
 *
 * The method is Teddy's (from Hyperscan): a table of sixteen entries for the low and one for the high half of each of the three bytes says
 * which groups of fingerprints the half allows; where the six answers have a group in common, a fingerprint of the group may stand. Sixteen
 * groups make two such searches side by side. Groups mix the halves of their fingerprints, so hits want a check.
 */
import { assembleModule, block, branch, branchIf, code, constant, get, i32, loop, set, v128, when, type Code } from './wasm-assembler.ts';

/** Groups of fingerprints that can be told apart. */
const groupsMax = 16;
/** Bytes that are searched at a time. */
const searchBytesMax = 256 * 1024;

/** For each of three bytes the values it may have. */
export type Fingerprint = readonly [readonly number[], readonly number[], readonly number[]];

/** Four numbers a hit: position in the searched bytes, groups as bits, start of its line, and newlines up to there. */
export const hitNumbers = 4;
/** Where a hit's line starts when no newline has come before it. */
export const noNewline = -1;

interface SearchResult {
  /** Bytes that have been searched: fewer than were given when there was no room for more hits. */
  readonly searched: number;
  readonly hits: Int32Array;
  /** Start of the last line, or `noNewline`; and newlines in what has been searched. */
  readonly lineStart: number;
  readonly newlines: number;
}

export type FingerprintSearch = (bytes: Uint8Array, start: number, end: number) => SearchResult;

const lanes = 16;
const tablesBytes = 2 * 6 * lanes;
/** Behind the tables: a half's bits, and a newline, sixteen times each. As constants, they would be made anew for each step. */
const constantsBytes = 2 * lanes;
const layout = {
  tables: 0,
  constants: tablesBytes,
  /** Groups of the sixteen positions in hand, low eight and high eight. */
  groups: tablesBytes + constantsBytes,
  /** Position, end of the hits, line start, newlines. */
  state: tablesBytes + constantsBytes + 2 * lanes,
  hits: 1024,
  input: 1024 + 256 * 1024,
} as const;
const pageBytes = 64 * 1024;
const hitBytes = hitNumbers * 4;
/** A step may add a hit for each of its positions. */
const hitsFull = layout.input - lanes * hitBytes;
/** Behind the input: the fingerprint that begins in its last byte, in full steps. */
const pages = Math.ceil((layout.input + searchBytesMax + 2 * lanes) / pageBytes);

/** As much of the global as is used; TypeScript knows it only with a browser's library. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object) => { exports: { memory: { buffer: ArrayBuffer }; run(end: number): void } };
  };
};

/** Makes a search for groups of fingerprints. Each search has its memory; a search is over before the next begins. */
export function fingerprintSearch(groups: readonly (readonly Fingerprint[])[]): FingerprintSearch {
  const search = new WebAssembly.Instance(searchModule).exports;
  const bytes = new Uint8Array(search.memory.buffer);
  const numbers = new Int32Array(search.memory.buffer);
  bytes.set(tablesOf(groups), layout.tables);
  bytes.fill(0x0f, layout.constants, layout.constants + lanes).fill(NEWLINE, layout.constants + lanes, layout.constants + 2 * lanes);
  const state = layout.state / 4;
  return (source, start, end) => {
    const length = Math.min(end - start, searchBytesMax);
    bytes.set(source.subarray(start, start + length + 2 * lanes), layout.input);
    search.run(layout.input + length);
    const [at = 0, hitsEnd = 0, lineStart = 0, newlines = 0] = numbers.subarray(state, state + 4);
    return {
      searched: Math.min(at - layout.input, length),
      hits: numbers.subarray(layout.hits / 4, hitsEnd / 4),
      lineStart,
      newlines,
    };
  };
}

/** Two searches of eight groups, each with a table for the low and for the high half of each byte. */
function tablesOf(groups: readonly (readonly Fingerprint[])[]): Uint8Array {
  if (groups.length > groupsMax) throw new RangeError(`${groups.length} groups of fingerprints, at most ${groupsMax}`);
  const tables = new Uint8Array(tablesBytes);
  groups.forEach((fingerprints, group) => {
    const first = Math.floor(group / 8) * 6 * lanes;
    const bit = 1 << (group % 8);
    for (const fingerprint of fingerprints) {
      fingerprint.forEach((values, byte) => {
        for (const value of values) {
          for (const entry of [value & 15, lanes + (value >> 4)]) tables[first + byte * 2 * lanes + entry]! |= bit;
        }
      });
    }
  });
  return tables;
}

const END_PARAMETER = 0;
const [AT, HITS_END, LINE_START, NEWLINES, NEWLINE_BITS, HIT_BITS, BIT] = [1, 2, 3, 4, 5, 6, 7];
const [BYTES, LOW, HIGH, GROUPS_LOW, GROUPS_HIGH, HALF, NEWLINE_LANES, FIRST_TABLE] = [8, 9, 10, 11, 12, 13, 14, 15];
const shape = { parameters: 1, i32Locals: 7, v128Locals: 7 + tablesBytes / lanes } as const;
const NEWLINE = 0x0a;

const searchModule = new WebAssembly.Module(assembleModule(pages, shape, searchCode()));

function searchCode(): Code {
  const tables = Array.from({ length: tablesBytes / lanes }, (_, table) =>
    set(FIRST_TABLE + table, v128.load(constant(layout.tables + table * lanes))),
  );
  return code(
    ...tables,
    set(HALF, v128.load(constant(layout.constants))),
    set(NEWLINE_LANES, v128.load(constant(layout.constants + lanes))),
    set(AT, constant(layout.input)),
    set(HITS_END, constant(layout.hits)),
    set(LINE_START, constant(noNewline)),
    block(
      loop(
        branchIf(1, i32.notLessSigned(get(AT), get(END_PARAMETER))),
        branchIf(1, i32.notLessSigned(get(HITS_END), constant(hitsFull))),
        step(),
        branch(0),
      ),
    ),
    ...[AT, HITS_END, LINE_START, NEWLINES].map((local, index) => i32.store(constant(layout.state + index * 4), get(local))),
  );
}

/** Sixteen positions. */
function step(): Code {
  return code(
    set(BYTES, v128.load(get(AT))),
    set(NEWLINE_BITS, v128.bitmask8(v128.equal8(get(BYTES), get(NEWLINE_LANES)))),
    matchByte(0),
    set(BYTES, v128.load(get(AT), 1)),
    matchByte(1),
    set(BYTES, v128.load(get(AT), 2)),
    matchByte(2),
    when(v128.anyTrue(v128.or(get(GROUPS_LOW), get(GROUPS_HIGH))), takeHits()),
    // The last step may reach behind the end.
    when(i32.lessSigned(i32.subtract(get(END_PARAMETER), get(AT)), constant(lanes)), set(NEWLINE_BITS, withinEnd(NEWLINE_BITS))),
    takeNewlines(get(NEWLINE_BITS)),
    set(AT, i32.add(get(AT), constant(lanes))),
  );
}

/** Narrows the groups of each position down to those that allow the byte in BYTES. */
function matchByte(byte: number): Code {
  const table = (search: number, half: number) => get(FIRST_TABLE + search * 6 + byte * 2 + half);
  const allowed = (search: number) => v128.and(v128.swizzle(table(search, 0), get(LOW)), v128.swizzle(table(search, 1), get(HIGH)));
  const narrowed = (groups: number, search: number) => (byte === 0 ? allowed(search) : v128.and(get(groups), allowed(search)));
  return code(
    set(LOW, v128.and(get(BYTES), get(HALF))),
    set(HIGH, v128.and(v128.shiftRight16(get(BYTES), constant(4)), get(HALF))),
    set(GROUPS_LOW, narrowed(GROUPS_LOW, 0)),
    set(GROUPS_HIGH, narrowed(GROUPS_HIGH, 1)),
  );
}

function takeHits(): Code {
  const empty = v128.bitmask8(v128.equal8(v128.or(get(GROUPS_LOW), get(GROUPS_HIGH)), v128.splat8(0)));
  return code(
    v128.store(constant(layout.groups), get(GROUPS_LOW)),
    v128.store(constant(layout.groups + lanes), get(GROUPS_HIGH)),
    set(HIT_BITS, i32.subtract(constant(0xffff), empty)),
    when(i32.lessSigned(i32.subtract(get(END_PARAMETER), get(AT)), constant(lanes)), set(HIT_BITS, withinEnd(HIT_BITS))),
    block(loop(branchIf(1, isZero(HIT_BITS)), takeHit(), branch(0))),
  );
}

function isZero(local: number): Code {
  return i32.isZero(get(local));
}

function takeHit(): Code {
  const groups = i32.or(i32.load8(get(BIT), layout.groups), i32.shiftLeft(i32.load8(get(BIT), layout.groups + lanes), constant(8)));
  const fields = [i32.subtract(i32.add(get(AT), get(BIT)), constant(layout.input)), groups, get(LINE_START), get(NEWLINES)];
  return code(
    set(BIT, i32.trailingZeros(get(HIT_BITS))),
    set(HIT_BITS, i32.and(get(HIT_BITS), i32.subtract(get(HIT_BITS), constant(1)))),
    when(i32.and(get(NEWLINE_BITS), upTo(BIT)), takeNewlinesUpTo()),
    ...fields.map((field, index) => i32.store(get(HITS_END), field, index * 4)),
    set(HITS_END, i32.add(get(HITS_END), constant(hitBytes))),
  );
}

/** The bits up to the one that a local numbers. */
function upTo(local: number): Code {
  return i32.subtract(i32.shiftLeft(constant(2), get(local)), constant(1));
}

/** The bits of positions before the end. */
function withinEnd(bits: number): Code {
  return i32.and(get(bits), i32.subtract(i32.shiftLeft(constant(1), i32.subtract(get(END_PARAMETER), get(AT))), constant(1)));
}

/** Counts the newlines of `bits`; the last of them begins the line. No branch: no processor can foresee where lines end. */
function takeNewlines(bits: Code): Code {
  const lineBehind = i32.add(get(AT), i32.subtract(constant(32 - layout.input), i32.leadingZeros(bits)));
  return code(set(LINE_START, i32.select(bits, lineBehind, get(LINE_START))), set(NEWLINES, i32.add(get(NEWLINES), i32.onesCount(bits))));
}

/**
 * Counts the newlines up to a hit and takes them out of NEWLINE_BITS. A hit on a newline is for the sake of what is behind it.
 */
function takeNewlinesUpTo(): Code {
  const before = i32.and(get(NEWLINE_BITS), upTo(BIT));
  return code(takeNewlines(before), set(NEWLINE_BITS, i32.subtract(get(NEWLINE_BITS), before)));
}
