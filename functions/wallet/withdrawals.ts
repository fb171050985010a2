/**
 * Withdrawals and bank accounts, as members have them. Nothing here can pay out: whose an account is, is all that a gateway is asked.
 */
import { KMSClient } from '@aws-sdk/client-kms';
import { dynamodbSealedCards } from '#shared/identity/kyc/dynamodb-sealed-cards.ts';
import { kmsCardVault } from '#shared/identity/kyc/kms-card-vault.ts';
import { nameOnCard } from '#shared/identity/kyc/name-on-card.ts';
import { accountHolderVariables, configuredAccountHolders } from '#shared/payments/configured-payouts.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { edgeHttpHandler } from '#shared/platform/http/http-handler.ts';
import { dynamodbRateLimits } from '#shared/platform/rate-limit/dynamodb-rate-limits.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { configuredWithdrawals } from '#shared/wallet/withdrawals/configured-withdrawals.ts';
import { dynamodbBankAccountBook } from '#shared/wallet/withdrawals/dynamodb-bank-account-book.ts';
import { memberEndpoints } from '#shared/wallet/withdrawals/member-endpoints.ts';
import { withdrawalTerms } from '#shared/wallet/withdrawals/withdrawal-terms.ts';

const env = requireEnv('WALLET_TABLE', ...accountHolderVariables, 'KYC_TABLE', 'KYC_KEY_ID', 'LIMITS_TABLE', 'ORIGIN_KEY_SECRET_ID');
const client = documentClient();
const configured = configuredWithdrawals(env, client);
const cards = {
  cards: dynamodbSealedCards({ client, name: env.KYC_TABLE }),
  vault: kmsCardVault({ client: new KMSClient(), keyId: env.KYC_KEY_ID, chance: systemChance }),
};
const deps = {
  ...configured,
  channels: configuredAccountHolders(env, configured),
  bankAccounts: dynamodbBankAccountBook(configured.table),
  rates: dynamodbRateLimits({ client, chance: systemChance, name: env.LIMITS_TABLE }, systemClock),
  cardNames: { of: (memberId: string) => nameOnCard(cards, memberId) },
  terms: withdrawalTerms,
};

export const handler = edgeHttpHandler(secretReader(env.ORIGIN_KEY_SECRET_ID, systemClock), ...memberEndpoints(deps));
