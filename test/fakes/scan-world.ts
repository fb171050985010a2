/**
 * The Log Scanner without AWS: its use cases on fakes, with a queue that delivers twice, out of order and side by side, and workers
 * that die between any two calls.
 */
import { continuePlan, planFile } from '#shared/logs/plan-file.ts';
import { limits } from '#shared/logs/limits.ts';
import { isOpen, type LogFile, type ObjectVersion } from '#shared/logs/log-file.ts';
import type { ErrorStore, FileStore, LogSource, ProgressStore, ScanQueue, StoredError } from '#shared/logs/ports.ts';
import type { Clock } from '#shared/platform/clock.ts';
import type { RangeMessage } from '#shared/logs/scan-messages.ts';
import { scanFileRange } from '#shared/logs/scan-file-range.ts';
import { redact } from '#shared/logs/redaction/redact.ts';
import type { AggregateReader, CorpusStore, CountStore, PatternStore, RollupQueue, SummaryStore } from '#shared/logs/rollup/ports.ts';
import { rollUpFile } from '#shared/logs/rollup/roll-up-file.ts';
import { sweepFiles } from '#shared/logs/sweep-files.ts';
import { fakeClock } from './clock.ts';
import { fakeAuditLog } from './fake-audit-log.ts';
import { fakeErrorStore } from './fake-error-store.ts';
import { fakeFileStore } from './fake-file-store.ts';
import { fakeIssueStore } from './fake-issue-store.ts';
import { fakeLogBucket } from './fake-log-bucket.ts';
import { fakeProgressStore } from './fake-progress-store.ts';
import { fakePatternStores, fakeSummaryStore } from './fake-rollup-stores.ts';
import { sampleObject, uploadedAtMs } from './log-samples.ts';
import { calm, mortal, type Weather } from './weather.ts';

type Message =
  | { readonly plan: ObjectVersion }
  | { readonly continue: string }
  | { readonly range: RangeMessage }
  | { readonly rollUp: string };

interface Waiting {
  readonly message: Message;
  receiveCount: number;
}

interface Stores {
  readonly files: FileStore;
  readonly progress: ProgressStore;
  readonly errors: ErrorStore;
  readonly summaries: SummaryStore;
  readonly corpora: CorpusStore;
  readonly patterns: PatternStore;
  readonly counts: CountStore;
  readonly aggregates: AggregateReader;
}

const storesInMemory = (clock: Clock): Stores => ({
  files: fakeFileStore(),
  progress: fakeProgressStore(clock),
  errors: fakeErrorStore(),
  summaries: fakeSummaryStore(),
  ...fakePatternStores(),
});

interface Options {
  readonly content: Buffer;
  readonly rangeBytesMin: number;
  readonly attemptsMax: number;
  readonly weather?: Weather;
  /** Rolls closed files up; what is about scanning alone does without. */
  readonly rollUp?: boolean;
  /** In memory unless told otherwise. */
  readonly stores?: (clock: Clock) => Stores;
  /** Ranges whose bytes cannot be read, whoever tries. */
  readonly poison?: (range: number) => boolean;
}

const stalledAfterMs = 86_400_000;
const functionMs = 900_000;
const objectVersion = sampleObject();

export function scanWorld({
  content,
  rangeBytesMin,
  attemptsMax,
  weather = calm,
  poison,
  rollUp = false,
  stores: open = storesInMemory,
}: Options) {
  const clock = fakeClock(uploadedAtMs + 1_000);
  const stores = open(clock);
  const bucket = fakeLogBucket(Math.max(64, Math.ceil(content.length / 500)));
  bucket.put(objectVersion, content);
  const waiting: Waiting[] = [{ message: { plan: objectVersion }, receiveCount: 0 }];
  const dead: Message[] = [];
  const send = (message: Message): void => void waiting.push({ message, receiveCount: 0 });
  const queue: ScanQueue = {
    sendRanges: async (messages) => messages.forEach((range) => send({ range })),
    sendContinuation: async (fileId) => send({ continue: fileId }),
  };
  const rollups: RollupQueue = { request: async ({ id }) => void (rollUp && send({ rollUp: id })) };
  let timesClosed = 0;
  const countingFiles = {
    ...stores.files,
    async close(file: LogFile) {
      const before = await stores.files.get(file.id);
      const written = await stores.files.close(file);
      if (written && before !== undefined && isOpen(before)) timesClosed += 1;
      return written;
    },
  };
  const issues = fakeIssueStore({ patterns: stores.patterns, audit: fakeAuditLog(clock) });
  const world = {
    ...stores,
    issues,
    bucket,
    dead,
    clock,
    redrive,
    run,
    rollUpLate,
    sweep,
    file,
    allErrors,
    timesClosed: () => timesClosed,
  };
  let isPoisoned = poison ?? (() => false);

  function worker(range?: number) {
    const life = mortal(weather);
    const isUnreadable = (): boolean => range !== undefined && isPoisoned(range);
    return {
      files: life.call(countingFiles),
      progress: life.call(stores.progress),
      errors: life.call(stores.errors),
      queue: life.call(queue),
      summaries: {
        ...life.call({ put: (...given: Parameters<SummaryStore['put']>) => stores.summaries.put(...given) }),
        ofChunk: (...given: Parameters<SummaryStore['ofChunk']>) => stores.summaries.ofChunk(...given),
      },
      corpora: life.call(stores.corpora),
      patterns: life.call(stores.patterns),
      issues: life.call(issues),
      counts: life.call(stores.counts),
      aggregates: life.call(stores.aggregates),
      rollups: life.call(rollups),
      redact,
      source: {
        ...life.call({ describe: (object: ObjectVersion) => bucket.describe(object) }),
        open: (object: ObjectVersion, sizeBytes: number) => poisoned(bucket.open(object, sizeBytes), isUnreadable),
      },
      clock,
      rangeBytesMin,
    } as const;
  }

  async function deliver(one: Waiting): Promise<void> {
    one.receiveCount += 1;
    const { message } = one;
    const deps = worker('range' in message ? message.range.range : undefined);
    if ('plan' in message) await planFile(deps, { object: message.plan, uploadedAtMs });
    else if ('continue' in message) await continuePlan(deps, message.continue);
    else if ('rollUp' in message) await rollUpFile(deps, message.rollUp);
    else await scanFileRange(deps, { ...message.range, attempt: one.receiveCount, attemptsMax, deadlineMs: clock.now() + functionMs });
  }

  /** One delivery of each of some waiting messages, side by side. */
  async function step(): Promise<void> {
    const batch = Array.from({ length: 1 + Math.floor(weather.fraction() * 4) }, () => takeOne()).filter((one) => one !== undefined);
    await Promise.all(
      batch.map(async (one) => {
        const twin = weather.fraction() < weather.doubles ? deliver({ ...one }).catch(() => undefined) : undefined;
        const outcome = await deliver(one).then(
          () => 'done',
          () => 'failed',
        );
        await twin;
        if (outcome === 'done') return;
        const isRange = 'range' in one.message;
        if (isRange && one.receiveCount >= attemptsMax) dead.push(one.message);
        else waiting.push(one);
      }),
    );
  }

  function takeOne(): Waiting | undefined {
    return waiting.splice(Math.floor(weather.fraction() * waiting.length), 1)[0];
  }

  /** Delivers until nothing waits. */
  async function run(): Promise<void> {
    for (let steps = 0; waiting.length > 0; steps += 1) {
      if (steps > 20_000) throw new Error('The queue does not become empty');
      await step();
    }
  }

  async function sweep() {
    const deps = { files: countingFiles, progress: stores.progress, rollups, clock };
    return sweepFiles(deps, { stalledAfterMs, everyMs: 60_000, deadlineMs: clock.now() + 60_000 });
  }

  /** Sweeps and delivers until no closed file waits to be rolled up: its message may have died with the worker that closed it. */
  async function rollUpLate(): Promise<void> {
    for (let sweeps = 0; (await stores.files.awaitingRollup(1)).length > 0; sweeps += 1) {
      if (sweeps > 100) throw new Error('A file is not rolled up');
      clock.advance(limits.rollupRetryMs - ((clock.now() - ((await file()).closedAtMs ?? 0)) % limits.rollupRetryMs));
      await sweep();
      await run();
    }
  }

  /** Sends the messages of the dead-letter queue again; nothing is poisoned any more. */
  function redrive(): void {
    isPoisoned = () => false;
    for (const message of dead.splice(0)) send(message);
  }

  async function file(): Promise<LogFile> {
    const found = await stores.files.ofObject(objectVersion);
    if (found === undefined) throw new Error('The file was not planned');
    return found;
  }

  /** Every error of the file, in its order. */
  async function allErrors(): Promise<StoredError[]> {
    const { id, ranges } = await file();
    const inRanges = Array.from({ length: ranges }, (_, range) => stores.errors.inRange({ fileId: id, range, limit: 10_000 }));
    return (await Promise.all(inRanges)).flat();
  }

  return { ...world, object: objectVersion, stalledAfterMs, functionMs };
}

function poisoned(source: ReturnType<LogSource['open']>, isUnreadable: () => boolean): ReturnType<LogSource['open']> {
  return {
    sizeBytes: source.sizeBytes,
    async *read(start, end) {
      for await (const bytes of source.read(start, end)) {
        if (isUnreadable()) throw new Error('This cannot be read');
        yield bytes;
      }
    },
  };
}
