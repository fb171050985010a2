/**
 * A share: what one file has added to some of the counts of all files. It is written together with what it adds, so adding it again adds nothing,
 * and a file that was scanned better (a range that failed has been redriven) adds the difference.
 */
import { aggregateLimits, type Dimension, type RankedDimension, type RankingDay, type SeriesDay } from './aggregates.ts';
import { noLevelCounts, type LevelCounts } from './pattern.ts';
import { noHour, type SightTally } from './sight-tally.ts';

/** Counts by the cell they are added to. */
export type ShareCells = Readonly<Record<string, number>>;

export interface Share {
  readonly name: string;
  readonly cells: ShareCells;
}

export type Cell =
  | {
      readonly kind: 'hour';
      readonly dimension: Dimension;
      readonly day: string;
      readonly hour: string;
      readonly level: Level;
      readonly value: string;
    }
  /** Without a value: the rest. */
  | { readonly kind: 'rank'; readonly dimension: RankedDimension; readonly day: string; readonly level: Level; readonly value: string }
  /** Counts of a member, whenever its records were. */
  | { readonly kind: 'member'; readonly level: Level; readonly value: string };
type Level = keyof LevelCounts;

/** The value comes last, for it may hold anything. */
function cellName(cell: Cell): string {
  if (cell.kind === 'hour') return ['hour', cell.dimension, cell.day, cell.hour, cell.level, cell.value].join(' ');
  if (cell.kind === 'rank') return ['rank', cell.dimension, cell.day, cell.level, cell.value].join(' ');
  return ['member', cell.level, cell.value].join(' ');
}

const cellPattern =
  /^(?:(?<hour>hour) (?<series>\w+) (?<hourDay>\S+) (?<at>\d\d)|(?<rank>rank) (?<ranked>\w+) (?<rankDay>\S+)|member) (?<level>error|fatal) (?<value>.*)$/s;

export function cellOf(name: string): Cell {
  const found = cellPattern.exec(name)?.groups;
  if (found === undefined) throw new TypeError(`A share holds what is no cell: ${name}`);
  const level = found['level'] as Level;
  const value = found['value'] ?? '';
  if (found['hour'] !== undefined)
    return { kind: 'hour', dimension: found['series'] as Dimension, day: found['hourDay'] ?? '', hour: found['at'] ?? '', level, value };
  if (found['rank'] !== undefined)
    return { kind: 'rank', dimension: found['ranked'] as RankedDimension, day: found['rankDay'] ?? '', level, value };
  return { kind: 'member', level, value };
}

/** What changes between two shares, by cell; cells that stay are not there. */
export function differences(before: ShareCells, after: ShareCells): Map<string, number> {
  const changed = new Map<string, number>();
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const by = (after[name] ?? 0) - (before[name] ?? 0);
    if (by !== 0) changed.set(name, by);
  }
  return changed;
}

const memberPrefix = 'MEMBER#';

/** The member of a share's name; undefined for a share of a day. */
export const memberOfShare = (name: string): string | undefined =>
  name.startsWith(memberPrefix) ? name.slice(memberPrefix.length, name.lastIndexOf('#')) : undefined;

/** Shares of what is counted as `countedAs`: one a month, so that each fits in one transaction. */
export function memberShares(countedAs: string, { hours }: SightTally): Share[] {
  const months = new Map<string, Record<string, number>>();
  for (const [hour, counts] of hours) {
    const month = hour.slice(0, 'yyyy-mm'.length);
    const cells = months.get(month) ?? {};
    months.set(month, cells);
    addCounts(cells, counts, (level) => ({ kind: 'member', level, value: countedAs }));
    if (hour !== noHour) addCounts(cells, counts, hourCell({ dimension: 'pattern', hour, value: countedAs }));
  }
  return [...months].map(([month, cells]) => ({ name: `${memberPrefix}${countedAs}#${month}`, cells }));
}

/** Counts of a file by service and by what its patterns are counted as; both by hour. */
export interface FileHours {
  readonly fileId: string;
  readonly services: ReadonlyMap<string, ReadonlyMap<string, Readonly<LevelCounts>>>;
  readonly members: ReadonlyMap<string, ReadonlyMap<string, Readonly<LevelCounts>>>;
}

export const dayShareName = (day: string, part: number): string => `DAY#${day}#${String(part).padStart(3, '0')}`;

/** What shares of days say of the file's services, by name. */
export function servicesOfShares(shares: readonly Share[]): { service: string; days: SeriesDay[] }[] {
  const services = new Map<string, Map<string, Map<number, LevelCounts>>>();
  for (const [name, count] of shares.flatMap(({ cells }) => Object.entries(cells))) {
    const cell = cellOf(name);
    if (cell.kind !== 'hour' || cell.dimension !== 'service') continue;
    const days = services.get(cell.value) ?? new Map<string, Map<number, LevelCounts>>();
    services.set(cell.value, days);
    const hours = days.get(cell.day) ?? new Map<number, LevelCounts>();
    days.set(cell.day, hours);
    const hour = Number(cell.hour);
    hours.set(hour, { ...noLevelCounts, ...hours.get(hour), [cell.level]: count });
  }
  return [...services]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, days]) => ({
      service,
      days: [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, hours]) => ({ day, hours })),
    }));
}

/** The places that a ranking's day still has. */
export type Rankings = (dimension: RankedDimension, day: string) => RankingDay | undefined;

/** Services of one share: with the day's other items, and the share itself, they fit in one transaction. */
const servicesPerShare = 70;

/** Days that a file has records of. */
export function daysOfFile({ services }: Pick<FileHours, 'services'>): string[] {
  const days = new Set(services.values().flatMap((hours) => hours.keys().map(dayOf)));
  days.delete('');
  return [...days].toSorted();
}

/** Shares of a day: all records, the file's, its services', and what of it is in the rankings. */
export function dayShares(file: FileHours, day: string, rankings: Rankings): Share[] {
  const first: Record<string, number> = {};
  const totals = { service: new Map<string, LevelCounts>(), pattern: new Map<string, LevelCounts>(), file: new Map<string, LevelCounts>() };
  const perService: Record<string, number>[] = [];
  for (const [service, hours] of file.services) {
    const cells: Record<string, number> = {};
    for (const [hour, counts] of hours) {
      if (dayOf(hour) !== day) continue;
      addCounts(first, counts, hourCell({ dimension: 'all', hour, value: 'all' }));
      addCounts(first, counts, hourCell({ dimension: 'file', hour, value: file.fileId }));
      addCounts(cells, counts, hourCell({ dimension: 'service', hour, value: service }));
      addTotal(totals.service, service, counts);
      addTotal(totals.file, file.fileId, counts);
    }
    if (Object.keys(cells).length > 0) perService.push(cells);
  }
  for (const [member, hours] of file.members)
    for (const [hour, counts] of hours) if (dayOf(hour) === day) addTotal(totals.pattern, member, counts);
  for (const dimension of ['service', 'pattern', 'file'] as const) rank(first, totals[dimension], { dimension, day, rankings });
  const shares = [{ name: dayShareName(day, 0), cells: first }];
  for (let from = 0; from < perService.length; from += servicesPerShare) {
    const cells = Object.assign({}, ...perService.slice(from, from + servicesPerShare)) as Record<string, number>;
    shares.push({ name: dayShareName(day, 1 + from / servicesPerShare), cells });
  }
  return shares;
}

interface Ranked {
  readonly dimension: RankedDimension;
  readonly day: string;
  readonly rankings: Rankings;
}

function rank(cells: Record<string, number>, totals: ReadonlyMap<string, LevelCounts>, { dimension, day, rankings }: Ranked): void {
  const ranking = rankings(dimension, day);
  let places = aggregateLimits.rankedMax[dimension] - (ranking?.counts.size ?? 0);
  const inOrder = [...totals].toSorted(([a, one], [b, other]) => other.error + other.fatal - one.error - one.fatal || (a < b ? -1 : 1));
  for (const [at, [name, counts]] of inOrder.entries()) {
    const isNew = ranking?.counts.has(name) !== true;
    const hasPlace = at < aggregateLimits.rankedPerFileMax && (!isNew || places > 0);
    if (hasPlace && isNew) places -= 1;
    addCounts(cells, counts, (level) => ({ kind: 'rank', dimension, day, level, value: hasPlace ? name : '' }));
  }
}

const dayOf = (hour: string): string => hour.slice(0, 'yyyy-mm-dd'.length);

const hourCell =
  ({ dimension, hour, value }: { dimension: Dimension; hour: string; value: string }) =>
  (level: Level): Cell => ({ kind: 'hour', dimension, day: dayOf(hour), hour: hour.slice(-2), level, value });

function addCounts(cells: Record<string, number>, counts: Readonly<LevelCounts>, cellFor: (level: Level) => Cell): void {
  for (const level of ['error', 'fatal'] as const) {
    if (counts[level] === 0) continue;
    const name = cellName(cellFor(level));
    cells[name] = (cells[name] ?? 0) + counts[level];
  }
}

function addTotal(totals: Map<string, LevelCounts>, name: string, { error, fatal }: Readonly<LevelCounts>): void {
  const known = totals.get(name);
  totals.set(name, { error: (known?.error ?? 0) + error, fatal: (known?.fatal ?? 0) + fatal });
}
