/**
 * The SQS of the local stack with some queues, for contracts of adapters.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { openClock, type DurableClock } from '#infra/local/clock/clock.ts';
import { startSqs } from '#infra/local/sqs/engine.ts';
import { modelOf } from '#test/fakes/stack-model.ts';

const quiet = { info: () => {}, warn: () => {} };

export interface Queues {
  readonly client: SQSClient;
  /** Of the queues. */
  readonly clock: DurableClock;
  readonly urlOf: (name: string) => string;
  /** Ten at most, hidden for a quarter of an hour. */
  readonly receive: (name: string) => Promise<{ readonly body: unknown; readonly receiptHandle: string }[]>;
  readonly stop: () => Promise<void>;
}

export async function startQueues(...names: readonly string[]): Promise<Queues> {
  const directory = mkdtempSync(join(tmpdir(), 'xm-queues-'));
  const clock = openClock({ database: new DatabaseSync(':memory:'), log: quiet });
  await clock.start();
  const model = modelOf(Object.fromEntries(names.map((name) => [name, { type: 'AWS::SQS::Queue', properties: {} }])));
  const urlOf = (name: string): string => `http://127.0.0.1:4513/000000000000/${name}`;
  const engine = await startSqs({ directory, model, queueUrl: urlOf, clock, log: quiet });
  const client = new SQSClient({
    endpoint: engine.url,
    region: 'local',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    useQueueUrlAsEndpoint: false,
  });
  return {
    client,
    clock,
    urlOf,
    async receive(name) {
      const command = new ReceiveMessageCommand({ QueueUrl: urlOf(name), MaxNumberOfMessages: 10, VisibilityTimeout: 900 });
      const { Messages = [] } = await client.send(command);
      return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({ body: JSON.parse(Body) as unknown, receiptHandle: ReceiptHandle }));
    },
    async stop() {
      client.destroy();
      await engine.close();
      await clock.close();
      rmSync(directory, { recursive: true });
    },
  };
}
