/**
 * The second, global pass: makes patterns of a sketch's leaves. It depends on the leaves and their counts alone.
 */
import { normalForm, patternId } from './fingerprint.ts';
import { type Group, heaviest, mergeBy } from './group.ts';
import { phraseOfKey, templateText } from './leaf.ts';
import { mergeShapes } from './merge-shapes.ts';
import { mergeSlots } from './merge-slots.ts';
import type { PatternSketch } from './sketch.ts';
import type { Tally } from './tally.ts';

export interface Pattern {
  /** `pat_1_…`: the same for the same template, whatever file it comes from. */
  readonly id: string;
  /** The message with `<*>` for what varies. */
  readonly template: string;
  /** Lines. */
  readonly count: number;
}

export interface ResolvedPatterns {
  /** The most frequent first, then by template. */
  readonly patterns: readonly Pattern[];
  /** The pattern of a leaf, by its key. */
  patternOfLeaf(key: string): Pattern | undefined;
  /** The pattern of a message in `bytes` from `start` to `end`; undefined when the sketch holds no such line. */
  patternOf(bytes: Uint8Array, start: number, end: number): Pattern | undefined;
}

/** Resolves a sketch, which must not change afterwards. */
export function resolvePatterns<T extends Tally<T> = never>(sketch: PatternSketch<T>): ResolvedPatterns {
  const leaves = countedLeaves(sketch);
  const byLeaf = new Map<string, Pattern>();
  const patterns: Pattern[] = [];
  for (const group of groupsOf(leaves)) {
    const pattern = { id: patternId(group), template: templateText(group), count: group.count };
    patterns.push(pattern);
    for (const key of group.leaves) byLeaf.set(key, pattern);
  }
  return {
    patterns: patterns.toSorted((a, b) => b.count - a.count || (a.template < b.template ? -1 : 1)),
    patternOfLeaf: (key) => byLeaf.get(key),
    patternOf(bytes, start, end) {
      const leaf = sketch.find(bytes, start, end);
      return leaf && byLeaf.get(leaf.key);
    },
  };
}

/** The same leaf may come from two buckets when both became coarse. */
function countedLeaves<T extends Tally<T>>(sketch: PatternSketch<T>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key, count } of sketch.leaves()) counts.set(key, (counts.get(key) ?? 0) + count);
  return counts;
}

function groupsOf(leaves: ReadonlyMap<string, number>): Group[] {
  const inOrder = [...leaves].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const single = inOrder.map(([key, count]) => groupOf(key, count));
  return mergeBy(mergeSlots(mergeShapes(single)), { keyOf: normalForm, shape: heaviest });
}

function groupOf(key: string, count: number): Group {
  const { tokens, gaps } = phraseOfKey(key);
  return { tokens, gaps, count, leaves: [key] };
}
