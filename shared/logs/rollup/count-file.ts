/**
 * Adds a file's records to the counts of all files, once: see share.ts.
 */
import { noLevelCounts, sumOfSights, type Member } from './pattern.ts';
import { changesMax, type AggregateReader, type CountStore, type PatternStore } from './ports.ts';
import type { RankedDimension, RankingDay } from './aggregates.ts';
import {
  cellOf,
  daysOfFile,
  dayShares,
  differences,
  memberOfShare,
  memberShares,
  type FileHours,
  type Share,
  type ShareCells,
} from './share.ts';
import type { SightTally } from './sight-tally.ts';

export interface CountDeps {
  readonly counts: CountStore;
  readonly aggregates: AggregateReader;
  readonly patterns: PatternStore;
}

/** A member as a file has it. */
export interface FoundMember {
  readonly template: string;
  readonly tally: SightTally;
}

export interface CountedFile {
  readonly fileId: string;
  readonly services: FileHours['services'];
  readonly members: ReadonlyMap<string, FoundMember>;
}

/** Transactions that are under way at a time, and attempts at each. */
const atOnce = 4;
const attemptsMax = 50;

/** Answers the members that the file had added to before. */
export async function countFile(deps: CountDeps, file: CountedFile): Promise<Set<string>> {
  const before = new Map((await deps.counts.shares(file.fileId)).map((share) => [share.name, share.cells]));
  const after = await sharesOf(deps.aggregates, file);
  for (const name of before.keys()) if (!after.has(name)) after.set(name, {});
  const changes = [...after].map(([name, cells]) => changeOf(name, before.get(name) ?? {}, cells)).filter(({ by }) => by.size > 0);
  const batches = packed(changes);
  for (let from = 0; from < batches.length; from += atOnce)
    await Promise.all(batches.slice(from, from + atOnce).map((batch) => add(deps, file, batch)));
  return new Set([...before.keys()].flatMap((name) => memberOfShare(name) ?? []));
}

async function sharesOf(aggregates: AggregateReader, { fileId, services, members }: CountedFile): Promise<Map<string, ShareCells>> {
  const hours = { fileId, services, members: new Map([...members].map(([id, { tally }]) => [id, tally.hours])) };
  const shares: Share[] = [...members].flatMap(([id, { tally }]) => memberShares(id, tally));
  const days = daysOfFile(hours);
  const rankings = await rankingsOf(aggregates, days);
  for (const day of days) shares.push(...dayShares(hours, day, rankings));
  return new Map(shares.map(({ name, cells }) => [name, cells]));
}

async function rankingsOf(
  aggregates: AggregateReader,
  days: readonly string[],
): Promise<(dimension: RankedDimension, day: string) => RankingDay | undefined> {
  const [from, to] = [days[0], days.at(-1)];
  const found = new Map<string, RankingDay>();
  if (from === undefined || to === undefined) return () => undefined;
  for (const dimension of ['service', 'pattern', 'file'] as const)
    for (const ranking of await aggregates.ranking(dimension, { from, to })) found.set(`${dimension} ${ranking.day}`, ranking);
  return (dimension, day) => found.get(`${dimension} ${day}`);
}

interface ShareChange {
  readonly name: string;
  readonly before: ShareCells;
  readonly after: ShareCells;
  readonly by: ReadonlyMap<string, number>;
}

const changeOf = (name: string, before: ShareCells, after: ShareCells): ShareChange => ({
  name,
  before,
  after,
  by: differences(before, after),
});

/** Batches of changes that fit in one transaction each. A member is in one batch at a time, as two would stand in each other's way. */
function packed(changes: readonly ShareChange[]): ShareChange[][] {
  const batches: ShareChange[][] = [];
  let items = new Set<string>();
  for (const change of changes) {
    const own = itemsOf(change);
    if (batches.length === 0 || items.size + own.size > changesMax) {
      batches.push([]);
      items = new Set();
    }
    batches.at(-1)?.push(change);
    for (const item of own) items.add(item);
  }
  return batches;
}

/** The items that a change writes. */
function itemsOf({ name, by }: ShareChange): Set<string> {
  const items = new Set([`share ${name}`]);
  for (const changed of by.keys()) {
    const cell = cellOf(changed);
    items.add(
      cell.kind === 'member'
        ? `member ${cell.value}`
        : cell.kind === 'rank'
          ? `rank ${cell.dimension} ${cell.day}`
          : `hour ${cell.dimension} ${cell.day} ${cell.value}`,
    );
  }
  return items;
}

/** Adds a batch; read again and tried again where others have written meanwhile. */
async function add(deps: CountDeps, file: CountedFile, batch: readonly ShareChange[]): Promise<void> {
  let changes = batch;
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const members = await changedMembers(deps.patterns, file, changes);
    if (await deps.counts.add({ fileId: file.fileId, shares: changes, members })) return;
    // Another delivery of the same file may have added some of it.
    const stored = new Map((await deps.counts.shares(file.fileId)).map((share) => [share.name, share.cells]));
    changes = batch.map(({ name, after }) => changeOf(name, stored.get(name) ?? {}, after)).filter(({ by }) => by.size > 0);
    if (changes.length === 0) return;
  }
  throw new Error(`The counts of ${file.fileId} could not be added in ${attemptsMax} attempts`);
}

async function changedMembers(
  store: PatternStore,
  { fileId, members: found }: CountedFile,
  changes: readonly ShareChange[],
): Promise<Member[]> {
  const by = new Map<string, { error: number; fatal: number }>();
  for (const [name, count] of changes.flatMap((change) => [...change.by])) {
    const cell = cellOf(name);
    if (cell.kind !== 'member') continue;
    const sum = by.get(cell.value) ?? { ...noLevelCounts };
    by.set(cell.value, sum);
    sum[cell.level] += count;
  }
  const known = new Map((await store.members([...by.keys()])).map((member) => [member.id, member]));
  return [...by].flatMap(([id, counts]) => {
    const before = known.get(id);
    const seen = found.get(id);
    // Gone from the file after it was scanned better: what was seen once stays seen.
    if (seen === undefined)
      return before === undefined ? [] : [{ ...before, counts: plus(before.counts, counts), revision: before.revision + 1 }];
    const sight = { ...seen.tally.sight(fileId), counts };
    if (before === undefined) return [{ id, template: seen.template, ...sight, revision: 1 }];
    // Of records with the same trace, the template that is first in alphabetical order.
    const template = seen.template < before.template ? seen.template : before.template;
    return [{ ...before, ...sumOfSights(before, sight), template, revision: before.revision + 1 }];
  });
}

const plus = (a: Member['counts'], b: Member['counts']): Member['counts'] => ({ error: a.error + b.error, fatal: a.fatal + b.fatal });
