/**
 * Invitations in DynamoDB. The open one of an address is claimed, so that there is one at most.
 */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { TransactItems } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { getAll, queryUpTo, type Item } from '#shared/platform/dynamodb.ts';
import { decide, decideAlongside, type DecisionTables } from '../dynamodb-decisions.ts';
import { indexNames, invitationKey, invitationsPartition, invitedClaim, staffEmailClaim } from '../dynamodb-identity-keys.ts';
import { ownersCounted } from './dynamodb-staff-store.ts';
import { invitationSchema, type Invitation } from './invitation.ts';
import type { InvitationStore } from './ports.ts';

/** Somebody else may invite the same address in the same moment. */
const attemptsMax = 5;
/** The list tells who was invited in about the last year; the audit log knows it for ever. */
const keptDays = 400;

export function dynamodbInvitationStore(tables: DecisionTables): InvitationStore {
  const { client, identity, chance } = tables;
  const table = { client, name: identity, chance };
  const read = async (Key: Item): Promise<Item | undefined> =>
    (await client.send(new GetCommand({ TableName: identity, Key, ConsistentRead: true }))).Item;
  return {
    async get(id) {
      const item = await read(invitationKey(id));
      return item && invitationSchema.parse(item);
    },
    load: async (ids) =>
      (await getAll(table, [...new Set(ids)].map(invitationKey), { consistent: true })).map((item) => invitationSchema.parse(item)),
    async ids({ behind, limit }) {
      const items = await queryUpTo(table, limit, {
        IndexName: indexNames.joined,
        KeyConditionExpression: `gsi1pk = :invitations${behind === undefined ? '' : ' AND gsi1sk < :behind'}`,
        ExpressionAttributeValues: { ':invitations': invitationsPartition, ...(behind !== undefined && { ':behind': behind }) },
        ScanIndexForward: false,
      });
      return items.map((item) => indexEntry.parse(item).gsi1sk);
    },
    async add(invitation, entry) {
      for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
        const { invitationId } = claimed.parse((await read(invitedClaim(invitation.email))) ?? {});
        const former =
          invitationId === undefined ? undefined : { id: invitationId, isThere: (await read(invitationKey(invitationId))) !== undefined };
        const failed = await decide(tables, entry, [noAccount(identity, invitation), ...puts(identity, invitation, former)]);
        if (failed.length === 0) return 'added';
        if (failed.includes(0)) return 'exists';
      }
      throw new Error(`The address of ${invitation.id} was invited ${attemptsMax} times meanwhile`);
    },
    async withdraw(invitation, entry) {
      const writes = [closed(identity, { id: invitation.id, to: 'withdrawn' }), unclaimed(identity, invitation)];
      return (await decide(tables, entry, writes)).length === 0;
    },
    accept: ({ invitation, staffId, entry }, write) => {
      const closing = [closed(identity, { id: invitation.id, to: 'accepted', staffId }), unclaimed(identity, invitation)];
      const counting = ownersCounted(identity, Number(invitation.roles.includes('owner')));
      return decideAlongside(tables, { entry, writes: [...closing, ...counting] }, write);
    },
  };
}

const noAccount = (table: string, { email }: Invitation) => ({
  ConditionCheck: { TableName: table, Key: staffEmailClaim(email), ConditionExpression: 'attribute_not_exists(pk)' },
});

/** `former` is the one that has the claim; what is kept no longer needs no closing. */
function puts(table: string, invitation: Invitation, former: { id: string; isThere: boolean } | undefined): TransactItems {
  const { id, email, expiresAtMs } = invitation;
  const item = {
    ...invitationKey(id),
    ...invitationSchema.parse(invitation),
    gsi1pk: invitationsPartition,
    gsi1sk: id,
    ttl: Math.ceil(expiresAtMs / 1_000) + keptDays * 86_400,
  };
  const claim = { TableName: table, Item: { ...invitedClaim(email), invitationId: id, ttl: item.ttl } };
  const put = { Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } };
  if (former === undefined) return [put, { Put: { ...claim, ConditionExpression: 'attribute_not_exists(pk)' } }];
  const replaced = { ConditionExpression: 'invitationId = :former', ExpressionAttributeValues: { ':former': former.id } };
  const closing = former.isThere ? [closed(table, { id: former.id, to: 'withdrawn' })] : [];
  return [put, { Put: { ...claim, ...replaced } }, ...closing];
}

const closed = (table: string, { id, to, staffId }: { id: string; to: Invitation['status']; staffId?: string }) => ({
  Update: {
    TableName: table,
    Key: invitationKey(id),
    UpdateExpression: `SET #status = :to${staffId === undefined ? '' : ', staffId = :staffId'}`,
    ConditionExpression: '#status = :open',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':to': to, ':open': 'open', ...(staffId !== undefined && { ':staffId': staffId }) },
  },
});

const unclaimed = (table: string, { id, email }: Invitation) => ({
  Delete: {
    TableName: table,
    Key: invitedClaim(email),
    ConditionExpression: 'invitationId = :id',
    ExpressionAttributeValues: { ':id': id },
  },
});

const indexEntry = z.object({ gsi1sk: z.string() });
const claimed = z.object({ invitationId: z.string().optional() });
