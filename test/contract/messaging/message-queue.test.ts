import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageSchema, type Message } from '#shared/messaging/message.ts';
import type { Messenger } from '#shared/messaging/ports.ts';
import { sqsMessageQueue } from '#shared/messaging/sqs-message-queue.ts';
import { fakeMessenger } from '#test/fakes/fake-messenger.ts';
import { startQueues, type Queues } from '../platform/sqs-engine.ts';

let queues: Queues;
beforeAll(async () => {
  queues = await startQueues('messages');
});
afterAll(() => queues.stop());

const received = async (): Promise<Message[]> => (await queues.receive('messages')).map(({ body }) => messageSchema.parse(body));

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
  ['SQS', () => ({ messenger: sqsMessageQueue(queues.client, queues.urlOf('messages')), taken: received })],
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
