/**
 * What withdrawals book. The hold has the withdrawal's id, so that it is opened once and closed once whatever happens around it.
 */
import { feesBook, memberBook, payoutsBook } from '../account.ts';
import { holding, posting, releasing, type LedgerChange } from '../posting.ts';
import { payoutRupiah, type Withdrawal } from './withdrawal.ts';

/** The money is set aside. */
export function heldFor({ id, memberId, amountRupiah }: Withdrawal): LedgerChange {
  const why = { reference: id, reason: 'Withdrawal submitted', actor: `member:${memberId}` };
  return holding({ id, account: memberBook(memberId), amountRupiah, ...why });
}

/** It is the member's again. */
export function releasedFor({ id, memberId }: Withdrawal, why: { readonly reason: string; readonly actor: string }): LedgerChange {
  return releasing({ id, account: memberBook(memberId), reference: id, ...why });
}

/** The bank has it. The payout is claimed: no other withdrawal is ever settled by it. */
export function settledFor(withdrawal: Withdrawal): LedgerChange {
  const { id, memberId, channel, feeRupiah } = withdrawal;
  const account = memberBook(memberId);
  return posting({
    id: `withdrawal:${id}`,
    kind: 'withdrawal',
    moves: [
      { from: account, to: payoutsBook(channel), amountRupiah: payoutRupiah(withdrawal) },
      ...(feeRupiah > 0 ? [{ from: account, to: feesBook, amountRupiah: feeRupiah }] : []),
    ],
    claim: { gateway: channel, transactionId: payoutIdOf(withdrawal), kind: 'PAYOUT' },
    settles: { account, holdId: id },
    reference: id,
    reason: 'Paid out',
    actor: systemActor,
  });
}

/** A bank gave it back: the member gets all of it, the fee too. */
export function returnedFor(withdrawal: Withdrawal): LedgerChange {
  const { id, memberId, channel, feeRupiah } = withdrawal;
  const account = memberBook(memberId);
  return posting({
    id: `withdrawal-return:${id}`,
    kind: 'withdrawal-return',
    moves: [
      { from: payoutsBook(channel), to: account, amountRupiah: payoutRupiah(withdrawal) },
      ...(feeRupiah > 0 ? [{ from: feesBook, to: account, amountRupiah: feeRupiah }] : []),
    ],
    claim: { gateway: channel, transactionId: payoutIdOf(withdrawal), kind: 'PAYOUT-RETURN' },
    reference: id,
    reason: 'The bank gave the payout back',
    actor: systemActor,
  });
}

export const systemActor = 'system:payouts';

function payoutIdOf({ id, attempt }: Withdrawal): string {
  const payoutId = attempt?.gatewayPayoutId;
  if (payoutId === undefined || payoutId === null) throw new TypeError(`The withdrawal ${id} has no payout to be booked`);
  return payoutId;
}
