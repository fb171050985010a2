/**
 * Every minute: sees to deposits that their timers or their charges have left behind.
 */
import { dynamodbMemberDirectory } from '#shared/identity/administration/dynamodb-member-directory.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { configuredDeposits, depositVariables } from '#shared/wallet/deposits/configured-deposits.ts';
import { sweepDeposits } from '#shared/wallet/deposits/sweep-deposits.ts';

const env = requireEnv(...depositVariables);
const [client, chance] = [documentClient(), systemChance];
const deps = configuredDeposits(env, { client, members: dynamodbMemberDirectory({ client, chance, name: env.IDENTITY_TABLE }) });

export async function handler(): Promise<void> {
  const swept = await sweepDeposits(deps);
  if (swept.due + swept.refunds > 0) log.info('Sweep', { ...swept });
}
