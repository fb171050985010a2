/**
 * Who somebody of the staff is, for other capabilities' decisions: a look at one item.
 */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#shared/platform/dynamodb.ts';
import { staffKey } from '../dynamodb-identity-keys.ts';
import type { StaffNames } from './decider.ts';
import { staffOf } from './dynamodb-staff-item.ts';

export function dynamodbStaffNames({ client, name }: Pick<Table, 'client' | 'name'>): StaffNames {
  return {
    async get(staffId) {
      const { Item } = await client.send(new GetCommand({ TableName: name, Key: staffKey(staffId), ConsistentRead: true }));
      return staffOf(Item);
    },
  };
}
