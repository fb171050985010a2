/**
 * The invitation of the first owner, written with the operator's own rights: before it there is nobody who could invite.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamodbInvitationStore } from '#shared/identity/staff/dynamodb-invitation-store.ts';
import { dynamodbStaffStore } from '#shared/identity/staff/dynamodb-staff-store.ts';
import { createFirstOwner } from '#shared/identity/staff/invite-staff.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { systemChance } from '#shared/platform/chance.ts';
import type { Deployment } from './deployment.ts';

/** Undefined when there is an owner. */
export async function inviteFirstOwner(deployment: Deployment, email: string): ReturnType<typeof createFirstOwner> {
  const base = new DynamoDBClient(deployment.client);
  const client = DynamoDBDocumentClient.from(base, { marshallOptions: { removeUndefinedValues: true } });
  const clock = { now: () => deployment.nowMs };
  const chance = systemChance;
  const audit = dynamodbAuditLog({ client, name: deployment.output('AuditTable'), chance }, clock);
  const tables = { client, clock, chance, audit, identity: deployment.output('IdentityTable'), guards: deployment.output('GuardsTable') };
  try {
    const stores = { staff: dynamodbStaffStore(tables), invitations: dynamodbInvitationStore(tables) };
    return await createFirstOwner({ ...stores, clock, chance, backofficeOrigin: deployment.output('StaffOrigin') }, email);
  } finally {
    base.destroy();
  }
}
