/**
 * Error records in DynamoDB, by file and place, and by time.
 */
import * as z from 'zod';
import { getAll, putAll, queryDown, queryUpTo, type Item } from '#shared/platform/dynamodb.ts';
import { dayMarks } from './dynamodb-day-marks.ts';
import type { LogsTable } from './dynamodb-file-store.ts';
import {
  dayPartition,
  errorKey,
  errorsPartition,
  expiryOf,
  fingerprintPartition,
  fingerprintPartitionOf,
  indexName,
  listedKey,
  offsetKey,
  partitionOf,
  rangeOfErrorsPartition,
  secondIndexName,
} from './dynamodb-keys.ts';
import type { ErrorLevel } from './error-record.ts';
import { limits } from './limits.ts';
import { listedAtOf } from './listed-at.ts';
import type { LogFile } from './log-file.ts';
import { errorId, placeOfError } from './log-ids.ts';
import type { ErrorPartition, ErrorRef, ErrorStore, FingerprintPartition, NewestRequest, PatternedRecord, StoredError } from './ports.ts';

/** Days after their file's upload that records are kept, by level; at most as long as the file. */
export type RecordDays = Readonly<Record<ErrorLevel, number>>;

export function dynamodbErrorStore(table: LogsTable, recordDays: RecordDays = limits.recordDays): ErrorStore {
  const marks = dayMarks(table);
  return {
    async write(file, range, records) {
      const placed = records.map((record) => ({ record, listedAt: listedAtOf(record, file.uploadedAtMs) }));
      // First the days: a record in a day that nobody knows of would not be found, a day without records does no harm.
      await marks.mark(
        file.id,
        placed.map(({ record, listedAt }) => partitionOf(file.id, record, listedAt)),
      );
      await putAll(
        table,
        placed.map(({ record, listedAt }) => {
          const days = Math.min(recordDays[record.level], table.retentionDays);
          return itemOf(file, { ...record, range, listedAt }, expiryOf(file.id, days));
        }),
      );
    },
    async inRange({ fileId, range, afterOffset, limit }) {
      const items = await queryUpTo(table, limit, {
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: {
          ':pk': errorsPartition(fileId, range),
          ':after': afterOffset === undefined ? '' : offsetKey(afterOffset),
        },
      });
      return items.map((item) => storedError.parse(item));
    },
    async load(refs) {
      const items = await getAll(table, refs.map(errorKey), { consistent: false });
      const byPlace = new Map(items.map((item) => storedError.parse(item)).map((error) => [errorId(error), error]));
      return refs.flatMap((ref) => byPlace.get(errorId(ref)) ?? []);
    },
    days: marks.days,
    newest: (partition, request) => newest(table, partition, request),
  };
}

function itemOf(file: LogFile, placed: PatternedRecord & { range: number; listedAt: string }, ttl: number): Item {
  const { listedAt, ...record } = placed;
  const id = errorId({ fileId: file.id, offset: record.offset });
  const listed = listedKey(listedAt, id);
  return {
    ...errorKey({ fileId: file.id, range: record.range, offset: record.offset }),
    gsi1pk: dayPartition(partitionOf(file.id, record, listedAt)),
    gsi1sk: listed,
    ...(record.patternId !== null && {
      gsi2pk: fingerprintPartition(fingerprintPartitionOf(record.patternId, listedAt, id)),
      gsi2sk: listed,
    }),
    ttl,
    fileId: file.id,
    ...record,
  };
}

async function newest(
  table: LogsTable,
  partition: ErrorPartition | FingerprintPartition,
  { from, to, after, limit }: NewestRequest,
): Promise<ErrorRef[]> {
  const below = after === undefined ? `${to ?? latest}${behindAnyId}` : listedKey(after.listedAt, after.id);
  const [index, of] =
    'fingerprint' in partition ? [secondIndexName, fingerprintPartition(partition)] : [indexName, dayPartition(partition)];
  const items = await queryDown(table, { index, partition: of, from: from ?? earliest, below, limit });
  return items.map((item) => refOf(indexEntry.parse({ pk: item['pk'], listed: item[`${index}sk`] })));
}

const earliest = '0';
const latest = '9';
/** Sorts behind the `#` that separates a time from an id. */
const behindAnyId = '~';

const indexEntry = z.object({ pk: z.string(), listed: z.string() });

function refOf({ pk, listed }: z.infer<typeof indexEntry>): ErrorRef {
  const [listedAt = '', id = ''] = listed.split('#');
  const place = placeOfError(id);
  if (place === undefined) throw new TypeError(`An index entry names no error: ${listed}`);
  return { ...place, range: rangeOfErrorsPartition(pk), listedAt };
}

const storedError: z.ZodType<StoredError> = z.object({
  fileId: z.string(),
  range: z.int().nonnegative(),
  offset: z.int().nonnegative(),
  length: z.int().nonnegative(),
  lineInRange: z.int().positive(),
  truncated: z.boolean(),
  level: z.enum(['error', 'fatal']),
  time: z.string().nullable(),
  timeAssumed: z.array(z.enum(['zone', 'year', 'date'])),
  logger: z.string().nullable(),
  message: z.string(),
  stack: z.string().nullable(),
  patternId: z.string().nullable().default(null),
  template: z.string().nullable().default(null),
});
