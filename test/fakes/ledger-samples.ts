import { clearingBook, feesBook, memberBook, payoutsBook, suspenseBook } from '#shared/wallet/account.ts';
import type { HoldRequest, PostingRequest, SettlementRequest } from '#shared/wallet/posting.ts';

export const sari = memberBook('100000000000000001');
export const budi = memberBook('100000000000000002');

/** A deposit of a member through a gateway: claims the gateway's transaction. */
export function depositOf(account: string, amountRupiah: number, id = 'dep_1'): PostingRequest {
  return {
    id: `deposit:${id}`,
    kind: 'deposit',
    moves: [{ from: clearingBook('midtrans'), to: account, amountRupiah }],
    claim: { gateway: 'midtrans', transactionId: `tx-${id}`, kind: 'CREDIT' },
    reference: id,
    reason: 'Paid by QRIS',
    actor: 'system:webhook',
  };
}

/** A payment that came for somebody who cannot take it. */
export function suspendedDeposit(amountRupiah: number, id = 'dep_1'): PostingRequest {
  return { ...depositOf(suspenseBook, amountRupiah, id), reason: 'Paid late' };
}

/** The gateway takes a deposit back. */
export function reversalOf(account: string, amountRupiah: number, id = 'dep_1'): PostingRequest {
  return {
    id: `reversal:${id}`,
    kind: 'reversal',
    moves: [{ from: account, to: clearingBook('midtrans'), amountRupiah }],
    claim: { gateway: 'midtrans', transactionId: `tx-${id}`, kind: 'REVERSAL' },
    reference: id,
    reason: 'Denied after settlement',
    actor: 'system:webhook',
  };
}

export function transferOf(from: string, to: string, over: { amountRupiah: number; id?: string }): PostingRequest {
  const { amountRupiah, id = 'trf_1' } = over;
  return {
    id: `transfer:${id}`,
    kind: 'transfer',
    moves: [{ from, to, amountRupiah }],
    reference: id,
    reason: 'Lunch',
    actor: from,
  };
}

export function holdOn(account: string, amountRupiah: number, id = 'wd_1'): HoldRequest {
  return { id, account, amountRupiah, reference: id, reason: 'Withdrawal', actor: account };
}

/** What was held goes to the bank, Rp 2,500 of it into fees. */
export function withdrawalOf(account: string, amountRupiah: number, id = 'wd_1'): SettlementRequest {
  const feeRupiah = 2_500;
  return {
    id: `withdrawal:${id}`,
    kind: 'withdrawal',
    moves: [
      { from: account, to: payoutsBook('iris'), amountRupiah: amountRupiah - feeRupiah },
      { from: account, to: feesBook, amountRupiah: feeRupiah },
    ],
    claim: { gateway: 'iris', transactionId: `payout-${id}`, kind: 'PAYOUT' },
    settles: { account, holdId: id },
    reference: id,
    reason: 'Paid out',
    actor: 'system:payouts',
  };
}

export function releaseOf(account: string, id = 'wd_1') {
  return { id, account, reference: id, reason: 'Rejected: name differs', actor: 'staff:stf_1' };
}
