/**
 * The Log Scanner's part of the API: `/api/admin/logs`.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { nextCursor, pageQuery, partial } from '#shared/platform/paging.ts';
import { limits } from './limits.ts';
import { fileStatuses } from './log-file.ts';
import { errorDetailView, errorView } from './present-error.ts';
import { fileDetailView, fileView } from './present-file.ts';
import { contextView } from './read-context.ts';

const fileId = z.string().meta({ description: 'Id of a log file.', example: 'log_0mi8c3k2w3x9p2c7hq4t0ab1z' });
const level = z.enum(['error', 'fatal']).optional();

/** `2026-11-21` or an ISO 8601 date and time with zone; a date alone stands for its first, or last, millisecond in UTC. */
const instant = (edge: 'T00:00:00.000Z' | 'T23:59:59.999Z') =>
  z
    .union([z.iso.date().transform((date) => `${date}${edge}`), z.iso.datetime({ offset: true })])
    .transform((text) => new Date(text).toISOString())
    .optional();

export const logRoutes = {
  listFiles: route({
    operationId: 'listLogFiles',
    method: 'GET',
    path: '/api/admin/logs/files',
    summary: 'Log files, newest first',
    permission: 'logs:read',
    query: z.object({ status: z.enum(fileStatuses).optional(), ...pageQuery }),
    status: 200,
    answer: z.object({ files: z.array(fileView), nextCursor }),
    faults: [],
  }),
  readFile: route({
    operationId: 'readLogFile',
    method: 'GET',
    path: '/api/admin/logs/files/{fileId}',
    summary: 'A log file with the progress of its ranges, and those that failed',
    permission: 'logs:read',
    pathParameters: z.object({ fileId }),
    status: 200,
    answer: fileDetailView,
    faults: ['logs.file-not-found'],
  }),
  listFileErrors: route({
    operationId: 'listLogFileErrors',
    method: 'GET',
    path: '/api/admin/logs/files/{fileId}/errors',
    summary: 'Errors of a log file, in the order of the file',
    permission: 'logs:read',
    pathParameters: z.object({ fileId }),
    query: z.object(pageQuery),
    status: 200,
    answer: z.object({ errors: z.array(errorView), nextCursor, partial }),
    faults: ['logs.file-not-found'],
  }),
  listErrors: route({
    operationId: 'listLogErrors',
    method: 'GET',
    path: '/api/admin/logs/errors',
    summary: 'Errors of all log files, newest first',
    permission: 'logs:read',
    query: z.object({
      file: fileId.optional(),
      level,
      from: instant('T00:00:00.000Z').meta({
        description: 'Errors at or after this instant. An error without a time counts at its upload.',
      }),
      to: instant('T23:59:59.999Z').meta({ description: 'Errors at or before this instant.' }),
      text: z
        .string()
        .min(1)
        .max(limits.filterTextCharactersMax)
        .optional()
        .meta({ description: 'Errors whose message, stack or logger contains this, in any case.' }),
      ...pageQuery,
    }),
    status: 200,
    answer: z.object({ errors: z.array(errorView), nextCursor, partial }),
    faults: ['logs.file-not-found'],
  }),
  readError: route({
    operationId: 'readLogError',
    method: 'GET',
    path: '/api/admin/logs/errors/{errorId}',
    summary: 'An error with its whole message and stack, and its pattern',
    permission: 'logs:read',
    pathParameters: z.object({ errorId: z.string() }),
    status: 200,
    answer: errorDetailView,
    faults: ['logs.error-not-found'],
  }),
  readContext: route({
    operationId: 'readLogErrorContext',
    method: 'GET',
    path: '/api/admin/logs/errors/{errorId}/context',
    summary: 'The lines around an error, from the original file',
    permission: 'logs:read',
    pathParameters: z.object({ errorId: z.string() }),
    query: z.object({
      lines: z.coerce.number().int().min(0).max(limits.contextLinesMax).default(20).meta({ description: 'Lines before and after, each.' }),
    }),
    status: 200,
    answer: contextView,
    faults: ['logs.error-not-found', 'logs.original-gone', 'logs.context-out-of-reach'],
  }),
  openUpload: route({
    operationId: 'openLogUpload',
    method: 'POST',
    path: '/api/admin/logs/uploads',
    summary: 'A URL to upload a log file to',
    permission: 'logs:upload',
    body: z.object({
      name: z.string().min(1).max(limits.uploadNameCharactersMax).meta({ description: 'Name of the file; becomes the end of its key.' }),
      bytes: z
        .int()
        .nonnegative()
        .max(limits.uploadBytesMax)
        .optional()
        .meta({ description: 'Its exact size, if the URL shall take no other. Larger files go up in parts, with an S3 client.' }),
    }),
    status: 201,
    answer: z.object({ url: z.string(), method: z.literal('PUT'), bucket: z.string(), key: z.string(), expiresAt: z.iso.datetime() }),
    faults: [],
  }),
} as const;
