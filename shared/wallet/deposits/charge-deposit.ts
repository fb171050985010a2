/**
 * Charges a deposit at its gateway, under the deposit's own id. One at a time: whoever charges has a lease on it.
 */
import { mayHaveHappened } from '#shared/payments/payment-faults.ts';
import type { ChargeOutcome } from '#shared/payments/ports.ts';
import { changed, isOpen, movedTo, type Deposit } from './deposit.ts';
import { depositEvent, type DepositEvent } from './deposit-event.ts';
import { depositLimits } from './deposit-limits.ts';
import { needsPhone } from './offered-methods.ts';
import type { SettlingDeps } from './ports.ts';
import { answerWith } from './present-deposit.ts';
import { chargeRefOf, depositOf, gatewayOf, settleBy } from './settle-deposit.ts';

export interface ChargingDeps extends SettlingDeps {
  /** E.164, for wallets that push to it; undefined when the member has none. */
  readonly phoneOf: (memberId: string) => Promise<string | undefined>;
}

/**
 * Answers the deposit `pending` with its instructions, or ended. Throws the faults of payments: then it is still `creating`, and may be charged
 * again unless the charge may have been made.
 */
export async function chargeDeposit(deps: ChargingDeps, deposit: Deposit): Promise<Deposit> {
  const gateway = gatewayOf(deps, deposit);
  if (gateway === undefined || deposit.method === 'manual-transfer') return deposit;
  const { id: depositId, amountRupiah, method, expiresAtMs, memberId } = deposit;
  const phone = needsPhone(method) ? await deps.phoneOf(memberId) : undefined;
  try {
    const outcome = await gateway.charge({ depositId, amountRupiah, method, expiresAtMs, memberRef: memberId, phone });
    return await keepOutcome(deps, deposit, outcome);
  } catch (error) {
    await releaseLease(deps, deposit, { isUncertain: mayHaveHappened(error) || deposit.charging?.isUncertain === true });
    throw error;
  }
}

async function keepOutcome(deps: ChargingDeps, deposit: Deposit, outcome: ChargeOutcome): Promise<Deposit> {
  const nowMs = deps.clock.now();
  const event = (about: Partial<DepositEvent>) =>
    depositEvent({ atMs: nowMs, kind: 'charged', actor: `system:${deposit.gateway}`, ...about });
  if (outcome.kind === 'charged') {
    const { gatewayTransactionId, instructions } = outcome.charge;
    const after = movedTo(deposit, 'pending', { nowMs, gatewayTransactionId, instructions, charging: null });
    return commitAnswer(deps, { before: deposit, after, event: event({ status: 'pending', detail: gatewayTransactionId }) });
  }
  if (outcome.kind === 'refused') {
    const after = movedTo(deposit, 'failed', { nowMs, failure: outcome.reason });
    return commitAnswer(deps, { before: deposit, after, event: event({ status: 'failed', detail: outcome.reason }) });
  }
  return giveUpCode(deps, deposit, outcome.gatewayTransactionId);
}

interface Answering {
  readonly before: Deposit;
  readonly after: Deposit;
  readonly event: DepositEvent;
}

/** What the wish is answered, from now on and for ever, is kept with what it answers. */
async function commitAnswer(deps: ChargingDeps, change: Answering): Promise<Deposit> {
  const outcome = await deps.deposits.commit({ ...change, answer: answerWith(change.after, deps.clock.now()) });
  return outcome.state === 'committed' ? change.after : depositOf(deps, change.before.id);
}

/** There is a charge whose code nobody can be shown. It is closed, so that nobody pays it. */
async function giveUpCode(deps: ChargingDeps, deposit: Deposit, gatewayTransactionId: string): Promise<Deposit> {
  const known = { ...deposit, gatewayTransactionId };
  const status = await gatewayOf(deps, deposit)?.cancel(chargeRefOf(known));
  const seen = { status, closing: 'cancelled' as const, actor: 'system:charge', nowMs: deps.clock.now() };
  return settleBy(deps, deposit, seen);
}

/** Left as it is when somebody else has changed it: then there is no lease to give back. */
async function releaseLease(deps: ChargingDeps, deposit: Deposit, { isUncertain }: { readonly isUncertain: boolean }): Promise<void> {
  const nowMs = deps.clock.now();
  const after = changed(deposit, { nowMs, charging: { untilMs: 0, isUncertain } });
  const detail = isUncertain ? 'The answer was lost: it may have been charged.' : 'The gateway cannot be reached.';
  const event = depositEvent({ atMs: nowMs, kind: 'trouble', actor: `system:${deposit.gateway}`, detail });
  await deps.deposits.commit({ before: deposit, after, event });
}

/**
 * Goes on with a deposit that stayed `creating`: the gateway is asked whether there is a charge, and where nobody knows, there will be no second
 * one. Undefined while somebody else is at it.
 */
export async function resumeCharge(deps: ChargingDeps, deposit: Deposit): Promise<Deposit | undefined> {
  const nowMs = deps.clock.now();
  const { charging } = deposit;
  if (deposit.status !== 'creating' || charging === null) return deposit;
  if (charging.untilMs > nowMs) return undefined;
  // A lease that ran out was not given back: whoever had it died, perhaps after charging.
  const isUncertain = charging.isUncertain || charging.untilMs > 0;
  const leased = changed(deposit, { nowMs, charging: { untilMs: nowMs + depositLimits.chargeLeaseMs, isUncertain } });
  const event = depositEvent({ atMs: nowMs, kind: 'charged', actor: 'system:charge', detail: 'Tried again.' });
  const outcome = await deps.deposits.commit({ before: deposit, after: leased, event });
  if (outcome.state !== 'committed') return undefined;
  // Midtrans files charges under our id, so that charging again finds the first; Xendit would make a second one.
  return isUncertain && deposit.gateway === 'xendit' ? findCharge(deps, leased) : chargeDeposit(deps, leased);
}

async function findCharge(deps: ChargingDeps, deposit: Deposit): Promise<Deposit> {
  const actor = 'system:charge';
  const status = await gatewayOf(deps, deposit)?.status(chargeRefOf(deposit));
  const settled = await settleBy(deps, deposit, { status, actor, nowMs: deps.clock.now() });
  if (!isOpen(settled) || settled.status === 'pending') return settled;
  const nowMs = deps.clock.now();
  const after = movedTo(settled, 'failed', { nowMs, failure: 'charge-lost' });
  const event = depositEvent({ atMs: nowMs, kind: 'status', actor, status: 'failed', detail: 'Nobody knows whether it was charged.' });
  return commitAnswer(deps, { before: settled, after, event });
}
