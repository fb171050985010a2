/**
 * Members in DynamoDB, as staff find them.
 */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { getAll, queryUpTo, type Item, type Table } from '#shared/platform/dynamodb.ts';
import {
  accountKey,
  emailClaim,
  endKey,
  endsPartition,
  handlesPartition,
  indexNames,
  memberKey,
  memberPartition,
  monthPartition,
  phoneClaim,
  secondFactorKey,
  statusPartition,
} from '../dynamodb-identity-keys.ts';
import { memberOf } from '../dynamodb-member-item.ts';
import type { IdWindow, MemberDirectory } from './ports.ts';

export function dynamodbMemberDirectory(table: Table): MemberDirectory {
  return {
    joinedIn: (month, window, limit) => newestIds(table, { index: indexNames.joined, partition: monthPartition(month), window, limit }),
    withStatus: (status, window, limit) =>
      newestIds(table, { index: indexNames.statuses, partition: statusPartition(status), window, limit }),
    async ended(nowMs, limit) {
      const items = await queryUpTo(table, limit, {
        KeyConditionExpression: 'pk = :ends AND sk < :now',
        ExpressionAttributeValues: { ':ends': endsPartition, ':now': endKey(nowMs + 1, '').sk },
      });
      return items.map((item) => endSchema.parse(item));
    },
    async handles({ prefix, after, limit }) {
      const from = after === undefined || after < prefix ? prefix : `${after}${beforeAnyCharacter}`;
      const to = `${prefix}${behindAnyCharacter}`;
      if (from > to) return [];
      const items = await queryUpTo(table, limit, {
        IndexName: indexNames.handles,
        KeyConditionExpression: 'gsi2pk = :partition AND gsi2sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':partition': handlesPartition(prefix.slice(0, 2)), ':from': from, ':to': to },
      });
      return items.map((item) => ({ id: idOf(item), handle: handleEntry.parse(item).gsi2sk }));
    },
    async holderOf(claim) {
      const key = 'email' in claim ? emailClaim(claim.email) : phoneClaim(claim.phone);
      const item = await read(table, key);
      return item && holder.parse(item).memberId;
    },
    async load(ids) {
      const items = await getAll(table, [...new Set(ids)].map(memberKey), { consistent: true });
      return items.flatMap((item) => memberOf(item) ?? []);
    },
    get: async (id) => memberOf(await read(table, memberKey(id))),
    async proofsOf(id) {
      const [account, factor] = [accountKey(memberPartition(id)), secondFactorKey(memberPartition(id))];
      const found = await getAll(table, [account, factor], { consistent: true });
      return {
        hasPassword: found.some(({ sk }) => sk === account.sk),
        // One that is not verified was begun to be set up, and is asked for nowhere.
        hasSecondFactor: found.some(({ sk, verified }) => sk === factor.sk && verified === true),
      };
    },
  };
}

/** Sort before, and behind, every character that a handle can have. */
const beforeAnyCharacter = '!';
const behindAnyCharacter = '~';

const holder = z.object({ memberId: z.string() });
const endSchema = z.object({ memberId: z.string(), untilMs: z.int() });
const handleEntry = z.object({ gsi2sk: z.string() });
const memberEntry = z.object({ pk: z.string().startsWith(memberPartition('')) });
/** Index entries are read for whose they are alone. */
const idOf = (item: Item): string => memberEntry.parse(item).pk.slice(memberPartition('').length);

interface Newest {
  readonly index: 'gsi1' | 'gsi3';
  readonly partition: string;
  readonly window: IdWindow;
  readonly limit: number;
}

async function newestIds(table: Table, { index, partition, window, limit }: Newest): Promise<string[]> {
  // DynamoDB refuses a BETWEEN whose bounds are the wrong way round.
  if (window.from > window.to) return [];
  const items = await queryUpTo(table, limit, {
    IndexName: index,
    KeyConditionExpression: `${index}pk = :partition AND ${index}sk BETWEEN :from AND :to`,
    ExpressionAttributeValues: { ':partition': partition, ':from': window.from, ':to': window.to },
    ScanIndexForward: false,
  });
  return items.map(idOf);
}

async function read(table: Table, key: { pk: string; sk: string }): Promise<Item | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
  return Item;
}
