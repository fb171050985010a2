/**
 * What every function of deposits is made of: the ledger, the store and the gateways of a deployment.
 */
import { configuredGateways, gatewayVariables, type GatewaySettings } from '#shared/payments/configured-gateways.ts';
import { banks } from '#shared/payments/payment.ts';
import type { MemberDirectory } from '#shared/identity/administration/ports.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { log } from '#shared/platform/log.ts';
import { dynamodbLedger } from '../dynamodb-ledger.ts';
import { dynamodbWalletWriter } from '../dynamodb-wallet-writer.ts';
import { membershipLevels } from '../member-levels.ts';
import { walletLimits } from '../wallet-limits.ts';
import { dynamodbDepositStore } from './dynamodb-deposit-store.ts';
import type { TransferAccount } from './ports.ts';

export const depositVariables = ['WALLET_TABLE', 'IDENTITY_TABLE', ...gatewayVariables] as const;

interface Settings extends GatewaySettings {
  readonly WALLET_TABLE: string;
  /** For functions in which somebody decides. */
  readonly AUDIT_TABLE?: string;
}

export function configuredDeposits(
  env: Settings,
  { client, members }: { readonly client: Table['client']; readonly members: Pick<MemberDirectory, 'get'> },
) {
  const [clock, chance] = [systemClock, systemChance];
  const table = { client, chance, name: env.WALLET_TABLE };
  const levels = membershipLevels({ members, clock });
  const ledger = dynamodbLedger(table, { clock, levels, limits: walletLimits });
  const audit = env.AUDIT_TABLE === undefined ? undefined : dynamodbAuditLog({ client, chance, name: env.AUDIT_TABLE }, clock);
  const write = dynamodbWalletWriter(table, { ledger, ...(audit !== undefined && { audit }) });
  return {
    clock,
    chance,
    ledger,
    levels,
    limits: walletLimits,
    deposits: dynamodbDepositStore(table, write),
    gateways: configuredGateways(env, { clock, chance }),
    phoneOf: async (memberId: string) => (await members.get(memberId))?.phone ?? undefined,
    onFailed: (depositId: string, error: unknown) => log.warn('A deposit has to wait', { depositId, error: error as Error }),
  };
}

/** `bca:1234567890:PT XM Indonesia`; undefined for `off`. Throws for anything else. */
export function transferAccountOf(text: string): TransferAccount | undefined {
  if (text === 'off') return undefined;
  const [, name, accountNumber = '', accountName = ''] = /^([a-z]+):(\d{6,20}):(.{3,60})$/.exec(text) ?? [];
  const bank = banks.find((known) => known === name);
  if (bank === undefined) throw new Error(`An account for transfers is written as bank:number:name, not as ${text}`);
  return { bank, accountNumber, accountName };
}
