/**
 * What the local S3 is given by the stack, and what the supervisor and its child process tell each other.
 * Everything here crosses a process border as JSON, except the callbacks of `S3Options`.
 */
import type { Principal, StackLog } from '../ports.ts';

export interface S3Options {
  /** Holds the database and the files; created when missing. Only one server may use it at a time. */
  readonly dataDirectory: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly host?: string;
  readonly region: string;
  readonly accountId: string;
  /** Buckets of the template: created or brought up to date at start. Others that clients created stay as they are. */
  readonly buckets: readonly BucketConfig[];
  readonly principals: readonly Principal[];
  /** Milliseconds that the stack's clock is ahead of the machine's. */
  readonly clockOffsetMs?: number;
  /** Delivers one event. At least once: called again, also after a restart, until it resolves. */
  readonly deliver: (notification: S3Notification) => Promise<void>;
  readonly log: StackLog;
  /** Told when the child process ended without having been asked to. */
  readonly onExit?: (reason: string) => void;
}

export interface BucketConfig {
  readonly name: string;
  readonly versioning?: BucketVersioning;
  readonly cors?: readonly CorsRule[];
  readonly notifications?: readonly NotificationRule[];
  readonly lifecycle?: readonly LifecycleRule[];
}

/** Undefined: never switched on, and versions have no ids. */
export type BucketVersioning = 'Enabled' | 'Suspended' | undefined;

export interface CorsRule {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly exposedHeaders?: readonly string[];
  readonly maxAgeSeconds?: number;
}

export interface NotificationRule {
  /** `configurationId` of the event. */
  readonly id: string;
  /** Where to deliver: ARN of a function, queue or topic. */
  readonly targetArn: string;
  /** For example `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly prefix?: string;
  readonly suffix?: string;
}

export interface LifecycleRule {
  readonly id: string;
  readonly enabled: boolean;
  readonly prefix?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Days after which current versions go: deleted, or in a versioned bucket hidden by a delete marker. */
  readonly expirationDays?: number;
  /** Removes delete markers that hide nothing any more. */
  readonly expiredObjectDeleteMarker?: boolean;
  /** Days since a version was replaced, after which it is removed for good. */
  readonly noncurrentDays?: number;
  /** How many noncurrent versions stay although `noncurrentDays` have passed. */
  readonly newerNoncurrentVersions?: number;
  readonly abortIncompleteMultipartDays?: number;
}

export interface S3Notification {
  readonly targetArn: string;
  readonly bucket: string;
  /** The event as S3 sends it: `{ Records: [ … ] }` with one record. */
  readonly event: unknown;
}

export interface LifecycleOutcome {
  readonly expired: number;
  readonly removedVersions: number;
  readonly removedMarkers: number;
  readonly abortedUploads: number;
}

/** What the child is started with. */
export type ChildConfig = Required<Pick<S3Options, 'dataDirectory' | 'port' | 'host' | 'region' | 'accountId' | 'clockOffsetMs'>> &
  Pick<S3Options, 'buckets' | 'principals'>;

export type ToChild =
  | { readonly kind: 'start'; readonly config: ChildConfig }
  | { readonly kind: 'clock'; readonly offsetMs: number; readonly call: number }
  | { readonly kind: 'lifecycle'; readonly call: number }
  | { readonly kind: 'delivered'; readonly id: number; readonly ok: boolean }
  | { readonly kind: 'close' };

export type FromChild =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'answer'; readonly call: number; readonly value?: LifecycleOutcome; readonly error?: string }
  | { readonly kind: 'notify'; readonly id: number; readonly notification: S3Notification }
  | { readonly kind: 'log'; readonly level: 'info' | 'warn'; readonly message: string };

/** Every bound of the local S3; S3's own unless said otherwise. */
export const s3Limits = {
  keyBytesMax: 1024,
  putBytesMax: 5 * 1024 ** 3,
  partBytesMin: 5 * 1024 ** 2,
  partBytesMax: 5 * 1024 ** 3,
  partsMax: 10_000,
  listKeysMax: 1000,
  deleteKeysMax: 1000,
  userMetadataBytesMax: 2 * 1024,
  tagsMax: 10,
  /** Of a request's XML document. Our own: 10,000 parts with checksums are about 3 MB. */
  xmlBytesMax: 8 * 1024 ** 2,
  /** Of a form's fields before the file. */
  formBytesMax: 20 * 1024,
} as const;
