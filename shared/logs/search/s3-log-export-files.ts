/**
 * Export files in a private bucket of their own, whose lifecycle takes them away. They go up in parts, so that no worker holds a whole one.
 */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { exportLimits } from './log-export.ts';
import type { ExportFile, ExportFiles, ExportWriter } from './ports.ts';

/** A presigned address for GET would otherwise ask for a checksum that browsers do not send. */
export const exportClient = (): S3Client =>
  new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' });

const keyOf = ({ id, format }: ExportFile): string => `${id}.${format}`;
const contentTypes = { ndjson: 'application/x-ndjson', csv: 'text/csv; charset=utf-8' } as const;

/** Needs `s3:PutObject`, `s3:AbortMultipartUpload` and, for addresses, `s3:GetObject`. */
export function s3LogExportFiles(client: S3Client, bucket: string): ExportFiles {
  return {
    begin: (file) => begin(client, bucket, file),
    downloadUrl(file, expiresInSeconds) {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: keyOf(file),
        ResponseContentDisposition: `attachment; filename="xm-errors-${keyOf(file)}"`,
      });
      return getSignedUrl(client, command, { expiresIn: expiresInSeconds });
    },
  };
}

async function begin(client: S3Client, bucket: string, file: ExportFile): Promise<ExportWriter> {
  const place = { Bucket: bucket, Key: keyOf(file) };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...place, ContentType: contentTypes[file.format] }));
  const parts: { ETag: string | undefined; PartNumber: number }[] = [];
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  const upload = async (): Promise<void> => {
    const PartNumber = parts.length + 1;
    const Body = Buffer.concat(pending);
    const { ETag } = await client.send(new UploadPartCommand({ ...place, UploadId, PartNumber, Body }));
    parts.push({ ETag, PartNumber });
    pending = [];
    pendingBytes = 0;
  };
  return {
    async write(text) {
      const bytes = Buffer.from(text);
      pending.push(bytes);
      pendingBytes += bytes.length;
      if (pendingBytes >= exportLimits.partBytes) await upload();
    },
    async end() {
      // A file of nothing is a part of nothing, too.
      if (pendingBytes > 0 || parts.length === 0) await upload();
      await client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts: parts } }));
    },
    abort: async () => void (await client.send(new AbortMultipartUploadCommand({ ...place, UploadId }))),
  };
}
