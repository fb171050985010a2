/**
 * Identifiers of log files and of the errors in them.
 */
import { createHash } from 'node:crypto';
import { base36, timePart } from '#shared/platform/ids.ts';
import type { ObjectVersion } from './log-file.ts';

/** 80 bits of the hash, which take 16 digits of base 36. */
const hashBytes = 10;
const hashCharacters = 16;
/** 2^53 in base 36. */
const offsetCharacters = 11;
const fileIdPattern = /^log_([0-9a-z]{9})([0-9a-z]{16})$/;
const errorIdPattern = /^err_([0-9a-z]{25})([0-9a-z]{11})$/;

/**
 * What identifies an object version for ever: its events may come twice, with other times, and must find the same file.
 * Without versions the ETag tells one content from the next.
 */
export function objectHash({ bucket, key, versionId, eTag }: ObjectVersion): string {
  const identity = JSON.stringify([bucket, key, versionId ?? `etag:${eTag}`]);
  return base36(createHash('sha256').update(identity).digest().subarray(0, hashBytes), hashCharacters);
}

/** `log_`, the time of the upload, the object's hash: sorts by time, and is found again by its hash alone. */
export function logFileId(object: ObjectVersion, uploadedAtMs: number): string {
  return `log_${timePart(uploadedAtMs)}${objectHash(object)}`;
}

/** The object hash inside a file id, or undefined for what is no file id. */
export function hashOfFileId(fileId: string): string | undefined {
  return fileIdPattern.exec(fileId)?.[2];
}

/** The time inside a file id, in milliseconds since the epoch; not a number for what is no file id. */
export function uploadedAtOfFileId(fileId: string): number {
  return Number.parseInt(fileIdPattern.exec(fileId)?.[1] ?? '', 36);
}

export interface ErrorPlace {
  readonly fileId: string;
  readonly offset: number;
}

/** `err_`, the file's id without its prefix, the record's offset: sorts by file, then by place in it. */
export function errorId({ fileId, offset }: ErrorPlace): string {
  return `err_${fileId.slice('log_'.length)}${offset.toString(36).padStart(offsetCharacters, '0')}`;
}

/** Where the error is, or undefined for what is no error id. */
export function placeOfError(id: string): ErrorPlace | undefined {
  const [, file, offset] = errorIdPattern.exec(id) ?? [];
  if (file === undefined || offset === undefined) return undefined;
  const number = Number.parseInt(offset, 36);
  return Number.isSafeInteger(number) ? { fileId: `log_${file}`, offset: number } : undefined;
}
