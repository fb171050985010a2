/**
 * Reconciliation, as staff look at it: exceptions, and comparisons that they ask for.
 */
import { deciderOf } from '#shared/identity/staff/decider-of-request.ts';
import { dynamodbStaffNames } from '#shared/identity/staff/dynamodb-staff-names.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { edgeHttpHandler, on } from '#shared/platform/http/http-handler.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { configuredReconciliation, reconciliationVariables } from '#shared/wallet/reconciliation/configured-reconciliation.ts';
import { listExceptions, readException, resolveException } from '#shared/wallet/reconciliation/exceptions-desk.ts';
import { reconciliationRoutes } from '#shared/wallet/reconciliation/reconciliation-routes.ts';
import { listRuns, readRun, runReconciliation, uploadReport } from '#shared/wallet/reconciliation/run-reconciliation.ts';

const env = requireEnv(...reconciliationVariables, 'IDENTITY_TABLE', 'AUDIT_TABLE', 'ORIGIN_KEY_SECRET_ID');
const client = documentClient();
const deps = { ...configuredReconciliation(env, client), staff: dynamodbStaffNames({ client, name: env.IDENTITY_TABLE }) };

export const handler = edgeHttpHandler(
  secretReader(env.ORIGIN_KEY_SECRET_ID, systemClock),
  on(reconciliationRoutes.list, ({ query }) => listExceptions(deps, query)),
  on(reconciliationRoutes.read, ({ path }) => readException(deps, path.exceptionId)),
  on(reconciliationRoutes.resolve, (input) => resolveException(deps, { ...input.path, ...input.body, decider: deciderOf(input) })),
  on(reconciliationRoutes.runs, ({ query }) => listRuns(deps, query.gateway)),
  on(reconciliationRoutes.readRun, ({ path }) => readRun(deps, path)),
  on(reconciliationRoutes.run, (input) => runReconciliation(deps, { ...input.body, decider: deciderOf(input) })),
  on(reconciliationRoutes.upload, (input) => uploadReport(deps, { ...input.body, decider: deciderOf(input) })),
);
