/**
 * What uploads in parts need of the outside world.
 */
export interface Upload {
  readonly key: string;
  /** S3's own name of the upload. */
  readonly uploadId: string;
}

export interface UploadedPart {
  /** From 1 on. */
  readonly part: number;
  readonly bytes: number;
  readonly eTag: string;
}

export interface MultipartUploads {
  /** When an object with this key was stored; undefined when there is none. */
  storedAt(key: string): Promise<number | undefined>;
  begin(key: string): Promise<Upload>;
  /** A URL that takes one PUT of this part, of exactly these bytes. */
  partUrl(upload: Upload, request: { readonly part: number; readonly bytes: number; readonly expiresInSeconds: number }): Promise<string>;
  /** Parts that have arrived, ascending, behind the part `after`; undefined when there is no such upload (any more). */
  parts(upload: Upload, request: { readonly after?: number | undefined; readonly limit: number }): Promise<UploadedPart[] | undefined>;
  /** Makes an object of these parts. False when there is no such upload (any more). */
  complete(upload: Upload, parts: readonly UploadedPart[]): Promise<boolean>;
  /** Drops what has arrived; nothing when there is no such upload. */
  abort(upload: Upload): Promise<void>;
}
