import type { LogFile } from '#shared/logs/log-file.ts';
import type { RankedDimension, SeriesDay } from '#shared/logs/rollup/aggregates.ts';
import {
  filePatternSchema,
  isListed,
  memberSchema,
  patternSchema,
  totalOf,
  type FilePattern,
  type LevelCounts,
  type Member,
  type Pattern,
  type Placement,
} from '#shared/logs/rollup/pattern.ts';
import { Corpus } from '#shared/logs/rollup/corpus.ts';
import type { AggregateReader, CorpusStore, CountStore, PatternStore, RollupQueue, SummaryStore } from '#shared/logs/rollup/ports.ts';
import { RecordSummary } from '#shared/logs/rollup/record-summary.ts';
import { cellOf, differences, servicesOfShares, type ShareCells } from '#shared/logs/rollup/share.ts';
import { chunkOfRange } from '#shared/logs/file-layout.ts';

/** Summaries in memory, with the promises of `SummaryStore`. */
export function fakeSummaryStore(): SummaryStore {
  const kept = new Map<string, Map<number, string>>();
  return {
    async put(file, range, summary) {
      const ranges = kept.get(file.id) ?? new Map<number, string>();
      kept.set(file.id, ranges);
      ranges.set(range, JSON.stringify(summary.toData()));
    },
    async *ofChunk(fileId, chunk) {
      const ranges = [...(kept.get(fileId) ?? [])].filter(([range]) => chunkOfRange(range) === chunk).toSorted(([a], [b]) => a - b);
      for (const [range, text] of ranges) yield { range, summary: RecordSummary.fromData(JSON.parse(text)) };
    },
  };
}

/** Corpora in memory. */
function fakeCorpusStore(): CorpusStore {
  const kept = new Map<number, { revision: number; text: string }>();
  return {
    async read(algorithm) {
      const found = kept.get(algorithm);
      return found && { revision: found.revision, data: Corpus.fromData(JSON.parse(found.text)).toData() };
    },
    async write(algorithm, { revision, data }) {
      if ((kept.get(algorithm)?.revision ?? 0) !== revision - 1) return false;
      kept.set(algorithm, { revision, text: JSON.stringify(data) });
      return true;
    },
  };
}

/** Requests in memory. */
export function fakeRollupQueue(): RollupQueue & { readonly requested: string[] } {
  const requested: string[] = [];
  return { requested, request: async ({ id }: Pick<LogFile, 'id'>) => void requested.push(id) };
}

/** Patterns and counts in memory, with the promises of `PatternStore`, `CountStore` and `AggregateReader`. */
export function fakePatternStores() {
  const members = new Map<string, Member>();
  return { patterns: fakePatternStore(members), corpora: fakeCorpusStore(), ...fakeCounts(members) };
}

function fakePatternStore(members: ReadonlyMap<string, Member>): PatternStore {
  const patterns = new Map<string, Pattern>();
  const places = new Map<string, Placement>();
  const filePatterns = new Map<string, FilePattern>();
  const nameOf = ({ patternId, fileId }: { patternId: string; fileId: string }): string => `${patternId} ${fileId}`;
  const clone = <T>(value: T): T => structuredClone(value);
  return {
    pattern: async (id) => clone(patterns.get(id)),
    patterns: async (ids) => clone([...new Set(ids)].flatMap((id) => patterns.get(id) ?? [])),
    placements: async (fingerprints) => clone([...new Set(fingerprints)].flatMap((one) => places.get(one) ?? [])),
    members: async (ids) => clone([...new Set(ids)].flatMap((id) => members.get(id) ?? [])),
    filePatterns: async (keys) => clone(keys.flatMap((key) => filePatterns.get(nameOf(key)) ?? [])),
    async latest({ from, to, after, limit }) {
      const key = ({ lastSeen, id }: { lastSeen: string; id: string }): string => `${lastSeen}#${id}`;
      return [...patterns.values()]
        .filter(isListed)
        .filter((one) => (from === undefined || one.lastSeen >= from) && (to === undefined || one.lastSeen <= to))
        .filter((one) => after === undefined || key(one) < key(after))
        .toSorted((a, b) => (key(a) > key(b) ? -1 : 1))
        .slice(0, limit)
        .map(({ id, lastSeen }) => ({ id, lastSeen }));
    },
    filesOf: async (patternId, { after, limit }) =>
      clone(
        [...filePatterns.values()]
          .filter((one) => one.patternId === patternId && (after === undefined || one.fileId < after))
          .toSorted((a, b) => (a.fileId > b.fileId ? -1 : 1))
          .slice(0, limit),
      ),
    ofFile: async (fileId, limit) =>
      clone(
        [...filePatterns.values()]
          .filter((one) => one.fileId === fileId)
          .toSorted((a, b) => (a.patternId < b.patternId ? -1 : 1))
          .slice(0, limit),
      ),
    async addPattern(pattern) {
      if (!patterns.has(pattern.id)) patterns.set(pattern.id, patternSchema.parse(pattern));
      return clone(patterns.get(pattern.id) ?? pattern);
    },
    async place(placement) {
      if (!places.has(placement.fingerprint)) places.set(placement.fingerprint, clone(placement));
      return clone(places.get(placement.fingerprint) ?? placement);
    },
    async commit(change) {
      const written = change.patterns ?? [];
      if (written.some(({ id, revision }) => (patterns.get(id)?.revision ?? 0) !== revision - 1)) return false;
      for (const pattern of written) patterns.set(pattern.id, patternSchema.parse(pattern));
      for (const placement of change.placements ?? []) places.set(placement.fingerprint, clone(placement));
      for (const one of change.filePatterns ?? []) {
        if (totalOf(one.counts) === 0) filePatterns.delete(nameOf(one));
        else filePatterns.set(nameOf(one), filePatternSchema.parse(one));
      }
      return true;
    },
  };
}

function fakeCounts(members: Map<string, Member>): { counts: CountStore; aggregates: AggregateReader } {
  const shares = new Map<string, Map<string, ShareCells>>();
  const cells = new Map<string, number>();
  const same = (a: ShareCells, b: ShareCells): boolean => differences(a, b).size === 0;
  const counts: CountStore = {
    shares: async (fileId) => [...(shares.get(fileId) ?? [])].map(([name, own]) => ({ name, cells: { ...own } })),
    async add(change) {
      const known = shares.get(change.fileId) ?? new Map<string, ShareCells>();
      if (change.shares.some(({ name, before }) => !same(known.get(name) ?? {}, before))) return false;
      if (change.members.some(({ id, revision }) => (members.get(id)?.revision ?? 0) !== revision - 1)) return false;
      shares.set(change.fileId, known);
      for (const { name, before, after } of change.shares) {
        known.set(name, { ...after });
        for (const [cell, by] of differences(before, after)) cells.set(cell, (cells.get(cell) ?? 0) + by);
      }
      for (const member of change.members) members.set(member.id, memberSchema.parse(member));
      return true;
    },
  };
  return { counts, aggregates: fakeAggregates(cells, shares) };
}

function fakeAggregates(cells: ReadonlyMap<string, number>, shares: ReadonlyMap<string, ReadonlyMap<string, ShareCells>>): AggregateReader {
  const parsed = () => [...cells].filter(([, count]) => count !== 0).map(([name, count]) => ({ cell: cellOf(name), count }));
  const days: AggregateReader['days'] = async ({ dimension, value }, { from, to }) => {
    const found = new Map<string, Map<number, LevelCounts>>();
    for (const { cell, count } of parsed()) {
      if (cell.kind !== 'hour' || cell.dimension !== dimension || cell.value !== value || cell.day < from || cell.day > to) continue;
      const hours = found.get(cell.day) ?? new Map<number, LevelCounts>();
      found.set(cell.day, hours);
      hours.set(Number(cell.hour), { error: 0, fatal: 0, ...hours.get(Number(cell.hour)), [cell.level]: count });
    }
    return inOrder(found).map(([day, hours]): SeriesDay => ({ day, hours: new Map([...hours].toSorted(([a], [b]) => a - b)) }));
  };
  return {
    days,
    async daysOf(series, wanted) {
      const all = await Promise.all(series.map(async (one) => ({ series: one, days: await days(one, { from: '', to: '9' }) })));
      const within = all.map((one) => ({ series: one.series, days: one.days.filter(({ day }) => wanted.includes(day)) }));
      return within.filter((one) => one.days.length > 0);
    },
    async servicesOfFile(fileId, { from, to }) {
      const own = [...(shares.get(fileId) ?? [])].filter(([name]) => name >= `DAY#${from}` && name <= `DAY#${to}~`);
      return servicesOfShares(own.map(([name, ofShare]) => ({ name, cells: ofShare })));
    },
    async ranking(dimension: RankedDimension, { from, to }) {
      const found = new Map<string, Map<string, LevelCounts>>();
      for (const { cell, count } of parsed()) {
        if (cell.kind !== 'rank' || cell.dimension !== dimension || cell.day < from || cell.day > to) continue;
        const values = found.get(cell.day) ?? new Map<string, LevelCounts>();
        found.set(cell.day, values);
        values.set(cell.value, { error: 0, fatal: 0, ...values.get(cell.value), [cell.level]: count });
      }
      return inOrder(found).map(([day, values]) => {
        const rest = values.get('') ?? { error: 0, fatal: 0 };
        values.delete('');
        return { day, counts: values, rest };
      });
    },
  };
}

const inOrder = <T>(days: ReadonlyMap<string, T>): [string, T][] => [...days].toSorted(([a], [b]) => (a < b ? -1 : 1));
