/**
 * Every night: computes every chain, balance, hold and sum of the ledger anew, as `npm run ledger:verify` does. What differs is logged, and an alarm
 * listens to the last line.
 */
import { systemChance } from '#shared/platform/chance.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { dynamodbLedgerAudit } from '#shared/wallet/dynamodb-ledger-audit.ts';
import { verifyLedger } from '#shared/wallet/verify-ledger.ts';

const env = requireEnv('WALLET_TABLE');
const audit = dynamodbLedgerAudit({ client: documentClient(), name: env.WALLET_TABLE, chance: systemChance });

export async function handler(): Promise<void> {
  const { problems, heads: _heads, ...counts } = await verifyLedger(audit);
  for (const problem of problems) log.error('A problem of the ledger', { problem });
  if (counts.problemCount === 0) log.info('The ledger is whole', { ...counts });
  else log.error('The ledger is not what was written', { ...counts });
}
