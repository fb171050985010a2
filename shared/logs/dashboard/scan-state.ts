/**
 * How scanning goes: what was scanned lately and how fast, how long it takes until it is seen, and which files are in flight.
 */
import { chunkCount } from '../file-layout.ts';
import { isOpen, type FileStatus, type LogFile } from '../log-file.ts';
import type { FileStore, ProgressStore } from '../ports.ts';
import { presentFile, type FileView } from '../present-file.ts';
import { dashboardLimits, type DashboardView } from './dashboard-routes.ts';
import type { DashboardWindow } from './window.ts';

interface Deps {
  readonly files: FileStore;
  readonly progress: ProgressStore;
}

/** The latest files of either outcome that are looked at, and chunks of those in flight. */
const closedRead = 50;
const chunksRead = 100;

export async function scanState({ files, progress }: Deps, { fromMs, toMs }: DashboardWindow): Promise<DashboardView['scan']> {
  const newest = async (status: FileStatus, limit: number) => files.ids({ status, order: 'newest', limit });
  const ids = await Promise.all([
    newest('planned', dashboardLimits.filesMax),
    newest('scanning', dashboardLimits.filesMax),
    newest('done', closedRead),
    newest('failed', closedRead),
    files.awaitingRollup(closedRead),
  ]);
  const loaded = await files.load(ids.flat());
  const closed = loaded.filter(({ closedAtMs }) => closedAtMs !== null && closedAtMs >= fromMs && closedAtMs < toMs);
  const open = loaded.filter(isOpen).toSorted((a, b) => (a.id > b.id ? -1 : 1));
  return {
    ...sums(closed),
    bytesPerSecond: median(closed.flatMap(speedOf)),
    lagSeconds: lagOf(closed),
    waiting: ids[4].length,
    inFlight: await inFlight(progress, open.slice(0, dashboardLimits.filesMax)),
  };
}

function sums(closed: readonly LogFile[]): Pick<DashboardView['scan'], 'files' | 'failed' | 'bytes' | 'lines' | 'records'> {
  const sum = { files: closed.length, failed: 0, bytes: 0, lines: 0, records: 0 };
  for (const { status, counts } of closed) {
    if (status === 'failed') sum.failed += 1;
    sum.bytes += counts.bytes;
    sum.lines += counts.lines;
    sum.records += counts.errors + counts.fatals;
  }
  return sum;
}

function speedOf({ counts, plannedAtMs, closedAtMs }: LogFile): number[] {
  return counts.bytes === 0 || closedAtMs === null ? [] : [counts.bytes / Math.max(0.001, (closedAtMs - plannedAtMs) / 1_000)];
}

function lagOf(closed: readonly LogFile[]): DashboardView['scan']['lagSeconds'] {
  const lags = closed.flatMap(({ uploadedAtMs, rolledUpAtMs }) =>
    rolledUpAtMs === null ? [] : [Math.max(0, rolledUpAtMs - uploadedAtMs) / 1_000],
  );
  const middle = median(lags);
  return middle === null ? null : { median: middle, worst: Math.max(...lags) };
}

const median = (numbers: readonly number[]): number | null => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? null;

/** Of a file with more chunks than are read, the progress is what these say. */
async function inFlight(progress: ProgressStore, open: readonly LogFile[]): Promise<FileView[]> {
  const asked = open
    .flatMap((file) => Array.from({ length: chunkCount(file) }, (_, chunk) => ({ fileId: file.id, chunk })))
    .slice(0, chunksRead);
  const chunks = Map.groupBy(await progress.load(asked), ({ fileId }) => fileId);
  return open.map((file) => presentFile(file, chunks.get(file.id)?.map((one) => one.progress) ?? []));
}
