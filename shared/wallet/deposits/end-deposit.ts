/**
 * Ends a deposit that was not paid: at its deadline, or because the member wishes so. The gateway is asked to take no more payments, and what it
 * answers is what counts: money that came in the last moment is booked instead.
 */
import { depositFault } from './deposit-faults.ts';
import { isOpen, statusAt, type Deposit } from './deposit.ts';
import { chargeRefOf, depositOf, gatewayOf, settleBy } from './settle-deposit.ts';
import type { SettlingDeps } from './ports.ts';

/** A timer that fires before its time is tried again; it must never end a deposit early. */
class TooEarly extends Error {
  override readonly name = 'TooEarly';
}

/** Throws `TooEarly`, or a fault of payments when the gateway cannot be asked. Nothing happens to a deposit that has ended. */
export async function expireDeposit(
  deps: SettlingDeps,
  { depositId, actor }: { readonly depositId: string; readonly actor: string },
): Promise<Deposit> {
  const deposit = await depositOf(deps, depositId);
  if (!isOpen(deposit)) return deposit;
  const nowMs = deps.clock.now();
  if (nowMs < deposit.expiresAtMs) throw new TooEarly(`${depositId} has ${deposit.expiresAtMs - nowMs} ms left`);
  const status = await gatewayOf(deps, deposit)?.expire(chargeRefOf(deposit));
  return settleBy(deps, deposit, { status, closing: 'expired', actor, nowMs: deps.clock.now() });
}

/** Cancelled twice is cancelled. Throws `deposits.not-open` for a deposit that has ended otherwise. */
export async function cancelDeposit(
  deps: SettlingDeps,
  { depositId, memberId }: { readonly depositId: string; readonly memberId: string },
): Promise<Deposit> {
  const deposit = await ownDeposit(deps, { depositId, memberId });
  if (deposit.status === 'cancelled') return deposit;
  if (!isOpen({ status: statusAt(deposit, deps.clock.now()) })) throw depositFault('deposits.not-open');
  const status = await gatewayOf(deps, deposit)?.cancel(chargeRefOf(deposit));
  return settleBy(deps, deposit, { status, closing: 'cancelled', actor: `member:${memberId}`, nowMs: deps.clock.now() });
}

/** To anybody else there is no such deposit. */
export async function ownDeposit(
  deps: Pick<SettlingDeps, 'deposits'>,
  { depositId, memberId }: { readonly depositId: string; readonly memberId: string },
): Promise<Deposit> {
  const deposit = await depositOf(deps, depositId);
  if (deposit.memberId !== memberId) throw depositFault('deposits.not-found');
  return deposit;
}
