/**
 * The audit log: what was done, and whether its chains are whole.
 */
import { auditRoutes } from '#shared/platform/audit/audit-routes.ts';
import { dynamodbAuditReader } from '#shared/platform/audit/dynamodb-audit-reader.ts';
import { listAudit } from '#shared/platform/audit/list-audit.ts';
import { verifyNewest } from '#shared/platform/audit/verify-audit.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { httpHandler, on } from '#shared/platform/http/http-handler.ts';

const env = requireEnv('AUDIT_TABLE');
const deps = { audit: dynamodbAuditReader({ client: documentClient(), name: env.AUDIT_TABLE, chance: systemChance }) };

export const handler = httpHandler(
  on(auditRoutes.list, ({ query }) => listAudit(deps, query)),
  on(auditRoutes.verify, ({ path }) => verifyNewest(deps, path.stream)),
);
