/**
 * Which pattern each fingerprint of a file belongs to.
 *
 * A fingerprint that has a place keeps it. A new one joins the pattern in which others of its group are already, the one that was seen first; where
 * there is none, its group becomes a pattern. Patterns that a person has split take nobody in by themselves, and patterns are never joined but by a person.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { algorithmVersion } from '../patterns/fingerprint.ts';
import { untouched } from '../issues/triage.ts';
import type { FoundPattern } from './found-patterns.ts';
import { noLevelCounts, patternLimits, restOf, totalOf, type Pattern, type Placement } from './pattern.ts';
import type { PatternStore } from './ports.ts';
import { SightTally } from './sight-tally.ts';

export interface PlaceDeps {
  readonly patterns: PatternStore;
  readonly clock: Clock;
}

export interface Placed {
  /** Of every fingerprint. */
  readonly placements: ReadonlyMap<string, Placement>;
  /** The patterns that they are in, by id; of one that was merged into another, that other. */
  readonly patterns: ReadonlyMap<string, Pattern>;
}

/** Patterns whose new fingerprints are placed side by side. */
const atOnce = 16;
/** A pattern that was merged, into one that was merged…: as many steps are followed. */
const mergesMax = 16;

export async function placeFingerprints(deps: PlaceDeps, fileId: string, found: readonly FoundPattern[]): Promise<Placed> {
  const asked = found.flatMap(({ id, fingerprints }) => [id, ...fingerprints.keys()]);
  const placements = new Map((await deps.patterns.placements([...new Set(asked)])).map((one) => [one.fingerprint, one]));
  const patterns = await patternsOf(deps.patterns, new Set(placements.values().map(({ patternId }) => patternId)));
  const incomplete = found.filter((one) => unplaced(one, placements).length > 0);
  for (let from = 0; from < incomplete.length; from += atOnce)
    await Promise.all(incomplete.slice(from, from + atOnce).map((one) => placeGroup(deps, { fileId, found: one, placements, patterns })));
  return { placements, patterns };
}

/** The patterns with these ids, each under the id asked for, as the pattern it was merged into. */
export async function patternsOf(store: PatternStore, ids: ReadonlySet<string>): Promise<Map<string, Pattern>> {
  const loaded = new Map((await store.patterns([...ids])).map((pattern) => [pattern.id, pattern]));
  for (let step = 0; step < mergesMax; step += 1) {
    const missing = [...loaded.values()].flatMap(({ mergedInto }) => (mergedInto === null || loaded.has(mergedInto) ? [] : [mergedInto]));
    if (missing.length === 0) break;
    for (const pattern of await store.patterns(missing)) loaded.set(pattern.id, pattern);
  }
  return new Map(
    [...ids].flatMap((id) => {
      const pattern = lastOf(loaded, id);
      return pattern === undefined ? [] : [[id, pattern]];
    }),
  );
}

function lastOf(loaded: ReadonlyMap<string, Pattern>, id: string): Pattern | undefined {
  let pattern = loaded.get(id);
  for (let step = 0; step < mergesMax && pattern !== undefined && pattern.mergedInto !== null; step += 1)
    pattern = loaded.get(pattern.mergedInto);
  return pattern;
}

interface Group {
  readonly fileId: string;
  readonly found: FoundPattern;
  readonly placements: Map<string, Placement>;
  readonly patterns: Map<string, Pattern>;
}

async function placeGroup({ patterns: store, clock }: PlaceDeps, { fileId, found, placements, patterns }: Group): Promise<void> {
  const known = [found.id, ...found.fingerprints.keys()].flatMap((fingerprint) => {
    const placement = placements.get(fingerprint);
    return (placement && patterns.get(placement.patternId)) ?? [];
  });
  const pattern =
    seenFirst(known) ?? (await store.addPattern(newPattern(found, { fileId, nowMs: clock.now(), id: freeId(found, patterns) })));
  patterns.set(pattern.id, pattern);
  const isFull = pattern.members.filter((member) => member !== restOf(pattern.id)).length;
  for (const [at, fingerprint] of unplaced(found, placements).entries()) {
    const countedAs = isFull + at < patternLimits.membersMax ? fingerprint : restOf(pattern.id);
    placements.set(fingerprint, await store.place({ fingerprint, patternId: pattern.id, countedAs, byHand: false }));
  }
}

function seenFirst(patterns: readonly Pattern[]): Pattern | undefined {
  const open = patterns.filter(({ byHand }) => !byHand);
  const inOrder = open.toSorted((a, b) => (a.firstSeen === b.firstSeen ? (a.id < b.id ? -1 : 1) : a.firstSeen < b.firstSeen ? -1 : 1));
  return inOrder[0];
}

/** The group's own id, unless a person has made of it what takes nobody in: then that of a fingerprint. */
function freeId({ id, fingerprints }: FoundPattern, patterns: ReadonlyMap<string, Pattern>): string {
  return [id, ...[...fingerprints.keys()].toSorted()].find((one) => !patterns.has(one)) ?? id;
}

/** First the group's own, which further files may find again; then the most frequent ones. */
function unplaced({ id, fingerprints }: FoundPattern, placements: ReadonlyMap<string, Placement>): string[] {
  const byCount = [...fingerprints].map(([fingerprint, tally]) => ({ fingerprint, count: totalOf(tally.sight('').counts) }));
  const inOrder = byCount.toSorted((a, b) => b.count - a.count || (a.fingerprint < b.fingerprint ? -1 : 1));
  return [...new Set([id, ...inOrder.map(({ fingerprint }) => fingerprint)])].filter((fingerprint) => !placements.has(fingerprint));
}

/** Without counts: they come with its members. */
function newPattern(found: FoundPattern, { fileId, nowMs, id }: { fileId: string; nowMs: number; id: string }): Pattern {
  const all = new SightTally();
  for (const tally of found.fingerprints.values()) all.merge(tally);
  return {
    id,
    algorithm: algorithmVersion,
    template: found.template,
    basis: found.basis,
    ...all.sight(fileId),
    counts: noLevelCounts,
    files: 0,
    members: [],
    createdAtMs: nowMs,
    byHand: false,
    mergedInto: null,
    triage: untouched,
    revision: 1,
  };
}
