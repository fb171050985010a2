/**
 * Sign-in and the own account, of members and of staff: the one function that has the secret of identity at hand, and better-auth in it.
 */
import { KMSClient } from '@aws-sdk/client-kms';
import type { Context } from 'aws-lambda';
import { accountEndpoints } from '#shared/identity/account/account-endpoints.ts';
import { dynamodbDeletionQueue } from '#shared/identity/account/dynamodb-deletion-queue.ts';
import { exportClient, s3ExportFiles } from '#shared/identity/account/s3-export-files.ts';
import { dynamodbMemberDirectory } from '#shared/identity/administration/dynamodb-member-directory.ts';
import { noBreachList } from '#shared/identity/engine/breach-list.ts';
import { dynamodbEngines } from '#shared/identity/engine/dynamodb-engine.ts';
import { hibpBreachList } from '#shared/identity/engine/hibp-breach-list.ts';
import { keyedHash } from '#shared/identity/engine/identity-keys.ts';
import { memberRealm } from '#shared/identity/engine/member-realm.ts';
import { staffRealm } from '#shared/identity/engine/staff-realm.ts';
import { dynamodbCardStore } from '#shared/identity/kyc/dynamodb-card-store.ts';
import { kmsCardVault } from '#shared/identity/kyc/kms-card-vault.ts';
import { kycEndpoints } from '#shared/identity/kyc/kyc-endpoints.ts';
import { signInEndpoints } from '#shared/identity/sign-in/sign-in-endpoints.ts';
import { deskEndpoints } from '#shared/identity/staff/desk-endpoints.ts';
import { dynamodbInvitationStore } from '#shared/identity/staff/dynamodb-invitation-store.ts';
import { dynamodbStaffStore } from '#shared/identity/staff/dynamodb-staff-store.ts';
import { sqsMessageClient, sqsMessageQueue } from '#shared/messaging/sqs-message-queue.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { dynamodbAuditReader } from '#shared/platform/audit/dynamodb-audit-reader.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { edgeHttpHandler } from '#shared/platform/http/http-handler.ts';
import type { HttpEvent } from '#shared/platform/http/request.ts';
import { dynamodbRateLimits } from '#shared/platform/rate-limit/dynamodb-rate-limits.ts';
import { secretReader } from '#shared/platform/secret.ts';

const env = requireEnv(
  'IDENTITY_TABLE',
  'GUARDS_TABLE',
  'AUDIT_TABLE',
  'KYC_TABLE',
  'LIMITS_TABLE',
  'KYC_KEY_ID',
  'IDENTITY_SECRET_ID',
  'JWT_ISSUER',
  'JWT_AUDIENCE',
  'BACKOFFICE_ORIGIN',
  'MESSAGES_QUEUE_URL',
  'BREACH_LIST_URL',
  'EXPORTS_BUCKET',
  'ORIGIN_KEY_SECRET_ID',
);
const [client, clock, chance] = [documentClient(), systemClock, systemChance];
const identity = { client, chance, name: env.IDENTITY_TABLE };
const auditTable = { client, chance, name: env.AUDIT_TABLE };
const audit = dynamodbAuditLog(auditTable, clock);
const decisions = { client, clock, chance, audit, identity: env.IDENTITY_TABLE, guards: env.GUARDS_TABLE, cards: env.KYC_TABLE };
const deps = {
  audit,
  auditReader: dynamodbAuditReader(auditTable),
  messenger: sqsMessageQueue(sqsMessageClient(), env.MESSAGES_QUEUE_URL),
  limits: dynamodbRateLimits({ client, chance, name: env.LIMITS_TABLE }, clock),
  deletions: dynamodbDeletionQueue(identity),
  files: s3ExportFiles({ client: exportClient(), bucket: env.EXPORTS_BUCKET, clock }),
  members: dynamodbMemberDirectory(identity),
  cards: dynamodbCardStore(decisions),
  vault: kmsCardVault({ client: new KMSClient(), keyId: env.KYC_KEY_ID, chance }),
  staff: dynamodbStaffStore(decisions),
  invitations: dynamodbInvitationStore(decisions),
  backofficeOrigin: env.BACKOFFICE_ORIGIN,
  clock,
};

const readSecret = secretReader(env.IDENTITY_SECRET_ID, clock);
const readOriginKey = secretReader(env.ORIGIN_KEY_SECRET_ID, clock);
let serving: Promise<ReturnType<typeof edgeHttpHandler>> | undefined;

/** Opens the engines with the first request. One that fails is tried again with the next. */
export async function handler(event: HttpEvent, context: Context) {
  serving ??= open();
  try {
    return await (
      await serving
    )(event, context);
  } catch (error) {
    serving = undefined;
    throw error;
  }
}

async function open() {
  const engines = dynamodbEngines({
    tables: { identity, guards: env.GUARDS_TABLE },
    secret: await readSecret(),
    issuer: { issuer: env.JWT_ISSUER, audience: env.JWT_AUDIENCE },
    breaches: env.BREACH_LIST_URL === 'off' ? noBreachList : hibpBreachList(env.BREACH_LIST_URL, fetch),
    clock,
    chance,
  });
  const [members, staff] = await Promise.all([engines.open(memberRealm), engines.open(staffRealm)]);
  const ofMembers = { ...deps, engine: members };
  return edgeHttpHandler(
    readOriginKey,
    ...signInEndpoints(ofMembers),
    ...accountEndpoints(ofMembers),
    ...kycEndpoints({ ...deps, hashNik: (nik) => keyedHash(engines.keys['kyc-index'], nik) }),
    ...deskEndpoints({ ...deps, engine: staff }),
  );
}
