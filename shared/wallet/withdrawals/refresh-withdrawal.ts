import { advancePayout, type AdvanceDeps } from './advance-payout.ts';
import { presentToDesk, type DeskWithdrawalView } from './present-withdrawal.ts';
import { requireWithdrawal } from './read-withdrawal.ts';

/** Asks the gateway for whoever does not want to wait. */
export async function refreshWithdrawal(deps: AdvanceDeps, withdrawalId: string): Promise<DeskWithdrawalView> {
  await advancePayout(deps, withdrawalId);
  return presentToDesk(await requireWithdrawal(deps.withdrawals, withdrawalId));
}
