/**
 * Objects as rows: every version and delete marker of every key, which of them is the latest, and which stretches of files hold the bytes.
 */
import { randomBytes } from 'node:crypto';
import type { Bucket } from './buckets.ts';
import type { Checksum } from './checksums.ts';
import type { Database, Row } from './database.ts';
import type { Slice } from './files.ts';

/** What a client said of the object, and S3 keeps and returns. */
export interface ObjectAttributes {
  /** `content-type` and the other standard headers, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly storageClass?: string;
  readonly checksum?: Checksum;
}

export interface ObjectVersion {
  readonly id: number;
  readonly bucket: string;
  readonly key: string;
  /** `null` where versioning was off. */
  readonly versionId: string;
  readonly latest: boolean;
  readonly deleteMarker: boolean;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Milliseconds since the epoch, stack time. */
  readonly modifiedMs: number;
  readonly noncurrentMs: number | undefined;
  /** 0 unless it was uploaded in parts. */
  readonly partCount: number;
  readonly attributes: ObjectAttributes;
}

/** A piece of the object's content, in order; `file` is undefined for an empty one. */
export interface Segment {
  readonly file: string | undefined;
  readonly size: number;
  /** Base64, where the piece was uploaded as a part. */
  readonly checksum?: string;
}

export interface NewVersion {
  readonly key: string;
  readonly segments: readonly Segment[];
  readonly etag: string;
  readonly partCount: number;
  readonly attributes: ObjectAttributes;
  readonly deleteMarker: boolean;
  readonly nowMs: number;
}

/** S3 shows times in whole seconds in HTTP headers; what is compared with them must be whole as well. */
export const wholeSecond = (ms: number) => Math.floor(ms / 1000) * 1000;

export class Versions {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** May be a delete marker. */
  latest(bucket: string, key: string): ObjectVersion | undefined {
    const row = this.#database.get('SELECT * FROM versions WHERE bucket = ? AND key = ? AND latest = 1', bucket, key);
    return row && versionOf(row);
  }

  find(bucket: string, key: string, versionId: string): ObjectVersion | undefined {
    const row = this.#database.get('SELECT * FROM versions WHERE bucket = ? AND key = ? AND version_id = ?', bucket, key, versionId);
    return row && versionOf(row);
  }

  /** Where the bytes from `start` up to but without `end` lie. */
  slices(version: ObjectVersion, start: number, end: number): Slice[] {
    const rows = this.#database.all(
      "SELECT start, size, file FROM segments WHERE version = ? AND start < ? AND start + size > ? AND file <> '' ORDER BY ordinal",
      version.id,
      end,
      start,
    );
    return rows.map((row) => {
      const segmentStart = Number(row['start']);
      const size = Number(row['size']);
      const from = Math.max(start, segmentStart);
      const to = Math.min(end, segmentStart + size);
      return { file: String(row['file']), start: from - segmentStart, length: to - from, whole: to - from === size };
    });
  }

  /** The part of that number (from 1) of an object that was uploaded in parts. */
  part(version: ObjectVersion, number: number): { start: number; size: number; checksum: string | undefined } | undefined {
    const row = this.#database.get('SELECT start, size, checksum FROM segments WHERE version = ? AND ordinal = ?', version.id, number - 1);
    if (!row) return undefined;
    return { start: Number(row['start']), size: Number(row['size']), checksum: row['checksum']?.toString() };
  }

  /** Makes a version the latest. In a transaction. Returns it, and the files that nothing names any more. */
  add(bucket: Bucket, added: NewVersion): { version: ObjectVersion; freed: string[] } {
    const versionId = bucket.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : 'null';
    const replaced = versionId === 'null' ? this.find(bucket.name, added.key, 'null') : undefined;
    const freed = replaced ? this.#deleteRows(replaced) : [];
    const size = added.segments.reduce((sum, segment) => sum + segment.size, 0);
    this.#database.run(
      'UPDATE versions SET latest = 0, noncurrent_ms = ? WHERE bucket = ? AND key = ? AND latest = 1',
      added.nowMs,
      bucket.name,
      added.key,
    );
    const { lastId: id } = this.#database.run(
      'INSERT INTO versions VALUES (NULL, ?, ?, ?, 1, ?, ?, ?, ?, NULL, ?, ?)',
      bucket.name,
      added.key,
      versionId,
      Number(added.deleteMarker),
      size,
      added.etag,
      added.nowMs,
      added.partCount,
      JSON.stringify(added.attributes),
    );
    this.#addSegments(id, added.segments);
    const { nowMs: modifiedMs, key, etag, partCount, attributes, deleteMarker } = added;
    const stored = { bucket: bucket.name, key, versionId, size, etag, modifiedMs, partCount, attributes, deleteMarker };
    return { version: { id, latest: true, noncurrentMs: undefined, ...stored }, freed };
  }

  /** Removes a version for good; the one before it becomes the latest. In a transaction. Returns the files that nothing names any more. */
  remove(version: ObjectVersion): string[] {
    const freed = this.#deleteRows(version);
    if (version.latest) {
      this.#database.run(
        `UPDATE versions SET latest = 1, noncurrent_ms = NULL
         WHERE id = (SELECT id FROM versions WHERE bucket = ? AND key = ? ORDER BY id DESC LIMIT 1)`,
        version.bucket,
        version.key,
      );
    }
    return freed;
  }

  setAttributes(version: ObjectVersion, attributes: ObjectAttributes): void {
    this.#database.run('UPDATE versions SET attributes = ? WHERE id = ?', JSON.stringify(attributes), version.id);
  }

  isFileInUse(file: string): boolean {
    return (
      this.#database.get('SELECT 1 FROM segments WHERE file = ? UNION ALL SELECT 1 FROM parts WHERE file = ? LIMIT 1', file, file) !==
      undefined
    );
  }

  #addSegments(id: number, segments: readonly Segment[]): void {
    let start = 0;
    for (const [ordinal, { size, file, checksum }] of segments.entries()) {
      this.#database.run('INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?)', id, ordinal, start, size, file ?? '', checksum ?? null);
      start += size;
    }
  }

  #deleteRows(version: ObjectVersion): string[] {
    const files = this.#database.all("SELECT file FROM segments WHERE version = ? AND file <> ''", version.id);
    this.#database.run('DELETE FROM segments WHERE version = ?', version.id);
    this.#database.run('DELETE FROM versions WHERE id = ?', version.id);
    return files.map((row) => String(row['file']));
  }
}

export function versionOf(row: Row): ObjectVersion {
  const noncurrentMs = row['noncurrent_ms'];
  return {
    id: Number(row['id']),
    bucket: String(row['bucket']),
    key: String(row['key']),
    versionId: String(row['version_id']),
    latest: row['latest'] === 1,
    deleteMarker: row['delete_marker'] === 1,
    size: Number(row['size']),
    etag: String(row['etag']),
    modifiedMs: Number(row['modified_ms']),
    noncurrentMs: noncurrentMs === null || noncurrentMs === undefined ? undefined : Number(noncurrentMs),
    partCount: Number(row['part_count']),
    attributes: JSON.parse(String(row['attributes'])) as ObjectAttributes,
  };
}
