/**
 * Deposits that are all due in the same second, which members cannot be made to open: the use case itself runs here, on a clock that stands still. What it
 * writes to the table and charges at the gateway is real, and so is everything behind it.
 */
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { operator } from '#infra/local/operator.ts';
import { runningStack } from '#infra/local/running.ts';
import { midtransGateway } from '#shared/payments/midtrans-gateway.ts';
import { systemChance as chance } from '#shared/platform/chance.ts';
import { dynamodbLedger } from '#shared/wallet/dynamodb-ledger.ts';
import { dynamodbWalletWriter } from '#shared/wallet/dynamodb-wallet-writer.ts';
import { dynamodbDepositStore } from '#shared/wallet/deposits/dynamodb-deposit-store.ts';
import { openDeposit, type OpeningDeps } from '#shared/wallet/deposits/open-deposit.ts';
import { walletLimits } from '#shared/wallet/wallet-limits.ts';
import type { RunningStack } from '#test/journey/local-stack.ts';

const region = 'ap-southeast-3';
const atOnce = 20;

export interface DueAtOnce {
  readonly ids: ReadonlySet<string>;
  /** Of each of them. */
  readonly deadlineMs: number;
}

export async function openDueAtOnce(
  stack: RunningStack,
  { members, each, nowMs }: { readonly members: readonly string[]; readonly each: number; readonly nowMs: number },
): Promise<DueAtOnce> {
  const client = DynamoDBDocument.from(new DynamoDB({ endpoint: stack.gateway, region, credentials: operator }), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const deps = await openingDeps(stack, { client, nowMs });
  const ids = new Set<string>();
  const deadlines = new Set<number>();
  const rest = members.values();
  const lane = async (): Promise<void> => {
    for (const memberId of rest) {
      for (let number = 0; number < each; number += 1) {
        const wish = { memberId, idempotencyKey: `at-once-${number}`, method: 'qris', amountRupiah: 20_000 } as const;
        const { id, expiresAt } = (await openDeposit(deps, wish)).answer;
        ids.add(id);
        deadlines.add(Date.parse(expiresAt));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  client.destroy();
  const [deadlineMs = Number.NaN, ...others] = deadlines;
  if (others.length > 0) throw new Error(`The clock stood still, and there are ${deadlines.size} deadlines.`);
  return { ids, deadlineMs };
}

async function openingDeps(
  stack: RunningStack,
  { client, nowMs }: { readonly client: DynamoDBDocument; readonly nowMs: number },
): Promise<OpeningDeps> {
  const outputs = runningStack(stack.dataDirectory)?.outputs ?? {};
  const secrets = new SecretsManager({ endpoint: stack.gateway, region, credentials: operator });
  const { SecretString: key = '' } = await secrets.getSecretValue({ SecretId: outputs['MidtransServerKeySecret'] ?? '' });
  secrets.destroy();
  const clock = { now: () => nowMs };
  const levels = { of: async () => 'verified' as const };
  const table = { client, chance, name: outputs['WalletTable'] ?? '' };
  const ledger = dynamodbLedger(table, { clock, levels, limits: walletLimits });
  const settings = { baseUrl: `${stack.sandbox}/midtrans`, serverKey: async () => key, returnUrl: stack.depositPage, clock, chance };
  return {
    clock,
    chance,
    ledger,
    levels,
    limits: walletLimits,
    deposits: dynamodbDepositStore(table, dynamodbWalletWriter(table, { ledger })),
    gateways: { midtrans: midtransGateway(settings) },
    phoneOf: async () => undefined,
    transferAccount: undefined,
  };
}
