/**
 * Reads a table's stream for one function and hands over its batches one after the other. The cursor moves once records are done with:
 * handled, filtered out, or given up and reported. A killed process gets the rest again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Invoker, LocalClock, StackLog } from '../ports.ts';
import { batchVerdict } from './batch-response.ts';
import { horizon } from './stream-cursors.ts';
import { failureReport, type Discarded } from './stream-failure.ts';
import { changesNothing, laneOf, sequenceOf, streamRecord, type EngineRecord, type StreamRecord } from './stream-record.ts';
import type { StreamSettings } from './stream-settings.ts';

export interface StreamLaneParts {
  /** One call of DynamoDB Streams. */
  readonly call: (operation: string, input: object) => Promise<object>;
  readonly invoker: Invoker;
  readonly clock: Pick<LocalClock, 'now'>;
  readonly log: StackLog;
  /** Keeps the cursor; must have committed when it returns. */
  readonly save: (cursor: string) => void;
  /** Sends a report of discarded records to the mapping's queue. */
  readonly report: (body: string) => Promise<void>;
}

export const streamLimits = {
  /** DynamoDB gives no more at once. */
  recordsPerRead: 1_000,
  readEveryMs: 75,
  /** Lambda's bound for an event is 6 MB. */
  batchBytesMax: 6_000_000,
  backoffMsMin: 100,
  backoffMsMax: 5_000,
  /** How long `close` waits for a function that runs. */
  closeMsMax: 10_000,
} as const;

/** A record with what is asked of it more than once. */
interface Pending {
  readonly record: StreamRecord;
  readonly sequence: string;
  readonly createdMs: number;
  readonly bytes: number;
}

/** Records on their way, and how often they were tried. */
interface Attempt {
  readonly records: readonly Pending[];
  readonly retries: number;
  readonly invocations: number;
}

/** What an invocation left of its records: those from `from` on are to be tried again. */
type Verdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'failed'; readonly from: number; readonly unhandled: boolean };

export class StreamLane {
  readonly #settings: StreamSettings;
  readonly #lane: number;
  readonly #parts: StreamLaneParts;
  readonly #stopped = new AbortController();
  #cursor: string;
  /** The last record read, which may be ahead of the cursor. */
  #read: string;
  #pending: Pending[] = [];
  #iterator: string | undefined;
  #shardId: string | undefined;
  #failures = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(settings: StreamSettings, { lane, cursor }: { readonly lane: number; readonly cursor: string }, parts: StreamLaneParts) {
    this.#settings = settings;
    this.#lane = lane;
    this.#parts = parts;
    this.#cursor = cursor;
    this.#read = cursor;
  }

  /** Sequence number of the last record that is done with. */
  get cursor(): string {
    return this.#cursor;
  }

  start(): void {
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#stopped.abort();
    await Promise.race([this.#running, pause(streamLimits.closeMsMax, undefined, { ref: false })]);
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        const batch = await this.#gather();
        if (batch.length > 0) await this.#handle(batch);
        // What was read beyond the batch and dropped is done with as well.
        if (this.#pending.length === 0 && !this.#stopped.signal.aborted) this.#moveTo(this.#read);
        this.#failures = 0;
        if (batch.length === 0) await this.#pause(streamLimits.readEveryMs);
      } catch (error) {
        await this.#backOff(error);
      }
    }
  }

  /** The engine may be starting again: find the place anew, saying so once. */
  async #backOff(error: unknown): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    if (this.#failures++ === 0) this.#warn(`cannot read the stream: ${String(error)}`);
    this.#iterator = undefined;
    this.#pending = [];
    this.#read = this.#cursor;
    await this.#pause(backoffMs(this.#failures));
  }

  /** One batch: what there is or, with a window, what comes until it is full or over. */
  async #gather(): Promise<Pending[]> {
    const { batchSize, windowMs } = this.#settings;
    if (this.#pending.length === 0) await this.#readOn();
    const endMs = performance.now() + windowMs;
    while (this.#pending.length > 0 && this.#pending.length < batchSize && bytesOf(this.#pending) < streamLimits.batchBytesMax) {
      const leftMs = endMs - performance.now();
      if (leftMs <= 0 || this.#stopped.signal.aborted) break;
      if ((await this.#readOn()) === 0) await this.#pause(Math.min(leftMs, streamLimits.readEveryMs));
    }
    return this.#pending.splice(0, countWithin(this.#pending, batchSize));
  }

  /** Reads once; answers how many records there were, wanted or not. */
  async #readOn(): Promise<number> {
    const { streamArn, region, wanted, lanes } = this.#settings;
    const input = { ShardIterator: this.#iterator ?? (await this.#place()), Limit: streamLimits.recordsPerRead };
    const answer = (await this.#parts.call('GetRecords', input)) as { Records?: EngineRecord[]; NextShardIterator?: string };
    const records = answer.Records ?? [];
    this.#iterator = answer.NextShardIterator;
    for (const record of records) {
      this.#read = sequenceOf(record);
      if (laneOf(record, lanes) !== this.#lane || changesNothing(record)) continue;
      const shaped = streamRecord(record, { arn: streamArn, region });
      if (wanted(shaped)) this.#pending.push(pendingOf(shaped));
    }
    return records.length;
  }

  async #place(): Promise<string> {
    const { streamArn } = this.#settings;
    this.#shardId ??= await onlyShard(this.#parts.call, streamArn);
    const from =
      this.#read === horizon
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: this.#read };
    const answer = await this.#parts.call('GetShardIterator', { StreamArn: streamArn, ShardId: this.#shardId, ...from });
    return (answer as { ShardIterator: string }).ShardIterator;
  }

  /** Until every record is handled or given up, or the lane is closed. */
  async #handle(batch: readonly Pending[]): Promise<void> {
    let attempts: Attempt[] = [{ records: batch, retries: 0, invocations: 0 }];
    for (let failures = 0; !this.#stopped.signal.aborted;) {
      const [first, ...others] = attempts;
      if (first === undefined) return;
      const current = await this.#withoutAged(first);
      const verdict: Verdict = current.records.length === 0 ? { kind: 'done' } : await this.#invoke(current.records);
      failures = verdict.kind === 'done' ? 0 : failures + 1;
      const left =
        verdict.kind === 'done' ? this.#done(first) : await this.#leftOf({ ...current, invocations: current.invocations + 1 }, verdict);
      attempts = [...left, ...others];
      if (failures > 0 && attempts.length > 0) await this.#pause(backoffMs(failures));
    }
  }

  async #invoke(records: readonly Pending[]): Promise<Verdict> {
    const { functionArn, reportsItemFailures } = this.#settings;
    const outcome = await this.#parts.invoker.invoke(functionArn, { Records: records.map(({ record }) => record) });
    if (!outcome.ok) {
      this.#warn(`${outcome.errorType} on ${records.length} records: ${outcome.errorMessage}`);
      return outcome.reason === 'throttled' ? { kind: 'throttled' } : { kind: 'failed', from: 0, unhandled: true };
    }
    if (!reportsItemFailures) return { kind: 'done' };
    const verdict = batchVerdict(outcome.payload, new Set(records.map(({ sequence }) => sequence)));
    if (verdict.kind === 'success') return { kind: 'done' };
    if (verdict.kind === 'failure') this.#warn(`the function's answer fails its whole batch: ${verdict.reason}`);
    // Everything from the lowest failed record on is tried again, since order counts.
    const from = verdict.kind === 'failure' ? 0 : records.findIndex(({ sequence }) => verdict.failed.includes(sequence));
    return { kind: 'failed', from, unhandled: false };
  }

  #done({ records }: Pick<Attempt, 'records'>): Attempt[] {
    const last = records.at(-1);
    if (last !== undefined) this.#moveTo(last.sequence);
    return [];
  }

  /** What is to be tried next of records that were not all handled. */
  async #leftOf(attempt: Attempt, verdict: Exclude<Verdict, { kind: 'done' }>): Promise<Attempt[]> {
    if (verdict.kind === 'throttled') return [attempt];
    this.#done({ records: attempt.records.slice(0, verdict.from) });
    const records = attempt.records.slice(verdict.from);
    const { bisects, retriesMax } = this.#settings;
    // Splitting takes nothing from the retries.
    if (bisects && verdict.from > 0) return [{ ...attempt, records }];
    if (bisects && records.length > 1) {
      const half = Math.ceil(records.length / 2);
      return [records.slice(0, half), records.slice(half)].map((part) => ({
        records: part,
        retries: attempt.retries,
        invocations: attempt.invocations,
      }));
    }
    if (attempt.retries < retriesMax) return [{ ...attempt, records, retries: attempt.retries + 1 }];
    await this.#giveUp({ ...attempt, records }, { condition: 'RetryAttemptsExhausted', unhandled: verdict.unhandled });
    return [];
  }

  /** Gives up what is older than the mapping allows. */
  async #withoutAged(attempt: Attempt): Promise<Attempt> {
    const oldestMs = this.#parts.clock.now() - this.#settings.recordAgeMsMax;
    const young = attempt.records.findIndex(({ createdMs }) => createdMs >= oldestMs);
    const count = young === -1 ? attempt.records.length : young;
    if (count === 0) return attempt;
    await this.#giveUp(
      { ...attempt, records: attempt.records.slice(0, count) },
      { condition: 'RecordAgeExceeded', unhandled: attempt.invocations > 0 },
    );
    return { ...attempt, records: attempt.records.slice(count) };
  }

  async #giveUp({ records, invocations }: Attempt, why: Pick<Discarded, 'condition' | 'unhandled'>): Promise<void> {
    const { functionArn, streamArn, failureQueue } = this.#settings;
    this.#warn(`${records.length} records are given up: ${why.condition}`);
    if (failureQueue !== undefined) {
      const discarded = {
        ...why,
        functionArn,
        streamArn,
        shardId: this.#shardId ?? '',
        invocations,
        records,
        nowMs: this.#parts.clock.now(),
      };
      await this.#reportUntilTaken(failureReport(discarded));
    }
    if (!this.#stopped.signal.aborted) this.#done({ records });
  }

  /** The cursor stays before the records until their report is safe. */
  async #reportUntilTaken(body: string): Promise<void> {
    for (let failures = 1; !this.#stopped.signal.aborted; failures++) {
      try {
        await this.#parts.report(body);
        return;
      } catch (error) {
        this.#warn(`the report of given up records was not taken, again soon: ${String(error)}`);
        await this.#pause(backoffMs(failures));
      }
    }
  }

  #moveTo(cursor: string): void {
    if (cursor === this.#cursor) return;
    this.#parts.save(cursor);
    this.#cursor = cursor;
  }

  async #pause(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { ref: false, signal: this.#stopped.signal }).catch(() => undefined);
  }

  #warn(message: string): void {
    this.#parts.log.warn('events', `${this.#settings.logicalId}: ${message}`);
  }
}

/** The engine keeps one shard a stream. */
export async function onlyShard(call: StreamLaneParts['call'], streamArn: string): Promise<string> {
  const answer = (await call('DescribeStream', { StreamArn: streamArn })) as { StreamDescription: { Shards?: { ShardId: string }[] } };
  const [shard, ...others] = answer.StreamDescription.Shards ?? [];
  if (shard === undefined || others.length > 0)
    throw new Error(`${streamArn} has ${others.length + (shard === undefined ? 0 : 1)} shards, not one`);
  return shard.ShardId;
}

function pendingOf(record: StreamRecord): Pending {
  return {
    record,
    sequence: sequenceOf(record),
    createdMs: record.dynamodb.ApproximateCreationDateTime * 1_000,
    bytes: Buffer.byteLength(JSON.stringify(record)) + 1,
  };
}

function bytesOf(records: readonly Pending[]): number {
  return records.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** How many of the first records make one event; at least one. */
function countWithin(records: readonly Pending[], most: number): number {
  let bytes = 0;
  const over = records.slice(0, most).findIndex((record) => (bytes += record.bytes) > streamLimits.batchBytesMax);
  return over === -1 ? Math.min(records.length, most) : Math.max(over, 1);
}

function backoffMs(failures: number): number {
  return Math.min(streamLimits.backoffMsMin * 2 ** Math.min(failures - 1, 10), streamLimits.backoffMsMax);
}
