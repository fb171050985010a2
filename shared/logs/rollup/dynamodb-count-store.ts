/**
 * Counts of all files in DynamoDB. Hours and rankings are attributes that are added to, so writers do not wait for each other's reads.
 */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { getAll, type Item } from '#shared/platform/dynamodb.ts';
import type { LogsTable } from '../dynamodb-file-store.ts';
import {
  expiryOf,
  memberKey,
  rankingDayKey,
  rankingPartition,
  seriesDayKey,
  seriesPartition,
  shareKey,
  sharePrefix,
} from '../dynamodb-keys.ts';
import { aggregateLimits, type RankingDay, type SeriesDay } from './aggregates.ts';
import { transact, type TransactItem } from './dynamodb-transaction.ts';
import { memberSchema, noLevelCounts, type LevelCounts, type Member } from './pattern.ts';
import type { AggregateReader, CountChange, CountStore, DayWindow } from './ports.ts';
import { cellOf, dayShareName, differences, servicesOfShares, type Share, type ShareCells } from './share.ts';

export function dynamodbCountStore(table: LogsTable): CountStore {
  return {
    async shares(fileId) {
      const items = await queryAll(table, 'pk = :pk AND begins_with(sk, :prefix)', {
        ':pk': shareKey(fileId, '').pk,
        ':prefix': sharePrefix,
      });
      return items.map(shareOf);
    },
    add: (change) => transact(table, writesOf(table, change)),
  };
}

export function dynamodbAggregateReader(table: LogsTable): AggregateReader {
  return {
    async days(series, window) {
      return (await daysIn(table, seriesPartition(series), window)).map(seriesDayOf);
    },
    async daysOf(series, days) {
      const keys = series.flatMap((one) => days.map((day) => seriesDayKey(one, day)));
      const items = Map.groupBy(await getAll(table, keys, { consistent: false }), ({ pk }) => String(pk));
      return series.flatMap((one) => {
        const own = (items.get(seriesPartition(one)) ?? []).map(seriesDayOf).toSorted((a, b) => (a.day < b.day ? -1 : 1));
        return own.length === 0 ? [] : [{ series: one, days: own }];
      });
    },
    async servicesOfFile(fileId, { from, to }) {
      if (from > to) return [];
      const items = await queryAll(table, 'pk = :pk AND sk BETWEEN :from AND :to', {
        ':pk': shareKey(fileId, '').pk,
        ':from': shareKey(fileId, dayShareName(from, 0)).sk,
        ':to': shareKey(fileId, dayShareName(to, 999)).sk,
      });
      return servicesOfShares(items.map(shareOf));
    },
    async ranking(dimension, window) {
      return (await daysIn(table, rankingPartition(dimension), window)).map(rankingDayOf);
    },
  };
}

async function daysIn(table: LogsTable, pk: string, { from, to }: DayWindow): Promise<Item[]> {
  // DynamoDB refuses a BETWEEN whose bounds are the wrong way round; here that is a window with nothing in it.
  return from > to ? [] : queryAll(table, 'pk = :pk AND sk BETWEEN :from AND :to', { ':pk': pk, ':from': from, ':to': to });
}

async function queryAll(table: LogsTable, KeyConditionExpression: string, ExpressionAttributeValues: Item): Promise<Item[]> {
  const found: Item[] = [];
  let startKey: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression,
        ExpressionAttributeValues,
        ConsistentRead: true,
        ExclusiveStartKey: startKey,
      }),
    );
    found.push(...Items);
    startKey = LastEvaluatedKey;
  } while (startKey !== undefined);
  return found;
}

const levels = { e: 'error', f: 'fatal' } as const;
const hourName = (level: keyof LevelCounts, hour: string): string => `${level.charAt(0)}${hour}`;
/** `e:` or `f:` and the value; without a value, the rest. */
const rankName = (level: keyof LevelCounts, value: string): string => `${level.charAt(0)}:${value}`;

const count = z.int();
const hourAttribute = /^([ef])(\d\d)$/;

function seriesDayOf(item: Item): SeriesDay {
  const hours = new Map<number, LevelCounts>();
  for (const [name, value] of Object.entries(item)) {
    const [, level, at] = hourAttribute.exec(name) ?? [];
    const number = at === undefined ? 0 : count.parse(value);
    // What was taken back, as a file was scanned better, leaves a nought behind.
    if (number !== 0) addTo(hours, Number(at), { level: levels[level as 'e' | 'f'], number });
  }
  return { day: z.string().parse(item['sk']), hours: new Map([...hours].toSorted(([a], [b]) => a - b)) };
}

function rankingDayOf(item: Item): RankingDay {
  const counts = new Map<string, LevelCounts>();
  for (const [name, value] of Object.entries(item)) {
    if (!name.startsWith('e:') && !name.startsWith('f:')) continue;
    const number = count.parse(value);
    if (number !== 0) addTo(counts, name.slice(2), { level: levels[name.charAt(0) as 'e' | 'f'], number });
  }
  const rest = counts.get('') ?? noLevelCounts;
  counts.delete('');
  return { day: z.string().parse(item['sk']), counts, rest };
}

function addTo<K>(counts: Map<K, LevelCounts>, key: K, { level, number }: { level: keyof LevelCounts; number: number }): void {
  const known = counts.get(key) ?? { ...noLevelCounts };
  counts.set(key, known);
  known[level] += number;
}

function writesOf(table: LogsTable, { fileId, shares, members }: CountChange): TransactItem[] {
  const adds = new Map<string, { readonly key: Item; readonly day: string; readonly by: Map<string, number> }>();
  for (const { before, after } of shares)
    for (const [name, by] of differences(before, after)) {
      const found = placeOf(name);
      if (found === undefined) continue;
      const item = `${String(found.key['pk'])} ${found.day}`;
      const add = adds.get(item) ?? { key: found.key, day: found.day, by: new Map<string, number>() };
      adds.set(item, add);
      add.by.set(found.attribute, (add.by.get(found.attribute) ?? 0) + by);
    }
  return [
    ...shares.map((share) => shareWrite(table, fileId, share)),
    ...members.map((member) => memberWrite(table, member)),
    ...adds.values().map((add) => addition(table, add)),
  ];
}

function placeOf(name: string): { key: Item; day: string; attribute: string } | undefined {
  const cell = cellOf(name);
  if (cell.kind === 'member') return undefined;
  const { day, level, dimension, value } = cell;
  return cell.kind === 'hour'
    ? { key: seriesDayKey({ dimension, value }, day), day, attribute: hourName(level, cell.hour) }
    : { key: rankingDayKey(cell.dimension, day), day, attribute: rankName(level, value) };
}

function addition(table: LogsTable, { key, day, by }: { key: Item; day: string; by: ReadonlyMap<string, number> }): TransactItem {
  const names = [...by.keys()];
  const ttl = Math.floor(Date.parse(day) / 1_000) + aggregateLimits.retentionDays * 86_400;
  return {
    Update: {
      TableName: table.name,
      Key: key,
      UpdateExpression: `SET #ttl = :ttl ADD ${names.map((_, at) => `#${at} :${at}`).join(',')}`,
      ExpressionAttributeNames: { '#ttl': 'ttl', ...Object.fromEntries(names.map((name, at) => [`#${at}`, name])) },
      ExpressionAttributeValues: { ':ttl': ttl, ...Object.fromEntries(names.map((name, at) => [`:${at}`, by.get(name)])) },
    },
  };
}

const cellsSchema = z.record(z.string(), z.int());
const shareItem = z.object({ sk: z.string().startsWith(sharePrefix), cells: z.instanceof(Uint8Array) });

function shareOf(item: Item): Share {
  const { sk, cells } = shareItem.parse(item);
  return { name: sk.slice(sharePrefix.length), cells: cellsSchema.parse(JSON.parse(gunzipSync(cells).toString())) };
}

const textOf = (cells: ShareCells): string =>
  JSON.stringify(Object.fromEntries(Object.entries(cells).toSorted(([a], [b]) => (a < b ? -1 : 1))));
/** By which a condition knows the cells. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

function shareWrite(table: LogsTable, fileId: string, { name, before, after }: CountChange['shares'][number]): TransactItem {
  const isNew = Object.keys(before).length === 0;
  const text = textOf(after);
  return {
    Put: {
      TableName: table.name,
      Item: { ...shareKey(fileId, name), cells: gzipSync(text), digest: digestOf(text), ttl: expiryOf(fileId, table.retentionDays) },
      ConditionExpression: isNew ? 'attribute_not_exists(pk) OR digest = :before' : 'digest = :before',
      ExpressionAttributeValues: { ':before': digestOf(textOf(before)) },
    },
  };
}

function memberWrite(table: LogsTable, member: Member): TransactItem {
  return {
    Put: {
      TableName: table.name,
      Item: { ...memberKey(member.id), ...memberSchema.parse(member) },
      ConditionExpression: member.revision === 1 ? 'attribute_not_exists(pk)' : 'revision = :before',
      ...(member.revision > 1 && { ExpressionAttributeValues: { ':before': member.revision - 1 } }),
    },
  };
}
