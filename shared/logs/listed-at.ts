import type { ErrorRecord } from './error-record.ts';

/** The instant by which a record is listed among those of all files (ISO 8601): its own, or its file's upload when it carries none. */
export function listedAtOf({ time }: Pick<ErrorRecord, 'time'>, uploadedAtMs: number): string {
  return time ?? new Date(uploadedAtMs).toISOString();
}
