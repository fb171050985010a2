/**
 * Members, as staff see them and decide about them.
 */
import { KMSClient } from '@aws-sdk/client-kms';
import { addNote, listNotes } from '#shared/identity/administration/member-notes.ts';
import { changeStatus } from '#shared/identity/administration/change-status.ts';
import { dynamodbMemberDirectory } from '#shared/identity/administration/dynamodb-member-directory.ts';
import { dynamodbMembershipStore } from '#shared/identity/administration/dynamodb-membership-store.ts';
import { dynamodbNoteStore } from '#shared/identity/administration/dynamodb-note-store.ts';
import { listMembers } from '#shared/identity/administration/list-members.ts';
import { endMemberSession, endMemberSessions, listMemberSessions } from '#shared/identity/administration/member-sessions.ts';
import { readMember } from '#shared/identity/administration/read-member.ts';
import { dynamodbSubjectSessions } from '#shared/identity/dynamodb-subject-sessions.ts';
import { decideKyc, readKyc } from '#shared/identity/kyc/decide-kyc.ts';
import { dynamodbCardStore } from '#shared/identity/kyc/dynamodb-card-store.ts';
import { kmsCardVault } from '#shared/identity/kyc/kms-card-vault.ts';
import { memberRoutes } from '#shared/identity/routes/member-routes.ts';
import { deciderOf } from '#shared/identity/staff/decider-of-request.ts';
import { dynamodbStaffStore } from '#shared/identity/staff/dynamodb-staff-store.ts';
import { sqsMessageClient, sqsMessageQueue } from '#shared/messaging/sqs-message-queue.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { edgeHttpHandler, on } from '#shared/platform/http/http-handler.ts';
import { secretReader } from '#shared/platform/secret.ts';

const env = requireEnv(
  'IDENTITY_TABLE',
  'GUARDS_TABLE',
  'AUDIT_TABLE',
  'KYC_TABLE',
  'KYC_KEY_ID',
  'MESSAGES_QUEUE_URL',
  'ORIGIN_KEY_SECRET_ID',
);
const [client, clock, chance] = [documentClient(), systemClock, systemChance];
const audit = dynamodbAuditLog({ client, name: env.AUDIT_TABLE, chance }, clock);
const tables = { client, clock, chance, audit, identity: env.IDENTITY_TABLE, guards: env.GUARDS_TABLE, cards: env.KYC_TABLE };
const deps = {
  members: dynamodbMemberDirectory({ client, name: env.IDENTITY_TABLE, chance }),
  memberships: dynamodbMembershipStore(tables),
  sessions: dynamodbSubjectSessions(tables),
  notes: dynamodbNoteStore(tables),
  cards: dynamodbCardStore(tables),
  vault: kmsCardVault({ client: new KMSClient(), keyId: env.KYC_KEY_ID, chance }),
  staff: dynamodbStaffStore(tables),
  messenger: sqsMessageQueue(sqsMessageClient(), env.MESSAGES_QUEUE_URL),
  audit,
  clock,
  chance,
};

export const handler = edgeHttpHandler(
  secretReader(env.ORIGIN_KEY_SECRET_ID, clock),
  on(memberRoutes.list, ({ query }) => listMembers(deps, query)),
  on(memberRoutes.read, ({ path }) => readMember(deps, path.memberId)),
  on(memberRoutes.changeStatus, (input) => changeStatus(deps, { ...input.path, ...input.body, decider: deciderOf(input) })),
  on(memberRoutes.listSessions, ({ path }) => listMemberSessions(deps, path.memberId)),
  on(memberRoutes.endSession, (input) => endMemberSession(deps, { ...input.path, decider: deciderOf(input) })),
  on(memberRoutes.endAllSessions, (input) => endMemberSessions(deps, { ...input.path, decider: deciderOf(input) })),
  on(memberRoutes.listNotes, ({ path, query }) => listNotes(deps, { ...path, ...query })),
  on(memberRoutes.addNote, (input) => addNote(deps, { ...input.path, ...input.body, decider: deciderOf(input) })),
  on(memberRoutes.readKyc, (input) => readKyc(deps, { ...input.path, decider: deciderOf(input) })),
  on(memberRoutes.decideKyc, (input) => decideKyc(deps, { ...input.path, ...input.body, decider: deciderOf(input) })),
);
