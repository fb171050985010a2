import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import { limits } from './limits.ts';
import type { UploadSigner } from './ports.ts';
import { plainName } from './uploads/upload-key.ts';

interface Deps {
  readonly signer: UploadSigner;
  readonly bucket: string;
  readonly clock: Clock;
  readonly chance: Chance;
}

export interface Upload {
  readonly url: string;
  readonly method: 'PUT';
  readonly bucket: string;
  readonly key: string;
  readonly expiresAt: string;
}

/** A URL that takes one file of this name; its scan begins when the upload ends. Every call gives another key, so nothing is overwritten. */
export async function openUpload(
  { signer, bucket, clock, chance }: Deps,
  { name, bytes }: { name: string; bytes?: number | undefined },
): Promise<Upload> {
  const now = clock.now();
  const expiresInSeconds = limits.uploadExpiresInSeconds;
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '/');
  const key = `uploads/${day}/${prefixedId('upl', { clock, chance })}-${plainName(name)}`;
  const url = await signer.putUrl({ key, bytes, expiresInSeconds });
  return { url, method: 'PUT', bucket, key, expiresAt: new Date(now + expiresInSeconds * 1_000).toISOString() };
}
