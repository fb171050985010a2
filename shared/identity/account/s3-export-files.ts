/**
 * Exports in a private bucket; a lifecycle rule takes them away after a week.
 */
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import type { ExportFiles } from './ports.ts';

/** How long the address is good. The member can ask for another export. */
const linkSeconds = 900;

interface Deps {
  readonly client: S3Client;
  readonly bucket: string;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** A presigned address for GET would otherwise ask for a checksum that browsers do not send. */
export const exportClient = (): S3Client =>
  new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' });

export function s3ExportFiles({ client, bucket, clock, chance }: Deps): ExportFiles {
  return {
    async put(memberId, content) {
      // The name cannot be guessed: it is one more lock beside the signature.
      const Key = `exports/${memberId}/${prefixedId('exp', { clock, chance })}.json`;
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: content, ContentType: 'application/json' }));
      const disposition = 'attachment; filename="xm-account.json"';
      const command = new GetObjectCommand({ Bucket: bucket, Key, ResponseContentDisposition: disposition });
      const url = await getSignedUrl(client, command, { expiresIn: linkSeconds, signingDate: new Date(clock.now()) });
      return { url, expiresAtMs: clock.now() + linkSeconds * 1_000 };
    },
  };
}
