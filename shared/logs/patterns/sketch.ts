/**
 * What a worker keeps of its lines: leaves with their counts, in bounded memory. Sketches merge; the same lines give the same sketch in any order
 * and however they were cut.
 *
 * Leaves live in buckets by the outline of their phrase (signs, number of tokens, first word). A bucket with more than `leavesPerBucketMax`
 * leaves takes all of them to a coarser grain, and again until they fit. Whether a bucket overflows at a grain depends on the set of its leaves
 * alone, not on their order, and counts are only ever added up: so the result is exact at the grain it has.
 */
import { coarser, grainMax, keyOf, phraseOf, phraseOfKey } from './leaf.ts';
import { MessageTokens } from './message-tokens.ts';

export const bucketsMax = 256;
export const leavesPerBucketMax = 64;
/** Lines whose leaf is remembered by hash, so that the next line of the kind needs no key. */
const remembered = 1 << 13;

export interface Leaf {
  readonly key: string;
  readonly bucket: number;
  count: number;
  /** Where its lines went when the bucket became coarser. */
  into: Leaf | undefined;
}

interface Bucket {
  grain: number;
  readonly leaves: Map<string, Leaf>;
}

/** A sketch on its way between workers: plain JSON. */
export interface SketchData {
  readonly buckets: readonly { readonly bucket: number; readonly grain: number; readonly leaves: readonly (readonly [string, number])[] }[];
}

export class PatternSketch {
  readonly #tokens = new MessageTokens();
  readonly #buckets = new Map<number, Bucket>();
  readonly #firstHashes = new Int32Array(remembered);
  readonly #secondHashes = new Int32Array(remembered);
  readonly #leaves: (Leaf | undefined)[] = Array.from({ length: remembered });
  #firstHash = 0;
  #secondHash = 0;

  /** Counts a line by its message in `bytes` from `start` to `end`. */
  add(bytes: Uint8Array, start: number, end: number): void {
    this.#tokens.read(bytes, start, end);
    const leaf = this.#recall() ?? this.#remember(this.#searchOrAdd());
    leaf.count += 1;
  }

  /** The leaf of a message, without counting it; undefined when no such line was added. */
  find(bytes: Uint8Array, start: number, end: number): Leaf | undefined {
    this.#tokens.read(bytes, start, end);
    const known = this.#recall() ?? this.#search();
    return known && this.#remember(known);
  }

  merge(other: PatternSketch): void {
    for (const [at, { grain, leaves }] of other.#buckets)
      this.#mergeBucket(
        at,
        grain,
        leaves.values().map(({ key, count }) => [key, count] as const),
      );
  }

  /** All leaves with their counts, always in the same order. */
  leaves(): Leaf[] {
    const all = this.#buckets
      .values()
      .flatMap(({ leaves }) => leaves.values())
      .toArray();
    return all.toSorted((a, b) => a.bucket - b.bucket || (a.key < b.key ? -1 : 1));
  }

  toData(): SketchData {
    const inOrder = [...this.#buckets].toSorted(([a], [b]) => a - b);
    return {
      buckets: inOrder.map(([bucket, { grain, leaves }]) => ({
        bucket,
        grain,
        leaves: [...leaves.values()].map(({ key, count }) => [key, count] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      })),
    };
  }

  static fromData(data: SketchData): PatternSketch {
    const sketch = new PatternSketch();
    for (const { bucket, grain, leaves } of data.buckets) sketch.#mergeBucket(bucket, grain, leaves);
    return sketch;
  }

  /** The leaf of the tokens, if a line with the same hashes was seen lately. */
  #recall(): Leaf | undefined {
    this.#hash();
    const slot = this.#firstHash & (remembered - 1);
    if (this.#firstHashes[slot] !== this.#firstHash || this.#secondHashes[slot] !== this.#secondHash) return undefined;
    const leaf = this.#leaves[slot];
    return leaf?.into === undefined ? leaf : current(leaf);
  }

  #remember(leaf: Leaf): Leaf {
    const slot = this.#firstHash & (remembered - 1);
    this.#firstHashes[slot] = this.#firstHash;
    this.#secondHashes[slot] = this.#secondHash;
    this.#leaves[slot] = leaf;
    return leaf;
  }

  /** Two hashes of the tokens and gaps: one alone would confuse leaves of large files. */
  #hash(): void {
    const { count, hashes, gaps } = this.#tokens;
    let first = count;
    let second = 0x9e3779b9 | 0;
    for (let i = 0; i < count; i += 1) {
      const hash = (hashes[i] as number) + (gaps[i] as number);
      first = Math.imul(first ^ hash, 0x85ebca6b);
      first ^= first >>> 15;
      second = Math.imul(second + hash, 0xc2b2ae35);
      second = (second << 13) | (second >>> 19);
    }
    this.#firstHash = first;
    this.#secondHash = second;
  }

  #search(): Leaf | undefined {
    const bucket = this.#buckets.get(bucketOf(this.#tokens));
    return bucket?.leaves.get(keyOf(coarser(phraseOf(this.#tokens), 0, bucket.grain)));
  }

  #searchOrAdd(): Leaf {
    const at = bucketOf(this.#tokens);
    const bucket = this.#bucket(at);
    const key = keyOf(coarser(phraseOf(this.#tokens), 0, bucket.grain));
    return bucket.leaves.get(key) ?? addLeaf(bucket, { key, bucket: at, count: 0, into: undefined });
  }

  #bucket(at: number): Bucket {
    let bucket = this.#buckets.get(at);
    if (bucket === undefined) {
      bucket = { grain: 0, leaves: new Map() };
      this.#buckets.set(at, bucket);
    }
    return bucket;
  }

  #mergeBucket(at: number, grain: number, leaves: Iterable<readonly [string, number]>): void {
    const bucket = this.#bucket(at);
    while (bucket.grain < grain) coarsen(bucket);
    for (const [key, count] of leaves) {
      const own = bucket.grain === grain ? key : keyOf(coarser(phraseOfKey(key), grain, bucket.grain));
      const leaf = bucket.leaves.get(own) ?? addLeaf(bucket, { key: own, bucket: at, count: 0, into: undefined });
      leaf.count += count;
    }
  }
}

function current(leaf: Leaf): Leaf {
  let now = leaf;
  while (now.into !== undefined) now = now.into;
  return now;
}

/** Adds a leaf, and answers the one that counts its lines: a coarser one when the bucket has become too full. */
function addLeaf(bucket: Bucket, leaf: Leaf): Leaf {
  bucket.leaves.set(leaf.key, leaf);
  while (bucket.leaves.size > leavesPerBucketMax && bucket.grain < grainMax) coarsen(bucket);
  return current(leaf);
}

/** Takes all leaves of a bucket one grain up; those that are the same there become one. */
function coarsen(bucket: Bucket): void {
  const before = [...bucket.leaves.values()];
  bucket.leaves.clear();
  for (const leaf of before) {
    const key = keyOf(coarser(phraseOfKey(leaf.key), bucket.grain, bucket.grain + 1));
    let into = bucket.leaves.get(key);
    if (into === undefined) {
      into = { key, bucket: leaf.bucket, count: 0, into: undefined };
      bucket.leaves.set(key, into);
    }
    into.count += leaf.count;
    leaf.into = into;
  }
  bucket.grain += 1;
}

/** By number of tokens, signs and the first word: leaves that coarsen together, and few enough of them. */
function bucketOf({ count, starts, ends, masked, hashes }: MessageTokens): number {
  let hash = count;
  let worded = false;
  for (let i = 0; i < count; i += 1) {
    const length = (ends[i] as number) - (starts[i] as number);
    const isFirstWord = !worded && length > 1 && masked[i] === 0;
    if (isFirstWord) worded = true;
    if (length === 1 || isFirstWord) hash = Math.imul(hash ^ (hashes[i] as number), 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  return (hash ^ (hash >>> 13)) & (bucketsMax - 1);
}
