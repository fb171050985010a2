/**
 * Every minute: takes on payouts that are due.
 */
import type { Context } from 'aws-lambda';
import { configuredPayouts, payoutVariables } from '#shared/payments/configured-payouts.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { configuredWithdrawals } from '#shared/wallet/withdrawals/configured-withdrawals.ts';
import { sweepPayouts } from '#shared/wallet/withdrawals/sweep-payouts.ts';

const env = requireEnv('WALLET_TABLE', ...payoutVariables);
const configured = configuredWithdrawals(env, documentClient());
const deps = { ...configured, gateways: configuredPayouts(env, configured) };
/** Enough for the calls in hand. */
const stopBeforeMs = 15_000;

export async function handler(_event: unknown, context: Context): Promise<void> {
  const deadlineMs = systemClock.now() + context.getRemainingTimeInMillis() - stopBeforeMs;
  const { due, failures } = await sweepPayouts(deps, { deadlineMs });
  for (const { withdrawalId, error } of failures) log.warn('A payout has to wait', { withdrawalId, error: error as Error });
  if (due > 0) log.info('Sweep', { due, failed: failures.length });
}
