/**
 * Changes of membership in DynamoDB: the member, the end that the status has, the session guard and the audit record, all at once.
 */
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItems } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { decide, type DecisionTables } from '../dynamodb-decisions.ts';
import { endKey, memberKey } from '../dynamodb-identity-keys.ts';
import { statusIndexKeys } from '../dynamodb-member-item.ts';
import { raisedGuard } from '../dynamodb-session-guards.ts';
import type { MembershipChange, MembershipStore } from './ports.ts';

export function dynamodbMembershipStore(tables: DecisionTables): MembershipStore {
  return {
    change: async (change, entry) => (await decide(tables, entry, membershipWrites(tables, change))).length === 0,
    async forgetEnd({ memberId, untilMs }) {
      await tables.client.send(new DeleteCommand({ TableName: tables.identity, Key: endKey(untilMs, memberId) }));
    },
  };
}

/** The first of them has the condition that the membership is still what was decided on. */
export function membershipWrites(
  { identity, guards }: Pick<DecisionTables, 'identity' | 'guards'>,
  { member, to, kyc, endsTokens }: MembershipChange,
): TransactItems {
  const { gsi3pk, gsi3sk } = statusIndexKeys(member.id, to.status);
  const listed = gsi3pk === undefined ? ' REMOVE gsi3pk, gsi3sk' : ', gsi3pk = :gsi3pk, gsi3sk = :gsi3sk';
  const update = {
    Update: {
      TableName: identity,
      Key: memberKey(member.id),
      UpdateExpression: `SET membership = :to${kyc === undefined ? '' : ', kyc = :kyc'}${listed}`,
      ConditionExpression: `membership = :was${kyc === undefined ? '' : ' AND kyc = :kycWas'}`,
      ExpressionAttributeValues: {
        ':to': to,
        ':was': member.membership,
        ...(kyc !== undefined && { ':kyc': kyc, ':kycWas': member.kyc }),
        ...(gsi3pk !== undefined && { ':gsi3pk': gsi3pk, ':gsi3sk': gsi3sk }),
      },
    },
  };
  return [update, ...endWrites(identity, { member, to, endsTokens }), ...(endsTokens ? [raisedGuard(guards, member.id)] : [])];
}

/** Ends stand in a queue of their own, by time, for the sweep. */
function endWrites(table: string, { member, to }: MembershipChange): TransactItems {
  const former = member.membership.untilMs;
  if (former === to.untilMs) return [];
  const { id } = member;
  return [
    ...(former === null ? [] : [{ Delete: { TableName: table, Key: endKey(former, id) } }]),
    ...(to.untilMs === null ? [] : [{ Put: { TableName: table, Item: { ...endKey(to.untilMs, id), memberId: id, untilMs: to.untilMs } } }]),
  ];
}
