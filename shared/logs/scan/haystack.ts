/**
 * Bytes that needles are looked for in, without being copied: they lie in the memory of the WebAssembly that searches it. Where a processor or
 * a Node has no relaxed SIMD, the plain search does the same.
 */
import {
  hitsAt,
  inputAt,
  lineUnsure,
  pageBytes,
  quickAt,
  quickEnd,
  quickLines,
  quickTime,
  searchStateAt,
  takesLowHalfAt,
  wordsAt,
} from './assembly/memory-layout.ts';
import { compiledScan } from './assembly/scan.wasm.ts';
import { tablesOf } from './needle-tables.ts';
import { needleGroups } from './needles.ts';
import { plainSearch } from './plain-search.ts';
import { quickWords } from './quick-words.ts';

/** Four numbers a hit: position of the needle, its number among all of them, start of its line, and newlines up to there. */
export const hitNumbers = 4;
/** Where a hit's line starts when no newline has come before it. */
export const noNewline = -1;

export interface SearchResult {
  /** How far the search came: not to the end when there was no more room for hits. */
  readonly at: number;
  /** Valid until the next search. Positions may lie a few bytes before the start. */
  readonly hits: Int32Array;
  /** Start of the last line, or `noNewline`; and newlines in what has been searched. */
  readonly lineStart: number;
  readonly newlines: number;
}

/** As much of the global as is used; TypeScript knows it only with a browser's library. */
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface Search {
  readonly memory: Memory;
  search(start: number, end: number): number;
  /** Of the compiled search; see there. */
  takesLowHalf?(): number;
  /** The quick reader, which there is compiled alone: what it is not sure of, and so all of it, others can read. */
  readRecord?(at: number, to: number, lineMax: number): number;
  followRecord?(from: number, to: number, lineMax: number): void;
}
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    validate(bytes: Uint8Array): boolean;
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object) => { readonly exports: Search };
  };
};

const tables = tablesOf(needleGroups);
const words = quickWords();

/** A memory as WebAssembly has it, without it. */
class PlainMemory implements Memory {
  buffer = new ArrayBuffer(inputAt);

  grow(pages: number): number {
    const grown = new Uint8Array(this.buffer.byteLength + pages * pageBytes);
    grown.set(new Uint8Array(this.buffer));
    this.buffer = grown.buffer;
    return pages;
  }
}

function plain(): Search {
  const memory = new PlainMemory();
  return { memory, search: (start, end) => plainSearch(memory.buffer, start, end) };
}

const wasm = Buffer.from(compiledScan, 'base64');
const searchModule = WebAssembly.validate(wasm) ? new WebAssembly.Module(wasm) : undefined;
const compiled = searchModule && (() => new WebAssembly.Instance(searchModule).exports);

export class Haystack {
  readonly #search: Search;
  #bytes = Buffer.alloc(0);
  #numbers = new Int32Array(0);
  #times = new Float64Array(0);

  constructor(search: Search) {
    this.#search = search;
    const memory = new Uint8Array(search.memory.buffer);
    memory.set(tables);
    memory.set(words, wordsAt);
    if (search.takesLowHalf?.() === 1) memory[takesLowHalfAt] = 1;
    this.#view();
  }

  /** The bytes; other ones after each `grow`. */
  get units(): Buffer {
    return this.#bytes;
  }

  /** Makes it hold at least `size` bytes; it keeps those it has. */
  grow(size: number): void {
    const missing = size - this.#bytes.length;
    if (missing <= 0) return;
    this.#search.memory.grow(Math.ceil(missing / pageBytes));
    this.#view();
  }

  /** Looks for needles that begin in `[start, end)` or a few bytes before; `lookaheadBytes` follow the end. */
  search(start: number, end: number): SearchResult {
    const at = this.#search.search(inputAt + start, inputAt + end) - inputAt;
    const [hitsEnd = 0, lineStart = 0, newlines = 0] = this.#numbers.subarray(searchStateAt / 4, searchStateAt / 4 + 3);
    const hits = this.#numbers.subarray(hitsAt / 4, hitsEnd / 4);
    for (let hit = 0; hit < hits.length; hit += hitNumbers) {
      hits[hit]! -= inputAt;
      if (hits[hit + 2] !== noNewline) hits[hit + 2]! -= inputAt;
    }
    return { at, hits, lineStart: lineStart === noNewline ? noNewline : lineStart - inputAt, newlines };
  }

  /** Reads the record that the line at an index opens, up to `end`: its level, or 0 where the quick reader is not sure. The rest stands in `quick`. */
  readRecord(start: number, end: number, lineMax: number): number {
    return this.#search.readRecord?.(inputAt + start, inputAt + end, lineMax) ?? lineUnsure;
  }

  /** Goes on with that record behind one more line of it, which ends at `start`. */
  goOnBehind(start: number, end: number, lineMax: number): void {
    this.#numbers[(quickAt + quickEnd) / 4] = inputAt + start;
    this.#numbers[(quickAt + quickLines) / 4]! += 1;
    this.#search.followRecord?.(inputAt + start, inputAt + end, lineMax);
  }

  /** A number that the quick reader has left, by its place in memory-layout.ts. */
  quick(place: number): number {
    return this.#numbers[(quickAt + place) / 4]!;
  }

  /** The index of a position that it has left. */
  quickIndex(place: number): number {
    return this.#numbers[(quickAt + place) / 4]! - inputAt;
  }

  /** The milliseconds that it has left. */
  get quickTimeMs(): number {
    return this.#times[(quickAt + quickTime) / 8]!;
  }

  #view(): void {
    const { buffer } = this.#search.memory;
    this.#bytes = Buffer.from(buffer, inputAt);
    this.#numbers = new Int32Array(buffer, 0, inputAt / 4);
    this.#times = new Float64Array(buffer, 0, inputAt / 8);
  }
}

/** Haystacks that are in nobody's use: a memory is reserved with gigabytes of addresses around it. */
const idle: Haystack[] = [];
const idleMax = 4;
/** A larger one is given back to the system. */
const idleBytesMax = 1024 * 1024;

/** A haystack of its own until it is given back. What it holds means nothing. */
export function takeHaystack(): Haystack {
  return idle.pop() ?? new Haystack((compiled ?? plain)());
}

export function giveBack(haystack: Haystack): void {
  if (idle.length < idleMax && haystack.units.length <= idleBytesMax) idle.push(haystack);
}

/** The compiled search as other processors run it. */
const masked = compiled && ((): Search => ({ ...compiled(), takesLowHalf: () => 0 }));

/** For tests, which hold all to the same hits; `undefined` where only the plain one runs. */
export const searches = { compiled, masked, plain };
