/**
 * A file that goes up in parts, straight from a browser to the bucket: begun, signed part by part, looked at, completed or aborted. Nothing is kept of it
 * but what the bucket keeps: whoever knows key and upload id goes on with it, after a reload as on another day.
 */
import type { Clock } from '#shared/platform/clock.ts';
import type { MultipartUploads, Upload, UploadedPart } from './ports.ts';
import { uploadFault } from './upload-faults.ts';
import { uploadKey } from './upload-key.ts';
import { bytesOfPart, partBytesOf, partCountOf, uploadLimits } from './upload-limits.ts';

export interface UploadDeps {
  readonly uploads: MultipartUploads;
  readonly clock: Clock;
}

export interface BegunUpload extends Upload {
  readonly partBytes: number;
  readonly partCount: number;
}

interface NewUpload {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 over the SHA-256 of each part, in hex. */
  readonly hash: string;
  /** Takes a file that is there already. */
  readonly again: boolean;
}

/** Fault: `logs.upload-duplicate` for a file of this name, size and content that is there already. */
export async function beginUpload({ uploads }: UploadDeps, { again, ...file }: NewUpload): Promise<BegunUpload> {
  const key = uploadKey(file);
  if (!again && (await uploads.storedAt(key)) !== undefined) throw uploadFault('logs.upload-duplicate');
  const upload = await uploads.begin(key);
  return { ...upload, partBytes: partBytesOf(file.bytes), partCount: partCountOf(file.bytes) };
}

export interface SignedParts {
  readonly parts: { readonly part: number; readonly url: string }[];
  readonly expiresAt: string;
}

/** Addresses for some parts, each for exactly the bytes that it has. Parts that the file does not have are left out. */
export async function signParts(
  { uploads, clock }: UploadDeps,
  { bytes, parts, ...upload }: Upload & { readonly bytes: number; readonly parts: readonly number[] },
): Promise<SignedParts> {
  const { expiresInSeconds } = uploadLimits;
  const expiresAt = new Date(clock.now() + expiresInSeconds * 1_000).toISOString();
  const wanted = [...new Set(parts)].filter((part) => part <= partCountOf(bytes));
  const sign = async (part: number) => ({
    part,
    url: await uploads.partUrl(upload, { part, bytes: bytesOfPart(bytes, part), expiresInSeconds }),
  });
  return { parts: await Promise.all(wanted.map(sign)), expiresAt };
}

/** A page of the parts that have arrived. Fault: `logs.upload-gone`. */
export async function listParts(
  { uploads }: UploadDeps,
  { after, ...upload }: Upload & { readonly after?: number | undefined },
): Promise<{ parts: Omit<UploadedPart, 'eTag'>[]; next: number | null }> {
  const limit = uploadLimits.partsPerPage;
  const found = await uploads.parts(upload, { after, limit });
  if (found === undefined) throw uploadFault('logs.upload-gone');
  const next = found.length < limit ? null : (found.at(-1)?.part ?? null);
  return { parts: found.map(({ part, bytes }) => ({ part, bytes })), next };
}

/**
 * Makes the file of what has arrived, if that is all of it. The parts are read off the bucket: what a browser says of them is not needed and proves
 * nothing. Faults: `logs.upload-gone`, `logs.upload-incomplete`.
 */
export async function completeUpload({ uploads }: UploadDeps, { bytes, ...upload }: Upload & { readonly bytes: number }): Promise<void> {
  const parts = await allParts(uploads, upload);
  const isWhole =
    parts.length === partCountOf(bytes) && parts.every(({ part, bytes: own }, at) => part === at + 1 && own === bytesOfPart(bytes, part));
  if (!isWhole) throw uploadFault('logs.upload-incomplete');
  if (!(await uploads.complete(upload, parts))) throw uploadFault('logs.upload-gone');
}

async function allParts(uploads: MultipartUploads, upload: Upload): Promise<UploadedPart[]> {
  const limit = uploadLimits.partsPerPage;
  const parts: UploadedPart[] = [];
  for (let pages = 0; pages * limit <= uploadLimits.partsMax; pages += 1) {
    const found = await uploads.parts(upload, { after: parts.at(-1)?.part, limit });
    if (found === undefined) throw uploadFault('logs.upload-gone');
    parts.push(...found);
    if (found.length < limit) break;
  }
  return parts;
}
