/**
 * Staff accounts and invitations, as owners decide about them.
 */
import { dynamodbSubjectSessions } from '#shared/identity/dynamodb-subject-sessions.ts';
import { staffRoutes } from '#shared/identity/routes/staff-routes.ts';
import { changeRoles, changeStaffStatus, endStaffSessions } from '#shared/identity/staff/change-staff.ts';
import { deciderOf } from '#shared/identity/staff/decider-of-request.ts';
import { dynamodbInvitationStore } from '#shared/identity/staff/dynamodb-invitation-store.ts';
import { dynamodbStaffStore } from '#shared/identity/staff/dynamodb-staff-store.ts';
import { inviteStaff, withdrawInvitation } from '#shared/identity/staff/invite-staff.ts';
import { listInvitations, listStaff, readStaff } from '#shared/identity/staff/list-staff.ts';
import { resetSecondFactor } from '#shared/identity/staff/reset-second-factor.ts';
import { sqsMessageClient, sqsMessageQueue } from '#shared/messaging/sqs-message-queue.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { edgeHttpHandler, on, required } from '#shared/platform/http/http-handler.ts';
import { dynamodbRateLimits } from '#shared/platform/rate-limit/dynamodb-rate-limits.ts';
import { secretReader } from '#shared/platform/secret.ts';

const env = requireEnv(
  'IDENTITY_TABLE',
  'GUARDS_TABLE',
  'AUDIT_TABLE',
  'LIMITS_TABLE',
  'MESSAGES_QUEUE_URL',
  'BACKOFFICE_ORIGIN',
  'ORIGIN_KEY_SECRET_ID',
);
const [client, clock, chance] = [documentClient(), systemClock, systemChance];
const audit = dynamodbAuditLog({ client, name: env.AUDIT_TABLE, chance }, clock);
const tables = { client, clock, chance, audit, identity: env.IDENTITY_TABLE, guards: env.GUARDS_TABLE };
const deps = {
  staff: dynamodbStaffStore(tables),
  invitations: dynamodbInvitationStore(tables),
  sessions: dynamodbSubjectSessions(tables),
  limits: dynamodbRateLimits({ client, name: env.LIMITS_TABLE, chance }, clock),
  messenger: sqsMessageQueue(sqsMessageClient(), env.MESSAGES_QUEUE_URL),
  backofficeOrigin: env.BACKOFFICE_ORIGIN,
  clock,
  chance,
};

export const handler = edgeHttpHandler(
  secretReader(env.ORIGIN_KEY_SECRET_ID, clock),
  on(staffRoutes.list, ({ query }) => listStaff(deps, query)),
  on(staffRoutes.read, ({ path, caller }) => readStaff(deps, { ...path, currentSessionId: required(caller).sessionId })),
  on(staffRoutes.changeRoles, (input) => changeRoles(deps, { ...input.path, ...input.body, decider: deciderOf(input) })),
  on(staffRoutes.changeStatus, (input) => changeStaffStatus(deps, { ...input.path, ...input.body, decider: deciderOf(input) })),
  on(staffRoutes.resetSecondFactor, (input) => resetSecondFactor(deps, { ...input.path, ...input.body, decider: deciderOf(input) })),
  on(staffRoutes.endSessions, (input) => endStaffSessions(deps, { ...input.path, decider: deciderOf(input) })),
  on(staffRoutes.listInvitations, ({ query }) => listInvitations(deps, query)),
  on(staffRoutes.invite, (input) => inviteStaff(deps, { ...input.body, decider: deciderOf(input) })),
  on(staffRoutes.withdrawInvitation, (input) => withdrawInvitation(deps, { ...input.path, decider: deciderOf(input) })),
);
