/**
 * Lifecycle rules: what is old enough goes. Runs when the stack says so, on the stack's clock.
 *
 * A day is over at the midnight (UTC) after it, as in S3: something written at noon with an expiry of one day goes when the second midnight has passed.
 */
import type { Bucket } from './buckets.ts';
import type { LifecycleOutcome, LifecycleRule } from './config.ts';
import { change } from './context.ts';
import type { S3Context } from './context.ts';
import type { ObjectEvent } from './notifications.ts';
import { versionOf } from './versions.ts';
import type { ObjectVersion } from './versions.ts';

const dayMs = 86_400_000;
/** Rows of one transaction, so that requests get their turn in between. */
const batchMax = 500;

type Outcome = { -readonly [Name in keyof LifecycleOutcome]: number };

/** When something that began at `sinceMs` has seen `days` days: the next midnight behind them. */
export function dueAtMs(sinceMs: number, days: number): number {
  return Math.ceil((sinceMs + days * dayMs) / dayMs) * dayMs;
}

export async function runLifecycle(context: S3Context): Promise<LifecycleOutcome> {
  const outcome: Outcome = { expired: 0, removedVersions: 0, removedMarkers: 0, abortedUploads: 0 };
  for (const bucket of context.buckets.all()) {
    for (const rule of bucket.lifecycle.filter((each) => each.enabled)) {
      await expireCurrent(context, { bucket, rule, outcome });
      await expireNoncurrent(context, { bucket, rule, outcome });
      await removeLoneMarkers(context, { bucket, rule, outcome });
      abortUploads(context, { bucket, rule, outcome });
    }
  }
  return outcome;
}

interface Work {
  readonly bucket: Bucket;
  readonly rule: LifecycleRule;
  readonly outcome: Outcome;
}

async function expireCurrent(context: S3Context, { bucket, rule, outcome }: Work): Promise<void> {
  const days = rule.expirationDays;
  if (days === undefined) return;
  const isDue = (version: ObjectVersion) =>
    !version.deleteMarker && dueAtMs(version.modifiedMs, days) <= context.now() && hasTags(version, rule);
  await eachBatch(
    versionsOf(context, bucket, 'latest = 1'),
    (version) => matches(version, rule) && isDue(version),
    (due) =>
      change(context, ({ free, emit }) => {
        for (const { key, size, etag, versionId, id } of due) {
          // It may have been replaced since it was listed.
          const version = context.versions.latest(bucket.name, key);
          if (version?.id !== id) continue;
          outcome.expired += 1;
          if (bucket.versioning === undefined) {
            free(context.versions.remove(version));
            emit(bucket, { ...cause(context), name: 'LifecycleExpiration:Delete', key, size, etag, versionId });
            continue;
          }
          const attributes = { headers: {}, metadata: {}, tags: {} };
          const nowMs = context.now();
          const marker = context.versions.add(bucket, { key, segments: [], etag: '', attributes, partCount: 0, deleteMarker: true, nowMs });
          free(marker.freed);
          emit(bucket, { ...cause(context), name: 'LifecycleExpiration:DeleteMarkerCreated', key, versionId: marker.version.versionId });
        }
      }),
  );
}

async function expireNoncurrent(context: S3Context, { bucket, rule, outcome }: Work): Promise<void> {
  const days = rule.noncurrentDays;
  if (days === undefined) return;
  const keep = rule.newerNoncurrentVersions ?? 0;
  let [key, newer] = ['', 0];
  const isDue = (version: ObjectVersion) => {
    // Versions come newest first within a key: the ones to keep come before the others.
    newer = version.key === key ? newer + 1 : 0;
    key = version.key;
    return newer >= keep && dueAtMs(version.noncurrentMs ?? version.modifiedMs, days) <= context.now() && hasTags(version, rule);
  };
  await eachBatch(
    versionsOf(context, bucket, 'latest = 0'),
    (version) => matches(version, rule) && isDue(version),
    (due) =>
      change(context, ({ free, emit }) => {
        for (const { key, versionId, id } of due) {
          const version = context.versions.find(bucket.name, key, versionId);
          if (version?.id !== id || version.latest) continue;
          outcome.removedVersions += 1;
          free(context.versions.remove(version));
          emit(bucket, { ...cause(context), name: 'LifecycleExpiration:Delete', key, versionId });
        }
      }),
  );
}

async function removeLoneMarkers(context: S3Context, { bucket, rule, outcome }: Work): Promise<void> {
  if (!rule.expiredObjectDeleteMarker) return;
  const isLone =
    'latest = 1 AND delete_marker = 1 AND NOT EXISTS (SELECT 1 FROM versions AS other WHERE other.bucket = versions.bucket AND other.key = versions.key AND other.latest = 0)';
  await eachBatch(
    versionsOf(context, bucket, isLone),
    (version) => matches(version, rule),
    (due) =>
      change(context, ({ free, emit }) => {
        for (const { key, versionId, id } of due) {
          const version = context.versions.latest(bucket.name, key);
          if (version?.id !== id) continue;
          outcome.removedMarkers += 1;
          free(context.versions.remove(version));
          emit(bucket, { ...cause(context), name: 'LifecycleExpiration:Delete', key, versionId });
        }
      }),
  );
}

function abortUploads(context: S3Context, { bucket, rule, outcome }: Work): void {
  const days = rule.abortIncompleteMultipartDays;
  if (days === undefined) return;
  const old = context.uploads
    .initiatedBefore(bucket.name, rule.prefix ?? '', context.now())
    .filter((upload) => dueAtMs(upload.initiatedMs, days) <= context.now());
  for (const upload of old) change(context, ({ free }) => free(context.uploads.remove(upload)));
  outcome.abortedUploads += old.length;
}

/** Pages through rows by key, so that no query stays open while rows change. */
function* versionsOf(context: S3Context, bucket: Bucket, condition: string): Generator<ObjectVersion[]> {
  const sql = `SELECT * FROM versions WHERE bucket = ? AND ${condition} AND (key > ? OR (key = ? AND id < ?)) ORDER BY key, id DESC LIMIT ${batchMax}`;
  let last = { key: '', id: 0 };
  for (;;) {
    const page = context.database.all(sql, bucket.name, last.key, last.key, last.id).map(versionOf);
    if (page.length === 0) return;
    last = page.at(-1)!;
    yield page;
  }
}

async function eachBatch(
  pages: Iterable<ObjectVersion[]>,
  isDue: (version: ObjectVersion) => boolean,
  remove: (due: ObjectVersion[]) => void,
): Promise<void> {
  for (const page of pages) {
    const due = page.filter(isDue);
    if (due.length > 0) remove(due);
    await new Promise(setImmediate);
  }
}

function matches(version: ObjectVersion, rule: LifecycleRule): boolean {
  return version.key.startsWith(rule.prefix ?? '');
}

function hasTags(version: ObjectVersion, rule: LifecycleRule): boolean {
  return Object.entries(rule.tags ?? {}).every(([name, value]) => version.attributes.tags[name] === value);
}

function cause(context: S3Context): Pick<ObjectEvent, 'timeMs' | 'requestId' | 'principalName' | 'sourceIpAddress'> {
  return { timeMs: context.now(), requestId: 'lifecycle', principalName: 's3.amazonaws.com', sourceIpAddress: 's3.amazonaws.com' };
}
