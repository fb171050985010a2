/**
 * Messages between the Log Scanner's functions, and the one that S3 sends.
 */
import * as z from 'zod';
import type { ObjectVersion } from './log-file.ts';

/** Scan this range of this file. */
export const rangeMessage = z.object({
  fileId: z.string(),
  range: z.int().nonnegative(),
  /** When a worker has not answered after this many seconds, another one is sent; null: after the queue's own visibility timeout. */
  leaseSeconds: z.int().positive().nullable(),
});
export type RangeMessage = z.infer<typeof rangeMessage>;

/** Go on queueing the ranges of this file. */
const continuationMessage = z.object({ continue: z.string() });
export type ContinuationMessage = z.infer<typeof continuationMessage>;

/** S3 sends this once, when notifications are set up. */
const testMessage = z.object({ Event: z.literal('s3:TestEvent') });

const objectCreated = z.object({
  eventName: z.string(),
  eventTime: z.iso.datetime(),
  s3: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), eTag: z.string().default(''), versionId: z.string().nullish() }),
  }),
});

/** What plan-file is sent. */
export const planMessage = z.union([z.object({ Records: z.array(objectCreated) }), continuationMessage, testMessage]);

/** The object versions that an S3 notification says were created. */
export function createdObjects({
  Records,
}: {
  readonly Records: readonly z.infer<typeof objectCreated>[];
}): { object: ObjectVersion; uploadedAtMs: number }[] {
  return Records.filter(({ eventName }) => eventName.includes('ObjectCreated:')).map(({ eventTime, s3: { bucket, object } }) => ({
    object: { bucket: bucket.name, key: decodedKey(object.key), versionId: object.versionId ?? null, eTag: object.eTag },
    uploadedAtMs: Date.parse(eventTime),
  }));
}

/** Keys in notifications are encoded like form values: a blank is a plus sign. */
const decodedKey = (key: string): string => decodeURIComponent(key.replaceAll('+', ' '));
