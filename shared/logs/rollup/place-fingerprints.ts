/**
 * Which pattern each fingerprint of a file belongs to.
 *
 * A fingerprint belongs where it is at home by the corpus, unless a person has placed it, or has decided about the pattern that it is in. One that stands
 * elsewhere, as the corpus has changed since, comes home.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { algorithmVersion, fingerprintOf } from '../patterns/fingerprint.ts';
import { untouched } from '../issues/triage.ts';
import type { FoundFingerprint } from './found-patterns.ts';
import { patternsOf } from './live-patterns.ts';
import {
  isHeldByHand,
  isRest,
  noLevelCounts,
  patternLimits,
  restOf,
  totalOf,
  withMembers,
  type Pattern,
  type Placement,
} from './pattern.ts';
import type { PatternStore } from './ports.ts';
import { SightTally } from './sight-tally.ts';

export interface PlaceDeps {
  readonly patterns: PatternStore;
  readonly clock: Clock;
}

/** A fingerprint and the id of the pattern where it is at home. */
export interface HomedFingerprint extends FoundFingerprint {
  readonly home: string;
}

export interface Placed {
  /** Of every fingerprint. */
  readonly placements: ReadonlyMap<string, Placement>;
  /** The patterns that they are in, by id; of one that was merged into another, that other. */
  readonly patterns: ReadonlyMap<string, Pattern>;
}

/** Patterns whose fingerprints are placed side by side, and attempts at one that others write. */
const atOnce = 16;
const attemptsMax = 50;

export async function placeFingerprints(deps: PlaceDeps, fileId: string, found: readonly HomedFingerprint[]): Promise<Placed> {
  const placements = new Map(
    (await deps.patterns.placements(found.map(({ fingerprint }) => fingerprint))).map((one) => [one.fingerprint, one]),
  );
  const ids = new Set([...placements.values().map(({ patternId }) => patternId), ...found.map(({ home }) => home)]);
  const patterns = await patternsOf(deps.patterns, ids);
  const astray = found.filter((one) => !isPlaced(one, { placements, patterns }));
  const groups = [...Map.groupBy(astray, ({ home }) => patterns.get(home)?.id ?? home).values()];
  for (let from = 0; from < groups.length; from += atOnce)
    await Promise.all(groups.slice(from, from + atOnce).map((group) => placeGroup(deps, { fileId, found: group, placements, patterns })));
  const placed = await patternsOf(deps.patterns, new Set(placements.values().map(({ patternId }) => patternId)));
  return { placements, patterns: placed };
}

/** It stands at home, or where a person has put it. */
function isPlaced({ fingerprint, home }: HomedFingerprint, { placements, patterns }: Placed): boolean {
  const placement = placements.get(fingerprint);
  const pattern = placement && patterns.get(placement.patternId);
  if (placement === undefined || pattern === undefined) return false;
  const athome = patterns.get(home);
  return placement.byHand || pattern.id === athome?.id || isHeldByHand(pattern) || athome?.byHand === true;
}

interface Group {
  readonly fileId: string;
  /** All with one home, the most frequent first. */
  readonly found: readonly HomedFingerprint[];
  readonly placements: Map<string, Placement>;
  readonly patterns: ReadonlyMap<string, Pattern>;
}

async function placeGroup(deps: PlaceDeps, { fileId, found, placements, patterns }: Group): Promise<void> {
  const inOrder = found
    .map((one) => ({ one, count: totalOf(one.tally.sight(fileId).counts) }))
    .toSorted((a, b) => b.count - a.count || (a.one.fingerprint < b.one.fingerprint ? -1 : 1))
    .map(({ one }) => one);
  const pattern = await patternFor(deps, { fileId, found: inOrder, patterns });
  let room = patternLimits.membersMax - pattern.members.filter((member) => !isRest(member)).length;
  for (const { fingerprint, leaf } of inOrder) {
    const countedAs = room > 0 ? fingerprint : restOf(pattern.id);
    const wanted = { fingerprint, patternId: pattern.id, countedAs, byHand: false, ...(leaf && { leaf }) };
    const placement = placements.get(fingerprint) ?? (await deps.patterns.place(wanted));
    placements.set(fingerprint, placement.patternId === pattern.id ? placement : await broughtHome(deps.patterns, wanted));
    room -= 1;
  }
}

/** The pattern at home; the first one of its kind is made, and so is one beside a pattern that a person has split, which takes nobody in. */
async function patternFor(
  { patterns: store, clock }: PlaceDeps,
  { fileId, found, patterns }: Pick<Group, 'fileId' | 'found' | 'patterns'>,
): Promise<Pattern> {
  const [lead] = found;
  if (lead === undefined) throw new Error('A group has at least one fingerprint.');
  const home = patterns.get(lead.home);
  if (home !== undefined && !home.byHand) return home;
  const id = home === undefined ? lead.home : fingerprintOf(`beside ${home.id}\n${lead.fingerprint}`);
  const made = await store.addPattern(newPattern(found, { id, template: lead.template, fileId, nowMs: clock.now() }));
  return (await patternsOf(store, new Set([made.id]))).get(made.id) ?? made;
}

/** Moves a fingerprint to the wanted pattern, with what is counted of it by itself. Answers where it stands then. */
async function broughtHome(store: PatternStore, wanted: Placement): Promise<Placement> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const move = await moveHome(store, wanted);
    if ('stays' in move) return move.stays;
    if (await store.commit({ patterns: move.patterns, placements: [move.moved] })) return move.moved;
  }
  throw new Error(`The fingerprint ${wanted.fingerprint} could not be placed in ${attemptsMax} attempts`);
}

type HomeMove = { readonly stays: Placement } | { readonly moved: Placement; readonly patterns: Pattern[] };

async function moveHome(store: PatternStore, wanted: Placement): Promise<HomeMove> {
  const [placement = wanted] = await store.placements([wanted.fingerprint]);
  const live = await patternsOf(store, new Set([placement.patternId, wanted.patternId]));
  const [from, into] = [live.get(placement.patternId), live.get(wanted.patternId)];
  if (from === undefined || into === undefined || from.id === into.id) return { stays: placement };
  if (placement.byHand || isHeldByHand(from) || into.byHand) return { stays: placement };
  const isCounted = placement.countedAs === wanted.fingerprint;
  const moved: Placement = { ...placement, patternId: into.id, countedAs: isCounted ? wanted.fingerprint : wanted.countedAs };
  if (!isCounted) return { moved, patterns: [{ ...into, revision: into.revision + 1 }] };
  const patterns = [
    await withOnly(store, from, new Set(from.members.filter((id) => id !== wanted.fingerprint))),
    await withOnly(store, into, new Set([...into.members, wanted.fingerprint])),
  ];
  return { moved, patterns };
}

async function withOnly(store: PatternStore, pattern: Pattern, members: ReadonlySet<string>): Promise<Pattern> {
  const counted = withMembers(pattern, await store.members([...members]));
  return { ...counted, members: [...members], revision: pattern.revision + 1 };
}

/** Without counts: they come with its members. */
export function newPattern(
  found: readonly FoundFingerprint[],
  { id, template, fileId, nowMs }: { id: string; template: string; fileId: string; nowMs: number },
): Pattern {
  const all = new SightTally();
  for (const { tally } of found) all.merge(tally);
  return {
    id,
    algorithm: algorithmVersion,
    template,
    basis: found[0]?.basis ?? 'message',
    ...all.sight(fileId),
    counts: noLevelCounts,
    files: 0,
    members: [],
    createdAtMs: nowMs,
    byHand: false,
    mergedByHand: false,
    mergedInto: null,
    lastMove: 0,
    triage: untouched,
    revision: 1,
  };
}
