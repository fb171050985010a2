/**
 * The corpus: the leaves of the messages of all files, as a set, and the pattern each of them is at home in.
 *
 * A set takes a file in once, however often it is told, and does not know which file came first; it is bounded as a sketch is. What its leaves resolve
 * to decides which of them are one pattern, so that follows from what was seen, never from the order or the cut in which it came.
 */
import * as z from 'zod';
import { type LeafGroup, groupLeaves } from '../patterns/resolve.ts';
import { templateText, phraseOfKey } from '../patterns/leaf.ts';
import { type Leaf, type LeafPlace, PatternSketch } from '../patterns/sketch.ts';
import type { Tally } from '../patterns/tally.ts';

/** Ids of patterns: one, except while leaves that have become one are not settled yet. */
export class Homes implements Tally<Homes> {
  ids: ReadonlySet<string>;

  constructor(ids: Iterable<string>) {
    this.ids = new Set(ids);
  }

  merge(other: Homes): void {
    this.ids = new Set([...this.ids, ...other.ids]);
  }

  toData(): string[] {
    return [...this.ids].toSorted();
  }
}

/** Of a fingerprint that is no trace's: the leaf it was seen as. */
export const leafPlaceSchema = z.object({ bucket: z.int().nonnegative(), grain: z.int().nonnegative(), key: z.string() });

const numbered = {
  /** Moves are made in the order of their numbers, each once: a pattern keeps the number of the last one made on it. */
  number: z.int().positive(),
  /** ISO 8601: when it was found out. */
  at: z.string(),
};

/** What patterns have to go through until they are as the corpus says. */
const moveSchema = z.discriminatedUnion('kind', [
  /** All of pattern `from` goes into `into`, and its id leads there. */
  z.object({ kind: z.literal('join'), ...numbered, from: z.string(), into: z.string() }),
  /** What was seen as these leaves goes from pattern `from` into `into`. */
  z.object({ kind: z.literal('part'), ...numbered, from: z.string(), into: z.string(), leaves: z.array(leafPlaceSchema) }),
  /** The pattern's template has changed with its leaves. */
  z.object({ kind: z.literal('name'), ...numbered, pattern: z.string(), template: z.string() }),
]);
export type Move = z.infer<typeof moveSchema>;
type Unnumbered<M> = M extends Move ? Omit<M, 'number' | 'at'> : never;
export type NewMove = Unnumbered<Move>;

const corpusData = z.object({
  buckets: z.array(
    z.object({
      bucket: z.int().nonnegative(),
      grain: z.int().nonnegative(),
      leaves: z.array(z.tuple([z.string(), z.int(), z.array(z.string())])),
    }),
  ),
  moves: z.array(moveSchema),
  lastMove: z.int().nonnegative(),
});
export type CorpusData = z.infer<typeof corpusData>;

/** Leaves that are one pattern, as they stand in the corpus. */
export interface CorpusGroup extends Omit<LeafGroup, 'keys'> {
  readonly leaves: readonly Leaf<Homes>[];
}

/**
 * Stands for a variable where a leaf is read as if it were a message: long enough to be no part of a name, and a number in every version.
 */
const exampleOfVariable = '1000';

export class Corpus {
  readonly #sketch: PatternSketch<Homes>;
  #moves: readonly Move[];
  #lastMove: number;

  constructor(sketch = new PatternSketch<Homes>(), moves: readonly Move[] = [], lastMove = 0) {
    this.#sketch = sketch;
    this.#moves = moves;
    this.#lastMove = lastMove;
  }

  /** Moves that are not known to be made. */
  get moves(): readonly Move[] {
    return this.#moves;
  }

  movesMade(): void {
    this.#moves = [];
  }

  willMove(move: NewMove, at: string): void {
    this.#lastMove += 1;
    this.#moves = [...this.#moves, { ...move, number: this.#lastMove, at }];
  }

  /** Adds the leaves of a file's messages. False when all of them were there. */
  takeIn<T extends Tally<T>>(messages: PatternSketch<T>): boolean {
    const before = this.#text();
    this.#sketch.merge(PatternSketch.fromData<Homes>(messages.toData()));
    return this.#text() !== before;
  }

  /** The pattern that a file's leaf is at home in; undefined when the leaf was not taken in, or is not settled. */
  homeOf(place: LeafPlace): string | undefined {
    const ids = this.#sketch.holding(place)?.tally?.ids;
    return ids?.size === 1 ? [...ids][0] : undefined;
  }

  /** The leaf of the corpus that a file's leaf is part of. */
  holding(place: LeafPlace): Leaf<Homes> | undefined {
    return this.#sketch.holding(place);
  }

  placeOf(leaf: Leaf<Homes>): LeafPlace {
    return this.#sketch.placeOf(leaf);
  }

  /** What the leaves resolve to. The same key may stand in two buckets when both became coarse. */
  groups(): CorpusGroup[] {
    const byKey = Map.groupBy(this.#sketch.leaves(), ({ key }) => key);
    return groupLeaves(byKey.keys()).map(({ id, template, keys }) => ({
      id,
      template,
      leaves: keys.flatMap((key) => byKey.get(key) ?? []),
    }));
  }

  /** The corpus of another version of the algorithm: its leaves, read as that version reads them, with the homes they have. */
  regrown(): Corpus {
    const sketch = new PatternSketch<Homes>();
    for (const { key, tally } of this.#sketch.leaves()) {
      const example = Buffer.from(templateText(phraseOfKey(key)).replaceAll('<*>', exampleOfVariable));
      const leaf = sketch.add(example, 0, example.length);
      if (leaf.tally === undefined) leaf.tally = new Homes(tally?.ids ?? []);
      else leaf.tally.merge(new Homes(tally?.ids ?? []));
    }
    return new Corpus(sketch, this.#moves, this.#lastMove);
  }

  toData(): CorpusData {
    const buckets = this.#sketch.toData().buckets.map(({ bucket, grain, leaves }) => ({
      bucket,
      grain,
      leaves: leaves.map(([key, , homes]): [string, number, string[]] => [key, 0, (homes as string[] | undefined) ?? []]),
    }));
    return { buckets, moves: [...this.#moves], lastMove: this.#lastMove };
  }

  /** Throws for what is no corpus. */
  static fromData(data: unknown): Corpus {
    const { buckets, moves, lastMove } = corpusData.parse(data);
    const sketch = PatternSketch.fromData<Homes>({ buckets }, (ids) => new Homes(ids as string[]));
    return new Corpus(sketch, moves, lastMove);
  }

  #text(): string {
    return JSON.stringify(this.toData().buckets);
  }
}
