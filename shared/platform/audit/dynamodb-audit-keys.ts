/**
 * The audit table.
 *
 * | what | pk | sk | gsi1pk, gsi1sk | gsi2pk, gsi2sk |
 * | --- | --- | --- | --- | --- |
 * | record | `STREAM#<stream>` | number, 12 digits | `DAY#<day>`, `<at>#<stream>/<number>` | `ACTOR#<actor>`, `<at>#<stream>/<number>` |
 * | day that has records | `DAYS` | day | | |
 *
 * Days are those of Asia/Jakarta. Both indexes project everything. Nothing may update or delete here: grant `PutItem`, `Query` and, to the
 * command alone, `Scan`.
 */
import * as z from 'zod';
import type { Item } from '#shared/platform/dynamodb.ts';
import { auditRecordSchema, placeOfAudit, type AuditRecord } from './audit-record.ts';
import { canonicalJson } from './canonical-json.ts';
import { dayOf } from './days.ts';
import type { AuditPosition, AuditShelf } from './ports.ts';

const streamPrefix = 'STREAM#';
export const streamPartition = (stream: string): string => `${streamPrefix}${stream}`;
export const streamOfPartition = (pk: string): string | undefined =>
  pk.startsWith(streamPrefix) ? pk.slice(streamPrefix.length) : undefined;
export const numberKey = (seq: number): string => String(seq).padStart(12, '0');
export const daysPartition = 'DAYS';
export const dayKey = (day: string) => ({ pk: daysPartition, sk: day });

const dayPartition = (day: string): string => `DAY#${day}`;
const actorPartition = (actor: string): string => `ACTOR#${actor}`;

/** The index a shelf stands in, with its partition. */
export function indexOf(shelf: AuditShelf): { readonly name: 'gsi1' | 'gsi2'; readonly partition: string } {
  return 'day' in shelf ? { name: 'gsi1', partition: dayPartition(shelf.day) } : { name: 'gsi2', partition: actorPartition(shelf.actor) };
}

export const listedKey = ({ at, stream, seq }: Pick<AuditRecord, 'at' | 'stream' | 'seq'>): string => `${at}#${stream}/${numberKey(seq)}`;

/** The index key of a position; of one that names no record, a key before all of its instant. */
export function keyOfPosition({ at, id }: AuditPosition): string {
  const place = placeOfAudit(id);
  return place === undefined ? at : listedKey({ at, ...place });
}

/** `before` and `after` as JSON text: a DynamoDB number is not always the JavaScript number it came from, and the hash is over that. */
export function itemOf(record: AuditRecord): Item {
  const listed = listedKey(record);
  return {
    pk: streamPartition(record.stream),
    sk: numberKey(record.seq),
    gsi1pk: dayPartition(dayOf(record.at)),
    gsi1sk: listed,
    gsi2pk: actorPartition(record.actor),
    gsi2sk: listed,
    ...record,
    before: record.before && canonicalJson(record.before),
    after: record.after && canonicalJson(record.after),
  };
}

const storedState = z
  .string()
  .nullable()
  .transform((text, context): unknown => {
    try {
      return text === null ? null : JSON.parse(text);
    } catch {
      context.addIssue('No JSON');
      return z.NEVER;
    }
  });
const storedRecord = z
  .object({ ...auditRecordSchema.shape, before: storedState, after: storedState })
  .strip()
  .pipe(auditRecordSchema);

export const recordOf = (item: Item): AuditRecord => storedRecord.parse(item);

/** The record of an item that is exactly what `itemOf` makes: an index key that was changed hides a record from the lists. */
export function intactRecordOf(item: Item): AuditRecord | undefined {
  const { data } = storedRecord.safeParse(item);
  return data !== undefined && sameItem(itemOf(data), item) ? data : undefined;
}

function sameItem(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
