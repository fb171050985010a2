/**
 * Identity cards in DynamoDB, in a table of their own, which few functions may read.
 *
 * | what | pk | sk | index |
 * | --- | --- | --- | --- |
 * | card | `MEMBER#<id>` | `KYC` | gsi1 `KYC#submitted` / id, while it waits |
 * | claim on a number | `NIK#<keyed hash>` | `CLAIM` | |
 */
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { queryUpTo, type Item } from '#shared/platform/dynamodb.ts';
import { membershipWrites } from '../administration/dynamodb-membership-store.ts';
import type { WaitingCards } from '../administration/ports.ts';
import { decide, type DecisionTables } from '../dynamodb-decisions.ts';
import { memberKey } from '../dynamodb-identity-keys.ts';
import { kycCardSchema, type KycCard } from './kyc-card.ts';
import type { CardStore } from './ports.ts';

export interface CardTables extends DecisionTables {
  readonly cards: string;
}

const indexName = 'gsi1';
const waitingPartition = 'KYC#submitted';
export const cardKey = (memberId: string) => ({ pk: `MEMBER#${memberId}`, sk: 'KYC' });
const nikClaim = (nikHash: string) => ({ pk: `NIK#${nikHash}`, sk: 'CLAIM' });

export function dynamodbCardStore(tables: CardTables): CardStore & WaitingCards {
  const { client, cards } = tables;
  const get: CardStore['get'] = async (memberId) => {
    const { Item } = await client.send(new GetCommand({ TableName: cards, Key: cardKey(memberId), ConsistentRead: true }));
    return Item && kycCardSchema.parse(Item);
  };
  return {
    get,
    async submit(card, member, entry) {
      const failed = await decide(tables, entry, [claimPut(cards, card), newCardPut(cards, card), memberUpdate(tables, card, member.kyc)]);
      if (failed.length === 0) return 'kept';
      // Somebody whose own card is settled has claimed the number, too: only a claim that fails alone is another's.
      return failed.every((place) => place === 0) ? 'nik-taken' : 'settled';
    },
    async decide(card, change, entry) {
      const writes = [decisionPut(cards, card), ...membershipWrites(tables, change)];
      const freed = card.state === 'rejected' ? [{ Delete: { TableName: cards, Key: nikClaim(card.nikHash) } }] : [];
      return (await decide(tables, entry, [...writes, ...freed])).length === 0;
    },
    async erase(memberId) {
      const card = await get(memberId);
      if (card === undefined) return;
      // The claim of a rejected card may be somebody else's by now.
      const claims = card.state === 'rejected' ? [] : [{ Delete: { TableName: cards, Key: nikClaim(card.nikHash) } }];
      await client.send(new TransactWriteCommand({ TransactItems: [{ Delete: { TableName: cards, Key: cardKey(memberId) } }, ...claims] }));
    },
    async waiting({ from, to }, limit) {
      if (from > to) return [];
      const items = await queryUpTo({ client, name: cards, chance: tables.chance }, limit, {
        IndexName: indexName,
        KeyConditionExpression: 'gsi1pk = :waiting AND gsi1sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':waiting': waitingPartition, ':from': from, ':to': to },
        ScanIndexForward: false,
      });
      return items.map((item) => waitingEntry.parse(item).gsi1sk);
    },
  };
}

const waitingEntry = z.object({ gsi1sk: z.string() });

function itemOf(card: KycCard): Item {
  const waits = card.state === 'submitted';
  return { ...cardKey(card.memberId), ...kycCardSchema.parse(card), ...(waits && { gsi1pk: waitingPartition, gsi1sk: card.memberId }) };
}

const claimPut = (table: string, { nikHash, memberId }: KycCard) => ({
  Put: {
    TableName: table,
    Item: { ...nikClaim(nikHash), memberId },
    ConditionExpression: 'attribute_not_exists(pk) OR memberId = :member',
    ExpressionAttributeValues: { ':member': memberId },
  },
});

const newCardPut = (table: string, card: KycCard) => ({
  Put: {
    TableName: table,
    Item: itemOf(card),
    ConditionExpression: 'attribute_not_exists(pk) OR #state = :rejected',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':rejected': 'rejected' },
  },
});

const memberUpdate = ({ identity }: CardTables, { memberId, state }: KycCard, was: string) => ({
  Update: {
    TableName: identity,
    Key: memberKey(memberId),
    UpdateExpression: 'SET kyc = :state',
    ConditionExpression: 'kyc = :was',
    ExpressionAttributeValues: { ':state': state, ':was': was },
  },
});

const decisionPut = (table: string, card: KycCard) => ({
  Put: {
    TableName: table,
    Item: itemOf(card),
    // The very card that was looked at, not one that was given since.
    ConditionExpression: '#state = :waits AND submittedAtMs = :submittedAtMs',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':waits': 'submitted', ':submittedAtMs': card.submittedAtMs },
  },
});
