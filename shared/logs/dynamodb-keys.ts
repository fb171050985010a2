/**
 * The Log Scanner's table: its keys, and how long things stay.
 *
 * | what | pk | sk | gsi1pk | gsi1sk |
 * | --- | --- | --- | --- | --- |
 * | file | `FILE#<hash>` | `FILE` | `FILES#<status>` | file id |
 * | progress of 128 ranges | `FILE#<hash>` | `CHUNK#<chunk>` | | |
 * | when these were begun | `FILE#<hash>` | `BEGUN#<chunk>` | | |
 * | error record | `ERRORS#<hash>#<range>` | offset | `ERRORS#<day>#<level>#<shard>` | `<time>#<error id>` |
 * | days that have records | `DAYS` | day | | |
 * | what a range counted | `SUMMARIES#<hash>#<chunk>` | `<range>#<piece>` | | |
 * | pattern | `PATTERN#<id>` | `PATTERN` | `PATTERNS` | `<last seen>#<id>` |
 * | its share of a file | `PATTERN#<id>` | `FILE#<file id>` | `FILEPATTERNS#<hash>` | pattern id |
 * | place of a fingerprint | `PLACE#<fingerprint>` | `PLACE` | | |
 * | what is counted as one | `MEMBER#<counted as>` | `MEMBER` | | |
 * | leaves of all files | `CORPUS#<version>` | `CORPUS` | | |
 * | a piece of their text | `CORPUS#<version>` | `PIECE#<revision>#<digest>#<piece>` | | |
 * | a day of a series | `COUNTS#<dimension>#<value>` | day | | |
 * | a day of a ranking | `RANKING#<dimension>` | day | | |
 * | a file's share of counts | `FILE#<hash>` | `SHARE#<name>` | | |
 *
 * A second index, sparse like the first: `ERRORS#<fingerprint>#<day>#<shard>` / `<time>#<error id>` for the records of a fingerprint, and
 * `ROLLUPS` / file id for closed files that wait to be rolled up.
 *
 * A range is one worker's, so the records of a file spread over as many partitions as workers write them. The indexes hold keys alone:
 * readers list ids, then load.
 */
import type { ErrorRecord } from './error-record.ts';
import { limits } from './limits.ts';
import type { FileStatus } from './log-file.ts';
import { errorId, hashOfFileId, uploadedAtOfFileId } from './log-ids.ts';
import type { ErrorPartition, FingerprintPartition } from './ports.ts';
import type { RankedDimension, Series } from './rollup/aggregates.ts';

export const indexName = 'gsi1';
export const secondIndexName = 'gsi2';

const secondsPerDay = 86_400;
/** A day's entry outlives its records: a file that comes late must not shorten it below theirs. */
const dayMarginDays = 30;

export const fileKey = (fileId: string) => keyOfHash(hashOfFileId(fileId) ?? fileId);
export const keyOfHash = (hash: string) => ({ pk: `FILE#${hash}`, sk: 'FILE' });
export const filesPartition = (status: FileStatus): string => `FILES#${status}`;

export const chunkPrefix = 'CHUNK#';
export const chunkKey = (fileId: string, chunk: number) => ({ pk: fileKey(fileId).pk, sk: `${chunkPrefix}${padded(chunk, 3)}` });

export const begunPrefix = 'BEGUN#';
export const begunKey = (fileId: string, chunk: number) => ({ pk: fileKey(fileId).pk, sk: `${begunPrefix}${padded(chunk, 3)}` });

export const errorsPartition = (fileId: string, range: number): string => `ERRORS#${hashOfFileId(fileId) ?? fileId}#${padded(range, 5)}`;
export const offsetKey = (offset: number): string => padded(offset, 16);
export const errorKey = (place: { fileId: string; range: number; offset: number }) => ({
  pk: errorsPartition(place.fileId, place.range),
  sk: offsetKey(place.offset),
});
export const rangeOfErrorsPartition = (pk: string): number => Number(pk.slice(-5));

export const daysKey = (day: string) => ({ pk: 'DAYS', sk: day });
export const dayPartition = ({ day, level, shard }: ErrorPartition): string => `ERRORS#${day}#${level}#${shard}`;
export const listedKey = (listedAt: string, id: string): string => `${listedAt}#${id}`;

/** Where a record stands in the index by time. The shard follows from the record, so that writing it again finds the same place. */
export function partitionOf(fileId: string, { offset, level }: Pick<ErrorRecord, 'offset' | 'level'>, listedAt: string): ErrorPartition {
  return { day: listedAt.slice(0, 10), level, shard: shardOf(errorId({ fileId, offset })) };
}

/** Where the records of a fingerprint stand: fewer shards, as a day may have thousands of fingerprints and a reader wants all shards of one. */
export const fingerprintPartition = ({ day, fingerprint, shard }: FingerprintPartition): string => `ERRORS#${fingerprint}#${day}#${shard}`;
export const fingerprintPartitionOf = (fingerprint: string, listedAt: string, id: string): FingerprintPartition => ({
  day: listedAt.slice(0, 10),
  fingerprint,
  shard: shardOf(id) % limits.fingerprintShards,
});

export const rollupsPartition = 'ROLLUPS';
export const summariesPartition = (fileId: string, chunk: number): string =>
  `SUMMARIES#${hashOfFileId(fileId) ?? fileId}#${padded(chunk, 3)}`;
export const summaryKey = (fileId: string, place: { chunk: number; range: number; piece: number }) => ({
  pk: summariesPartition(fileId, place.chunk),
  sk: `${padded(place.range, 5)}#${padded(place.piece, 3)}`,
});

export const patternKey = (id: string) => ({ pk: `PATTERN#${id}`, sk: 'PATTERN' });
export const patternsPartition = 'PATTERNS';
export const filePatternPrefix = 'FILE#';
export const filePatternKey = (patternId: string, fileId: string) => ({
  pk: patternKey(patternId).pk,
  sk: `${filePatternPrefix}${fileId}`,
});
export const filePatternsPartition = (fileId: string): string => `FILEPATTERNS#${hashOfFileId(fileId) ?? fileId}`;
export const placeKey = (fingerprint: string) => ({ pk: `PLACE#${fingerprint}`, sk: 'PLACE' });
export const memberKey = (countedAs: string) => ({ pk: `MEMBER#${countedAs}`, sk: 'MEMBER' });

export const corpusKey = (algorithm: number) => ({ pk: `CORPUS#${algorithm}`, sk: 'CORPUS' });
export const corpusPieceKey = (algorithm: number, { revision, digest, piece }: { revision: number; digest: string; piece: number }) => ({
  pk: corpusKey(algorithm).pk,
  sk: `PIECE#${revision}#${digest}#${padded(piece, 3)}`,
});

export const seriesPartition = ({ dimension, value }: Series): string => `COUNTS#${dimension}#${value}`;
export const seriesDayKey = (series: Series, day: string) => ({ pk: seriesPartition(series), sk: day });
export const rankingPartition = (dimension: RankedDimension): string => `RANKING#${dimension}`;
export const rankingDayKey = (dimension: RankedDimension, day: string) => ({ pk: rankingPartition(dimension), sk: day });
export const sharePrefix = 'SHARE#';
export const shareKey = (fileId: string, name: string) => ({ pk: fileKey(fileId).pk, sk: `${sharePrefix}${name}` });

/** FNV-1a: cheap, and spreads ids that differ in their last characters. */
function shardOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return ((hash ^ (hash >>> 16)) >>> 0) % limits.shards;
}

/** When what belongs to a file goes, in seconds since the epoch. */
export const expiryOf = (fileId: string, retentionDays: number): number =>
  Math.floor(uploadedAtOfFileId(fileId) / 1_000) + retentionDays * secondsPerDay;
export const dayExpiryOf = (fileId: string, retentionDays: number): number => expiryOf(fileId, retentionDays + dayMarginDays);

const padded = (number: number, width: number): string => String(number).padStart(width, '0');
