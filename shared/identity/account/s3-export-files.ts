/**
 * Exports in a private bucket; a lifecycle rule takes them away after a week.
 */
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Clock } from '#shared/platform/clock.ts';
import type { ExportFiles } from './ports.ts';

/** How long the address is good. The member can ask for another export. */
const linkSeconds = 900;

interface Deps {
  readonly client: S3Client;
  readonly bucket: string;
  readonly clock: Clock;
}

/** One a member: a new export takes the place of the former one. */
const keyOf = (memberId: string): string => `exports/${memberId}.json`;

/** A presigned address for GET would otherwise ask for a checksum that browsers do not send. */
export const exportClient = (): S3Client =>
  new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' });

export function s3ExportFiles({ client, bucket, clock }: Deps): ExportFiles {
  return {
    async put(memberId, content) {
      const Key = keyOf(memberId);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: content, ContentType: 'application/json' }));
      const disposition = 'attachment; filename="xm-account.json"';
      const command = new GetObjectCommand({ Bucket: bucket, Key, ResponseContentDisposition: disposition });
      const url = await getSignedUrl(client, command, { expiresIn: linkSeconds, signingDate: new Date(clock.now()) });
      return { url, expiresAtMs: clock.now() + linkSeconds * 1_000 };
    },
    async remove(memberId) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(memberId) }));
    },
  };
}
