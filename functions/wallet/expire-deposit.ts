/**
 * Ends a deposit whose time is over: what its Step Functions execution does after it has waited. Whatever goes wrong is thrown, so that the
 * execution tries again.
 */
import * as z from 'zod';
import { dynamodbMemberDirectory } from '#shared/identity/administration/dynamodb-member-directory.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { configuredDeposits, depositVariables } from '#shared/wallet/deposits/configured-deposits.ts';
import { expireDeposit } from '#shared/wallet/deposits/end-deposit.ts';

const env = requireEnv(...depositVariables);
const [client, chance] = [documentClient(), systemChance];
const deps = configuredDeposits(env, { client, members: dynamodbMemberDirectory({ client, chance, name: env.IDENTITY_TABLE }) });

const timer = z.object({ depositId: z.string() });

export async function handler(event: unknown): Promise<{ readonly status: string }> {
  const { depositId } = timer.parse(event);
  const { status, expiresAtMs } = await expireDeposit(deps, { depositId, actor: 'system:timer' });
  log.info('Expiry', { depositId, status, lateMs: deps.clock.now() - expiresAtMs });
  return { status };
}
