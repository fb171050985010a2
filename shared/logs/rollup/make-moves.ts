/**
 * Makes patterns what the corpus says they are. Every move may be made again, by anybody and at any time later: a pattern remembers the last move that
 * was made on it, and what people have decided since then stands.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { findingOf } from '../issues/activity.ts';
import type { IssueStore } from '../issues/ports.ts';
import { joinedTriage, type Told } from '../issues/triage.ts';
import type { Corpus, Move } from './corpus.ts';
import { patternsOf } from './live-patterns.ts';
import { isHeldByHand, isRest, sumOfSights, totalOf, withMembers, type Pattern, type Placement } from './pattern.ts';
import { changesMax, type PatternStore } from './ports.ts';
import { uploadedAtOfFileId } from '../log-ids.ts';

export interface MoveDeps {
  readonly patterns: PatternStore;
  readonly issues: Pick<IssueStore, 'note' | 'noteMerge'>;
  readonly clock: Clock;
}

const attemptsMax = 50;
const placesPerCommit = changesMax - 1;

/** Makes all moves of the corpus, in their order. */
export async function makeMoves(deps: MoveDeps, corpus: Corpus): Promise<void> {
  for (const move of corpus.moves) await untilMade(() => makeMove(deps, corpus, move), `move ${move.number}`);
}

/** False when somebody has written what was read: once more. */
async function makeMove(deps: MoveDeps, corpus: Corpus, move: Move): Promise<boolean> {
  if (move.kind === 'join') return join(deps, move);
  return move.kind === 'part' ? part(deps, corpus, move) : name(deps, move);
}

async function untilMade(attempt: () => Promise<boolean>, what: string): Promise<void> {
  for (let count = 1; count <= attemptsMax; count += 1) if (await attempt()) return;
  throw new Error(`The ${what} could not be made in ${attemptsMax} attempts`);
}

const isMade = ({ number }: Move, ...patterns: readonly Pattern[]): boolean => patterns.some(({ lastMove }) => lastMove >= number);

async function join({ patterns, issues, clock }: MoveDeps, move: Extract<Move, { kind: 'join' }>): Promise<boolean> {
  const [from, into] = await Promise.all([patterns.pattern(move.from), livePattern(patterns, move.into)]);
  if (from === undefined || into === undefined || from.id === into.id || isMade(move, from, into)) return true;
  // A person has merged one of them away or split it since.
  if (from.mergedInto !== null || from.byHand || into.byHand) return true;
  await issues.noteMerge({ into: into.id, from: from.id });
  await issues.note(findingOf(move.at, { patternId: into.id, kind: 'merged', details: { patterns: from.id } }, `-${move.number}`));
  await issues.note(findingOf(move.at, { patternId: from.id, kind: 'merged', details: { into: into.id } }, `-${move.number}`));
  const away = { ...from, mergedInto: into.id, lastMove: move.number, revision: from.revision + 1 };
  return patterns.commit({ patterns: [{ ...joined(into, from, clock.now()), lastMove: move.number, revision: into.revision + 1 }, away] });
}

function joined(into: Pattern, from: Pattern, nowMs: number): Pattern {
  return {
    ...into,
    ...sumOfSights(into, from),
    files: into.files + from.files,
    members: [...new Set([...into.members, ...from.members])],
    createdAtMs: Math.min(into.createdAtMs, from.createdAtMs),
    mergedByHand: into.mergedByHand || from.mergedByHand,
    triage: joinedTriage(toldOf(into, nowMs), toldOf(from, nowMs)),
  };
}

function toldOf({ triage, sample: { fileId }, lastSeen, counts }: Pattern, nowMs: number): Told {
  return { triage, seen: { fileId, uploadedAtMs: uploadedAtOfFileId(fileId), lastAt: lastSeen, total: totalOf(counts), nowMs } };
}

async function livePattern(store: PatternStore, id: string): Promise<Pattern | undefined> {
  return (await patternsOf(store, new Set([id]))).get(id);
}

/**
 * First the places, then the patterns with their numbers: whoever adds to a pattern meanwhile looks where its fingerprints are placed, and writes on the
 * condition that the pattern is what it was.
 */
async function part({ patterns, issues }: MoveDeps, corpus: Corpus, move: Extract<Move, { kind: 'part' }>): Promise<boolean> {
  const [from, into] = await Promise.all([patterns.pattern(move.from), livePattern(patterns, move.into)]);
  if (from === undefined || into === undefined || from.id === into.id || isMade(move, from, into)) return true;
  if (from.mergedInto !== null || isHeldByHand(from) || into.byHand) return true;
  const placements = await patterns.placements(from.members.filter((member) => !isRest(member)));
  const leaves = new Set(move.leaves.map((place) => corpus.holding(place)));
  const isParting = ({ byHand, leaf }: Placement): boolean => !byHand && leaf !== undefined && leaves.has(corpus.holding(leaf));
  const parting = new Set(placements.filter(isParting).map(({ fingerprint }) => fingerprint));
  // Those that stay may have come by an id that leads here, and may lead elsewhere one day.
  const placed = placements.map((one) => ({ ...one, patternId: parting.has(one.fingerprint) ? into.id : from.id }));
  const changed = placed.filter((one, at) => one.patternId !== placements[at]?.patternId);
  await issues.note(findingOf(move.at, { patternId: from.id, kind: 'split', details: { into: into.id } }, `-${move.number}`));
  await issues.note(findingOf(move.at, { patternId: into.id, kind: 'split', details: { from: from.id } }, `-${move.number}`));
  const written = await replaced(patterns, from, changed);
  if (written === undefined) return false;
  return patterns.commit({ patterns: await parted(patterns, { from: written, into, parting, number: move.number }) });
}

/** Writes places upon the pattern as it was read, lest a decision of a person be lost. Undefined where there was one. */
async function replaced(store: PatternStore, pattern: Pattern, placements: readonly Placement[]): Promise<Pattern | undefined> {
  let { revision } = pattern;
  for (let start = 0; start < placements.length; start += placesPerCommit) {
    revision += 1;
    const places = placements.slice(start, start + placesPerCommit);
    if (!(await store.commit({ patterns: [{ ...pattern, revision }], placements: places }))) return undefined;
  }
  return { ...pattern, revision };
}

interface Parted {
  readonly from: Pattern;
  readonly into: Pattern;
  readonly parting: ReadonlySet<string>;
  readonly number: number;
}

async function parted(store: PatternStore, { from, into, parting, number }: Parted): Promise<Pattern[]> {
  const all = await store.members([...new Set([...from.members, ...into.members])]);
  const made = (pattern: Pattern, members: readonly string[]): Pattern => ({
    ...withMembers(
      pattern,
      all.filter(({ id }) => members.includes(id)),
    ),
    members: [...members],
    lastMove: number,
    revision: pattern.revision + 1,
  });
  return [
    made(
      from,
      from.members.filter((id) => !parting.has(id)),
    ),
    // Files are not counted by fingerprint: one is certain, and more are counted from now on.
    { ...made(into, [...new Set([...into.members, ...parting])]), files: Math.max(1, into.files) },
  ];
}

async function name({ patterns }: MoveDeps, move: Extract<Move, { kind: 'name' }>): Promise<boolean> {
  const pattern = await patterns.pattern(move.pattern);
  if (pattern === undefined || isMade(move, pattern) || pattern.mergedInto !== null || isHeldByHand(pattern)) return true;
  return patterns.commit({ patterns: [{ ...pattern, template: move.template, lastMove: move.number, revision: pattern.revision + 1 }] });
}
