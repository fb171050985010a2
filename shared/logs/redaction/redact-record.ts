import type { ErrorRecord } from '../error-record.ts';
import type { Redact } from './redact.ts';

/** The record without personal data: what is stored, mined and shown. The record itself when it has none. */
export function redactRecord<R extends Pick<ErrorRecord, 'message' | 'stack' | 'logger'>>(redact: Redact, record: R): R {
  const message = redact(record.message);
  const stack = record.stack === null ? null : redact(record.stack);
  const logger = record.logger === null ? null : redact(record.logger);
  return message === record.message && stack === record.stack && logger === record.logger ? record : { ...record, message, stack, logger };
}
