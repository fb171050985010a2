/**
 * What every function of withdrawals is made of: the ledger and the store of a deployment. Its payout gateways are each function's own: a few pay out,
 * and hold the keys for it.
 */
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { dynamodbLedger } from '../dynamodb-ledger.ts';
import { dynamodbWalletWriter } from '../dynamodb-wallet-writer.ts';
import type { MembershipLevels } from '../ports.ts';
import { walletLimits } from '../wallet-limits.ts';
import { dynamodbWithdrawalStore } from './dynamodb-withdrawal-store.ts';

interface Settings {
  readonly WALLET_TABLE: string;
  /** For functions in which somebody decides. */
  readonly AUDIT_TABLE?: string;
}

export function configuredWithdrawals(env: Settings, client: Table['client']) {
  const [clock, chance] = [systemClock, systemChance];
  const table = { client, chance, name: env.WALLET_TABLE };
  const ledger = dynamodbLedger(table, { clock, levels: nobody, limits: walletLimits });
  const audit = env.AUDIT_TABLE === undefined ? undefined : dynamodbAuditLog({ client, chance, name: env.AUDIT_TABLE }, clock);
  const write = dynamodbWalletWriter(table, { ledger, ...(audit !== undefined && { audit }) });
  return {
    clock,
    chance,
    table,
    ledger,
    withdrawals: dynamodbWithdrawalStore(table, write),
  };
}

/** Nothing that is booked here is limited: what leaves is bounded by what is there, and what comes back was the member's before. */
const nobody: MembershipLevels = { of: async () => undefined };
