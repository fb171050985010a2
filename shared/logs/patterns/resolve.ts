/**
 * The second, global pass: makes patterns of a sketch's leaves. It depends on the leaves and their counts alone.
 */
import { normalForm, patternId } from './fingerprint.ts';
import { type Group, heaviest, heaviestFirst, mergeBy, united } from './group.ts';
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

/** Leaves that are one pattern. */
export interface LeafGroup {
  /** The id of its template. */
  readonly id: string;
  readonly template: string;
  readonly keys: readonly string[];
}

/**
 * The patterns of a set of leaves, whatever they count: what is known twice, or forgotten to have been known, makes no difference. Leaves with one
 * fingerprint are in one group.
 */
export function groupLeaves(keys: Iterable<string>): LeafGroup[] {
  const once = new Map([...keys].map((key) => [key, 1]));
  return groupsOf(once).map((group) => ({ id: patternId(group), template: templateText(group), keys: group.leaves }));
}

/**
 * Resolves a sketch, which must not change afterwards. Which of several shapes a template takes is decided by the number of lines, or of leaves.
 */
export function resolvePatterns<T extends Tally<T> = never>(sketch: PatternSketch<T>, by: 'lines' | 'leaves' = 'lines'): ResolvedPatterns {
  const lines = countedLeaves(sketch);
  const byLeaf = new Map<string, Pattern>();
  const patterns: Pattern[] = [];
  for (const group of groupsOf(by === 'lines' ? lines : new Map([...lines.keys()].map((key) => [key, 1])))) {
    const count = group.leaves.reduce((sum, key) => sum + (lines.get(key) ?? 0), 0);
    const pattern = { id: patternId(group), template: templateText(group), count };
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
  return mergeBy(withOneFingerprint(mergeSlots(mergeShapes(single))), { keyOf: normalForm, shape: heaviest });
}

/** Unites groups that have leaves of the same normal form, as those have one fingerprint. */
function withOneFingerprint(groups: readonly Group[]): Group[] {
  const leadOf = new Map<Group, Group>(groups.map((group) => [group, group]));
  const lead = (group: Group): Group => {
    let found = group;
    for (let next = leadOf.get(found); next !== undefined && next !== found; next = leadOf.get(found)) found = next;
    return found;
  };
  const byForm = new Map<string, Group>();
  for (const group of groups)
    for (const key of group.leaves) {
      const form = normalForm(phraseOfKey(key));
      const known = byForm.get(form);
      if (known === undefined) byForm.set(form, group);
      else leadOf.set(lead(group), lead(known));
    }
  return [...Map.groupBy(groups, lead).values()].map((same) =>
    same.length === 1 ? heaviest(same) : united(same, heaviest(same.toSorted(heaviestFirst))),
  );
}

function groupOf(key: string, count: number): Group {
  const { tokens, gaps } = phraseOfKey(key);
  return { tokens, gaps, count, leaves: [key] };
}
