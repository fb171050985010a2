/**
 * Says which of several payments a gateway has taken back, where it does not tell itself: somebody has looked at its own pages.
 */
import { decide, decidedOn, paymentOf, type DecidingDeps, type DecisionRequest } from './decide-deposit.ts';
import { depositFault } from './deposit-faults.ts';
import { changed, isReversalOpen, remainingRupiah, type Deposit } from './deposit.ts';
import { depositEvent } from './deposit-event.ts';
import type { DeskDepositDetail } from './desk-views.ts';
import { detailOf } from './read-any-deposit.ts';
import { settleBy } from './settle-deposit.ts';
import { decidedIn, reversalOf, unclearException } from './settle-reversals.ts';
import type { Seen, Step } from './settlement-step.ts';

interface Request extends DecisionRequest {
  /** Null when none of those that are left was: then everything that went back is booked already. */
  readonly paymentId: string | null;
}

/**
 * Books the reversal of the payment, from whoever has its money. Once said, a further payment of the same deposit may be named as well: two may
 * have gone, one after the other. Throws `deposits.nothing-to-decide` for a deposit of which nothing was unclear.
 */
export async function resolveReversal(deps: DecidingDeps, request: Request): Promise<DeskDepositDetail> {
  const deposit = await decidedOn(deps, request);
  const seen: Seen = { status: undefined, actor: `staff:${request.decider.staffId}`, nowMs: deps.clock.now() };
  const step = request.paymentId === null ? nothingMore(deposit, seen) : takenBack(deposit, { paymentId: request.paymentId, seen });
  const known = await deps.exceptions.get(unclearException(deposit, seen.nowMs).id);
  const exception = known?.state === 'open' ? known : undefined;
  const after = await decide(deps, { request, deposit, step, action: 'deposit.reversal-resolved', exception });
  // A refund that somebody had asked for of what is gone has nothing left to be made of.
  return detailOf(deps, await settleBy(deps, after, { ...seen, actor: 'system:reversal' }));
}

function takenBack(deposit: Deposit, { paymentId, seen }: { readonly paymentId: string; readonly seen: Seen }): Step {
  const payment = paymentOf(deposit, paymentId);
  if (deposit.unclearReversal === null || remainingRupiah(payment) === 0) throw depositFault('deposits.nothing-to-decide');
  const { event, ...step } = reversalOf(deposit, payment, seen);
  return { ...step, event: { ...event, kind: 'decision', detail: `The payment ${paymentId} was taken back.` } };
}

function nothingMore(deposit: Deposit, { actor, nowMs }: Seen): Step {
  if (!isReversalOpen(deposit)) throw depositFault('deposits.nothing-to-decide');
  return {
    after: changed(deposit, { nowMs, unclearReversal: decidedIn(deposit) }),
    event: depositEvent({ atMs: nowMs, kind: 'decision', actor, detail: 'Nothing more was taken back.' }),
  };
}
