/**
 * What reconciliation is made of: the ledger, what is under way, and the reports of a deployment's gateways.
 */
import { irisReport } from '#shared/payments/midtrans-iris-report.ts';
import type { DailyReport } from '#shared/payments/report.ts';
import { xenditReport } from '#shared/payments/xendit-report.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { dynamodbDepositStore } from '../deposits/dynamodb-deposit-store.ts';
import { dynamodbLedger } from '../dynamodb-ledger.ts';
import { dynamodbLedgerAudit } from '../dynamodb-ledger-audit.ts';
import { dynamodbWalletWriter } from '../dynamodb-wallet-writer.ts';
import { walletLimits } from '../wallet-limits.ts';
import { dynamodbWithdrawalStore } from '../withdrawals/dynamodb-withdrawal-store.ts';
import { dynamodbExceptionStore } from './dynamodb-exception-store.ts';
import { dynamodbRunStore } from './dynamodb-run-store.ts';
import { ledgerBookings } from './ledger-bookings.ts';

export const reconciliationVariables = [
  'WALLET_TABLE',
  'IRIS_URL',
  'XENDIT_URL',
  'IRIS_CREATOR_KEY_SECRET_ID',
  'XENDIT_SECRET_KEY_SECRET_ID',
] as const;

type Settings = Readonly<Record<(typeof reconciliationVariables)[number], string>> & {
  /** For the function in which staff resolve. */
  readonly AUDIT_TABLE?: string;
};

export function configuredReconciliation(env: Settings, client: Table['client']) {
  const [clock, chance] = [systemClock, systemChance];
  const table = { client, chance, name: env.WALLET_TABLE };
  // Nothing is booked here.
  const ledger = dynamodbLedger(table, { clock, levels: { of: async () => undefined }, limits: walletLimits });
  const write = dynamodbWalletWriter(table, { ledger });
  const audit = env.AUDIT_TABLE === undefined ? undefined : dynamodbAuditLog({ client, chance, name: env.AUDIT_TABLE }, clock);
  return {
    clock,
    reports: configuredReports(env),
    bookings: ledgerBookings({ ledger, journal: dynamodbLedgerAudit(table) }),
    exceptions: dynamodbExceptionStore(table, audit),
    runs: dynamodbRunStore(table),
    deposits: dynamodbDepositStore(table, write),
    withdrawals: dynamodbWithdrawalStore(table, write),
  };
}

/** Midtrans' report of payments is brought by people: its API has none. */
function configuredReports(env: Settings): DailyReport[] {
  const [clock, chance] = [systemClock, systemChance];
  const creatorKey = secretReader(env.IRIS_CREATOR_KEY_SECRET_ID, clock);
  const secretKey = secretReader(env.XENDIT_SECRET_KEY_SECRET_ID, clock);
  return [
    ...(env.IRIS_URL === 'off' ? [] : [irisReport({ baseUrl: env.IRIS_URL, creatorKey, clock, chance })]),
    ...(env.XENDIT_URL === 'off' ? [] : [xenditReport({ baseUrl: env.XENDIT_URL, secretKey, clock, chance })]),
  ];
}
