/**
 * Looks again, for a person of the staff: asks the gateway how it stands, and once more for refunds that it may never have heard of.
 */
import type { StaffNames } from '#shared/identity/staff/decider.ts';
import { completeRefunds } from './complete-refunds.ts';
import type { DeskDepositDetail } from './desk-views.ts';
import { detailOf, type DetailDeps } from './read-any-deposit.ts';
import { settleDeposit } from './settle-deposit.ts';

export async function refreshDeposit(
  deps: DetailDeps & { readonly staff: StaffNames },
  { depositId, staffId }: { readonly depositId: string; readonly staffId: string },
): Promise<DeskDepositDetail> {
  const who = { actor: `staff:${staffId}`, actorName: (await deps.staff.get(staffId))?.name ?? staffId };
  const settled = await settleDeposit(deps, { depositId, ...who });
  return detailOf(deps, await completeRefunds(deps, settled, who));
}
