/**
 * Uploads in parts: `/api/admin/logs/multipart-uploads`.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { limits } from '../limits.ts';
import { isUploadKey } from './upload-key.ts';
import { uploadLimits } from './upload-limits.ts';

const path = '/api/admin/logs/multipart-uploads';
const bytes = z.int().nonnegative().max(uploadLimits.bytesMax).meta({ description: 'Size of the whole file.' });
const part = z.int().min(1).max(uploadLimits.partsMax);
const upload = {
  key: z.string().max(uploadLimits.keyCharactersMax).refine(isUploadKey, { error: 'No key of an upload in parts.' }),
  uploadId: z
    .string()
    .min(1)
    .max(uploadLimits.uploadIdCharactersMax)
    .meta({ description: 'As it was answered when the upload was begun.' }),
};

export const uploadRoutes = {
  begin: route({
    operationId: 'beginLogUpload',
    method: 'POST',
    path,
    summary: 'Begin to upload a log file in parts',
    permission: 'logs:upload',
    body: z.object({
      name: z.string().min(1).max(limits.uploadNameCharactersMax).meta({ description: 'Name of the file; becomes the end of its key.' }),
      bytes,
      hash: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .meta({ description: 'SHA-256 over the SHA-256 of each part, in hex. Tells a file that was uploaded before.' }),
      again: z.boolean().default(false).meta({ description: 'Also if this very file was uploaded before.' }),
    }),
    status: 201,
    answer: z.object({
      key: z.string(),
      uploadId: z.string(),
      partBytes: z.int().positive().meta({ description: 'Of each part but the last. The same for every file of this size.' }),
      partCount: z.int().positive(),
    }),
    faults: ['logs.upload-duplicate'],
  }),
  sign: route({
    operationId: 'signLogUploadParts',
    method: 'POST',
    path: `${path}/signatures`,
    summary: 'URLs to put parts to',
    permission: 'logs:upload',
    body: z.object({ ...upload, bytes, parts: z.array(part).min(1).max(uploadLimits.signedAtOnceMax) }),
    status: 200,
    answer: z.object({ parts: z.array(z.object({ part: z.int(), url: z.string() })), expiresAt: z.iso.datetime() }),
    faults: [],
  }),
  listParts: route({
    operationId: 'listLogUploadParts',
    method: 'GET',
    path: `${path}/parts`,
    summary: 'Parts that have arrived, ascending',
    permission: 'logs:upload',
    query: z.object({ ...upload, after: z.coerce.number().pipe(part).optional().meta({ description: 'Parts behind this one.' }) }),
    status: 200,
    answer: z.object({
      parts: z.array(z.object({ part: z.int(), bytes: z.int().nonnegative() })),
      next: z.int().nullable().meta({ description: '`after` of the next page; null behind the last.' }),
    }),
    faults: ['logs.upload-gone'],
  }),
  complete: route({
    operationId: 'completeLogUpload',
    method: 'POST',
    path: `${path}/completion`,
    summary: 'Make the file of its parts; its scan begins then',
    permission: 'logs:upload',
    body: z.object({ ...upload, bytes }),
    status: 200,
    answer: z.object({ key: z.string() }),
    faults: ['logs.upload-gone', 'logs.upload-incomplete'],
  }),
  abort: route({
    operationId: 'abortLogUpload',
    method: 'DELETE',
    path,
    summary: 'Give an upload up, and drop what has arrived of it',
    permission: 'logs:upload',
    query: z.object(upload),
    status: 204,
    answer: z.undefined(),
    faults: [],
  }),
} as const;
