import { createHash, randomUUID } from 'node:crypto';
import type { Caller, SqsContext } from './context.ts';
import { batchEntries, eachEntry, integer, optionalInteger, text, texts, type Input } from './input.ts';
import { attributesMd5, chosenAttributes, type MessageAttributes } from './message-attributes.ts';
import type { Queue } from './queues.ts';
import { sequenceNumber } from './sending.ts';
import { invalid, SqsError } from './sqs-error.ts';
import type { StoredMessage } from './store.ts';

const visibilitySeconds = { min: 0, max: 43_200 };
const visibilityMsMax = 43_200_000;

/** What a receiver wants to see of each message. */
interface View {
  readonly systemAttributes: readonly string[];
  readonly attributes: readonly string[];
}

/** What is received, once it is marked so. */
interface Taken {
  readonly message: StoredMessage;
  readonly receiptHandle: string;
}

export async function receiveMessage(context: SqsContext, input: Input, caller: Caller) {
  const queue = context.queues.atUrl(text(input, 'QueueUrl'));
  const limit = optionalInteger(input, 'MaxNumberOfMessages', { min: 1, max: 10 }) ?? 1;
  const seconds = optionalInteger(input, 'VisibilityTimeout', visibilitySeconds);
  const waitSeconds = optionalInteger(input, 'WaitTimeSeconds', { min: 0, max: 20 }) ?? queue.settings.waitSeconds;
  const view = {
    systemAttributes: [...texts(input, 'AttributeNames'), ...texts(input, 'MessageSystemAttributeNames')],
    attributes: texts(input, 'MessageAttributeNames'),
  };
  const take = () => takeMessages(context, queue.name, { limit, visibilityMs: seconds === undefined ? undefined : seconds * 1000 });
  const taken =
    take() ??
    (waitSeconds > 0 ? await context.waiters.wait(queue, take, { waitMs: waitSeconds * 1000, signal: caller.signal }) : undefined);
  // A time-out that is over at once, or a message less in flight, may matter to others who wait.
  context.waiters.wake(queue.id);
  return taken === undefined ? {} : { Messages: taken.map((each) => presented(each, view)) };
}

/** Takes what can be received and moves what failed too often to the dead-letter queue; undefined when nothing is left to receive. */
function takeMessages(
  context: SqsContext,
  queueName: string,
  { limit, visibilityMs }: { readonly limit: number; readonly visibilityMs: number | undefined },
): Taken[] | undefined {
  // A waiter may outlive its queue, or find it with other attributes than when it came.
  const queue = context.queues.named(queueName);
  if (queue === undefined) throw new SqsError('QueueDoesNotExist', 'The specified queue does not exist.');
  const { store, clock } = context;
  const now = clock.now();
  const redrive = redriveOf(context, queue);
  let moved = false;
  const taken = store.transaction(() => {
    store.removeEnqueuedBefore(queue.id, now - queue.settings.retentionMs);
    for (;;) {
      const candidates = store.candidates(queue.id, now, { limit, fifo: queue.settings.fifo });
      const receivable = candidates.filter(({ receive_count }) => redrive === undefined || receive_count < redrive.receivesMax);
      if (redrive !== undefined) {
        const failed = candidates.filter((message) => !receivable.includes(message));
        for (const message of failed) moveToDeadLetters(context, message, { source: queue, target: redrive.target });
        moved ||= failed.length > 0;
      }
      // What was moved may have hidden more behind it.
      if (receivable.length > 0 || candidates.length === 0)
        return receivable.map((message) => markReceived(context, queue, { message, visibilityMs }));
    }
  });
  if (moved && redrive !== undefined) context.waiters.wake(redrive.target.id);
  return taken.length === 0 ? undefined : taken;
}

/** Undefined without a redrive policy, or when its dead-letter queue is gone: then messages go on being received. */
function redriveOf({ queues }: SqsContext, { settings }: Queue): { readonly target: Queue; readonly receivesMax: number } | undefined {
  if (settings.redrive === undefined) return undefined;
  const target = queues.byArn(settings.redrive.deadLetterArn);
  return target && { target, receivesMax: settings.redrive.receivesMax };
}

function moveToDeadLetters(
  { store, clock }: SqsContext,
  message: StoredMessage,
  { source, target }: { readonly source: Queue; readonly target: Queue },
): void {
  const now = clock.now();
  // In a standard queue the message keeps its age, so it does not live longer for having failed; a FIFO queue starts anew.
  const enqueued_ms = target.settings.fifo ? now : message.enqueued_ms;
  store.moveMessage(message.seq, { queue_id: target.id, enqueued_ms, visible_ms: now, dead_letter_source: source.arn });
}

function markReceived(
  { store, clock }: SqsContext,
  queue: Queue,
  { message, visibilityMs = queue.settings.visibilityMs }: { readonly message: StoredMessage; readonly visibilityMs: number | undefined },
): Taken {
  const nowMs = clock.now();
  const receipt = randomUUID();
  store.markReceived(message.seq, { receipt, nowMs, visibleMs: nowMs + visibilityMs });
  const marked = { ...message, receive_count: message.receive_count + 1, first_received_ms: message.first_received_ms ?? nowMs };
  return { message: marked, receiptHandle: Buffer.from(`${queue.name}#${message.seq}#${receipt}`).toString('base64') };
}

function presented({ message, receiptHandle }: Taken, view: View) {
  const attributes =
    message.attributes === null ? undefined : chosenAttributes(JSON.parse(message.attributes) as MessageAttributes, view.attributes);
  const system = systemAttributes(message, view.systemAttributes);
  return {
    MessageId: message.message_id,
    ReceiptHandle: receiptHandle,
    MD5OfBody: createHash('md5').update(message.body).digest('hex'),
    Body: message.body,
    ...(Object.keys(system).length === 0 ? {} : { Attributes: system }),
    ...(attributes === undefined ? {} : { MessageAttributes: attributes, MD5OfMessageAttributes: attributesMd5(attributes) }),
  };
}

function systemAttributes(message: StoredMessage, wanted: readonly string[]): Record<string, string> {
  if (wanted.length === 0) return {};
  const all: Readonly<Record<string, string | null>> = {
    SenderId: message.sender_id,
    SentTimestamp: String(message.sent_ms),
    ApproximateReceiveCount: String(message.receive_count),
    ApproximateFirstReceiveTimestamp: String(message.first_received_ms),
    MessageGroupId: message.group_id,
    MessageDeduplicationId: message.deduplication_id,
    SequenceNumber: message.deduplication_id === null ? null : sequenceNumber(message.seq),
    AWSTraceHeader: message.trace_header,
    DeadLetterQueueSourceArn: message.dead_letter_source,
  };
  const chosen = Object.entries(all).filter(([name, value]) => value !== null && (wanted.includes('All') || wanted.includes(name)));
  return Object.fromEntries(chosen) as Record<string, string>;
}

export function deleteMessage(context: SqsContext, input: Input) {
  const queue = context.queues.atUrl(text(input, 'QueueUrl'));
  const message = receivedMessage(context, queue, text(input, 'ReceiptHandle'));
  removeReceived(context, queue, message);
  context.waiters.wake(queue.id);
  return {};
}

export function deleteMessageBatch(context: SqsContext, input: Input) {
  const queue = context.queues.atUrl(text(input, 'QueueUrl'));
  const entries = batchEntries(input);
  const outcome = context.store.transaction(() =>
    eachEntry(entries, (entry) => {
      removeReceived(context, queue, receivedMessage(context, queue, text(entry, 'ReceiptHandle')));
      return { Id: entry.Id };
    }),
  );
  context.waiters.wake(queue.id);
  return outcome;
}

export function changeMessageVisibility(context: SqsContext, input: Input) {
  const queue = context.queues.atUrl(text(input, 'QueueUrl'));
  changeVisibility(context, queue, input);
  context.waiters.wake(queue.id);
  return {};
}

export function changeMessageVisibilityBatch(context: SqsContext, input: Input) {
  const queue = context.queues.atUrl(text(input, 'QueueUrl'));
  const entries = batchEntries(input);
  const outcome = context.store.transaction(() =>
    eachEntry(entries, (entry) => {
      changeVisibility(context, queue, entry);
      return { Id: entry.Id };
    }),
  );
  context.waiters.wake(queue.id);
  return outcome;
}

/** A handle that is no longer the message's latest deletes nothing, and says so as little as the service does. */
function removeReceived({ store, clock }: SqsContext, queue: Queue, message: StoredMessage | undefined): void {
  if (message === undefined) return;
  if (queue.settings.fifo && message.visible_ms <= clock.now()) {
    throw invalid('Value for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.');
  }
  store.removeMessage(message.seq);
}

function changeVisibility(context: SqsContext, queue: Queue, input: Input): void {
  const message = receivedMessage(context, queue, text(input, 'ReceiptHandle'));
  const milliseconds = integer(input, 'VisibilityTimeout', visibilitySeconds) * 1000;
  const now = context.clock.now();
  if (message === undefined || message.visible_ms <= now) {
    throw new SqsError('MessageNotInflight', 'The specified message is not in flight.');
  }
  if (now + milliseconds - (message.received_ms ?? now) > visibilityMsMax) {
    throw invalid(`Total VisibilityTimeout for the message is beyond the limit [${visibilityMsMax / 1000} seconds]`);
  }
  context.store.changeVisible(message.seq, now + milliseconds);
}

/** The message that a handle was given out for last; undefined when it is gone or somebody else has received it since. */
function receivedMessage({ store }: SqsContext, queue: Queue, handle: string): StoredMessage | undefined {
  const [queueName, seq, receipt] = Buffer.from(handle, 'base64').toString().split('#');
  if (queueName !== queue.name || !/^\d+$/.test(seq ?? '') || receipt === undefined) {
    throw new SqsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  const message = store.message(Number(seq));
  return message?.receipt === receipt ? message : undefined;
}
