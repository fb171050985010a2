import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { startSqs } from '#infra/local/sqs/engine.ts';
import { modelOf } from '#test/fakes/stack-model.ts';
import {
  arn,
  attributesOf,
  bodies,
  change,
  clock,
  depth,
  directory,
  engine,
  ownQueuesEachTest,
  quiet,
  queue,
  queueUrl,
  receive,
  remove,
  restart,
  send,
  sqs,
  start,
} from './sqs-harness.ts';

ownQueuesEachTest();

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
