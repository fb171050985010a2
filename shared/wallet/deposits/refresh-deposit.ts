/**
 * Looks again, for a person of the staff: asks the gateway how it stands, and once more for refunds that it may never have heard of.
 */
import type { DeskDepositDetail } from './desk-views.ts';
import type { Deposit } from './deposit.ts';
import { detailOf, type DetailDeps } from './read-any-deposit.ts';
import { askForRefund } from './refund-payment.ts';
import { chargeRefOf, gatewayOf, settleDeposit } from './settle-deposit.ts';

export async function refreshDeposit(
  deps: DetailDeps,
  { depositId, staffId }: { readonly depositId: string; readonly staffId: string },
): Promise<DeskDepositDetail> {
  const settled = await settleDeposit(deps, { depositId, actor: `staff:${staffId}` });
  return detailOf(deps, await askForUnheardRefunds(deps, settled));
}

/** A process that dies between the decision and the gateway leaves a refund that is decided and never made. Its key makes asking twice one refund. */
async function askForUnheardRefunds(deps: DetailDeps, deposit: Deposit): Promise<Deposit> {
  const asked = deposit.refunds.filter(({ state }) => state === 'asked');
  if (asked.length === 0) return deposit;
  const status = await gatewayOf(deps, deposit)?.status(chargeRefOf(deposit));
  const heard = new Set(status?.refunds.map(({ refundKey }) => refundKey));
  let current = deposit;
  for (const refund of asked.filter(({ refundKey }) => !heard.has(refundKey)))
    current = await askForRefund(deps, current, { refund, reason: 'Asked again' });
  return current;
}
