/**
 * Merges of groups that differ in one slot only, where their values there are those of a variable. What merges first makes others alike, so it
 * goes in rounds until nothing changes.
 */
import { areValues } from './evidence.ts';
import { type Group, heaviest, heaviestFirst, united } from './group.ts';
import { mergeShapes } from './merge-shapes.ts';
import { variable } from './message-tokens.ts';
import { type Slot, slotsOf } from './slots.ts';

const roundsMax = 12;

interface Candidate {
  /** What is around the slot. */
  readonly around: string;
  readonly members: { readonly group: Group; readonly slot: Slot }[];
  readonly values: Set<string>;
}

export function mergeSlots(groups: readonly Group[]): Group[] {
  let merged = [...groups];
  for (let round = 0; round < roundsMax; round += 1) {
    const next = oneRound(merged);
    if (next.length === merged.length) break;
    merged = mergeShapes(next);
  }
  return merged;
}

function oneRound(groups: readonly Group[]): Group[] {
  const taken = new Set<Group>();
  const made: Group[] = [];
  for (const candidate of candidatesOf(groups)) {
    const members = candidate.members.filter(({ group }) => !taken.has(group));
    if (members.length < 2) continue;
    for (const { group } of members) taken.add(group);
    made.push(withVariable(members));
  }
  return [...made, ...groups.filter((group) => !taken.has(group))];
}

/** Those with the most values first. */
function candidatesOf(groups: readonly Group[]): Candidate[] {
  const byAround = new Map<string, Candidate>();
  for (const group of groups) {
    const hashes = edgeHashes(group.tokens);
    for (const slot of slotsOf(group)) {
      const around = `${hashes.before[slot.from]} ${hashes.after[slot.to]}`;
      let candidate = byAround.get(around);
      if (candidate === undefined) byAround.set(around, (candidate = { around, members: [], values: new Set() }));
      candidate.members.push({ group, slot });
      candidate.values.add(group.tokens.slice(slot.from, slot.to).join(' '));
    }
  }
  const found = [...byAround.values()].filter(
    ({ members: [first], values }) => first !== undefined && areValues(values, first.group, first.slot),
  );
  return found.toSorted((a, b) => b.values.size - a.values.size || (a.around < b.around ? -1 : 1));
}

function withVariable(members: Candidate['members']): Group {
  const groups = members.map(({ group }) => group).toSorted(heaviestFirst);
  const lead = heaviest(groups);
  const { from, to } = members.find(({ group }) => group === lead)!.slot;
  const around = <Item>(items: readonly Item[], inside: Item) => [...items.slice(0, from), inside, ...items.slice(to)];
  const gap = groups.find(({ gaps, tokens }) => tokens.length >= lead.tokens.length && gaps[from] !== undefined)?.gaps[from] ?? 0;
  return united(groups, { tokens: around(lead.tokens, variable), gaps: around(lead.gaps, to > from ? (lead.gaps[from] as number) : gap) });
}

/** Of each position, a hash of all tokens before it, and of all from it on, both in two halves. */
function edgeHashes(tokens: readonly string[]): { before: string[]; after: string[] } {
  const before = [hashText(seed)];
  const after = [hashText(seed)];
  let hash = seed;
  for (const token of tokens) before.push(hashText((hash = mixed(hash, token))));
  hash = seed;
  for (const token of tokens.toReversed()) after.push(hashText((hash = mixed(hash, token))));
  return { before, after: after.toReversed() };
}

type Hash = readonly [number, number];
const seed: Hash = [0x811c9dc5 | 0, 0x2545f491];

function mixed([first, second]: Hash, token: string): Hash {
  let [a, b] = [first ^ 0x1f, Math.imul(second, 31)];
  for (let i = 0; i < token.length; i += 1) {
    const character = token.charCodeAt(i);
    a = Math.imul(a ^ character, 0x01000193);
    b = (Math.imul(b, 0x5bd1e995) + character) | 0;
  }
  return [a, b];
}

const hashText = ([first, second]: Hash) => `${(first >>> 0).toString(36)}.${(second >>> 0).toString(36)}`;
