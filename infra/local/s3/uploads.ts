/**
 * Multipart uploads that are not complete yet, as rows.
 */
import type { ChecksumAlgorithm, ChecksumType } from './checksums.ts';
import type { Database, Row } from './database.ts';
import type { ObjectAttributes } from './versions.ts';

export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly initiatedMs: number;
  readonly algorithm: ChecksumAlgorithm;
  readonly checksumType: ChecksumType;
  readonly attributes: ObjectAttributes;
}

export interface Part {
  readonly number: number;
  readonly size: number;
  /** Without quotes: the MD5 in hex. */
  readonly etag: string;
  /** Base64, of the upload's algorithm. */
  readonly checksum: string;
  readonly modifiedMs: number;
  /** Undefined for an empty part. */
  readonly file: string | undefined;
}

export class Uploads {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(upload: Upload): void {
    this.#database.run(
      'INSERT INTO uploads VALUES (?, ?, ?, ?, ?, ?, ?)',
      upload.id,
      upload.bucket,
      upload.key,
      upload.initiatedMs,
      upload.algorithm,
      upload.checksumType,
      JSON.stringify(upload.attributes),
    );
  }

  find(bucket: string, key: string, id: string): Upload | undefined {
    const row = this.#database.get('SELECT * FROM uploads WHERE id = ? AND bucket = ? AND key = ?', id, bucket, key);
    return row && uploadOf(row);
  }

  /** Replaces a part of the same number. In a transaction. Returns the files that nothing names any more. */
  putPart(upload: Upload, part: Part): string[] {
    const old = this.#database.get('SELECT file FROM parts WHERE upload = ? AND number = ? AND file IS NOT NULL', upload.id, part.number);
    this.#database.run(
      'INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?, ?)',
      upload.id,
      part.number,
      part.size,
      part.etag,
      part.checksum,
      part.modifiedMs,
      part.file ?? null,
    );
    return old ? [String(old['file'])] : [];
  }

  /** In the order of their numbers. */
  parts(upload: Upload, { after = 0, limit = Number.MAX_SAFE_INTEGER } = {}): Part[] {
    return this.#database
      .all('SELECT * FROM parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?', upload.id, after, limit)
      .map(partOf);
  }

  /** Forgets the upload and all its parts. In a transaction. Returns their files. */
  remove(upload: Upload): string[] {
    const files = this.parts(upload).flatMap((part) => part.file ?? []);
    this.#database.run('DELETE FROM parts WHERE upload = ?', upload.id);
    this.#database.run('DELETE FROM uploads WHERE id = ?', upload.id);
    return files;
  }

  initiatedBefore(bucket: string, prefix: string, ms: number): Upload[] {
    return this.#database
      .all('SELECT * FROM uploads WHERE bucket = ? AND initiated_ms <= ?', bucket, ms)
      .map(uploadOf)
      .filter((upload) => upload.key.startsWith(prefix));
  }
}

export function uploadOf(row: Row): Upload {
  return {
    id: String(row['id']),
    bucket: String(row['bucket']),
    key: String(row['key']),
    initiatedMs: Number(row['initiated_ms']),
    algorithm: row['checksum_algorithm'] as ChecksumAlgorithm,
    checksumType: row['checksum_type'] as ChecksumType,
    attributes: JSON.parse(String(row['attributes'])) as ObjectAttributes,
  };
}

function partOf(row: Row): Part {
  return {
    number: Number(row['number']),
    size: Number(row['size']),
    etag: String(row['etag']),
    checksum: String(row['checksum']),
    modifiedMs: Number(row['modified_ms']),
    file: row['file']?.toString(),
  };
}
