/**
 * What an operator decides about owners, with the operator's own rights, where nobody in the backoffice can.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamodbSubjectSessions } from '#shared/identity/dynamodb-subject-sessions.ts';
import { dynamodbInvitationStore } from '#shared/identity/staff/dynamodb-invitation-store.ts';
import { dynamodbStaffStore } from '#shared/identity/staff/dynamodb-staff-store.ts';
import { createFirstOwner } from '#shared/identity/staff/invite-staff.ts';
import { renewOwnersSecondFactor } from '#shared/identity/staff/reset-second-factor.ts';
import { sqsMessageQueue } from '#shared/messaging/sqs-message-queue.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { systemChance } from '#shared/platform/chance.ts';
import type { Deployment } from './deployment.ts';

/** The invitation of the first owner: before it there is nobody who could invite. Undefined when there is an owner. */
export function inviteFirstOwner(deployment: Deployment, email: string): ReturnType<typeof createFirstOwner> {
  return withStores(deployment, (stores) => createFirstOwner(stores, email));
}

/** Break-glass: an owner who has lost the authenticator app gets a link to set up another. Undefined when there is no such owner. */
export async function renewSecondFactor(deployment: Deployment, email: string): ReturnType<typeof renewOwnersSecondFactor> {
  const queue = new SQSClient(deployment.client);
  try {
    const messenger = sqsMessageQueue(queue, deployment.output('MessagesQueue'));
    const reason = 'npm run owner -- --renew-second-factor';
    return await withStores(deployment, (stores) => renewOwnersSecondFactor({ ...stores, messenger }, { email, reason }));
  } finally {
    queue.destroy();
  }
}

async function withStores<Answer>(deployment: Deployment, work: (stores: ReturnType<typeof storesOf>) => Promise<Answer>): Promise<Answer> {
  const base = new DynamoDBClient(deployment.client);
  try {
    return await work(storesOf(deployment, base));
  } finally {
    base.destroy();
  }
}

function storesOf(deployment: Deployment, base: DynamoDBClient) {
  const client = DynamoDBDocumentClient.from(base, { marshallOptions: { removeUndefinedValues: true } });
  const clock = { now: () => deployment.nowMs };
  const chance = systemChance;
  const audit = dynamodbAuditLog({ client, name: deployment.output('AuditTable'), chance }, clock);
  const tables = { client, clock, chance, audit, identity: deployment.output('IdentityTable'), guards: deployment.output('GuardsTable') };
  return {
    staff: dynamodbStaffStore(tables),
    invitations: dynamodbInvitationStore(tables),
    sessions: dynamodbSubjectSessions(tables),
    backofficeOrigin: deployment.output('StaffOrigin'),
    clock,
    chance,
  };
}
