/**
 * Search over errors, and exports of what it finds: `/api/admin/logs/search`, `/api/admin/logs/exports`.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { nextCursor, pageQuery, partial } from '#shared/platform/paging.ts';
import { errorView } from '../present-error.ts';
import { exportFormats, exportLimits } from './log-export.ts';

const name = z.string().min(1).max(200).optional();
const word = z.string().trim().min(1).max(exportLimits.wordCharactersMax);

/** `2026-11-21` or an ISO 8601 date and time with zone; a date alone stands for its first, or last, millisecond in UTC. */
const instant = (edge: 'T00:00:00.000Z' | 'T23:59:59.999Z') =>
  z
    .union([z.iso.date().transform((date) => `${date}${edge}`), z.iso.datetime({ offset: true })])
    .transform((text) => new Date(text).toISOString())
    .optional();

const filter = {
  from: instant('T00:00:00.000Z').meta({ description: 'At or after this instant. An error without a time counts at its upload.' }),
  to: instant('T23:59:59.999Z').meta({ description: 'At or before this instant.' }),
  level: z.enum(['error', 'fatal']).optional(),
  service: name.meta({ description: 'Logger, by its whole name.' }),
  file: name.meta({ description: 'Id of a log file.' }),
  pattern: name.meta({ description: 'Id of a pattern.' }),
};

const words = z.array(word).max(exportLimits.wordsMax);
/** In a query, words stand one a line, as a blank belongs to a word: `include=disk full%0Atimeout`. */
const lines = z
  .string()
  .max(exportLimits.wordsMax * (exportLimits.wordCharactersMax + 1))
  .default('')
  .transform((text) => text.split('\n').filter((line) => line.trim() !== ''))
  .pipe(words);

const exportView = z
  .object({
    id: z.string(),
    format: z.enum(exportFormats),
    status: z.enum(['queued', 'done', 'failed']),
    records: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    partial: z
      .boolean()
      .meta({ description: `True when there are more errors than an export takes: ${exportLimits.recordsMax}, or 256 MiB.` }),
    url: z.string().nullable().meta({ description: 'To download it from, until `expiresAt`.' }),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'LogExport' });

export const searchRoutes = {
  search: route({
    operationId: 'searchLogErrors',
    method: 'GET',
    path: '/api/admin/logs/search',
    summary: 'Errors that have some words and not others, newest first',
    permission: 'logs:read',
    query: z.object({
      ...filter,
      include: lines.meta({
        description:
          'Words or phrases, one a line: all are in the message, the stack or the logger, in any case. At most 10 of 200 characters.',
      }),
      exclude: lines.meta({ description: 'Words or phrases, one a line: none is.' }),
      ...pageQuery,
    }),
    status: 200,
    answer: z.object({
      errors: z.array(errorView),
      nextCursor,
      partial,
    }),
    faults: ['logs.file-not-found', 'logs.pattern-not-found'],
  }),
  askForExport: route({
    operationId: 'askForLogExport',
    method: 'POST',
    path: '/api/admin/logs/exports',
    summary: 'Have the errors of a filter written into a file',
    permission: 'logs:decide',
    body: z.object({
      format: z.enum(exportFormats),
      filter: z.object({ ...filter, include: words.default([]), exclude: words.default([]) }).default({ include: [], exclude: [] }),
    }),
    status: 202,
    answer: exportView,
    faults: [],
  }),
  readExport: route({
    operationId: 'readLogExport',
    method: 'GET',
    path: '/api/admin/logs/exports/{exportId}',
    summary: 'An export, with an address to download it from once it is done',
    permission: 'logs:read',
    pathParameters: z.object({ exportId: z.string().max(100) }),
    status: 200,
    answer: exportView,
    faults: ['logs.export-not-found'],
  }),
} as const;
