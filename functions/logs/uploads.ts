/**
 * Uploads of log files, straight to the bucket.
 */
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { httpHandler, on } from '#shared/platform/http/http-handler.ts';
import { logRoutes } from '#shared/logs/log-routes.ts';
import { openUpload } from '#shared/logs/open-upload.ts';
import { s3UploadSigner } from '#shared/logs/s3-upload-signer.ts';

const env = requireEnv('LOGS_BUCKET');
const deps = { signer: s3UploadSigner(env.LOGS_BUCKET), bucket: env.LOGS_BUCKET, clock: systemClock, chance: systemChance };

export const handler = httpHandler(on(logRoutes.openUpload, ({ body }) => openUpload(deps, body)));
