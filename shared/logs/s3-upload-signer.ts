import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { UploadSigner } from './ports.ts';

/** Without `WHEN_REQUIRED` a presigned URL demands the checksum of an empty body, which no upload has. */
const s3SigningClient = (): S3Client => new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });

export function s3UploadSigner(bucket: string, client: S3Client = s3SigningClient()): UploadSigner {
  return {
    putUrl({ key, bytes, expiresInSeconds }) {
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, ContentLength: bytes });
      // A length in the URL is binding only when it is among the signed headers.
      return getSignedUrl(client, command, {
        expiresIn: expiresInSeconds,
        ...(bytes !== undefined && { signableHeaders: new Set(['host', 'content-length']) }),
      });
    },
  };
}
