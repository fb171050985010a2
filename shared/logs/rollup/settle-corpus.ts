/**
 * Settles a corpus that has taken leaves in: every leaf gets a home, leaves of one group the same, leaves of different groups different ones.
 *
 * - A group without a home becomes a pattern. Patterns whose leaves have become one group are joined: the one that was seen first (then the smallest id)
 *   keeps its id and its history, the others' ids lead there. A pattern whose leaves are several groups now keeps the largest of them; what parts from it
 *   takes its own history along, and what was decided.
 * - What people have done stands: a pattern that a person has split takes nobody in and goes nowhere, one that a person has merged parts with nothing.
 */
import { patternsOf } from './live-patterns.ts';
import { fingerprintOf } from '../patterns/fingerprint.ts';
import type { Leaf } from '../patterns/sketch.ts';
import { type Corpus, type CorpusGroup, Homes, type NewMove } from './corpus.ts';
import { fingerprintOfLeaf } from './found-patterns.ts';
import { isHeldByHand, patternLimits, type Pattern } from './pattern.ts';
import type { PatternStore } from './ports.ts';

/** A pattern that is to be there before the corpus says so. */
export interface OpenedPattern {
  readonly id: string;
  readonly group: CorpusGroup;
  /** The one it parts from; undefined for what was not seen before. */
  readonly partsFrom: Pattern | undefined;
}

/** Gives every leaf its home and the corpus the moves that follow. Answers the patterns that must be opened first. */
export async function settleCorpus(store: Pick<PatternStore, 'patterns'>, corpus: Corpus, at: string): Promise<OpenedPattern[]> {
  const groups = corpus.groups();
  const shared = sharedHomes(groups);
  const unsettled = groups.filter((group) => isUnsettled(group, shared));
  const ids = unsettled.flatMap(({ id, leaves }) => [id, ...leaves.flatMap(homesOf), ...leaves.map(({ key }) => fingerprintOfLeaf(key))]);
  const settling: Settling = {
    corpus,
    at,
    live: await patternsOf(store, new Set(ids)),
    known: new Map((await store.patterns(ids)).map((pattern) => [pattern.id, pattern])),
    taken: new Set(groups.flatMap(({ leaves }) => leaves.flatMap(homesOf))),
  };
  const parting = partingLeaves(unsettled, shared, settling);
  return unsettled.flatMap((group) => settled(group, parting, settling) ?? []);
}

interface Settling {
  readonly corpus: Corpus;
  readonly at: string;
  /** By an id: the pattern that it leads to, and the one that has it. */
  readonly live: ReadonlyMap<string, Pattern>;
  readonly known: ReadonlyMap<string, Pattern>;
  /** Ids that are somebody's home. */
  readonly taken: Set<string>;
}

/** The homes that leaves leave, with the pattern each leads to. */
type Parting = ReadonlyMap<Leaf<Homes>, ReadonlyMap<string, Pattern>>;

const homesOf = ({ tally }: Leaf<Homes>): string[] => [...(tally?.ids ?? [])].toSorted();

/** Homes that are in several groups, with the group that keeps each: the one with most of its leaves, then the first by its id. */
function sharedHomes(groups: readonly CorpusGroup[]): Map<string, CorpusGroup> {
  const holders = new Map<string, Map<CorpusGroup, number>>();
  for (const group of groups)
    for (const id of group.leaves.flatMap(homesOf)) {
      const counts = holders.get(id) ?? new Map<CorpusGroup, number>();
      holders.set(id, counts.set(group, (counts.get(group) ?? 0) + 1));
    }
  return new Map(
    [...holders].flatMap(([id, counts]) => {
      const [keeper] = [...counts].toSorted(([a, most], [b, least]) => least - most || (a.id < b.id ? -1 : 1));
      return counts.size > 1 && keeper !== undefined ? [[id, keeper[0]]] : [];
    }),
  );
}

function isUnsettled({ leaves }: CorpusGroup, shared: ReadonlyMap<string, unknown>): boolean {
  const ids = new Set(leaves.flatMap(homesOf));
  return ids.size > 1 || leaves.some((leaf) => homesOf(leaf).length === 0) || [...ids].some((id) => shared.has(id));
}

function partingLeaves(groups: readonly CorpusGroup[], shared: ReadonlyMap<string, CorpusGroup>, { live }: Settling): Parting {
  const parting = new Map<Leaf<Homes>, ReadonlyMap<string, Pattern>>();
  for (const group of groups)
    for (const leaf of group.leaves) {
      const left = homesOf(leaf).flatMap((id): [string, Pattern][] => {
        const pattern = live.get(id);
        const keeper = shared.get(id);
        return pattern === undefined || isHeldByHand(pattern) || keeper === undefined || keeper === group ? [] : [[id, pattern]];
      });
      if (left.length > 0) parting.set(leaf, new Map(left));
    }
  return parting;
}

/** Settles one group; answers the pattern that it needs, if there is none. */
function settled(group: CorpusGroup, parting: Parting, settling: Settling): OpenedPattern | undefined {
  const stays = (leaf: Leaf<Homes>): string[] => homesOf(leaf).filter((home) => parting.get(leaf)?.has(home) !== true);
  const lives = livesOf(group.leaves.flatMap(stays), settling);
  const [first, ...others] = inOrder([...lives.keys()].filter(({ byHand }) => !byHand));
  const id = first === undefined ? freeId(group, settling) : homeWith(lives, first, others);
  settling.taken.add(id);
  const joined = first === undefined ? [] : [first, ...joinedInto(first, others, settling)];
  for (const leaf of group.leaves) {
    const apart = stays(leaf).filter((home) => !joined.includes(settling.live.get(home) as Pattern));
    leaf.tally = new Homes([apart.length < stays(leaf).length ? id : (apart[0] ?? id)]);
  }
  const parted = group.leaves.flatMap((leaf) => [...(parting.get(leaf)?.values() ?? [])].map((from) => ({ leaf, from })));
  part(parted, id, settling);
  if (first === undefined) return { id, group, partsFrom: parted[0]?.from };
  if (!isHeldByHand(first) && first.template !== group.template)
    move(settling, { kind: 'name', pattern: first.id, template: group.template });
  return undefined;
}

/** The patterns that homes lead to, each with the ids that lead there. */
function livesOf(homes: readonly string[], { live }: Settling): Map<Pattern, Set<string>> {
  const lives = new Map<Pattern, Set<string>>();
  for (const id of homes) {
    const pattern = live.get(id);
    if (pattern !== undefined) lives.set(pattern, (lives.get(pattern) ?? new Set()).add(id));
  }
  return lives;
}

/** The one that was seen first, then the one with the smallest id. */
const inOrder = (patterns: readonly Pattern[]): Pattern[] =>
  patterns.toSorted((a, b) => (a.firstSeen === b.firstSeen ? (a.id < b.id ? -1 : 1) : a.firstSeen < b.firstSeen ? -1 : 1));

/** An id that leads to the pattern stays: what a person has merged may still be told apart by it. */
function homeWith(lives: ReadonlyMap<Pattern, ReadonlySet<string>>, first: Pattern, others: readonly Pattern[]): string {
  const [only] = [...(lives.get(first) ?? [])].toSorted();
  return others.length === 0 && only !== undefined ? only : first.id;
}

/** Those that the bound of members lets join. */
function joinedInto(first: Pattern, others: readonly Pattern[], settling: Settling): Pattern[] {
  let members = first.members.length;
  return others.filter((other) => {
    if (members + other.members.length > patternLimits.joinedMembersMax) return false;
    members += other.members.length;
    move(settling, { kind: 'join', from: other.id, into: first.id });
    return true;
  });
}

function part(parted: readonly { readonly leaf: Leaf<Homes>; readonly from: Pattern }[], into: string, settling: Settling): void {
  for (const [from, ofPattern] of Map.groupBy(parted, (one) => one.from.id))
    move(settling, { kind: 'part', from, into, leaves: ofPattern.map(({ leaf }) => settling.corpus.placeOf(leaf)) });
}

const move = ({ corpus, at }: Settling, one: NewMove): void => corpus.willMove(one, at);

/**
 * The group's own id, or that of one of its fingerprints: nobody's home, and of no pattern but one that counts nothing, or that a person has merged into
 * another: whatever is scanned later joins that. Where none is free, an id of its own.
 */
function freeId({ id, leaves }: CorpusGroup, { known, live, taken }: Settling): string {
  const own = [id, ...leaves.map(({ key }) => fingerprintOfLeaf(key)).toSorted()];
  const isFree = (candidate: string): boolean => {
    const pattern = known.get(candidate);
    if (taken.has(candidate)) return false;
    if (pattern === undefined || pattern.mergedInto === null) return pattern?.byHand !== true;
    const leadsTo = live.get(candidate);
    return leadsTo?.mergedByHand === true && !leadsTo.byHand;
  };
  return own.find(isFree) ?? fingerprintOf(['beside', ...own, ...[...taken].toSorted()].join('\n'));
}
