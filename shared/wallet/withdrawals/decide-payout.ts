/**
 * What a gateway's word means for a withdrawal: pure, monotonic, and the same in whatever order the words come.
 */
import type { PayoutState } from '#shared/payments/payout.ts';
import type { PayoutStatus } from '#shared/payments/ports.ts';
import type { Finding } from '../reconciliation/exception.ts';
import { payoutRupiah, type Withdrawal, type WithdrawalState } from './withdrawal.ts';

export type PayoutDecision =
  /** Nothing that is not known: ask again later. */
  | { readonly kind: 'wait' }
  /** The gateway waits for its second key. */
  | { readonly kind: 'approve' }
  | { readonly kind: 'complete' }
  /** Definite, and it may work in a while. */
  | { readonly kind: 'stall'; readonly reason: string }
  | { readonly kind: 'fail'; readonly reason: string }
  | { readonly kind: 'reverse'; readonly reason: string }
  /** Nothing that may be booked without a person. */
  | { readonly kind: 'tell'; readonly finding: Finding };

export function decidePayout(withdrawal: Withdrawal, status: PayoutStatus): PayoutDecision {
  if (status.amountRupiah !== null && status.amountRupiah !== payoutRupiah(withdrawal))
    return tell(withdrawal, status, { kind: 'amount-differs', detail: 'The gateway pays out another amount than was sent.' });
  return decisionIn[withdrawal.state](withdrawal, status);
}

const wait: PayoutDecision = { kind: 'wait' };

const decisionIn: Readonly<Record<WithdrawalState, (withdrawal: Withdrawal, status: PayoutStatus) => PayoutDecision>> = {
  submitted: () => wait,
  approved: () => wait,
  sent: (_, status) => whileSent[status.state](status),
  // Its failure is what it stands still for. Anything else is news.
  stalled: (_, status) => (status.state === 'completed' || status.state === 'reversed' ? whileSent[status.state](status) : wait),
  completed: (_, status) => (isBack(status) ? { kind: 'reverse', reason: reasonOf(status) } : wait),
  // The hold is gone: what the bank has now was the platform's own.
  failed: (withdrawal, status) =>
    status.state === 'completed'
      ? tell(withdrawal, status, { kind: 'late', detail: 'It was paid out after it had failed and the member had the money back.' })
      : wait,
  reversed: () => wait,
  rejected: () => wait,
  cancelled: () => wait,
};

const whileSent: Readonly<Record<PayoutState, (status: PayoutStatus) => PayoutDecision>> = {
  'awaiting-approval': () => ({ kind: 'approve' }),
  processing: () => wait,
  completed: () => ({ kind: 'complete' }),
  failed: (status) => ({ kind: status.failure?.isTemporary === true ? 'stall' : 'fail', reason: reasonOf(status) }),
  // It was with the bank and is back, and nobody had told of the first: together they come to nothing.
  reversed: (status) => ({ kind: 'fail', reason: reasonOf(status) }),
  unknown: () => wait,
};

/** Midtrans says `failed` for what a bank gave back. */
const isBack = ({ state }: PayoutStatus): boolean => state === 'reversed' || state === 'failed';

const reasonOf = ({ failure, rawStatus }: PayoutStatus): string => failure?.code ?? rawStatus;

function tell(
  { id, channel }: Withdrawal,
  { gatewayPayoutId, amountRupiah }: PayoutStatus,
  what: Pick<Finding, 'kind' | 'detail'>,
): PayoutDecision {
  return {
    kind: 'tell',
    finding: { ...what, gateway: channel, reference: id, gatewayReference: gatewayPayoutId, gatewayAmountRupiah: amountRupiah },
  };
}
