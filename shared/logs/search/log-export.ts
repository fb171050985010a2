/**
 * An export: the errors of a filter as one file, made behind the request's back and kept for a while.
 */
import * as z from 'zod';
import type { ErrorRecord } from '../error-record.ts';
import { errorId } from '../log-ids.ts';
import type { StoredError } from '../ports.ts';

export const exportLimits = {
  recordsMax: 100_000,
  bytesMax: 256 * 1024 * 1024,
  /** Of one part of the upload: S3 takes 5 MiB at least. */
  partBytes: 8 * 1024 * 1024,
  /** Days that the file is kept. */
  keptDays: 7,
  linkSeconds: 900,
  /** Kept back of the function's time to end the upload. */
  reportMs: 30_000,
  wordsMax: 10,
  wordCharactersMax: 200,
} as const;

export const exportFormats = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const word = z.string().min(1).max(exportLimits.wordCharactersMax);
const optional = z.string().max(200).optional();

const exportFilterSchema = z.object({
  from: optional,
  to: optional,
  level: z.enum(['error', 'fatal']).optional(),
  file: optional,
  service: optional,
  pattern: optional,
  include: z.array(word).max(exportLimits.wordsMax),
  exclude: z.array(word).max(exportLimits.wordsMax),
});

export const logExportSchema = z.object({
  /** `exp_…`. */
  id: z.string(),
  by: z.string(),
  format: z.enum(exportFormats),
  filter: exportFilterSchema,
  status: z.enum(['queued', 'done', 'failed']),
  records: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** It ends at a bound: there are more errors than are in it. */
  partial: z.boolean(),
  createdAtMs: z.int(),
  finishedAtMs: z.int().nullable(),
});
export type LogExport = z.infer<typeof logExportSchema>;

const columns = ['id', 'time', 'level', 'logger', 'message', 'stack', 'pattern', 'template', 'file', 'key', 'offset'] as const;
type Row = Readonly<Record<(typeof columns)[number], string | number | null>>;

/** What stands before the first error. */
export const headOf = (format: ExportFormat): string => (format === 'csv' ? `${columns.join(',')}\r\n` : '');

/** One error, with its line end. `key`: of its file. */
export function lineOf(format: ExportFormat, error: StoredError, key: string | null): string {
  const row = rowOf(error, key);
  if (format === 'ndjson') return `${JSON.stringify(row)}\n`;
  return `${columns.map((column) => cellOf(row[column])).join(',')}\r\n`;
}

function rowOf(error: StoredError, key: string | null): Row {
  const { time, level, logger, message, stack, offset }: ErrorRecord = error;
  const { patternId: pattern, template, fileId: file } = error;
  return { id: errorId(error), time, level, logger, message, stack, pattern, template, file, key, offset };
}

/**
 * RFC 4180. What a spreadsheet would run as a formula begins with an apostrophe: anybody who can make a log line could otherwise have commands run on the
 * machine of whoever opens the file. https://owasp.org/www-community/attacks/CSV_Injection
 */
function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
