import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Message, SQS } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DurableClock, openClock } from '#infra/local/clock/clock.ts';
import { startSqs, type SqsEngine } from '#infra/local/sqs/engine.ts';
import { modelOf, type Sketch } from '#test/fakes/stack-model.ts';

const quiet = { info: () => {}, warn: () => {} };
const queueUrl = (name: string) => `http://127.0.0.1:4513/000000000000/${name}`;
const arn = (name: string) => `arn:aws:sqs:ap-southeast-3:000000000000:${name}`;
const queue = (properties: Record<string, unknown> = {}): Sketch => ({ type: 'AWS::SQS::Queue', properties });

let directory: string;
let clock: DurableClock;
let engine: SqsEngine;
let sqs: SQS;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'xm-sqs-'));
  clock = openClock({ database: new DatabaseSync(':memory:'), log: quiet });
  await clock.start();
});

afterEach(async () => {
  await engine.close();
  await clock.close();
  rmSync(directory, { recursive: true });
});

async function start(sketches: Record<string, Sketch> = { Jobs: queue() }): Promise<void> {
  engine = await startSqs({ directory, model: modelOf(sketches), queueUrl, clock, log: quiet });
  sqs = new SQS({
    endpoint: engine.url,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    useQueueUrlAsEndpoint: false,
    maxAttempts: 1,
  });
}

async function restart(sketches?: Record<string, Sketch>): Promise<void> {
  await engine.close();
  await start(sketches);
}

const send = (name: string, MessageBody: string, rest: object = {}) => sqs.sendMessage({ QueueUrl: queueUrl(name), MessageBody, ...rest });
const receive = async (name: string, rest: object = {}): Promise<Message[]> =>
  (await sqs.receiveMessage({ QueueUrl: queueUrl(name), MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], ...rest }))
    .Messages ?? [];
const bodies = async (name: string, rest: object = {}) => (await receive(name, rest)).map(({ Body }) => Body);
const remove = (name: string, message: Message | undefined) =>
  sqs.deleteMessage({ QueueUrl: queueUrl(name), ReceiptHandle: message?.ReceiptHandle });
const attributesOf = async (name: string): Promise<Readonly<Record<string, string>>> =>
  (await sqs.getQueueAttributes({ QueueUrl: queueUrl(name), AttributeNames: ['All'] })).Attributes ?? {};
const change = (name: string, message: Message | undefined, VisibilityTimeout: number) =>
  sqs.changeMessageVisibility({ QueueUrl: queueUrl(name), ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout });

async function depth(name: string) {
  const attributes = await attributesOf(name);
  return ['', 'NotVisible', 'Delayed'].map((state) => Number(attributes[`ApproximateNumberOfMessages${state}`]));
}

describe('messages', () => {
  beforeEach(() => start());

  it('arrive as they were sent, any character included, with the digests that clients check', async () => {
    const body = 'saldo 10.000 💰 "quoted"\n';
    const sent = await send('jobs', body);
    expect(sent.MD5OfMessageBody).toBe(createHash('md5').update(body).digest('hex'));
    const [message] = await receive('jobs');
    expect(message).toMatchObject({ MessageId: sent.MessageId, Body: body, MD5OfBody: sent.MD5OfMessageBody });
    expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SenderId: '000000000000' });
    expect(Number(message?.Attributes?.['SentTimestamp'])).toBeGreaterThan(Date.now() - 10_000);
  });

  it('carry attributes to who asks for them, by name or prefix', async () => {
    const MessageAttributes = {
      'trace.id': { DataType: 'String', StringValue: 'abc' },
      'trace.hop': { DataType: 'Number.int', StringValue: '3' },
      blob: { DataType: 'Binary', BinaryValue: Buffer.from([0, 1, 255]) },
    };
    const sent = await send('jobs', 'm', { MessageAttributes });
    expect(sent.MD5OfMessageAttributes).toBe(md5OfAttributes(MessageAttributes));
    const seen = async (MessageAttributeNames: string[]) => {
      const [message] = await receive('jobs', { MessageAttributeNames, VisibilityTimeout: 0 });
      return message?.MessageAttributes;
    };
    expect(Object.keys((await seen(['trace.*'])) ?? {})).toEqual(['trace.id', 'trace.hop']);
    expect(Buffer.from((await seen(['All']))?.['blob']?.BinaryValue ?? [])).toEqual(Buffer.from([0, 1, 255]));
    expect(await seen([])).toBeUndefined();
  });

  it('come back when their visibility ends, and are gone once deleted', async () => {
    await send('jobs', 'again');
    const [first] = await receive('jobs', { VisibilityTimeout: 60 });
    expect(await bodies('jobs')).toEqual([]);
    await clock.advance(59_000);
    expect(await bodies('jobs')).toEqual([]);
    await clock.advance(1_000);
    const [second] = await receive('jobs');
    expect(second?.Attributes?.['ApproximateReceiveCount']).toBe('2');
    // The handle of the first receive is no longer the latest: it deletes nothing.
    await remove('jobs', first);
    await change('jobs', second, 0);
    const [third] = await receive('jobs');
    await remove('jobs', third);
    await clock.advance(60_000);
    expect(await depth('jobs')).toEqual([0, 0, 0]);
  });

  it('can be given back at once or kept longer', async () => {
    await send('jobs', 'm');
    const [first] = await receive('jobs');
    await change('jobs', first, 0);
    const [second] = await receive('jobs');
    expect(second?.MessageId).toBe(first?.MessageId);
    await change('jobs', second, 600);
    await clock.advance(599_000);
    expect(await depth('jobs')).toEqual([0, 1, 0]);
    await clock.advance(1_000);
    expect(await depth('jobs')).toEqual([1, 0, 0]);
    await expect(change('jobs', second, 5)).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });

  it('wait for their delay on the stack’s clock', async () => {
    await send('jobs', 'later', { DelaySeconds: 900 });
    expect(await depth('jobs')).toEqual([0, 0, 1]);
    await clock.advance(900_000);
    expect(await bodies('jobs')).toEqual(['later']);
  });

  it('are forgotten after their retention', async () => {
    await sqs.setQueueAttributes({ QueueUrl: queueUrl('jobs'), Attributes: { MessageRetentionPeriod: '60' } });
    await send('jobs', 'old');
    await clock.advance(60_000);
    expect(await depth('jobs')).toEqual([0, 0, 0]);
    expect(await bodies('jobs')).toEqual([]);
  });

  it('are sent, deleted and changed in batches, where one bad entry fails alone', async () => {
    const QueueUrl = queueUrl('jobs');
    const sent = await sqs.sendMessageBatch({
      QueueUrl,
      Entries: [
        { Id: 'a', MessageBody: 'one' },
        { Id: 'b', MessageBody: 'bad \u0000' },
        { Id: 'c', MessageBody: 'three' },
      ],
    });
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
    expect(sent.Failed).toMatchObject([{ Id: 'b', SenderFault: true, Code: 'InvalidMessageContents' }]);
    const received = await receive('jobs');
    const handles = received.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const changed = await sqs.changeMessageVisibilityBatch({
      QueueUrl,
      Entries: handles.map((entry) => ({ ...entry, VisibilityTimeout: 100 })),
    });
    expect(changed.Successful).toHaveLength(2);
    const deleted = await sqs.deleteMessageBatch({ QueueUrl, Entries: [...handles, { Id: 'x', ReceiptHandle: 'made-up' }] });
    expect(deleted.Successful).toHaveLength(2);
    expect(deleted.Failed).toMatchObject([{ Id: 'x', Code: 'ReceiptHandleIsInvalid' }]);
    expect(await depth('jobs')).toEqual([0, 0, 0]);
  });

  it('are refused when they are too large, alone or together', async () => {
    const mebibyte = 1_048_576;
    await expect(send('jobs', 'x'.repeat(mebibyte + 1))).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await send('jobs', 'x'.repeat(mebibyte));
    const halves = ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: 'x'.repeat(mebibyte / 2) }));
    const batch = sqs.sendMessageBatch({ QueueUrl: queueUrl('jobs'), Entries: halves });
    await expect(batch).rejects.toMatchObject({ name: 'BatchRequestTooLong' });
  });
});

describe('waiting for messages', () => {
  beforeEach(() => start());

  it('ends within milliseconds of a send', async () => {
    await bodies('jobs');
    const waiting = receive('jobs', { WaitTimeSeconds: 20 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const began = performance.now();
    await send('jobs', 'now');
    expect(await waiting).toHaveLength(1);
    // Milliseconds on an idle machine; the bound is for a busy one, and far from the 20 s asked for.
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('ends when a delayed or invisible message becomes receivable, in real time and when the clock is moved', async () => {
    await send('jobs', 'soon', { DelaySeconds: 1 });
    expect(await bodies('jobs', { WaitTimeSeconds: 5 })).toEqual(['soon']);
    const waiting = bodies('jobs', { WaitTimeSeconds: 20 });
    await clock.advance(30_000);
    expect(await waiting).toEqual(['soon']);
  });

  it('ends empty after the time asked for', async () => {
    const began = performance.now();
    expect(await bodies('jobs', { WaitTimeSeconds: 1 })).toEqual([]);
    expect(performance.now() - began).toBeGreaterThan(950);
  });

  it('takes nothing for a client that has left', async () => {
    const leaving = new AbortController();
    const left = sqs.receiveMessage({ QueueUrl: queueUrl('jobs'), WaitTimeSeconds: 20 }, { abortSignal: leaving.signal });
    setTimeout(() => leaving.abort(), 100);
    await expect(left).rejects.toThrow('aborted');
    await send('jobs', 'for the next');
    expect(await bodies('jobs')).toEqual(['for the next']);
  });

  it('gives each message to one of many', async () => {
    const waiting = Array.from({ length: 20 }, () => bodies('jobs', { WaitTimeSeconds: 20, MaxNumberOfMessages: 1 }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await Promise.all(Array.from({ length: 20 }, (_, index) => send('jobs', `m${index}`)));
    const received = (await Promise.all(waiting)).flat();
    expect(new Set(received).size).toBe(20);
  });
});

describe('dead letters', () => {
  const withDeadLetters = () =>
    start({ Dead: queue(), Jobs: queue({ RedrivePolicy: { deadLetterTargetArn: arn('dead'), maxReceiveCount: 2 } }) });

  async function fail(times: number): Promise<void> {
    for (let time = 0; time < times; time++) await receive('jobs', { VisibilityTimeout: 0 });
  }

  it('are messages that were received too often, with the queue they failed in', async () => {
    await withDeadLetters();
    const sent = await send('jobs', 'poison');
    await fail(2);
    expect(await bodies('jobs')).toEqual([]);
    const [dead] = await receive('dead');
    expect(dead).toMatchObject({ MessageId: sent.MessageId, Body: 'poison' });
    expect(dead?.Attributes).toMatchObject({ DeadLetterQueueSourceArn: arn('jobs'), ApproximateReceiveCount: '3' });
    expect((await sqs.listDeadLetterSourceQueues({ QueueUrl: queueUrl('dead') })).queueUrls).toEqual([queueUrl('jobs')]);
  });

  it('do not hide the healthy messages behind them', async () => {
    await withDeadLetters();
    await send('jobs', 'poison');
    await fail(2);
    await send('jobs', 'healthy');
    expect(await bodies('jobs', { MaxNumberOfMessages: 1 })).toEqual(['healthy']);
    expect(await bodies('dead')).toEqual(['poison']);
  });

  it('wake who waits for them', async () => {
    await withDeadLetters();
    await send('jobs', 'poison');
    await fail(2);
    const waiting = bodies('dead', { WaitTimeSeconds: 20 });
    await fail(1);
    expect(await waiting).toEqual(['poison']);
  });

  it('can be moved back to where they failed', async () => {
    await withDeadLetters();
    for (let index = 0; index < 250; index += 10) {
      await sqs.sendMessageBatch({
        QueueUrl: queueUrl('jobs'),
        Entries: Array.from({ length: 10 }, (_, n) => ({ Id: String(n), MessageBody: `m${index + n}` })),
      });
    }
    await sqs.setQueueAttributes({
      QueueUrl: queueUrl('jobs'),
      Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 1 }) },
    });
    for (let round = 0; round < 60; round++) await receive('jobs', { VisibilityTimeout: 0 });
    expect(await depth('dead')).toEqual([250, 0, 0]);
    const { TaskHandle } = await sqs.startMessageMoveTask({ SourceArn: arn('dead') });
    expect(TaskHandle).toBeDefined();
    await expect
      .poll(async () => (await sqs.listMessageMoveTasks({ SourceArn: arn('dead') })).Results)
      .toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 250, ApproximateNumberOfMessagesToMove: 250 }]);
    expect(await depth('dead')).toEqual([0, 0, 0]);
    expect(await depth('jobs')).toEqual([250, 0, 0]);
    await expect(sqs.startMessageMoveTask({ SourceArn: arn('jobs') })).rejects.toThrow('Dead Letter Queue');
  });
});

describe('FIFO queues', () => {
  const fifo = (properties: object = {}) => start({ Fifo: { ...queue({ FifoQueue: true, ...properties }), physicalName: 'jobs.fifo' } });
  const put = (body: string, group: string, id = body) => send('jobs.fifo', body, { MessageGroupId: group, MessageDeduplicationId: id });

  it('deliver a group in order and one batch at a time, and groups side by side', async () => {
    await fifo();
    for (const body of ['a1', 'a2', 'a3']) await put(body, 'a');
    await put('b1', 'b');
    const first = await receive('jobs.fifo', { MaxNumberOfMessages: 2 });
    expect(first.map(({ Body }) => Body)).toEqual(['a1', 'a2']);
    expect(await bodies('jobs.fifo')).toEqual(['b1']);
    await remove('jobs.fifo', first[0]);
    expect(await bodies('jobs.fifo')).toEqual([]);
    await remove('jobs.fifo', first[1]);
    expect(await bodies('jobs.fifo')).toEqual(['a3']);
  });

  it('bring a message back before those sent after it', async () => {
    await fifo();
    for (const body of ['a1', 'a2']) await put(body, 'a');
    const [first] = await receive('jobs.fifo', { MaxNumberOfMessages: 1 });
    await change('jobs.fifo', first, 0);
    expect(await bodies('jobs.fifo')).toEqual(['a1', 'a2']);
  });

  it('send a message once in five minutes, also across a restart', async () => {
    await fifo();
    const sent = await put('pay', 'a', 'once');
    await restart({ Fifo: { ...queue({ FifoQueue: true }), physicalName: 'jobs.fifo' } });
    const again = await put('pay', 'a', 'once');
    expect(again).toMatchObject({ MessageId: sent.MessageId, SequenceNumber: sent.SequenceNumber });
    expect(await bodies('jobs.fifo')).toEqual(['pay']);
    await clock.advance(5 * 60_000);
    expect((await put('pay', 'b', 'once')).MessageId).not.toBe(sent.MessageId);
  });

  it('tell equal messages by their content, if asked to, and by group, if asked to', async () => {
    await fifo({ ContentBasedDeduplication: true, DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
    const put = (group: string) => send('jobs.fifo', 'same', { MessageGroupId: group });
    const [first, second, other] = [await put('a'), await put('a'), await put('b')];
    expect(second.MessageId).toBe(first.MessageId);
    expect(other.MessageId).not.toBe(first.MessageId);
    expect(BigInt(other.SequenceNumber ?? 0)).toBeGreaterThan(BigInt(first.SequenceNumber ?? 0));
  });

  it('wake who waits when a delete frees the group', async () => {
    await fifo();
    for (const body of ['a1', 'a2']) await put(body, 'a');
    const [first] = await receive('jobs.fifo', { MaxNumberOfMessages: 1 });
    const waiting = bodies('jobs.fifo', { WaitTimeSeconds: 20 });
    await remove('jobs.fifo', first);
    expect(await waiting).toEqual(['a2']);
  });

  it('ask for a group and a way to tell equals', async () => {
    await fifo();
    await expect(send('jobs.fifo', 'm')).rejects.toMatchObject({ name: 'MissingParameter' });
    await expect(send('jobs.fifo', 'm', { MessageGroupId: 'g' })).rejects.toThrow('MessageDeduplicationId');
  });
});

describe('queues', () => {
  it('are what the template says, at every start', async () => {
    await start({
      Jobs: queue({
        VisibilityTimeout: 90,
        DelaySeconds: 5,
        KmsMasterKeyId: 'k',
        RedrivePolicy: { deadLetterTargetArn: arn('dead'), maxReceiveCount: 3 },
      }),
      Dead: queue(),
    });
    expect(await attributesOf('jobs')).toMatchObject({
      VisibilityTimeout: '90',
      DelaySeconds: '5',
      QueueArn: arn('jobs'),
      MessageRetentionPeriod: '345600',
    });
    await send('dead', 'kept');
    await restart({ Jobs: queue({ VisibilityTimeout: 10 }), Dead: queue() });
    const attributes = await attributesOf('jobs');
    expect(attributes).toMatchObject({ VisibilityTimeout: '10', DelaySeconds: '0' });
    expect(attributes['RedrivePolicy']).toBeUndefined();
    expect(await bodies('dead')).toEqual(['kept']);
  });

  it('are refused with their logical id where the template asks for the unknown', async () => {
    await start({});
    await expect(startSqs({ directory, model: modelOf({ Jobs: queue({ Colour: 'red' }) }), queueUrl, clock, log: quiet })).rejects.toThrow(
      'Jobs (AWS::SQS::Queue): property Colour',
    );
  });

  it('are created, found, listed, purged and deleted by API', async () => {
    await start();
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'more', Attributes: { VisibilityTimeout: '5' }, tags: { team: 'xm' } });
    expect(QueueUrl).toBe(queueUrl('more'));
    expect((await sqs.getQueueUrl({ QueueName: 'more' })).QueueUrl).toBe(QueueUrl);
    expect((await sqs.listQueues({})).QueueUrls).toEqual([queueUrl('jobs'), queueUrl('more')]);
    const page = await sqs.listQueues({ MaxResults: 1 });
    expect((await sqs.listQueues({ MaxResults: 1, NextToken: page.NextToken })).QueueUrls).toEqual([queueUrl('more')]);
    expect((await sqs.listQueueTags({ QueueUrl })).Tags).toEqual({ team: 'xm' });
    await send('more', 'm');
    await sqs.purgeQueue({ QueueUrl });
    expect(await depth('more')).toEqual([0, 0, 0]);
    await expect(sqs.createQueue({ QueueName: 'more', Attributes: { VisibilityTimeout: '6' } })).rejects.toMatchObject({
      name: 'QueueNameExists',
    });
    await sqs.deleteQueue({ QueueUrl });
    await expect(send('more', 'm')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('refuse what SQS would refuse', async () => {
    await start();
    const set = (Attributes: Record<string, string>) => sqs.setQueueAttributes({ QueueUrl: queueUrl('jobs'), Attributes });
    await expect(set({ VisibilityTimeout: '43201' })).rejects.toMatchObject({ name: 'InvalidAttributeValue' });
    await expect(set({ Colour: 'red' })).rejects.toMatchObject({ name: 'InvalidAttributeName' });
    await expect(set({ RedrivePolicy: '{}' })).rejects.toMatchObject({ name: 'InvalidAttributeValue' });
    await expect(receive('jobs', { MaxNumberOfMessages: 11 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(sqs.addPermission({ QueueUrl: queueUrl('jobs'), Label: 'l', AWSAccountIds: ['1'], Actions: ['*'] })).rejects.toThrow(
      'not offered',
    );
  });

  it('keep out who does not know the path of this start', async () => {
    await start();
    const { origin } = new URL(engine.url);
    const answer = await fetch(`${origin}/`, { method: 'POST', headers: { 'x-amz-target': 'AmazonSQS.ListQueues' }, body: '{}' });
    expect(answer.status).toBe(403);
  });
});

describe('a killed stack', () => {
  const script = `
    const { startSqs } = await import('#infra/local/sqs/engine.ts');
    const { openClock } = await import('#infra/local/clock/clock.ts');
    const { modelOf } = await import('#test/fakes/stack-model.ts');
    const { DatabaseSync } = await import('node:sqlite');
    const log = { info() {}, warn() {} };
    const clock = openClock({ database: new DatabaseSync(':memory:'), log });
    const model = modelOf({ Jobs: { type: 'AWS::SQS::Queue', properties: {} } });
    const sqs = await startSqs({ directory: process.argv[1], model, clock, log, queueUrl: (name) => 'http://127.0.0.1/000000000000/' + name });
    const QueueUrl = 'http://127.0.0.1/000000000000/jobs';
    for (let n = 0; n < 5; n++) await sqs.call('SendMessage', { QueueUrl, MessageBody: 'in flight' });
    await sqs.call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 5, VisibilityTimeout: 30 });
    for (let n = 0; ; n++) {
      await sqs.call('SendMessage', { QueueUrl, MessageBody: String(n) });
      process.stdout.write(n + '\\n');
      await new Promise(setImmediate);
    }`;

  it('has every message it acknowledged, and those in flight come back after their visibility', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', script, directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let acknowledged = -1;
    child.stdout.on('data', (chunk: Buffer) => {
      acknowledged = Number(chunk.toString().trimEnd().split('\n').at(-1));
      if (acknowledged > 300) child.kill('SIGKILL');
    });
    await once(child, 'close');
    await start();
    const [visible = 0, inFlight] = await depth('jobs');
    expect(inFlight).toBe(5);
    expect(visible).toBeGreaterThan(acknowledged);
    await clock.advance(30_000);
    expect((await depth('jobs'))[1]).toBe(0);
    const first = await bodies('jobs');
    expect(first[0]).toBe('0');
  });
});

/** Independent of the engine's own: one buffer, built in one go. */
function md5OfAttributes(attributes: Record<string, { DataType: string; StringValue?: string; BinaryValue?: Buffer }>): string {
  const sized = (bytes: Buffer) => Buffer.concat([Buffer.from(bytes.length.toString(16).padStart(8, '0'), 'hex'), bytes]);
  const parts = Object.entries(attributes)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { DataType, StringValue, BinaryValue }]) => [
      sized(Buffer.from(name)),
      sized(Buffer.from(DataType)),
      Buffer.from([BinaryValue ? 2 : 1]),
      sized(BinaryValue ?? Buffer.from(StringValue ?? '')),
    ]);
  return createHash('md5').update(Buffer.concat(parts)).digest('hex');
}
