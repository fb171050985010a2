/**
 * A group of leaves that are one pattern, on its way through the merges.
 */
import { keyOf, type Phrase } from './leaf.ts';

export interface Group extends Phrase {
  readonly count: number;
  /** Keys of its leaves. */
  readonly leaves: readonly string[];
}

export interface Merge {
  /** Groups with the same key become one. */
  readonly keyOf: (group: Group) => string;
  /** The phrase of the one that several become, the heaviest of them first. */
  readonly shape: (same: readonly Group[]) => Phrase;
  /** So many must be the same, or they stay as they are. */
  readonly sizeMin?: number;
}

export function mergeBy(groups: readonly Group[], { keyOf, shape, sizeMin = 2 }: Merge): Group[] {
  const byKey = new Map<string, Group[]>();
  for (const group of groups) {
    const key = keyOf(group);
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [group]);
    else same.push(group);
  }
  return [...byKey.values()].flatMap((same) => (same.length < sizeMin ? same : [united(same, shape(same.toSorted(heaviestFirst)))]));
}

export function united(groups: readonly Group[], { tokens, gaps }: Phrase): Group {
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  return { tokens, gaps, count, leaves: groups.flatMap(({ leaves }) => leaves) };
}

/** By count, then by text: never by the order in which lines came. */
export function heaviestFirst(a: Group, b: Group): number {
  return b.count - a.count || (keyOf(a) < keyOf(b) ? -1 : 1);
}

/** The heaviest of groups in their order. */
export function heaviest([first]: readonly Group[]): Group {
  if (first === undefined) throw new Error('A merge has at least one group.');
  return first;
}
