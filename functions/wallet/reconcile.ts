/**
 * Reconciliation by the clock: every night the day before is compared with the gateways' reports, every hour what stands still is found.
 */
import * as z from 'zod';
import { dayBefore, dayOf } from '#shared/platform/audit/days.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { configuredReconciliation, reconciliationVariables } from '#shared/wallet/reconciliation/configured-reconciliation.ts';
import { findStandstills } from '#shared/wallet/reconciliation/find-standstills.ts';
import { reconcileDay } from '#shared/wallet/reconciliation/reconcile-day.ts';

const env = requireEnv(...reconciliationVariables);
const deps = configuredReconciliation(env, documentClient());

const schedule = z.object({ what: z.enum(['day', 'standstills']) });

export async function handler(event: unknown): Promise<void> {
  if (schedule.parse(event).what === 'standstills') return log.info('Standstills', { found: await findStandstills(deps) });
  const day = dayBefore(dayOf(new Date(deps.clock.now()).toISOString()));
  const failures: unknown[] = [];
  for (const report of deps.reports) {
    try {
      log.info('Reconciliation', { ...(await reconcileDay(deps, { day, report })) });
    } catch (error) {
      // One gateway that cannot be asked holds up no other; all of it is tried again.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} reports were not compared`);
}
