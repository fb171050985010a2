import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openClock, type DurableClock } from '#infra/local/clock/clock.ts';
import { startSqs, type SqsEngine } from '#infra/local/sqs/engine.ts';
import { fakeMessenger } from '#test/fakes/fake-messenger.ts';
import { modelOf } from '#test/fakes/stack-model.ts';
import { messageSchema, type Message } from '#shared/messaging/message.ts';
import type { Messenger } from '#shared/messaging/ports.ts';
import { sqsMessageQueue } from '#shared/messaging/sqs-message-queue.ts';

const quiet = { info: () => {}, warn: () => {} };
const urlOf = (name: string): string => `http://127.0.0.1:4513/000000000000/${name}`;

let directory: string;
let clock: DurableClock;
let engine: SqsEngine;
let client: SQSClient;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'xm-messages-'));
  clock = openClock({ database: new DatabaseSync(':memory:'), log: quiet });
  await clock.start();
  const model = modelOf({ messages: { type: 'AWS::SQS::Queue', properties: {} } });
  engine = await startSqs({ directory, model, queueUrl: urlOf, clock, log: quiet });
  client = new SQSClient({
    endpoint: engine.url,
    region: 'local',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    useQueueUrlAsEndpoint: false,
  });
});
afterAll(async () => {
  client.destroy();
  await engine.close();
  await clock.close();
  rmSync(directory, { recursive: true });
});

async function received(): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: urlOf('messages'), MaxNumberOfMessages: 10, VisibilityTimeout: 900 }),
  );
  return Messages.map(({ Body = '' }) => messageSchema.parse(JSON.parse(Body)));
}

const code: Message = {
  channel: 'whatsapp',
  to: '+6281234567890',
  locale: 'id',
  expiresAt: '2026-11-21T12:10:00.000Z',
  template: 'sign-in-code',
  values: { code: '012345', minutes: 10 },
};
const invitation: Message = {
  channel: 'email',
  to: 'sari@example.id',
  locale: 'en',
  template: 'staff-invitation',
  values: { link: 'https://backoffice.example.id/#/accept?token=a.b', invitedBy: 'Budi “B” 🌺', hours: 72 },
};

describe.each<[string, () => { messenger: Messenger; taken: () => Promise<Message[]> }]>([
  [
    'the fake',
    () => {
      const messenger = fakeMessenger();
      return { messenger, taken: async () => messenger.sent.splice(0) };
    },
  ],
  ['SQS', () => ({ messenger: sqsMessageQueue(client, urlOf('messages')), taken: received })],
])('a messenger: %s', (_, open) => {
  let world: ReturnType<typeof open>;
  beforeEach(() => {
    world = open();
  });
  afterEach(async () => {
    await world.taken();
  });

  it('takes messages as they are', async () => {
    await world.messenger.send(code);
    await world.messenger.send(invitation);
    const taken = await world.taken();
    expect(taken).toHaveLength(2);
    expect(taken).toEqual(expect.arrayContaining([code, invitation]));
  });

  it('takes nothing that could never be sent', async () => {
    const wrong = { ...code, to: 'sari@example.id' } as Message;
    await expect(world.messenger.send(wrong)).rejects.toThrow('E.164');
    expect(await world.taken()).toEqual([]);
  });
});
