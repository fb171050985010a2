/**
 * Deposits, as staff see and decide about them.
 */
import { dynamodbMemberDirectory } from '#shared/identity/administration/dynamodb-member-directory.ts';
import { dynamodbStaffNames } from '#shared/identity/staff/dynamodb-staff-names.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { edgeHttpHandler } from '#shared/platform/http/http-handler.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { configuredDeposits, depositVariables } from '#shared/wallet/deposits/configured-deposits.ts';
import { deskEndpoints } from '#shared/wallet/deposits/desk-endpoints.ts';
import { dynamodbExceptionStore } from '#shared/wallet/reconciliation/dynamodb-exception-store.ts';

const env = requireEnv(...depositVariables, 'AUDIT_TABLE', 'ORIGIN_KEY_SECRET_ID');
const [client, chance] = [documentClient(), systemChance];
const deps = {
  ...configuredDeposits(env, { client, members: dynamodbMemberDirectory({ client, chance, name: env.IDENTITY_TABLE }) }),
  staff: dynamodbStaffNames({ client, name: env.IDENTITY_TABLE }),
  exceptions: dynamodbExceptionStore({ client, chance, name: env.WALLET_TABLE }),
};

export const handler = edgeHttpHandler(secretReader(env.ORIGIN_KEY_SECRET_ID, systemClock), ...deskEndpoints(deps));
