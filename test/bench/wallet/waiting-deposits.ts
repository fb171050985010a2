/**
 * The deposits of a running stack as its table has them: what still waits, and how late what has ended was ended. Lateness is the deposit's own
 * `endedAtMs`, which the function that ended it wrote by the stack's clock, less its `expiresAtMs`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { ListExecutionsCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocument, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { operator } from '#infra/local/operator.ts';
import { runningStack } from '#infra/local/running.ts';
import { dayOf } from '#shared/platform/audit/days.ts';
import { depositLimits } from '#shared/wallet/deposits/deposit-limits.ts';
import type { Deposit } from '#shared/wallet/deposits/deposit.ts';
import { dayPartition, depositOfItem, duePartition } from '#shared/wallet/deposits/dynamodb-deposit-items.ts';
import type { RunningStack } from '#test/journey/local-stack.ts';
import { distributionOf, type Distribution } from './distribution.ts';

const region = 'ap-southeast-3';
const lookEveryMs = 1_000;

export interface WaitingDeposits {
  /** Resolves once as many executions wait as there are deposits: timers follow the table's stream. */
  timersStarted(count: number, millisecondsMax: number): Promise<void>;
  /** Resolves once no deposit is open. */
  allEnded(millisecondsMax: number): Promise<void>;
  /** Of those named. Throws when one of them has not expired. */
  lateness(ids: ReadonlySet<string>): Promise<Distribution>;
  close(): void;
}

export function waitingDeposits({ gateway, dataDirectory }: RunningStack): WaitingDeposits {
  const { WalletTable: TableName = '' } = runningStack(dataDirectory)?.outputs ?? {};
  const client = DynamoDBDocument.from(new DynamoDB({ endpoint: gateway, region, credentials: operator }));
  const states = new SFNClient({ endpoint: gateway, region, credentials: operator });
  const hasOpen = async (shard: number): Promise<boolean> => {
    const { Count = 0 } = await client.query({
      TableName,
      IndexName: 'gsi2',
      KeyConditionExpression: 'gsi2pk = :due',
      ExpressionAttributeValues: { ':due': duePartition(shard) },
      Limit: 1,
    });
    return Count > 0;
  };
  return {
    timersStarted: (count, most) => until(async () => (await runningExecutions(states)) >= count, most),
    allEnded: (most) =>
      until(async () => {
        const open = await Promise.all(Array.from({ length: depositLimits.dueShards }, (_, shard) => hasOpen(shard)));
        return !open.includes(true);
      }, most),
    async lateness(ids) {
      const late: number[] = [];
      for (const day of daysAround(Date.now())) {
        for await (const { id, endedAtMs, expiresAtMs } of expiredOf(client, TableName, day)) {
          if (ids.has(id)) late.push((endedAtMs ?? Number.NaN) - expiresAtMs);
        }
      }
      if (late.length !== ids.size) throw new Error(`${ids.size - late.length} of ${ids.size} deposits have not expired.`);
      return distributionOf(late);
    },
    close: () => {
      client.destroy();
      states.destroy();
    },
  };
}

async function* expiredOf(client: DynamoDBDocument, TableName: string, day: string): AsyncGenerator<Deposit> {
  const pages = paginateQuery(
    { client },
    {
      TableName,
      IndexName: 'gsi3',
      KeyConditionExpression: 'gsi3pk = :day',
      ExpressionAttributeValues: { ':day': dayPartition('expired', day) },
    },
  );
  for await (const { Items = [] } of pages) for (const item of Items) yield depositOfItem(item);
}

/** The stack's clock is ahead of the machine's by less than a day. */
const daysAround = (nowMs: number): string[] => [
  ...new Set([0, 24 * 3_600_000].map((ahead) => dayOf(new Date(nowMs + ahead).toISOString()))),
];

async function runningExecutions(states: SFNClient): Promise<number> {
  const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
  const { stateMachineArn } = stateMachines.find(({ name }) => name?.includes('deposits-expiry') === true) ?? {};
  if (stateMachineArn === undefined) throw new Error('The stack has no state machine for the end of deposits.');
  let [count, nextToken]: [number, string | undefined] = [0, undefined];
  do {
    const page: { executions?: unknown[]; nextToken?: string } = await states.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1_000, nextToken }),
    );
    count += page.executions?.length ?? 0;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return count;
}

async function until(holds: () => Promise<boolean>, millisecondsMax: number): Promise<void> {
  const deadline = performance.now() + millisecondsMax;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It did not come true within ${millisecondsMax / 1_000} s.`);
    await sleep(lookEveryMs);
  }
}
