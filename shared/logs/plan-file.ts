/**
 * From an object in the bucket to a file with ranges in the queue.
 *
 * The plan is stored before anything is sent, and how much was sent is stored after: a delivery that finds the file goes on where
 * the last one stopped, and what it sends twice is scanned twice and counted once. The ranges of a large file go out in steps, each
 * inside the limits of one invocation.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { describeContent } from './describe-content.ts';
import { byteRange, chunkCount, layoutOf, rangesOfChunk, wholeLayout } from './file-layout.ts';
import { limits } from './limits.ts';
import { isOpen, noCounts, type Failure, type LogFile, type ObjectVersion } from './log-file.ts';
import { logFileId } from './log-ids.ts';
import type { FileStore, LogSource, ScanQueue } from './ports.ts';
import type { RangeMessage } from './scan-messages.ts';

interface Deps {
  readonly files: FileStore;
  readonly source: LogSource;
  readonly queue: ScanQueue;
  readonly clock: Clock;
  /** Smallest range; `limits.rangeBytesMin` where it is not set. */
  readonly rangeBytesMin?: number | undefined;
}

interface CreatedObject {
  readonly object: ObjectVersion;
  readonly uploadedAtMs: number;
}

/** Plans a created object and queues its ranges. Answers the file as far as this step got. */
export async function planFile(deps: Deps, created: CreatedObject): Promise<LogFile> {
  const known = await deps.files.ofObject(created.object);
  return queueRanges(deps, known ?? (await deps.files.add(await plannedFile(deps, created))));
}

/** Goes on queueing the ranges of a planned file. Undefined when it is not known any more. */
export async function continuePlan(deps: Deps, fileId: string): Promise<LogFile | undefined> {
  const file = await deps.files.get(fileId);
  return file && queueRanges(deps, file);
}

async function queueRanges(deps: Deps, file: LogFile): Promise<LogFile> {
  const chunks = chunkCount(file);
  if (!isOpen(file) || file.chunksQueued >= chunks) return file;
  // Before the first message: a worker may be faster than this function.
  if (file.status === 'planned') await deps.files.beginScanning(file.id);
  const stop = Math.min(chunks, file.chunksQueued + limits.chunksPerPlanStep);
  for (let chunk = file.chunksQueued; chunk < stop; chunk += 1) {
    await deps.queue.sendRanges(rangesOfChunk(file, chunk).map((range) => rangeMessageOf(file, range)));
    await deps.files.chunksQueued(file.id, chunk + 1);
  }
  if (stop < chunks) await deps.queue.sendContinuation(file.id);
  return { ...file, status: 'scanning', chunksQueued: stop };
}

function rangeMessageOf(file: LogFile, range: number): RangeMessage {
  const { start, end } = byteRange(file, range);
  const seconds = limits.leaseSecondsMin + Math.ceil((end - start) / limits.leaseBytesPerSecond);
  return { fileId: file.id, range, leaseSeconds: file.compression === 'none' ? seconds : null };
}

async function plannedFile({ source, clock, rangeBytesMin }: Deps, { object, uploadedAtMs }: CreatedObject): Promise<LogFile> {
  const described = await source.describe(object);
  const draft = draftFile({ object, uploadedAtMs, sizeBytes: described?.sizeBytes ?? 0, nowMs: clock.now() });
  if (described === undefined)
    return failed(draft, { reason: 'deleted', detail: 'The object version was gone before it was planned.', offset: null });
  if (described.sizeBytes > limits.fileBytesMax) {
    return failed(draft, { reason: 'too-large', detail: `The object has more than ${limits.fileBytesMax} bytes.`, offset: null });
  }
  if (described.sizeBytes === 0) return { ...draft, status: 'done', closedAtMs: draft.plannedAtMs };
  const content = await describeContent(source.open(object, described.sizeBytes));
  if (content.binary)
    return failed(draft, { reason: 'binary-content', detail: 'The content is not text in any encoding that is known.', offset: null });
  const { compression, encoding, textStart } = content;
  const layout = compression === 'none' ? layoutOf(described.sizeBytes, { encoding, rangeBytesMin }) : wholeLayout(described.sizeBytes);
  return { ...draft, compression, encoding, textStart, ...layout };
}

function draftFile(known: CreatedObject & { sizeBytes: number; nowMs: number }): LogFile {
  return {
    id: logFileId(known.object, known.uploadedAtMs),
    object: known.object,
    sizeBytes: known.sizeBytes,
    uploadedAtMs: known.uploadedAtMs,
    plannedAtMs: known.nowMs,
    closedAtMs: null,
    rolledUpAtMs: null,
    compression: 'none',
    encoding: 'utf-8',
    textStart: 0,
    rangeBytes: 0,
    ranges: 0,
    status: 'planned',
    failure: null,
    counts: noCounts,
    recordsFrom: null,
    recordsTo: null,
    linesBeforeChunk: [],
    chunksQueued: 0,
    chunksDone: [],
    revision: 0,
  };
}

const failed = (draft: LogFile, failure: Failure): LogFile => ({ ...draft, status: 'failed', failure, closedAtMs: draft.plannedAtMs });
