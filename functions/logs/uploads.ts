/**
 * Uploads of log files, straight to the bucket: in one piece, or in parts.
 */
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { httpHandler, on } from '#shared/platform/http/http-handler.ts';
import { logRoutes } from '#shared/logs/log-routes.ts';
import { openUpload } from '#shared/logs/open-upload.ts';
import { s3UploadSigner } from '#shared/logs/s3-upload-signer.ts';
import { beginUpload, completeUpload, listParts, signParts } from '#shared/logs/uploads/multipart-upload.ts';
import { s3MultipartUploads } from '#shared/logs/uploads/s3-multipart-uploads.ts';
import { uploadRoutes } from '#shared/logs/uploads/upload-routes.ts';

const env = requireEnv('LOGS_BUCKET');
const deps = { signer: s3UploadSigner(env.LOGS_BUCKET), bucket: env.LOGS_BUCKET, clock: systemClock, chance: systemChance };
const inParts = { uploads: s3MultipartUploads(env.LOGS_BUCKET), clock: systemClock };

export const handler = httpHandler(
  on(logRoutes.openUpload, ({ body }) => openUpload(deps, body)),
  on(uploadRoutes.begin, ({ body }) => beginUpload(inParts, body)),
  on(uploadRoutes.sign, ({ body }) => signParts(inParts, body)),
  on(uploadRoutes.listParts, ({ query }) => listParts(inParts, query)),
  on(uploadRoutes.complete, async ({ body }) => {
    await completeUpload(inParts, body);
    return { key: body.key };
  }),
  on(uploadRoutes.abort, async ({ query }) => {
    await inParts.uploads.abort(query);
    return undefined;
  }),
);
