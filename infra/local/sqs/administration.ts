import type { SqsContext } from './context.ts';
import { optionalInteger, optionalText, text, textRecord, texts, type Input } from './input.ts';
import type { Queue } from './queues.ts';
import { SqsError } from './sqs-error.ts';

const pageMax = 1_000;

export function createQueue({ queues }: SqsContext, input: Input) {
  const { url } = queues.create(text(input, 'QueueName'), { attributes: textRecord(input, 'Attributes'), tags: textRecord(input, 'tags') });
  return { QueueUrl: url };
}

export function deleteQueue({ queues, waiters }: SqsContext, input: Input) {
  const queue = queues.atUrl(text(input, 'QueueUrl'));
  queues.remove(queue);
  waiters.wake(queue.id);
  return {};
}

export function getQueueUrl({ queues }: SqsContext, input: Input) {
  const queue = queues.named(text(input, 'QueueName'));
  if (queue === undefined) throw new SqsError('QueueDoesNotExist', 'The specified queue does not exist.');
  return { QueueUrl: queue.url };
}

export function listQueues({ queues }: SqsContext, input: Input) {
  const prefix = optionalText(input, 'QueueNamePrefix') ?? '';
  const urls = queues
    .all()
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ url }) => url);
  const { page, NextToken } = pageOf(urls, input);
  return { ...(page.length === 0 ? {} : { QueueUrls: page }), ...(NextToken === undefined ? {} : { NextToken }) };
}

export function listDeadLetterSourceQueues({ queues }: SqsContext, input: Input) {
  const target = queues.atUrl(text(input, 'QueueUrl'));
  const urls = sourcesOf(queues.all(), target).map(({ url }) => url);
  const { page, NextToken } = pageOf(urls, input);
  return { queueUrls: page, ...(NextToken === undefined ? {} : { NextToken }) };
}

/** Queues that send what fails to `target`. */
export function sourcesOf(all: readonly Queue[], target: Queue): Queue[] {
  return all.filter(({ settings }) => settings.redrive?.deadLetterArn === target.arn);
}

function pageOf(urls: readonly string[], input: Input): { readonly page: string[]; readonly NextToken?: string } {
  const limit = optionalInteger(input, 'MaxResults', { min: 1, max: pageMax }) ?? pageMax;
  const after = optionalText(input, 'NextToken');
  const rest = urls.toSorted().filter((url) => after === undefined || url > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return rest.length > page.length && last !== undefined ? { page, NextToken: last } : { page };
}

export function getQueueAttributes(context: SqsContext, input: Input) {
  const queue = context.queues.atUrl(text(input, 'QueueUrl'));
  const wanted = texts(input, 'AttributeNames');
  const all = { ...queue.attributes, ...liveAttributes(context, queue, wanted) };
  const chosen = Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name));
  return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
}

function liveAttributes({ store, clock }: SqsContext, queue: Queue, wanted: readonly string[]): Record<string, string> {
  const counted = wanted.some((name) => name === 'All' || name.startsWith('ApproximateNumberOfMessages'));
  if (counted) store.removeEnqueuedBefore(queue.id, clock.now() - queue.settings.retentionMs);
  const { visible, inFlight, delayed } = counted ? store.counts(queue.id, clock.now()) : { visible: 0, inFlight: 0, delayed: 0 };
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdMs / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedMs / 1000)),
  };
}

export function setQueueAttributes({ queues, waiters }: SqsContext, input: Input) {
  const queue = queues.atUrl(text(input, 'QueueUrl'));
  queues.setAttributes(queue, textRecord(input, 'Attributes'));
  waiters.wake(queue.id);
  return {};
}

export function purgeQueue({ queues, store, waiters }: SqsContext, input: Input) {
  const queue = queues.atUrl(text(input, 'QueueUrl'));
  store.removeMessages(queue.id);
  waiters.wake(queue.id);
  return {};
}

export function tagQueue({ queues }: SqsContext, input: Input) {
  const queue = queues.atUrl(text(input, 'QueueUrl'));
  queues.setTags(queue, { ...queue.tags, ...textRecord(input, 'Tags') });
  return {};
}

export function untagQueue({ queues }: SqsContext, input: Input) {
  const queue = queues.atUrl(text(input, 'QueueUrl'));
  const gone = texts(input, 'TagKeys');
  queues.setTags(queue, Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !gone.includes(key))));
  return {};
}

export function listQueueTags({ queues }: SqsContext, input: Input) {
  const { tags } = queues.atUrl(text(input, 'QueueUrl'));
  return Object.keys(tags).length === 0 ? {} : { Tags: tags };
}
