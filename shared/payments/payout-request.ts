import { isAccountNumber } from './account-number.ts';
import { amountRupiahSchema } from './amount.ts';
import { pathSegment } from './gateway-client.ts';
import type { PayoutRequest } from './ports.ts';

/** Whether any gateway could take it: asked before anything is sent. */
export function isPayable(
  { withdrawalId, amountRupiah, bank, accountNumber }: PayoutRequest,
  { amountRupiahMax }: { amountRupiahMax: number },
): boolean {
  const isAmount = amountRupiahSchema.safeParse(amountRupiah).success && amountRupiah <= amountRupiahMax;
  return isAmount && pathSegment(withdrawalId) !== undefined && isAccountNumber(bank, accountNumber);
}
