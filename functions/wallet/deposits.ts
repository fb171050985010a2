/**
 * Deposits, as members open, watch and cancel them.
 */
import { dynamodbMemberDirectory } from '#shared/identity/administration/dynamodb-member-directory.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { edgeHttpHandler } from '#shared/platform/http/http-handler.ts';
import { dynamodbRateLimits } from '#shared/platform/rate-limit/dynamodb-rate-limits.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { configuredDeposits, depositVariables, transferAccountOf } from '#shared/wallet/deposits/configured-deposits.ts';
import { memberEndpoints } from '#shared/wallet/deposits/member-endpoints.ts';
import { pageEndpoints } from '#shared/wallet/deposits/page-endpoints.ts';

const env = requireEnv(...depositVariables, 'LIMITS_TABLE', 'TRANSFER_ACCOUNT', 'DEPOSIT_LINK_SECRET_ID', 'ORIGIN_KEY_SECRET_ID');
const [client, clock, chance] = [documentClient(), systemClock, systemChance];
const members = dynamodbMemberDirectory({ client, chance, name: env.IDENTITY_TABLE });
const deps = {
  ...configuredDeposits(env, { client, members }),
  members,
  rates: dynamodbRateLimits({ client, chance, name: env.LIMITS_TABLE }, clock),
  transferAccount: transferAccountOf(env.TRANSFER_ACCOUNT),
  linkSecret: secretReader(env.DEPOSIT_LINK_SECRET_ID, clock),
  pageOrigin: env.DEPOSIT_PAGE_ORIGIN,
};

export const handler = edgeHttpHandler(secretReader(env.ORIGIN_KEY_SECRET_ID, clock), ...memberEndpoints(deps), ...pageEndpoints(deps));
