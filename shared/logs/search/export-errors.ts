/**
 * Exports: asked for, made, and downloaded.
 */
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import { auditedBy, type Staff } from '../issues/staff.ts';
import type { FileStore } from '../ports.ts';
import type { ErrorFilter } from './error-filter.ts';
import { exportFault } from './export-faults.ts';
import { findErrors, type FindDeps } from './find-errors.ts';
import { exportLimits, headOf, lineOf, type ExportFormat, type LogExport } from './log-export.ts';
import type { ExportFiles, ExportQueue, ExportStore, ExportWriter } from './ports.ts';

export interface AskDeps {
  readonly exports: ExportStore;
  readonly queue: ExportQueue;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Has an export made. What is taken out of the house is in the audit log, with its filter. */
export async function askForExport(deps: AskDeps, wanted: { format: ExportFormat; filter: ErrorFilter }, staff: Staff): Promise<LogExport> {
  const { format, filter } = wanted;
  const one: LogExport = {
    id: prefixedId('exp', deps),
    by: staff.id,
    format,
    filter: { ...filter, include: [...filter.include], exclude: [...filter.exclude] },
    status: 'queued',
    records: 0,
    bytes: 0,
    partial: false,
    createdAtMs: deps.clock.now(),
    finishedAtMs: null,
  };
  const subject = `log-export:${one.id}`;
  await deps.exports.add(one, {
    ...auditedBy(staff),
    stream: 'log-exports',
    subject,
    action: 'log-export.asked',
    after: { format, filter },
  });
  await deps.queue.request(one.id);
  return one;
}

export interface ExportView extends Pick<LogExport, 'id' | 'format' | 'status' | 'records' | 'bytes' | 'partial'> {
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly url: string | null;
  readonly expiresAt: string | null;
}

/** Fault: `logs.export-not-found`. */
export async function readExport(
  { exports, files, clock }: Pick<AskDeps, 'exports' | 'clock'> & { readonly files: Pick<ExportFiles, 'downloadUrl'> },
  exportId: string,
): Promise<ExportView> {
  const one = await exports.get(exportId);
  if (one === undefined) throw exportFault('logs.export-not-found');
  const url = one.status === 'done' ? await files.downloadUrl(one, exportLimits.linkSeconds) : null;
  return presentExport(one, url, clock.now());
}

export function presentExport(one: LogExport, url: string | null, nowMs: number): ExportView {
  const { id, format, status, records, bytes, partial, createdAtMs, finishedAtMs } = one;
  return {
    id,
    format,
    status,
    records,
    bytes,
    partial,
    url,
    createdAt: new Date(createdAtMs).toISOString(),
    finishedAt: finishedAtMs === null ? null : new Date(finishedAtMs).toISOString(),
    expiresAt: url === null ? null : new Date(nowMs + exportLimits.linkSeconds * 1_000).toISOString(),
  };
}

export interface MakeDeps extends FindDeps {
  readonly exports: ExportStore;
  readonly exportFiles: ExportFiles;
  readonly clock: Clock;
}

/** Makes the export, unless it is made. On a last attempt that fails it is failed; the error is thrown in any case. */
export async function makeExport(
  deps: MakeDeps,
  job: { exportId: string; deadlineMs: number; isLastAttempt: boolean },
): Promise<LogExport | undefined> {
  const one = await deps.exports.get(job.exportId);
  if (one === undefined || one.status !== 'queued') return one;
  const writer = await deps.exportFiles.begin(one);
  try {
    const written = await writeErrors(deps, one, { writer, deadlineMs: job.deadlineMs - exportLimits.reportMs });
    await writer.end();
    const done: LogExport = { ...one, ...written, status: 'done', finishedAtMs: deps.clock.now() };
    await deps.exports.finish(done);
    return done;
  } catch (error) {
    await writer.abort().catch(() => undefined);
    if (job.isLastAttempt) await deps.exports.finish({ ...one, status: 'failed', finishedAtMs: deps.clock.now() });
    throw error;
  }
}

interface Written {
  readonly records: number;
  readonly bytes: number;
  readonly partial: boolean;
}

async function writeErrors(deps: MakeDeps, one: LogExport, to: { writer: ExportWriter; deadlineMs: number }): Promise<Written> {
  const keys = fileKeys(deps.files);
  let records = 0;
  let bytes = 0;
  const put = async (text: string): Promise<void> => {
    await to.writer.write(text);
    bytes += Buffer.byteLength(text);
  };
  await put(headOf(one.format));
  for await (const { found } of findErrors(deps, one.filter)) {
    await keys.learn(found.map(({ entry }) => entry.fileId));
    for (const { entry: error } of found) {
      if (records >= exportLimits.recordsMax || bytes >= exportLimits.bytesMax) return { records, bytes, partial: true };
      await put(lineOf(one.format, error, keys.of(error.fileId)));
      records += 1;
    }
    if (deps.clock.now() >= to.deadlineMs) return { records, bytes, partial: true };
  }
  return { records, bytes, partial: false };
}

/** Keys of files that are remembered; then they are all forgotten. */
const rememberedMax = 10_000;

function fileKeys(files: Pick<FileStore, 'load'>) {
  const known = new Map<string, string>();
  return {
    of: (fileId: string): string | null => known.get(fileId) ?? null,
    async learn(fileIds: readonly string[]): Promise<void> {
      if (known.size > rememberedMax) known.clear();
      const unknown = [...new Set(fileIds)].filter((id) => !known.has(id));
      for (const { id, object } of unknown.length === 0 ? [] : await files.load(unknown)) known.set(id, object.key);
    },
  };
}
