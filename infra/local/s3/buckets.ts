/**
 * The buckets: few, asked for by every request, hence kept in memory beside their rows.
 */
import type { BucketConfig, BucketVersioning, CorsRule, LifecycleRule, NotificationRule } from './config.ts';
import type { Database } from './database.ts';
import { S3Error } from './errors.ts';

export interface Bucket {
  readonly name: string;
  readonly createdMs: number;
  readonly versioning: BucketVersioning;
  readonly cors: readonly CorsRule[];
  readonly notifications: readonly NotificationRule[];
  readonly lifecycle: readonly LifecycleRule[];
}

type StoredConfig = Pick<Bucket, 'cors' | 'notifications' | 'lifecycle'>;

export class Buckets {
  readonly #database: Database;
  readonly #buckets = new Map<string, Bucket>();

  constructor(database: Database) {
    this.#database = database;
    for (const row of database.all('SELECT * FROM buckets')) {
      const bucket: Bucket = {
        name: String(row['name']),
        createdMs: Number(row['created_ms']),
        versioning: (row['versioning'] || undefined) as BucketVersioning,
        ...(JSON.parse(String(row['config'])) as StoredConfig),
      };
      this.#buckets.set(bucket.name, bucket);
    }
  }

  /** In the order of their names. */
  all(): Bucket[] {
    return [...this.#buckets.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1));
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** Throws NoSuchBucket. */
  require(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (!bucket) throw new S3Error('NoSuchBucket', { details: { BucketName: name } });
    return bucket;
  }

  /** Creates what the template names, or brings it up to date. A bucket that once had versions never goes back to having none. */
  apply(config: BucketConfig, nowMs: number): void {
    const known = this.#buckets.get(config.name);
    this.#save({
      name: config.name,
      createdMs: known?.createdMs ?? nowMs,
      versioning: config.versioning ?? (known?.versioning ? 'Suspended' : undefined),
      cors: config.cors ?? [],
      notifications: config.notifications ?? [],
      lifecycle: config.lifecycle ?? [],
    });
  }

  create(name: string, nowMs: number): void {
    const wellFormed = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !/\.\.|\.-|-\.|^\d+\.\d+\.\d+\.\d+$/.test(name);
    if (!wellFormed) throw new S3Error('InvalidBucketName', { details: { BucketName: name } });
    if (this.#buckets.has(name)) throw new S3Error('BucketAlreadyOwnedByYou', { details: { BucketName: name } });
    this.#save({ name, createdMs: nowMs, versioning: undefined, cors: [], notifications: [], lifecycle: [] });
  }

  setVersioning(bucket: Bucket, versioning: BucketVersioning): void {
    this.#save({ ...bucket, versioning });
  }

  /** Throws BucketNotEmpty while a version, a delete marker or an upload is left. */
  delete(bucket: Bucket): void {
    const used =
      this.#database.get('SELECT 1 FROM versions WHERE bucket = ? LIMIT 1', bucket.name) ??
      this.#database.get('SELECT 1 FROM uploads WHERE bucket = ? LIMIT 1', bucket.name);
    if (used) throw new S3Error('BucketNotEmpty', { details: { BucketName: bucket.name } });
    this.#database.run('DELETE FROM buckets WHERE name = ?', bucket.name);
    this.#buckets.delete(bucket.name);
  }

  #save(bucket: Bucket): void {
    const { name, createdMs, versioning, ...config } = bucket;
    this.#database.run(
      `INSERT INTO buckets VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET versioning = excluded.versioning, config = excluded.config`,
      name,
      createdMs,
      versioning ?? '',
      JSON.stringify(config satisfies StoredConfig),
    );
    this.#buckets.set(name, bucket);
  }
}
