/**
 * Withdrawals and bank accounts, as members have them.
 */
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { edgeHttpHandler } from '#shared/platform/http/http-handler.ts';
import { dynamodbRateLimits } from '#shared/platform/rate-limit/dynamodb-rate-limits.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { configuredWithdrawals, withdrawalVariables } from '#shared/wallet/withdrawals/configured-withdrawals.ts';
import { dynamodbBankAccountBook } from '#shared/wallet/withdrawals/dynamodb-bank-account-book.ts';
import { memberEndpoints } from '#shared/wallet/withdrawals/member-endpoints.ts';
import { withdrawalTerms } from '#shared/wallet/withdrawals/withdrawal-terms.ts';

const env = requireEnv(...withdrawalVariables, 'LIMITS_TABLE', 'ORIGIN_KEY_SECRET_ID');
const client = documentClient();
const configured = configuredWithdrawals(env, client);
const deps = {
  ...configured,
  bankAccounts: dynamodbBankAccountBook(configured.table),
  rates: dynamodbRateLimits({ client, chance: systemChance, name: env.LIMITS_TABLE }, systemClock),
  cardNames: { of: async () => undefined },
  terms: withdrawalTerms,
};

export const handler = edgeHttpHandler(secretReader(env.ORIGIN_KEY_SECRET_ID, systemClock), ...memberEndpoints(deps));
