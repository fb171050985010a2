// @ts-nocheck -- AssemblyScript: TypeScript's syntax with the types of WebAssembly. infra/build-scan-assembly.ts compiles it.

/*
 * Finds needles in bytes: three looks, each at what the one before let through.
 *
 * The first is Teddy's (from Hyperscan), at sixteen positions at a time: a table for the low and one for the high half of each of three bytes
 * says which of eight groups of needles the half allows; where the six answers have a group in common, a needle of the group may stand. The
 * second goes by single positions: a table for each byte from `rowFirst` to `rowLast` around one says which needles the byte allows, exactly.
 * The third, what stands around a needle, is the caller's.
 *
 * needle-tables.ts says what the tables hold; plain-search.ts does the same without SIMD.
 */

import { constantsAt, hitsAt, placesAt, rowsAt, searchStateAt, shiftsAt, tablesAt, takesLowHalfAt } from './memory-layout';

const ROW_FIRST: i32 = -3;
const ROW_BYTES: i32 = 256 * 8;
/** Bytes of a step, two vectors; and of as many steps as are looked at before their hits are, while they are at hand. */
const STEP: i32 = 32;
const BLOCK: i32 = 4096;
const HIT_BYTES: i32 = 16;
/** A position may be a hit for every needle. */
const HITS_FULL: i32 = rowsAt - 64 * HIT_BYTES;

/** Up to where lines are counted, their number, and where the last of them starts; -1 before the first newline. */
let linesAt: i32 = 0;
let lines: i32 = 0;
let lineStart: i32 = -1;

/** Looks for needles whose fingerprint begins in `start … end`; answers how far it came, which is not the end when there is no more room. */
export function search(start: i32, end: i32): i32 {
  linesAt = start;
  lines = 0;
  lineStart = -1;
  const takesLow = load<u8>(takesLowHalfAt) != 0;
  let hits = hitsAt;
  let at = start;
  while (at < end) {
    const blockEnd = min(at + BLOCK, end);
    const placesEnd = takesLow ? findPlaces<i32>(at, blockEnd) : findPlaces<f32>(at, blockEnd);
    at = blockEnd;
    for (let place = placesAt; place < placesEnd; place += 8) {
      const from = load<i32>(place);
      for (let lanes = load<i32>(place, 4); lanes != 0; lanes &= lanes - 1) {
        const hit = from + ctz(lanes);
        const needles = needlesAt(hit);
        if (needles == 0 || hit >= blockEnd) continue;
        if (hits > HITS_FULL) return finish(hits, hit);
        hits = takeHit(hits, hit, needles);
      }
    }
  }
  return finish(hits, end);
}

function finish(hits: i32, at: i32): i32 {
  countLines(at);
  store<i32>(searchStateAt, hits);
  store<i32>(searchStateAt, lineStart, 4);
  store<i32>(searchStateAt, lines, 8);
  return at;
}

/**
 * The first look: lists steps with hits, each as its position and a bit for each of its bytes. Answers the end of the list. There are two of it:
 * `Taken` is an integer's type where the processor takes low halves by itself.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- AssemblyScript compiles the function for each type
function findPlaces<Taken>(from: i32, end: i32): i32 {
  const low0 = v128.load(tablesAt, 0);
  const high0 = v128.load(tablesAt, 16);
  const low1 = v128.load(tablesAt, 32);
  const high1 = v128.load(tablesAt, 48);
  const low2 = v128.load(tablesAt, 64);
  const high2 = v128.load(tablesAt, 80);
  const half = v128.load(constantsAt);
  let place = placesAt;
  for (let at = from; at < end; at += STEP) {
    // Written out for both vectors: a function would be called, with the tables handed over in memory.
    let bytes = v128.load(at);
    let groups = v128.and(swizzle(low0, lowHalf<Taken>(bytes, half)), swizzle(high0, v128.and(i16x8.shr_u(bytes, 4), half)));
    bytes = v128.load(at, 1);
    groups = v128.and(groups, swizzle(low1, lowHalf<Taken>(bytes, half)));
    groups = v128.and(groups, swizzle(high1, v128.and(i16x8.shr_u(bytes, 4), half)));
    bytes = v128.load(at, 2);
    groups = v128.and(groups, swizzle(low2, lowHalf<Taken>(bytes, half)));
    groups = v128.and(groups, swizzle(high2, v128.and(i16x8.shr_u(bytes, 4), half)));
    const emptyFirst = i8x16.bitmask(i8x16.eq(groups, i8x16.splat(0)));
    bytes = v128.load(at, 16);
    groups = v128.and(swizzle(low0, lowHalf<Taken>(bytes, half)), swizzle(high0, v128.and(i16x8.shr_u(bytes, 4), half)));
    bytes = v128.load(at, 17);
    groups = v128.and(groups, swizzle(low1, lowHalf<Taken>(bytes, half)));
    groups = v128.and(groups, swizzle(high1, v128.and(i16x8.shr_u(bytes, 4), half)));
    bytes = v128.load(at, 18);
    groups = v128.and(groups, swizzle(low2, lowHalf<Taken>(bytes, half)));
    groups = v128.and(groups, swizzle(high2, v128.and(i16x8.shr_u(bytes, 4), half)));
    const emptySecond = i8x16.bitmask(i8x16.eq(groups, i8x16.splat(0)));
    const hits = ~(emptyFirst | (emptySecond << 16));
    // No branch: no processor can foresee where hits are.
    store<i32>(place, at);
    store<i32>(place, hits, 4);
    place += select(8, 0, hits);
  }
  return place;
}

/**
 * Whether the processor looks up the low half of an index from 0x10 to 0x7f, as those of x86 do; others find zero there. From 0x80 on all find
 * zero, and no fingerprint has such a byte.
 */
export function takesLowHalf(): bool {
  const table = v128.load(constantsAt, 16);
  const above = v128.or(v128.load(constantsAt), i8x16.splat(0x70));
  return v128.any_true(swizzle(table, above));
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- AssemblyScript compiles the function for each type
function lowHalf<Taken>(bytes: v128, half: v128): v128 {
  return isInteger<Taken>() ? bytes : v128.and(bytes, half);
}

/** One instruction on every processor. */
function swizzle(table: v128, indexes: v128): v128 {
  return i8x16.relaxed_swizzle(table, indexes);
}

/** The second look: a bit for each needle whose fingerprint begins at `at`. */
function needlesAt(at: i32): u64 {
  let needles = allowed(at, 0) & allowed(at, 1) & allowed(at, 2);
  if (needles == 0) return 0;
  needles &= allowed(at, 3) & allowed(at, -1);
  if (needles == 0) return 0;
  needles &= allowed(at, 4) & allowed(at, 5) & allowed(at, 6);
  return needles & allowed(at, 7) & allowed(at, 8) & allowed(at, -2) & allowed(at, -3);
}

function allowed(at: i32, offset: i32): u64 {
  return load<u64>(rowsAt + (offset - ROW_FIRST) * ROW_BYTES + ((<i32>load<u8>(at + offset)) << 3));
}

/** Writes a hit for each needle: where it begins, which it is, where its line starts, and newlines up to there. */
function takeHit(hits: i32, at: i32, needles: u64): i32 {
  // A needle may begin with the newline before its line.
  countLines(at + 1);
  let hit = hits;
  for (let rest = needles; rest != 0; rest &= rest - 1) {
    const needle = <i32>ctz(rest);
    store<i32>(hit, at - load<u8>(shiftsAt + needle));
    store<i32>(hit, needle, 4);
    store<i32>(hit, lineStart, 8);
    store<i32>(hit, lines, 12);
    hit += HIT_BYTES;
  }
  return hit;
}

/** Counts the newlines that come before `to` and have not been counted. */
function countLines(to: i32): void {
  const newline = v128.load(constantsAt, 16);
  const before = lines;
  const from = linesAt;
  let at = linesAt;
  while (at + 16 <= to) {
    // A lane counts to 255.
    const batchEnd = min(to - 15, at + 255 * 16);
    let counts = i8x16.splat(0);
    for (; at < batchEnd; at += 16) counts = i8x16.sub(counts, i8x16.eq(v128.load(at), newline));
    const pairs = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(counts));
    lines += i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1) + i32x4.extract_lane(pairs, 2) + i32x4.extract_lane(pairs, 3);
  }
  if (at < to) lines += popcnt(newlinesIn(at) & ((1 << (to - at)) - 1));
  linesAt = to;
  if (lines > before) lineStart = lastNewline(from, to) + 1;
}

/** A bit for each of the sixteen bytes at `at` that is a newline. */
function newlinesIn(at: i32): i32 {
  return i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(constantsAt, 16)));
}

/** The last newline in `from … to`, which has one. */
function lastNewline(from: i32, to: i32): i32 {
  let end = to;
  while (end - 16 >= from) {
    const newlines = newlinesIn(end - 16);
    if (newlines != 0) return end - 16 + 31 - clz(newlines);
    end -= 16;
  }
  return from + 31 - clz(newlinesIn(from) & ((1 << (end - from)) - 1));
}
