/**
 * Bounds of uploads in parts.
 */
const mebibyte = 1024 * 1024;

export const uploadLimits = {
  /** Largest file that goes up in parts. S3 takes 10,000 parts of at most 5 GiB. */
  bytesMax: 5 * 1024 ** 4,
  /** A part of a small file; those of a file that would have more than `partsMax` are larger. S3 wants 5 MiB at least. */
  partBytesMin: 8 * mebibyte,
  partsMax: 10_000,
  /** Parts whose addresses one call signs. */
  signedAtOnceMax: 20,
  /** A page of the parts that have arrived: S3's own. */
  partsPerPage: 1_000,
  /** How long an address takes its part. */
  expiresInSeconds: 3_600,
  /** S3 clears what nobody completes after this many days. */
  keptDays: 7,
  keyCharactersMax: 400,
  uploadIdCharactersMax: 1_024,
} as const;

/** Bytes of each part but the last, a whole number of MiB. The same for the same size, so that an upload is gone on with as it was begun. */
export function partBytesOf(bytes: number): number {
  return Math.max(uploadLimits.partBytesMin, Math.ceil(bytes / uploadLimits.partsMax / mebibyte) * mebibyte);
}

/** Also an empty file has a part. */
export const partCountOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / partBytesOf(bytes)));

/** Of the part with this number, from 1 on. */
export function bytesOfPart(bytes: number, part: number): number {
  const whole = partBytesOf(bytes);
  return Math.min(whole, bytes - (part - 1) * whole);
}
