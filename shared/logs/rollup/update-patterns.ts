/**
 * Brings patterns up to date with what their members count, and with a file that has them.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '#shared/platform/clock.ts';
import type { LogFile } from '../log-file.ts';
import { seeAgain } from '../issues/triage.ts';
import { patternsOf } from './live-patterns.ts';
import {
  isHeldByHand,
  isRest,
  noLevelCounts,
  restOf,
  totalOf,
  withMembers,
  type FilePattern,
  type Member,
  type Pattern,
} from './pattern.ts';
import type { PatternStore } from './ports.ts';
import type { SightTally } from './sight-tally.ts';

export interface UpdateDeps {
  readonly patterns: PatternStore;
  readonly clock: Clock;
}

/** A pattern in a file. */
export interface PatternInFile {
  readonly patternId: string;
  /** What it is counted under in this file, and was before. */
  readonly members: ReadonlySet<string>;
  /** Ids that lead to it, under which the file may have had some of it. */
  readonly aliases: ReadonlySet<string>;
  /** Undefined where the file has none of it any more. */
  readonly tally: SightTally | undefined;
}

/** Patterns that are written side by side, and attempts at each. */
const atOnce = 8;
const attemptsMax = 50;

/** A pattern as it is now, with what the file has of it. */
export interface UpdatedPattern {
  readonly pattern: Pattern;
  readonly inFile: FilePattern;
}

export async function updatePatterns(deps: UpdateDeps, file: LogFile, inFile: readonly PatternInFile[]): Promise<UpdatedPattern[]> {
  const updated: UpdatedPattern[] = [];
  for (let from = 0; from < inFile.length; from += atOnce) {
    const some = await Promise.all(inFile.slice(from, from + atOnce).map((one) => update(deps, file, one)));
    updated.push(...some.filter((one) => one !== undefined));
  }
  return updated;
}

async function update(deps: UpdateDeps, file: LogFile, one: PatternInFile): Promise<UpdatedPattern | undefined> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const state = await stateOf(deps.patterns, file, one);
    if (state === undefined) return undefined;
    const { pattern, inFile } = brought(state, file, { tally: one.tally, nowMs: deps.clock.now() });
    if (state.stale.length === 0 && isDeepStrictEqual(pattern, state.pattern) && isDeepStrictEqual(inFile, state.known))
      return { pattern, inFile };
    const written = { ...pattern, revision: state.pattern.revision + 1 };
    const stale = state.stale.map((one) => Object.assign(one, { counts: noLevelCounts }));
    if (await deps.patterns.commit({ patterns: [written], filePatterns: [inFile, ...stale] })) return { pattern: written, inFile };
  }
  throw new Error(`The pattern ${one.patternId} could not be written in ${attemptsMax} attempts`);
}

/** A pattern as it is stored, with what there is to bring it up to date. */
interface State {
  readonly pattern: Pattern;
  /** What it is counted under. */
  readonly members: readonly string[];
  readonly counted: readonly Member[];
  /** What the file had of it. */
  readonly known: FilePattern | undefined;
  /** What the file had of it while it was told apart. */
  readonly stale: readonly FilePattern[];
}

/** Undefined where there is nothing to do: the pattern is gone, or the file has none of it and had none. */
async function stateOf(
  store: PatternStore,
  file: LogFile,
  { patternId, members, aliases, tally }: PatternInFile,
): Promise<State | undefined> {
  // First the pattern: what its members count by then is not older than what it was made of.
  const pattern = await store.pattern(patternId);
  if (pattern === undefined) return undefined;
  const ids = inOrder(pattern, await ownMembers(store, pattern, members));
  const parts = await store.filePatterns([patternId, ...aliases].map((id) => ({ patternId: id, fileId: file.id })));
  const known = parts.find((one) => one.patternId === patternId);
  const stale = parts.filter((one) => one !== known);
  const counted = await store.members(ids);
  return counted.length === 0 || (tally === undefined && known === undefined)
    ? undefined
    : { pattern, members: ids, counted, known, stale };
}

/** Those of the members that are still placed in the pattern: it may have parted with some since the file's were placed. */
async function ownMembers(store: PatternStore, pattern: Pattern, members: ReadonlySet<string>): Promise<Set<string>> {
  const further = [...members].filter((id) => !pattern.members.includes(id));
  const fingerprints = further.filter((id) => !isRest(id));
  if (fingerprints.length === 0) return new Set(further);
  const placements = await store.placements(fingerprints);
  const live = await patternsOf(store, new Set(placements.map(({ patternId }) => patternId)));
  const own = placements.filter(({ patternId }) => live.get(patternId)?.id === pattern.id).map(({ fingerprint }) => fingerprint);
  return new Set([...own, ...further.filter(isRest)]);
}

function brought(state: State, file: LogFile, { tally, nowMs }: { tally: SightTally | undefined; nowMs: number }): UpdatedPattern {
  const { pattern, members, counted, known, stale } = state;
  const files = pattern.files + Number(tally !== undefined) - Number(known !== undefined) - stale.length;
  const summed: Pattern = { ...withMembers(pattern, counted), template: templateOf(pattern, counted), files, members: [...members] };
  const sight = tally?.sight(file.id) ?? known;
  if (sight === undefined) throw new Error('A file that has none of a pattern has had some.');
  const inFile: FilePattern = { patternId: pattern.id, fileId: file.id, ...sight };
  if (tally === undefined) return { pattern: summed, inFile: { ...inFile, counts: noLevelCounts } };
  // Told again, the same file is no news.
  return isDeepStrictEqual(inFile, known) ? { pattern: summed, inFile } : { pattern: withTriage(summed, file, { inFile, nowMs }), inFile };
}

/** Of a message, as the corpus has it; of traces, the first in alphabetical order. */
function templateOf(pattern: Pattern, members: readonly Member[]): string {
  if (pattern.basis === 'message' || isHeldByHand(pattern)) return pattern.template;
  return members.map(({ template }) => template).toSorted()[0] ?? pattern.template;
}

/** Fingerprints in alphabetical order, the rest last. */
function inOrder({ id, members }: Pattern, further: ReadonlySet<string>): string[] {
  const rest = restOf(id);
  const all = new Set([...members, ...further]);
  return [...[...all].filter((one) => one !== rest).toSorted(), ...(all.has(rest) ? [rest] : [])];
}

function withTriage(pattern: Pattern, file: LogFile, { inFile, nowMs }: { inFile: FilePattern; nowMs: number }): Pattern {
  const seen = { fileId: file.id, uploadedAtMs: file.uploadedAtMs, lastAt: inFile.lastSeen, total: totalOf(pattern.counts), nowMs };
  return { ...pattern, triage: seeAgain(pattern.triage, seen)?.triage ?? pattern.triage };
}
