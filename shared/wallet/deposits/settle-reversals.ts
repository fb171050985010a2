/**
 * What a gateway has taken back: denied after the settlement, charged back, voided. It is gone, whether the member still has it or not.
 *
 * Where a charge was paid more than once, gateways may say that something was taken back and not what. Nothing is booked then until a person
 * has looked at the gateway's own pages and said it.
 */
import { clearingBook, memberBook, suspenseBook } from '../account.ts';
import { posting } from '../posting.ts';
import { exceptionOf, type Exception } from '../reconciliation/exception.ts';
import { changed, mayMove, remainingRupiah, type BookedPayment, type Deposit } from './deposit.ts';
import { depositEvent } from './deposit-event.ts';
import { endedIn, eventOf, postingIdOf, withPayment, type Seen, type SeenCharge, type Step } from './settlement-step.ts';

/** `failed` after a payment is money that was taken back, too. */
const saysTakenBack = (status: SeenCharge | undefined): boolean => status?.state === 'reversed' || status?.state === 'failed';

/** Payments that the gateway names as taken back; none where it does not say which. */
const namedIn = (status: SeenCharge | undefined): ReadonlySet<string> =>
  new Set(status?.payments.filter(({ isReversed }) => isReversed === true).map(({ paymentId }) => paymentId));

/** Whether a payment that is about to be booked has gone already, as far as the gateway says. */
export function isTakenBack(paymentId: string, status: SeenCharge | undefined): boolean {
  const named = namedIn(status);
  return named.size > 0 ? named.has(paymentId) : saysTakenBack(status);
}

/** Books what the gateway has taken back. Of several payments it may not say which one: that is for a person. */
export function reversalStep(deposit: Deposit, seen: Seen): Step | undefined {
  if (!saysTakenBack(seen.status)) return undefined;
  const left = deposit.payments.filter((payment) => remainingRupiah(payment) > 0);
  const [only] = left;
  if (only === undefined) return undefined;
  const named = namedIn(seen.status);
  if (named.size > 0) {
    const payment = left.find(({ paymentId }) => named.has(paymentId));
    return payment && reversalOf(deposit, payment, seen);
  }
  // Also where one alone is left: what was refunded or taken back before may be what the gateway speaks of.
  return deposit.payments.length === 1 ? reversalOf(deposit, only, seen) : unclearReversal(deposit, seen);
}

/** Takes what is left of a payment from whoever has it. */
export function reversalOf(deposit: Deposit, payment: BookedPayment, seen: Seen): Step {
  const { nowMs, actor } = seen;
  const amountRupiah = remainingRupiah(payment);
  const change = posting({
    id: postingIdOf('reversal', deposit, payment),
    kind: 'reversal',
    moves: [
      { from: payment.place === 'member' ? memberBook(deposit.memberId) : suspenseBook, to: clearingBook(deposit.gateway), amountRupiah },
    ],
    claim: { gateway: deposit.gateway, transactionId: payment.paymentId, kind: 'REVERSAL' },
    reference: deposit.id,
    reason: 'The gateway took the payment back',
    actor,
  });
  const after = withPayment(deposit, { ...payment, reversedRupiah: payment.reversedRupiah + amountRupiah });
  const isAllGone = after.payments.every((one) => remainingRupiah(one) === 0);
  const to = isAllGone && mayMove(deposit.status, 'reversed') ? 'reversed' : null;
  return {
    after: endedIn(after, to, { nowMs, unclearReversal: decidedIn(deposit) }),
    event: depositEvent({ ...eventOf('reversal', seen), status: to, amountRupiah, postingId: change.id }),
    change,
  };
}

/** What was unclear of a reversal is so no more. */
export const decidedIn = ({ unclearReversal }: Deposit): Deposit['unclearReversal'] =>
  unclearReversal && { ...unclearReversal, isDecided: true };

const unclear = 'One of several payments was taken back, and the gateway does not say which.';

/** Told once for these payments: looking again finds the note of it. */
function unclearReversal(deposit: Deposit, seen: Seen): Step | undefined {
  const payments = deposit.payments.length;
  if (deposit.unclearReversal?.payments === payments) return undefined;
  return {
    after: changed(deposit, { nowMs: seen.nowMs, unclearReversal: { payments, isDecided: false } }),
    event: depositEvent({ ...eventOf('trouble', seen), detail: unclear }),
    exception: unclearException(deposit, seen.nowMs),
  };
}

/** As it is found; whoever resolves the reversal resolves it, too. */
export const unclearException = ({ id, gateway, gatewayTransactionId }: Deposit, nowMs: number): Exception =>
  exceptionOf({ kind: 'unclear', gateway, reference: id, gatewayReference: gatewayTransactionId, detail: unclear }, nowMs);
