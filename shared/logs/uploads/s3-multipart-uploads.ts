import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListPartsCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { MultipartUploads, UploadedPart } from './ports.ts';

/** Without `WHEN_REQUIRED` a presigned URL demands the checksum of an empty body, which no part has. */
const s3SigningClient = (): S3Client => new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });

export function s3MultipartUploads(bucket: string, client: S3Client = s3SigningClient()): MultipartUploads {
  return {
    async storedAt(key) {
      const found = await unlessGone(client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })));
      return found === undefined ? undefined : (found.LastModified?.getTime() ?? 0);
    },
    async begin(key) {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key }));
      if (UploadId === undefined) throw new Error('S3 began an upload without naming it.');
      return { key, uploadId: UploadId };
    },
    partUrl({ key, uploadId }, { part, bytes, expiresInSeconds }) {
      const command = new UploadPartCommand({ Bucket: bucket, Key: key, UploadId: uploadId, PartNumber: part, ContentLength: bytes });
      // The length is binding only when it is among the signed headers.
      return getSignedUrl(client, command, { expiresIn: expiresInSeconds, signableHeaders: new Set(['host', 'content-length']) });
    },
    async parts({ key, uploadId }, { after, limit }) {
      const place = { Bucket: bucket, Key: key, UploadId: uploadId, MaxParts: limit, PartNumberMarker: String(after ?? 0) };
      const found = await unlessGone(client.send(new ListPartsCommand(place)));
      return found && (found.Parts ?? []).map(({ PartNumber = 0, Size = 0, ETag = '' }) => ({ part: PartNumber, bytes: Size, eTag: ETag }));
    },
    async complete({ key, uploadId }, parts) {
      const MultipartUpload = { Parts: parts.map(({ part, eTag }: UploadedPart) => ({ PartNumber: part, ETag: eTag })) };
      const place = { Bucket: bucket, Key: key, UploadId: uploadId };
      return (await unlessGone(client.send(new CompleteMultipartUploadCommand({ ...place, MultipartUpload })))) !== undefined;
    },
    async abort({ key, uploadId }) {
      await unlessGone(client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId })));
    },
  };
}

/** `NotFound` is what a HEAD, which has no body to say more in, is called. */
const gone: ReadonlySet<string> = new Set(['NoSuchUpload', 'NoSuchKey', 'NotFound']);

async function unlessGone<Output>(call: Promise<Output>): Promise<Output | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && gone.has(error.name)) return undefined;
    throw error;
  }
}
