/**
 * What rolling up and reading patterns and aggregates need of the outside world.
 */
import type { LogFile } from '../log-file.ts';
import type { RankedDimension, RankingDay, Series, SeriesDay } from './aggregates.ts';
import type { CorpusData } from './corpus.ts';
import type { FilePattern, Member, Pattern, Placement } from './pattern.ts';
import type { RecordSummary } from './record-summary.ts';
import type { Share, ShareCells } from './share.ts';

/** What ranges have found, until their file is rolled up, and as long as the file's records. */
export interface SummaryStore {
  /** Stores the summary of a range; the same range again replaces it. */
  put(file: LogFile, range: number, summary: RecordSummary): Promise<void>;
  /** Summaries of a chunk's ranges, in order. */
  ofChunk(fileId: string, chunk: number): AsyncIterable<{ readonly range: number; readonly summary: RecordSummary }>;
}

/** The corpus of each version of the algorithm. */
export interface CorpusStore {
  /** As of now. Undefined where no file was taken in. */
  read(algorithm: number): Promise<{ readonly revision: number; readonly data: CorpusData } | undefined>;
  /** False when the stored one has not the revision before this one's (`revision - 1`; 0 where there is none): read again. */
  write(algorithm: number, next: { readonly revision: number; readonly data: CorpusData }): Promise<boolean>;
}

/** What all files together say. Reads are as of now (consistent) unless they say otherwise. */
export interface PatternStore {
  pattern(id: string): Promise<Pattern | undefined>;
  /** The patterns there are, in no order. */
  patterns(ids: readonly string[]): Promise<Pattern[]>;
  /** Ids of patterns that are not merged into others, latest seen first (then by id, descending), last seen within the window. May lag by a moment. */
  latest(request: LatestRequest): Promise<PatternRef[]>;
  placements(fingerprints: readonly string[]): Promise<Placement[]>;
  members(ids: readonly string[]): Promise<Member[]>;
  /** Files that have the pattern, the latest upload first, behind `after`. */
  filesOf(patternId: string, request: { after?: string | undefined; limit: number }): Promise<FilePattern[]>;
  /** What files have of patterns, of those that have any. */
  filePatterns(keys: readonly { readonly patternId: string; readonly fileId: string }[]): Promise<FilePattern[]>;
  /** Patterns of a file; at most `limit`. May lag by a moment. */
  ofFile(fileId: string, limit: number): Promise<FilePattern[]>;

  /** Stores a new pattern; when it is there already, answers that one and changes nothing. */
  addPattern(pattern: Pattern): Promise<Pattern>;
  /** Places a fingerprint that has no place yet; answers the place it has. */
  place(placement: Placement): Promise<Placement>;
  /** Writes all of it or nothing: false when a pattern was written, or a file's part changed, since it was read. */
  commit(change: PatternChange): Promise<boolean>;
}

export interface PatternRef {
  readonly id: string;
  readonly lastSeen: string;
}

export interface LatestRequest {
  /** ISO 8601, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly after?: PatternRef | undefined;
  readonly limit: number;
}

/** At most `changesMax` writes in all. */
interface PatternChange {
  /** Each is written if the stored one still has the revision before this one's (`revision - 1`; 0 for a new one). */
  readonly patterns?: readonly Pattern[];
  /** Places by a person: they replace what is there. */
  readonly placements?: readonly Placement[];
  /** Replaces what is there. Without counts: the file has none any more. */
  readonly filePatterns?: readonly FilePattern[];
}
/** Writes of one change: DynamoDB takes 100 in a transaction. */
export const changesMax = 90;

/** Adds to the counts of all files, each file's records once. */
export interface CountStore {
  /** What a file has added so far. */
  shares(fileId: string): Promise<Share[]>;
  /** All of it or nothing; false when a share or member was written since it was read, or is being written: read again. */
  add(change: CountChange): Promise<boolean>;
}

/** At most `changesMax` writes in all: shares, members, and the items that the shares' cells are counted in. */
export interface CountChange {
  readonly fileId: string;
  /** The counts change by what is between the two. */
  readonly shares: readonly { readonly name: string; readonly before: ShareCells; readonly after: ShareCells }[];
  /** Each is written if the stored one still has the revision before this one's (`revision - 1`; 0 for a new one). */
  readonly members: readonly Member[];
}

/** Reads of the hourly counts. May lag by a moment. */
export interface AggregateReader {
  /** The days of a series within `from` and `to` (days, both included) that have records, ascending. One read for up to 400 days. */
  days(series: Series, window: DayWindow): Promise<SeriesDay[]>;
  /** Days of many series by key, a hundred a read: for sparklines of a list. Series without records are absent. */
  daysOf(series: readonly Series[], days: readonly string[]): Promise<{ readonly series: Series; readonly days: SeriesDay[] }[]>;
  /** The services of a file with the days that have records. One read for 30 days of a file with a few services. */
  servicesOfFile(fileId: string, window: DayWindow): Promise<ServiceDays[]>;
  /** The days of a ranking, ascending. One read for 30 days. */
  ranking(dimension: RankedDimension, window: DayWindow): Promise<RankingDay[]>;
}

/** A file's records by service: of those that it has a place for, see `servicesPerFileMax`. */
interface ServiceDays {
  readonly service: string;
  readonly days: SeriesDay[];
}

export interface DayWindow {
  readonly from: string;
  readonly to: string;
}

/** Tells that a closed file waits to be rolled up; at least once. */
export interface RollupQueue {
  request(file: Pick<LogFile, 'id'>): Promise<void>;
}
