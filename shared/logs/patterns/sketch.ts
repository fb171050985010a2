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
import type { Tally } from './tally.ts';

export const bucketsMax = 256;
export const leavesPerBucketMax = 64;
/** Lines whose leaf is remembered by hash, so that the next line of the kind needs no key. */
const remembered = 1 << 13;

export interface Leaf<T extends Tally<T> = never> {
  readonly key: string;
  readonly bucket: number;
  count: number;
  /** Where its lines went when the bucket became coarser. */
  into: Leaf<T> | undefined;
  /** What else whoever adds lines counts of them; it goes where the lines go. */
  tally: T | undefined;
}

/** By which a leaf is found in another sketch that it was merged into, however much coarser that one is. */
export interface LeafPlace {
  readonly bucket: number;
  readonly grain: number;
  readonly key: string;
}

interface Bucket<T extends Tally<T>> {
  grain: number;
  readonly leaves: Map<string, Leaf<T>>;
}

/** A sketch on its way between workers: plain JSON. Of each leaf key, count, and its tally if there is one. */
export interface SketchData {
  readonly buckets: readonly { readonly bucket: number; readonly grain: number; readonly leaves: readonly LeafData[] }[];
}
type LeafData = readonly [key: string, count: number, tally?: unknown];

type CountedLeaf<T> = readonly [key: string, count: number, tally: T | undefined];

export class PatternSketch<T extends Tally<T> = never> {
  readonly #tokens = new MessageTokens();
  readonly #buckets = new Map<number, Bucket<T>>();
  readonly #firstHashes = new Int32Array(remembered);
  readonly #secondHashes = new Int32Array(remembered);
  readonly #leaves: (Leaf<T> | undefined)[] = Array.from({ length: remembered });

  /** Counts a line by its message in `bytes` from `start` to `end`; answers its leaf. */
  add(bytes: Uint8Array, start: number, end: number): Leaf<T> {
    this.#tokens.read(bytes, start, end);
    const leaf = this.#recall() ?? this.#remember(this.#searchOrAdd());
    leaf.count += 1;
    return leaf;
  }

  /** The leaf of a message, without counting it; undefined when no such line was added. */
  find(bytes: Uint8Array, start: number, end: number): Leaf<T> | undefined {
    this.#tokens.read(bytes, start, end);
    const known = this.#recall() ?? this.#search();
    return known && this.#remember(known);
  }

  /** The leaf that counts the lines of another sketch's leaf, which has been merged into this one. */
  holding({ bucket: at, grain, key }: LeafPlace): Leaf<T> | undefined {
    const bucket = this.#buckets.get(at);
    if (bucket === undefined || bucket.grain < grain) return undefined;
    return bucket.leaves.get(bucket.grain === grain ? key : keyOf(coarser(phraseOfKey(key), grain, bucket.grain)));
  }

  placeOf({ bucket, key }: Leaf<T>): LeafPlace {
    return { bucket, grain: this.#buckets.get(bucket)?.grain ?? 0, key };
  }

  /** Takes over the other's tallies: it must not be added to afterwards. */
  merge(other: PatternSketch<T>): void {
    for (const [at, { grain, leaves }] of other.#buckets)
      this.#mergeBucket(
        at,
        grain,
        leaves.values().map(({ key, count, tally }) => [key, count, tally] as const),
      );
  }

  /** All leaves with their counts, always in the same order. */
  leaves(): Leaf<T>[] {
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
        leaves: [...leaves.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(dataOf),
      })),
    };
  }

  /** `tallyFrom` makes tallies of their data; without it they are left out. */
  static fromData<T extends Tally<T> = never>(data: SketchData, tallyFrom?: (tally: unknown) => T): PatternSketch<T> {
    const sketch = new PatternSketch<T>();
    for (const { bucket, grain, leaves } of data.buckets) {
      const counted = leaves.map(([key, count, tally]) => [key, count, tally === undefined ? undefined : tallyFrom?.(tally)] as const);
      sketch.#mergeBucket(bucket, grain, counted);
    }
    return sketch;
  }

  /** The leaf of the tokens, if a line with the same hashes was seen lately. */
  #recall(): Leaf<T> | undefined {
    this.#tokens.hash();
    const { firstHash, secondHash } = this.#tokens;
    const slot = firstHash & (remembered - 1);
    if (this.#firstHashes[slot] !== firstHash || this.#secondHashes[slot] !== secondHash) return undefined;
    const leaf = this.#leaves[slot];
    return leaf?.into === undefined ? leaf : current(leaf);
  }

  #remember(leaf: Leaf<T>): Leaf<T> {
    const { firstHash, secondHash } = this.#tokens;
    const slot = firstHash & (remembered - 1);
    this.#firstHashes[slot] = firstHash;
    this.#secondHashes[slot] = secondHash;
    this.#leaves[slot] = leaf;
    return leaf;
  }

  #search(): Leaf<T> | undefined {
    const bucket = this.#buckets.get(bucketOf(this.#tokens));
    return bucket?.leaves.get(keyOf(coarser(phraseOf(this.#tokens), 0, bucket.grain)));
  }

  #searchOrAdd(): Leaf<T> {
    const at = bucketOf(this.#tokens);
    const bucket = this.#bucket(at);
    const key = keyOf(coarser(phraseOf(this.#tokens), 0, bucket.grain));
    return bucket.leaves.get(key) ?? addLeaf(bucket, { key, bucket: at, count: 0, into: undefined, tally: undefined });
  }

  #bucket(at: number): Bucket<T> {
    let bucket = this.#buckets.get(at);
    if (bucket === undefined) {
      bucket = { grain: 0, leaves: new Map() };
      this.#buckets.set(at, bucket);
    }
    return bucket;
  }

  #mergeBucket(at: number, grain: number, leaves: Iterable<CountedLeaf<T>>): void {
    const bucket = this.#bucket(at);
    while (bucket.grain < grain) coarsen(bucket);
    for (const [key, count, tally] of leaves) {
      const own = bucket.grain === grain ? key : keyOf(coarser(phraseOfKey(key), grain, bucket.grain));
      const leaf = bucket.leaves.get(own) ?? addLeaf(bucket, { key: own, bucket: at, count: 0, into: undefined, tally: undefined });
      leaf.count += count;
      giveTally(leaf, tally);
    }
  }
}

function dataOf<T extends Tally<T>>({ key, count, tally }: Leaf<T>): LeafData {
  return tally === undefined ? [key, count] : [key, count, tally.toData()];
}

function giveTally<T extends Tally<T>>(leaf: Leaf<T>, tally: T | undefined): void {
  if (leaf.tally === undefined) leaf.tally = tally;
  else if (tally !== undefined) leaf.tally.merge(tally);
}

function current<T extends Tally<T>>(leaf: Leaf<T>): Leaf<T> {
  let now = leaf;
  while (now.into !== undefined) now = now.into;
  return now;
}

/** Adds a leaf, and answers the one that counts its lines: a coarser one when the bucket has become too full. */
function addLeaf<T extends Tally<T>>(bucket: Bucket<T>, leaf: Leaf<T>): Leaf<T> {
  bucket.leaves.set(leaf.key, leaf);
  while (bucket.leaves.size > leavesPerBucketMax && bucket.grain < grainMax) coarsen(bucket);
  return current(leaf);
}

/** Takes all leaves of a bucket one grain up; those that are the same there become one. */
function coarsen<T extends Tally<T>>(bucket: Bucket<T>): void {
  const before = [...bucket.leaves.values()];
  bucket.leaves.clear();
  for (const leaf of before) {
    const key = keyOf(coarser(phraseOfKey(leaf.key), bucket.grain, bucket.grain + 1));
    let into = bucket.leaves.get(key);
    if (into === undefined) {
      into = { key, bucket: leaf.bucket, count: 0, into: undefined, tally: undefined };
      bucket.leaves.set(key, into);
    }
    into.count += leaf.count;
    giveTally(into, leaf.tally);
    leaf.tally = undefined;
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
