/**
 * What every operation works with, and how it changes things: rows, events and files in step.
 */
import type { Principal } from '../ports.ts';
import type { Bucket, Buckets } from './buckets.ts';
import type { ChildConfig } from './config.ts';
import type { Database } from './database.ts';
import type { ContentFiles } from './files.ts';
import type { ObjectEvent, Outbox } from './notifications.ts';
import type { S3Request } from './request.ts';
import type { Uploads } from './uploads.ts';
import type { Versions } from './versions.ts';

export interface S3Context {
  readonly config: ChildConfig;
  readonly principals: ReadonlyMap<string, Principal>;
  readonly database: Database;
  readonly files: ContentFiles;
  readonly buckets: Buckets;
  readonly versions: Versions;
  readonly uploads: Uploads;
  readonly outbox: Outbox;
  /** Milliseconds since the epoch, stack time. */
  now(): number;
  warn(message: string): void;
}

export interface Change {
  /** Takes files that no row will name any more. */
  readonly free: (files: readonly string[]) => void;
  readonly emit: (bucket: Bucket, event: ObjectEvent) => void;
}

/** Runs a change in one transaction with its events; only then are files removed and events sent. */
export function change<T>(context: S3Context, work: (change: Change) => T): T {
  const freed: string[] = [];
  let emitted = false;
  const result = context.database.transaction(() =>
    work({
      free: (files) => void freed.push(...files),
      emit(bucket, event) {
        emitted = true;
        context.outbox.record(bucket, event);
      },
    }),
  );
  context.files.remove(freed);
  if (emitted) context.outbox.flush();
  return result;
}

/** The part of an event that tells of the request behind it. */
export function causeOf(request: S3Request): Pick<ObjectEvent, 'timeMs' | 'requestId' | 'principalName' | 'sourceIpAddress'> {
  const { nowMs: timeMs, requestId, principal, remoteAddress: sourceIpAddress } = request;
  return { timeMs, requestId, principalName: principal.name, sourceIpAddress };
}
