/**
 * The walk behind every listing: keys in order below a prefix, those that share what follows up to a delimiter rolled up into one entry.
 * A rolled-up prefix is jumped over by a new query, so a folder of a million keys costs one step.
 */

/** Where a walk goes on. */
export interface Position {
  readonly key: string;
  /** True: from the key on. False: after it, or after the item `item` of it. */
  readonly inclusive: boolean;
  /** Where a key has several items (versions, uploads): the last one that was seen. */
  readonly item?: string;
}

export interface WalkOptions {
  readonly prefix: string;
  readonly delimiter: string;
  readonly max: number;
  readonly from: Position;
}

export type WalkEntry<T> = { readonly prefix: string } | { readonly item: T };

export interface WalkResult<T> {
  readonly entries: readonly WalkEntry<T>[];
  /** Undefined when nothing is left. */
  readonly next: Position | undefined;
}

export interface KeyRange {
  readonly from: Position;
  /** Exclusive; undefined when there is no bound. */
  readonly end: string | undefined;
}

/** `open` gives the items of a range in order, lazily. */
export function walkKeys<T extends { readonly key: string }>(
  { prefix, delimiter, max, from }: WalkOptions,
  open: (range: KeyRange) => Iterable<T>,
  positionAfter: (item: T) => Position,
): WalkResult<T> {
  const entries: WalkEntry<T>[] = [];
  if (max === 0) return { entries, next: undefined };
  const end = successor(prefix);
  let position: Position | undefined = later(from, prefix);
  while (position !== undefined) {
    let jump: Position | undefined;
    for (const item of open({ from: position, end })) {
      if (entries.length === max) return { entries, next: position };
      const rolledUp = commonPrefix(item.key, prefix, delimiter);
      if (rolledUp === undefined) {
        entries.push({ item });
        position = positionAfter(item);
        continue;
      }
      entries.push({ prefix: rolledUp });
      jump = positionBehind(rolledUp);
      break;
    }
    position = jump;
  }
  return { entries, next: undefined };
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

/** Behind all keys that begin so; undefined when there can be none. */
function positionBehind(prefix: string): Position | undefined {
  const key = successor(prefix);
  return key === undefined ? undefined : { key, inclusive: true };
}

/**
 * Where a client's marker means to go on. One that is itself a rolled-up prefix stands for everything below it: that is how a page ends
 * that had it as its last entry.
 */
export function positionOfMarker(marker: string, { prefix, delimiter }: { prefix: string; delimiter: string }): Position {
  const isRolledUp = delimiter !== '' && marker.startsWith(prefix) && commonPrefix(marker, prefix, delimiter) === marker;
  const behind = isRolledUp ? positionBehind(marker) : undefined;
  return behind ?? { key: marker, inclusive: false };
}

export const fromTheStart: Position = { key: '', inclusive: true };

/** A walk never begins before its prefix. */
function later(from: Position, prefix: string): Position {
  return Buffer.compare(Buffer.from(from.key), Buffer.from(prefix)) < 0 ? { key: prefix, inclusive: true } : from;
}

const lastCodePoint = 0x10ffff;

/** The first string, in the order of UTF-8 bytes, behind all that begin with `prefix`. */
export function successor(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!);
  while (points.at(-1) === lastCodePoint) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // The surrogates between are no characters and cannot be written in UTF-8.
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  return String.fromCodePoint(...points, next);
}
