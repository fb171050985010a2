/**
 * Every hour: ends what has run out, erases accounts whose time of grace is over, and renews the signing key.
 */
import { dynamodbDeletionQueue, dynamodbMemberBelongings } from '#shared/identity/account/dynamodb-deletion-queue.ts';
import { eraseMembers } from '#shared/identity/account/erase-members.ts';
import { exportClient, s3ExportFiles } from '#shared/identity/account/s3-export-files.ts';
import { dynamodbMemberDirectory } from '#shared/identity/administration/dynamodb-member-directory.ts';
import { dynamodbMembershipStore } from '#shared/identity/administration/dynamodb-membership-store.ts';
import { endMemberships } from '#shared/identity/administration/end-memberships.ts';
import { noBreachList } from '#shared/identity/engine/breach-list.ts';
import { dynamodbEngines } from '#shared/identity/engine/dynamodb-engine.ts';
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
const erasing = {
  audit,
  deletions: dynamodbDeletionQueue(identity),
  belongings: dynamodbMemberBelongings(identity),
  cards: dynamodbCardStore(decisions),
  files: s3ExportFiles({ client: exportClient(), bucket: env.EXPORTS_BUCKET, clock }),
};
const readSecret = secretReader(env.IDENTITY_SECRET_ID, clock);

export async function handler(): Promise<void> {
  // The sweep signs nothing and takes no passwords: issuer and list are of no use to it.
  const engines = dynamodbEngines({
    tables: { identity, guards: env.GUARDS_TABLE },
    secret: await readSecret(),
    issuer: { issuer: 'sweep', audience: 'nobody' },
    breaches: noBreachList,
    clock,
    chance,
  });
  const engine = await engines.open(memberRealm);
  await sweepIdentity({
    audit,
    signing: engines.signing,
    endMemberships: () => endMemberships({ members, memberships, clock }),
    eraseMembers: () => eraseMembers({ ...erasing, engine }),
  });
}
