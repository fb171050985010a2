/**
 * Every hour: ends what has run out, erases accounts whose time of grace is over, and renews the signing key.
 */
import { dynamodbDeletionQueue, dynamodbMemberBelongings } from '#shared/identity/account/dynamodb-deletion-queue.ts';
import { eraseMembers } from '#shared/identity/account/erase-members.ts';
import { exportClient, s3ExportFiles } from '#shared/identity/account/s3-export-files.ts';
import { dynamodbMemberDirectory } from '#shared/identity/administration/dynamodb-member-directory.ts';
import { dynamodbMembershipStore } from '#shared/identity/administration/dynamodb-membership-store.ts';
import { endMemberships } from '#shared/identity/administration/end-memberships.ts';
import { dynamodbSubjectSessions } from '#shared/identity/dynamodb-subject-sessions.ts';
import { dynamodbAuthDatabase } from '#shared/identity/engine/dynamodb-auth-database.ts';
import { dynamodbSigningKeys } from '#shared/identity/engine/dynamodb-signing-keys.ts';
import { identityKeys } from '#shared/identity/engine/identity-keys.ts';
import { memberRealm } from '#shared/identity/engine/member-realm.ts';
import { dynamodbCardStore } from '#shared/identity/kyc/dynamodb-card-store.ts';
import { sweepIdentity } from '#shared/identity/sweep-identity.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { secretReader } from '#shared/platform/secret.ts';

const env = requireEnv('IDENTITY_TABLE', 'GUARDS_TABLE', 'AUDIT_TABLE', 'KYC_TABLE', 'IDENTITY_SECRET_ID', 'EXPORTS_BUCKET');
const [client, clock, chance] = [documentClient(), systemClock, systemChance];
const identity = { client, chance, name: env.IDENTITY_TABLE };
const audit = dynamodbAuditLog({ client, chance, name: env.AUDIT_TABLE }, clock);
const decisions = { client, clock, chance, audit, identity: env.IDENTITY_TABLE, guards: env.GUARDS_TABLE, cards: env.KYC_TABLE };
const members = dynamodbMemberDirectory(identity);
const memberships = dynamodbMembershipStore(decisions);
const tables = { identity, guards: env.GUARDS_TABLE };
const erasing = {
  database: dynamodbAuthDatabase(tables, memberRealm),
  sessions: dynamodbSubjectSessions(decisions),
  deletions: dynamodbDeletionQueue(identity),
  belongings: dynamodbMemberBelongings(identity),
  cards: dynamodbCardStore(decisions),
  files: s3ExportFiles({ client: exportClient(), bucket: env.EXPORTS_BUCKET, clock }),
  audit,
  clock,
};
const readSecret = secretReader(env.IDENTITY_SECRET_ID, clock);

export async function handler(): Promise<void> {
  const sealingKey = identityKeys(await readSecret())['signing-keys'];
  await sweepIdentity({
    audit,
    signing: { store: dynamodbSigningKeys(tables), sealingKey, clock, chance },
    endMemberships: () => endMemberships({ members, memberships, clock }),
    eraseMembers: () => eraseMembers(erasing),
  });
}
