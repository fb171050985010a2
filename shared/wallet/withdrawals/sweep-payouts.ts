/**
 * Every minute: takes on whatever is due, so that no message that was lost and no webhook that never came holds a withdrawal up.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { advancePayout, type AdvanceDeps } from './advance-payout.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';

interface Deps extends AdvanceDeps {
  readonly clock: Clock;
}

interface Swept {
  readonly due: number;
  readonly failures: readonly { readonly withdrawalId: string; readonly error: unknown }[];
}

/** Payouts that are asked for side by side: a gateway counts requests. */
const atOnce = 4;

/** Stops taking on new ones at the deadline (milliseconds since the epoch). One that fails holds up no other. */
export async function sweepPayouts(deps: Deps, { deadlineMs }: { readonly deadlineMs: number }): Promise<Swept> {
  const due = await deps.withdrawals.due(deps.clock.now(), withdrawalLimits.duePerShardMax);
  const failures: { withdrawalId: string; error: unknown }[] = [];
  const rest = due.values();
  const work = async (): Promise<void> => {
    for (const withdrawalId of rest) {
      if (deps.clock.now() >= deadlineMs) return;
      try {
        await advancePayout(deps, withdrawalId);
      } catch (error) {
        failures.push({ withdrawalId, error });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { due: due.length, failures };
}
