/**
 * Polls one queue for one function, as Lambda's pollers do: one receiver waits for messages, batches run side by side up to the
 * concurrency. Whatever is not deleted comes back by itself when its visibility timeout ends, so a failed, throttled or cut-off batch
 * needs nothing done to it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Invoker, StackLog } from '../ports.ts';
import type { AwsCall } from './aws-json.ts';
import { batchVerdict } from './batch-response.ts';
import type { EventPattern } from './event-pattern.ts';
import { filterView, sqsRecord, type SqsMessage } from './sqs-record.ts';

export interface SqsPollerSettings {
  readonly logicalId: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly region: string;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly concurrency: number;
  readonly reportsItemFailures: boolean;
  readonly wanted: EventPattern;
}

export interface SqsPollerParts {
  readonly sqs: AwsCall;
  readonly invoker: Invoker;
  readonly log: StackLog;
}

const pollerLimits = {
  /** SQS gives no more at once. */
  receiveMax: 10,
  longPollSeconds: 20,
  /** Lambda's bound for an event is 6 MB; the rest is for the envelope of each record. */
  batchBytesMax: 6_000_000,
  deleteAttemptsMax: 5,
  backoffMsMin: 100,
  backoffMsMax: 5_000,
  /** How long `close` waits for functions that run. */
  closeMsMax: 10_000,
} as const;

export class SqsPoller {
  readonly #settings: SqsPollerSettings;
  readonly #parts: SqsPollerParts;
  readonly #stopped = new AbortController();
  readonly #batches = new Set<Promise<void>>();
  #receiving: Promise<void> = Promise.resolve();
  #failures = 0;

  constructor(settings: SqsPollerSettings, parts: SqsPollerParts) {
    this.#settings = settings;
    this.#parts = parts;
  }

  start(): void {
    this.#receiving = this.#receive();
  }

  async close(): Promise<void> {
    this.#stopped.abort();
    await this.#receiving;
    await Promise.race([Promise.all(this.#batches), pause(pollerLimits.closeMsMax, undefined, { ref: false })]);
  }

  async #receive(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        await this.#untilRoom();
        if (this.#stopped.signal.aborted) return;
        const messages = await this.#collect();
        if (messages.length > 0) this.#handle(messages);
        this.#failures = 0;
      } catch (error) {
        await this.#backOff(error);
      }
    }
  }

  /** Until another batch may run, or `close`: a wait that is over at once, again and again, would let nothing else have a turn. */
  async #untilRoom(): Promise<void> {
    const { signal } = this.#stopped;
    while (this.#batches.size >= this.#settings.concurrency && !signal.aborted) await this.#untilAborted(Promise.race(this.#batches));
  }

  /** A throttled function or an engine that is away: try again later, saying so once. */
  async #backOff(error: unknown): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    if (this.#failures++ === 0) this.#warn(`cannot receive: ${String(error)}`);
    const delayMs = Math.min(pollerLimits.backoffMsMin * 2 ** Math.min(this.#failures, 10), pollerLimits.backoffMsMax);
    await this.#untilAborted(pause(delayMs, undefined, { ref: false }));
  }

  /** One batch: what a long poll brings and, with a window, what comes until it is full or over. */
  async #collect(): Promise<SqsMessage[]> {
    const { batchSize, windowSeconds } = this.#settings;
    const messages = await this.#poll(batchSize, pollerLimits.longPollSeconds);
    if (messages.length === 0 || windowSeconds === 0) return messages;
    const endMs = performance.now() + windowSeconds * 1_000;
    let bytes = bytesOf(messages);
    while (messages.length < batchSize && bytes < pollerLimits.batchBytesMax && !this.#stopped.signal.aborted) {
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) break;
      const waitSeconds = Math.min(Math.floor(leftMs / 1_000), pollerLimits.longPollSeconds);
      // What was received must not be lost with the poll that comes after it.
      const more = await this.#poll(batchSize - messages.length, waitSeconds).catch(() => []);
      if (more.length === 0 && waitSeconds === 0) await this.#untilAborted(pause(Math.min(leftMs, 100), undefined, { ref: false }));
      messages.push(...more);
      bytes += bytesOf(more);
    }
    return messages;
  }

  async #poll(wanted: number, waitSeconds: number): Promise<SqsMessage[]> {
    const answer = await this.#parts.sqs(
      'ReceiveMessage',
      {
        QueueUrl: this.#settings.queueUrl,
        MaxNumberOfMessages: Math.min(wanted, pollerLimits.receiveMax),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      },
      this.#stopped.signal,
    );
    return (answer['Messages'] ?? []) as SqsMessage[];
  }

  /** Messages larger than one event together become several. */
  #handle(messages: readonly SqsMessage[]): void {
    for (const batch of splitByBytes(messages)) {
      const running = this.#run(batch)
        .catch((error: unknown) => this.#warn(`a batch failed: ${String(error)}`))
        .finally(() => this.#batches.delete(running));
      this.#batches.add(running);
    }
  }

  async #run(messages: readonly SqsMessage[]): Promise<void> {
    const { queueArn, region, wanted, functionArn } = this.#settings;
    const records = messages.map((message) => sqsRecord(message, { arn: queueArn, region }));
    const kept = records.filter((record) => wanted(filterView(record)));
    const keptIds = new Set(kept.map(({ messageId }) => messageId));
    // Lambda deletes what its filters drop.
    const dropped = messages.filter(({ MessageId }) => !keptIds.has(MessageId));
    const failed =
      kept.length === 0 ? keptIds : await this.#failedOf(await this.#parts.invoker.invoke(functionArn, { Records: kept }), keptIds);
    await this.#delete([...dropped, ...messages.filter(({ MessageId }) => keptIds.has(MessageId) && !failed.has(MessageId))]);
  }

  async #failedOf(outcome: Awaited<ReturnType<Invoker['invoke']>>, ids: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    if (!outcome.ok) {
      this.#warn(`${outcome.errorType}: ${ids.size} messages come back after their visibility timeout: ${outcome.errorMessage}`);
      // Polling on at full speed would only use up the receives of more messages.
      if (outcome.reason === 'throttled') await this.#untilAborted(pause(pollerLimits.backoffMsMin * 10, undefined, { ref: false }));
      return ids;
    }
    if (!this.#settings.reportsItemFailures) return new Set();
    const verdict = batchVerdict(outcome.payload, ids);
    if (verdict.kind === 'success') return new Set();
    if (verdict.kind === 'partial') return new Set(verdict.failed);
    this.#warn(`the function's answer fails its whole batch: ${verdict.reason}`);
    return ids;
  }

  async #delete(messages: readonly SqsMessage[]): Promise<void> {
    let left = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    for (let attempt = 0; left.length > 0 && attempt < pollerLimits.deleteAttemptsMax; attempt++) {
      if (attempt > 0) await pause(pollerLimits.backoffMsMin * 2 ** attempt, undefined, { ref: false });
      const batches = Array.from({ length: Math.ceil(left.length / 10) }, (_, index) => left.slice(index * 10, index * 10 + 10));
      left = (await Promise.all(batches.map(async (entries) => this.#deleteBatch(entries)))).flat();
    }
    if (left.length > 0) this.#warn(`${left.length} messages were handled but not deleted: they will be delivered again`);
  }

  /** What is left to delete. */
  async #deleteBatch(entries: readonly { Id: string; ReceiptHandle: string }[]): Promise<{ Id: string; ReceiptHandle: string }[]> {
    try {
      const answer = await this.#parts.sqs('DeleteMessageBatch', { QueueUrl: this.#settings.queueUrl, Entries: entries });
      const failed = new Set(((answer['Failed'] ?? []) as { Id: string; SenderFault?: boolean }[]).map(({ Id }) => Id));
      return entries.filter(({ Id }) => failed.has(Id));
    } catch {
      return [...entries];
    }
  }

  /** Waits for the work, or for `close`. */
  async #untilAborted(work: Promise<unknown>): Promise<void> {
    const { signal } = this.#stopped;
    if (signal.aborted) return;
    const aborted = Promise.withResolvers<void>();
    const onAbort = () => aborted.resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await Promise.race([work, aborted.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #warn(message: string): void {
    this.#parts.log.warn('events', `${this.#settings.logicalId}: ${message}`);
  }
}

function splitByBytes(messages: readonly SqsMessage[]): SqsMessage[][] {
  const batches: SqsMessage[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const message of messages) {
    const more = bytesOf([message]);
    if (bytes + more > pollerLimits.batchBytesMax) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(message);
    bytes += more;
  }
  return batches;
}

/** As it grows in the event: a quote or a line end of the body is escaped there. */
function bytesOf(messages: readonly SqsMessage[]): number {
  return messages.reduce((sum, { Body, MessageAttributes }) => sum + Buffer.byteLength(JSON.stringify({ Body, MessageAttributes })), 0);
}
