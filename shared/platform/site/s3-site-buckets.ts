import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { SiteBuckets } from './ports.ts';

/** Buckets behind a content delivery network. How long a file may be kept is its response headers policy's business, not the object's. */
export function s3SiteBuckets(client: S3Client): SiteBuckets {
  return {
    async put(bucket, { key, body, contentType }) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }));
    },
  };
}
