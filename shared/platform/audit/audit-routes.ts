/**
 * The audit log: `/api/admin/audit`.
 */
import * as z from 'zod';
import { route } from '../http/route.ts';
import { nextCursor, pageQuery, partial } from '../paging.ts';

const text = z.string().trim().min(1).max(200);
const day = z.iso.date();

export const auditView = z
  .object({
    id: z.string().meta({ description: 'Stream and number: `member:123456789012345678/7`.' }),
    at: z.iso.datetime(),
    /** What was done, as `area.verb`: `member.banned`, `sign-in.refused`. */
    action: z.string(),
    /** Who: `staff:stf_…`, `member:…`, `system:…` or `anonymous`. */
    actor: z.string(),
    actorName: z.string().nullable(),
    /** Whom or what it was done to. */
    subject: z.string(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string().nullable(),
    reason: z.string().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    /** Hex SHA-256 over the record and the hash before it. */
    hash: z.string(),
  })
  .meta({ id: 'AuditRecord' });

export const auditRoutes = {
  list: route({
    operationId: 'listAudit',
    method: 'GET',
    path: '/api/admin/audit',
    summary: 'What was done, newest first',
    permission: 'audit:read',
    query: z.object({
      actor: text.optional(),
      subject: text.optional(),
      action: text.optional().meta({ description: 'A whole action, or its beginning up to a dot: `member.`' }),
      from: day.optional().meta({ description: 'First day, in Asia/Jakarta.' }),
      to: day.optional().meta({ description: 'Last day, in Asia/Jakarta.' }),
      ...pageQuery,
    }),
    status: 200,
    answer: z.object({
      records: z.array(auditView),
      nextCursor,
      partial,
    }),
    faults: [],
  }),
  verify: route({
    operationId: 'verifyAuditStream',
    method: 'GET',
    path: '/api/admin/audit/streams/{stream}/chain',
    summary: 'Whether the chain of a stream is whole',
    permission: 'audit:read',
    pathParameters: z.object({ stream: z.string().max(120).meta({ description: 'URL-encoded: `member:123456789012345678`.' }) }),
    status: 200,
    answer: z.object({
      state: z
        .enum(['whole', 'broken', 'partial'])
        .meta({ description: '`partial`: whole as far as it was looked at, which is the newest 1,000 records.' }),
      records: z.int(),
      brokenAt: z.string().nullable().meta({ description: 'Id of the first record that does not fit.' }),
    }),
    faults: [],
  }),
} as const;
