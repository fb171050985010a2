/**
 * How everything that has begun in a simulation is brought to its end.
 */
import { isOpen, isReversalOpen } from '#shared/wallet/deposits/deposit.ts';
import { refreshDeposit } from '#shared/wallet/deposits/refresh-deposit.ts';
import { decideWithdrawal, type DeskDecision } from '#shared/wallet/withdrawals/decide-withdrawal.ts';
import type { WalletSimulation } from './wallet-simulation.ts';
import { isOurRefund, machinery, type Act } from './wallet-simulation-acts.ts';
import { depositsOf, withdrawalsOf } from './wallet-simulation-checks.ts';
import { deciderNamed, desk, staff } from './wallet-simulation-desk.ts';

const minute = 60_000;
const roundsMax = 60;

/** From now on nothing fails: time goes on, everybody finishes what they have begun, and whatever is due is done. */
export async function bringToAnEnd(simulation: WalletSimulation): Promise<void> {
  simulation.faultPercent = 0;
  simulation.deathPercent = 0;
  let isCalm = false;
  for (let round = 1; round <= roundsMax; round += 1) {
    drain(simulation);
    finishRefunds(simulation);
    finishPayouts(simulation);
    await simulation.scheduler.run();
    if (isAtRest(simulation)) {
      if (isCalm) return;
      isCalm = true;
      giveBack(simulation);
    }
    simulation.clock.advance(round < 6 ? minute : 40 * minute);
    const { deposits, refunds, reversals, withdrawals } = unfinished(simulation);
    if (deposits.length + refunds.length > 0) machinery.sweep(simulation);
    if (reversals.length > 0) desk.resolveReversal(simulation);
    if (withdrawals.length > 0) machinery.sweepPayouts(simulation);
    await simulation.scheduler.run();
  }
  throw new Error(`It has not come to an end within ${roundsMax} rounds: ${JSON.stringify(unfinished(simulation))}`);
}

function drain(simulation: WalletSimulation): void {
  const { sendings, messages, started } = simulation;
  const work: readonly (readonly [Act, number])[] = [
    [machinery.follow, started.length],
    [machinery.deliver, sendings.length],
    [machinery.work, messages.length],
    [machinery.expire, simulation.timers.size],
  ];
  for (const [act, count] of work) for (let done = 0; done < count; done += 1) act(simulation);
  for (const { depositId, reference } of simulation.transfers) {
    const isBooked = depositsOf(simulation).some(
      ({ id, payments }) => id === depositId && payments.some(({ paymentId }) => paymentId === reference),
    );
    if (!isBooked) desk.confirm(simulation);
  }
}

/**
 * Banks say what became of refunds. Of ours nobody is told: whoever looks after them finds out, and what nobody looks after any more, staff do.
 */
function finishRefunds(simulation: WalletSimulation): void {
  for (const gateway of [simulation.midtrans, simulation.xendit])
    for (const [depositId, { refunds }] of gateway.charges)
      for (const { refundKey, state } of refunds)
        if (state === 'pending') {
          gateway.endRefund(depositId, refundKey, simulation.isOneOf(4) ? 'failed' : 'confirmed');
          if (!isOurRefund(refundKey)) simulation.notify(gateway.name, gateway.webhook(depositId, 'paid'));
        }
  for (const { id, refunds } of depositsOf(simulation))
    if (refunds.some(({ state, dueAtMs }) => state === 'asked' && dueAtMs === null))
      simulation.process(({ deposit }) => refreshDeposit(deposit, { depositId: id, staffId: 'stf_fina' }));
}

/** Staff decide what waits for them, and banks say what became of what was sent. */
function finishPayouts(simulation: WalletSimulation): void {
  const decide = (withdrawalId: string, decision: DeskDecision, staffId: string): void =>
    simulation.process(({ withdrawal }) =>
      decideWithdrawal(withdrawal, { withdrawalId, decision, reason: 'At last', decider: deciderNamed(staffId) }),
    );
  for (const { id, state } of withdrawalsOf(simulation)) {
    if (state === 'submitted') for (const staffId of staff) decide(id, simulation.isOneOf(8) ? 'reject' : 'approve', staffId);
    if (state === 'stalled') decide(id, simulation.isOneOf(2) ? 'retry' : 'give-up', 'stf_fina');
  }
  for (const [id, { status }] of simulation.iris.payouts) {
    if (status.state !== 'processing') continue;
    const state = simulation.isOneOf(4) ? 'failed' : 'completed';
    simulation.iris.become(id, state);
    simulation.notify('iris', simulation.iris.webhook(id, state));
  }
}

/** Some banks give back what they had, long after everybody was done with it. */
function giveBack(simulation: WalletSimulation): void {
  for (const [id, { status }] of simulation.iris.payouts) {
    if (status.state !== 'completed' || !simulation.isOneOf(4)) continue;
    simulation.iris.become(id, 'failed');
    simulation.notify('iris', simulation.iris.webhook(id, 'failed'));
  }
}

const unfinished = (simulation: WalletSimulation) => ({
  sendings: simulation.sendings.length,
  messages: simulation.messages.map(({ message }) => message),
  started: simulation.started.length,
  transfers: simulation.transfers.filter(
    ({ reference }) => !depositsOf(simulation).some(({ payments }) => payments.some(({ paymentId }) => paymentId === reference)),
  ),
  deposits: depositsOf(simulation).filter((one) => isOpen(one)),
  refunds: depositsOf(simulation).filter((one) => one.refunds.some(({ state }) => state === 'asked')),
  reversals: depositsOf(simulation).filter((one) => isReversalOpen(one)),
  withdrawals: withdrawalsOf(simulation).filter(({ state }) => ['submitted', 'approved', 'sent', 'stalled'].includes(state)),
});

const isAtRest = (simulation: WalletSimulation): boolean =>
  Object.values(unfinished(simulation)).every((left) => left === 0 || (Array.isArray(left) && left.length === 0));
