/**
 * Staff in DynamoDB. How many owners can come in is counted in an item of its own: two owners who demote each other at once meet there.
 */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { TransactItems } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { getAll, queryUpTo, type Item } from '#shared/platform/dynamodb.ts';
import { decide, decideAlongside, type DecisionTables } from '../dynamodb-decisions.ts';
import {
  enrolmentLinkKey,
  indexNames,
  ownersKey,
  secondFactorKey,
  staffEmailClaim,
  staffKey,
  staffListPartition,
  staffPartition,
} from '../dynamodb-identity-keys.ts';
import { raisedGuard } from '../dynamodb-session-guards.ts';
import { enrolmentLinkSchema } from './enrolment-link.ts';
import { staffOf } from './dynamodb-staff-item.ts';
import type { StaffStore } from './ports.ts';
import { isActiveOwner } from './staff-record.ts';

const outcomes = ['meanwhile', 'last-owner'] as const;

export function dynamodbStaffStore(tables: DecisionTables): StaffStore {
  const { client, identity, guards, chance } = tables;
  const table = { client, name: identity, chance };
  const read = async (Key: Item): Promise<Item | undefined> =>
    (await client.send(new GetCommand({ TableName: identity, Key, ConsistentRead: true }))).Item;
  return {
    get: async (id) => staffOf(await read(staffKey(id))),
    async byEmail(email) {
      const { staffId } = claimItem.parse((await read(staffEmailClaim(email))) ?? {});
      return staffId === undefined ? undefined : staffOf(await read(staffKey(staffId)));
    },
    load: async (ids) =>
      (await getAll(table, [...new Set(ids)].map(staffKey), { consistent: true })).flatMap((item) => staffOf(item) ?? []),
    async ids({ behind, limit }) {
      const items = await queryUpTo(table, limit, {
        IndexName: indexNames.joined,
        KeyConditionExpression: `gsi1pk = :staff${behind === undefined ? '' : ' AND gsi1sk < :behind'}`,
        ExpressionAttributeValues: { ':staff': staffListPartition, ...(behind !== undefined && { ':behind': behind }) },
        ScanIndexForward: false,
      });
      return items.map((item) => indexEntry.parse(item).gsi1sk);
    },
    owners: async () => ownersItem.parse((await read(ownersKey)) ?? {}).owners,
    async change(was, to, entry) {
      const update = {
        Update: {
          TableName: identity,
          Key: staffKey(was.id),
          UpdateExpression: 'SET #roles = :roles, #status = :status',
          ConditionExpression: '#roles = :rolesWere AND #status = :statusWas',
          ExpressionAttributeNames: { '#roles': 'roles', '#status': 'status' },
          ExpressionAttributeValues: { ':roles': to.roles, ':status': to.status, ':rolesWere': was.roles, ':statusWas': was.status },
        },
      };
      const counted = Number(isActiveOwner(to)) - Number(isActiveOwner(was));
      const failed = await decide(tables, entry, [update, ...ownersCounted(identity, counted), raisedGuard(guards, was.id)]);
      return failed[0] === undefined ? 'changed' : (outcomes[failed[0]] ?? 'meanwhile');
    },
    async resetSecondFactor(link, entry) {
      const partition = staffPartition(link.staffId);
      const Item = { ...enrolmentLinkKey(link.staffId), ...enrolmentLinkSchema.parse(link), ttl: Math.ceil(link.expiresAtMs / 1_000) };
      await decide(tables, entry, [
        { Delete: { TableName: identity, Key: secondFactorKey(partition) } },
        { Put: { TableName: identity, Item } },
        raisedGuard(guards, link.staffId),
      ]);
    },
    async enrolmentLink(staffId) {
      const item = await read(enrolmentLinkKey(staffId));
      return item && enrolmentLinkSchema.parse(item);
    },
    useEnrolmentLink: ({ staffId, secretHash }, entry, write) => {
      const deletion = {
        Delete: {
          TableName: identity,
          Key: enrolmentLinkKey(staffId),
          ConditionExpression: 'secretHash = :hash',
          ExpressionAttributeValues: { ':hash': secretHash },
        },
      };
      return decideAlongside(tables, { entry, writes: [deletion] }, write);
    },
  };
}

/** Adds to the number of owners; refused where none would be left. */
export function ownersCounted(tableName: string, added: number): TransactItems {
  if (added === 0) return [];
  const count = { TableName: tableName, Key: ownersKey, UpdateExpression: 'ADD owners :added' };
  if (added > 0) return [{ Update: { ...count, ExpressionAttributeValues: { ':added': added } } }];
  return [
    {
      Update: { ...count, ConditionExpression: 'owners > :one', ExpressionAttributeValues: { ':added': added, ':one': 1 } },
    },
  ];
}

const claimItem = z.object({ staffId: z.string().optional() });
const indexEntry = z.object({ gsi1sk: z.string() });
const ownersItem = z.object({ owners: z.int().nonnegative().default(0) });
