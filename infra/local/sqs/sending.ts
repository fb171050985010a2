import { createHash, randomUUID } from 'node:crypto';
import type { Caller, SqsContext } from './context.ts';
import { batchEntries, eachEntry, optionalInteger, optionalText, text, type Input } from './input.ts';
import { attributesBytes, attributesMd5, messageAttributes, type MessageAttributes } from './message-attributes.ts';
import type { Queue } from './queues.ts';
import { invalid, SqsError } from './sqs-error.ts';
import type { NewMessage } from './store.ts';

const batchBytesMax = 1_048_576;
const deduplicationMs = 5 * 60 * 1000;
const delaySeconds = { min: 0, max: 900 };
/** XML's characters: what the service's first protocol could carry. Half a surrogate pair is none. */
const forbiddenCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** A message that SQS would take, and what its size counts. */
interface Draft {
  readonly message: NewMessage;
  readonly attributes: MessageAttributes | undefined;
  readonly systemAttributes: MessageAttributes | undefined;
  readonly bytes: number;
}

interface Sent {
  readonly MessageId: string;
  readonly SequenceNumber?: string;
}

export function sendMessage(context: SqsContext, input: Input, caller: Caller) {
  const queue = context.queues.atUrl(text(input, 'QueueUrl'));
  const draft = draftOf(queue, input, { context, caller });
  const sent = context.store.transaction(() => enqueue(context, queue, draft.message));
  context.waiters.wake(queue.id);
  return { ...sent, ...digests(draft) };
}

export function sendMessageBatch(context: SqsContext, input: Input, caller: Caller) {
  const queue = context.queues.atUrl(text(input, 'QueueUrl'));
  const entries = batchEntries(input);
  const drafts = eachEntry(entries, (entry) => ({ Id: entry.Id, draft: draftOf(queue, entry, { context, caller }) }));
  const bytes = drafts.Successful.reduce((sum, { draft }) => sum + draft.bytes, 0);
  if (bytes > batchBytesMax) {
    throw new SqsError('BatchRequestTooLong', `Batch requests cannot be longer than ${batchBytesMax} bytes. You have sent ${bytes} bytes.`);
  }
  const Successful = context.store.transaction(() =>
    drafts.Successful.map(({ Id, draft }) => Object.assign({ Id }, enqueue(context, queue, draft.message), digests(draft))),
  );
  context.waiters.wake(queue.id);
  return { Successful, Failed: drafts.Failed };
}

function digests({ message, attributes, systemAttributes }: Draft) {
  return {
    MD5OfMessageBody: createHash('md5').update(message.body).digest('hex'),
    ...(attributes === undefined ? {} : { MD5OfMessageAttributes: attributesMd5(attributes) }),
    ...(systemAttributes === undefined ? {} : { MD5OfMessageSystemAttributes: attributesMd5(systemAttributes) }),
  };
}

function draftOf(queue: Queue, input: Input, { context, caller }: { readonly context: SqsContext; readonly caller: Caller }): Draft {
  const body = text(input, 'MessageBody');
  if (forbiddenCharacter.test(body)) {
    const allowed = '#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';
    throw new SqsError('InvalidMessageContents', `Invalid characters found. Valid unicode characters are ${allowed}`);
  }
  const attributes = messageAttributes(input);
  const systemAttributes = messageAttributes(input, 'MessageSystemAttributes');
  const bytes = Buffer.byteLength(body) + attributesBytes(attributes);
  if (bytes > queue.settings.messageBytesMax) {
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${queue.settings.messageBytesMax} bytes.`);
  }
  const now = context.clock.now();
  const message: NewMessage = {
    message_id: randomUUID(),
    body,
    attributes: attributes === undefined ? null : JSON.stringify(attributes),
    trace_header: systemAttributes?.['AWSTraceHeader']?.StringValue ?? null,
    sender_id: caller.senderId,
    sent_ms: now,
    enqueued_ms: now,
    visible_ms: now + delayMs(queue, input),
    ...grouping(queue, input, body),
    dead_letter_source: null,
  };
  return { message, attributes, systemAttributes, bytes };
}

function delayMs(queue: Queue, input: Input): number {
  const seconds = optionalInteger(input, 'DelaySeconds', delaySeconds);
  if (seconds === undefined) return queue.settings.delayMs;
  if (queue.settings.fifo && seconds > 0) {
    throw invalid(
      `Value ${seconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  }
  // A FIFO queue's own delay holds for all of its messages.
  return queue.settings.fifo ? queue.settings.delayMs : seconds * 1000;
}

function grouping(queue: Queue, input: Input, body: string): Pick<NewMessage, 'group_id' | 'deduplication_id'> {
  const groupId = optionalText(input, 'MessageGroupId') ?? null;
  const given = optionalText(input, 'MessageDeduplicationId') ?? null;
  const { fifo, contentBasedDeduplication } = queue.settings;
  if (!fifo) {
    if (given !== null) throw invalid('The request includes a parameter that is not valid for this queue type: MessageDeduplicationId.');
    // On a standard queue a group only asks for fairness among tenants, which one machine gives anyway.
    return { group_id: groupId, deduplication_id: null };
  }
  if (groupId === null) throw new SqsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  const deduplicationId = given ?? (contentBasedDeduplication ? createHash('sha256').update(body).digest('hex') : null);
  if (deduplicationId === null) {
    throw invalid('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  }
  return { group_id: groupId, deduplication_id: deduplicationId };
}

/** Stores the message, or finds it sent already. Within a transaction of the caller's. */
function enqueue({ store, clock }: SqsContext, queue: Queue, message: NewMessage): Sent {
  const { deduplication_id: id, group_id: group } = message;
  if (id === null) {
    store.addMessage(queue.id, message);
    return { MessageId: message.message_id };
  }
  const now = clock.now();
  const scope = queue.settings.deduplicationScope === 'messageGroup' ? (group ?? '') : '';
  const before = store.deduplication(queue.id, scope, id);
  if (before !== undefined && before.until_ms > now) return { MessageId: before.message_id, SequenceNumber: sequenceNumber(before.seq) };
  store.removeDeduplicationsUntil(queue.id, now);
  const seq = store.addMessage(queue.id, message);
  store.noteDeduplication(queue.id, scope, { id, messageId: message.message_id, seq, untilMs: now + deduplicationMs });
  return { MessageId: message.message_id, SequenceNumber: sequenceNumber(seq) };
}

/** Twenty digits that sort as the messages were sent. */
export function sequenceNumber(seq: number): string {
  return `188${String(seq).padStart(17, '0')}`;
}
