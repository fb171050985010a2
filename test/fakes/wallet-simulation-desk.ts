/**
 * What staff do in a simulation: each on what they see when they begin, and sometimes twice at once.
 */
import type { Decider } from '#shared/identity/staff/decider.ts';
import { confirmTransfer, creditPayment } from '#shared/wallet/deposits/decide-deposit.ts';
import { isReversalOpen, paymentUnderReview, refundableRupiah, remainingRupiah, type Deposit } from '#shared/wallet/deposits/deposit.ts';
import { refreshDeposit } from '#shared/wallet/deposits/refresh-deposit.ts';
import { refundPayment } from '#shared/wallet/deposits/refund-payment.ts';
import { resolveReversal } from '#shared/wallet/deposits/resolve-reversal.ts';
import { decideWithdrawal, type DeskDecision } from '#shared/wallet/withdrawals/decide-withdrawal.ts';
import type { WalletSimulation } from './wallet-simulation.ts';
import { depositsOf, withdrawalsOf } from './wallet-simulation-checks.ts';

export const staff = ['stf_olivia', 'stf_fina', 'stf_farid'];

export const deciderNamed = (staffId: string): Decider => ({ staffId, client: { address: '192.0.2.1', userAgent: 'simulation' } });
const anyDecider = (simulation: WalletSimulation): Decider => deciderNamed(simulation.anyOf(staff) ?? '');

/** Clicked twice, now and then. */
function clicked(simulation: WalletSimulation, body: Parameters<WalletSimulation['process']>[0]): void {
  simulation.process(body);
  if (simulation.isOneOf(4)) simulation.process(body);
}

const decisionOn = (simulation: WalletSimulation, { id, version }: Deposit, reason: string) => ({
  depositId: id,
  version,
  reason,
  decider: anyDecider(simulation),
});

export const desk = {
  confirm: (simulation: WalletSimulation): void => {
    const transfer = simulation.anyOf(simulation.transfers);
    const found = depositsOf(simulation).find(({ id }) => id === transfer?.depositId);
    if (transfer === undefined || found === undefined) return;
    const { reference: bankReference, amountRupiah } = transfer;
    const decision = { ...decisionOn(simulation, found, 'Seen at the bank'), bankReference, amountRupiah };
    clicked(simulation, ({ deposit }) => confirmTransfer(deposit, decision));
  },
  credit: (simulation: WalletSimulation): void => {
    const found = simulation.anyOf(depositsOf(simulation).filter((one) => paymentUnderReview(one) !== undefined));
    const payment = found && paymentUnderReview(found);
    if (found === undefined || payment === undefined) return;
    const decision = { ...decisionOn(simulation, found, 'It is theirs'), paymentId: payment.paymentId };
    clicked(simulation, ({ deposit }) => creditPayment(deposit, decision));
  },
  /** All that is left of a payment, or a part: of the member's money, or out of suspense. */
  refund: (simulation: WalletSimulation): void => {
    const found = simulation.anyOf(
      depositsOf(simulation).filter((one) => one.payments.some((payment) => refundableRupiah(one, payment) > 0)),
    );
    const payment = found && simulation.anyOf(found.payments);
    if (found === undefined || payment === undefined) return;
    const part = Math.floor(refundableRupiah(found, payment) / 3);
    const decision = { ...decisionOn(simulation, found, 'Asked for'), paymentId: payment.paymentId };
    const amountRupiah = part > 0 && simulation.isOneOf(2) ? part : undefined;
    clicked(simulation, ({ deposit }) => refundPayment(deposit, { ...decision, amountRupiah }));
  },
  /** Somebody looks at the gateway's own pages, where it stands which payment has gone. */
  resolveReversal: (simulation: WalletSimulation): void => {
    const found = simulation.anyOf(depositsOf(simulation).filter((one) => isReversalOpen(one)));
    if (found !== undefined) resolve(simulation, found);
  },
  refresh: (simulation: WalletSimulation): void => {
    const found = simulation.anyOf(depositsOf(simulation).filter(({ gateway }) => gateway !== 'manual'));
    const staffId = simulation.anyOf(staff) ?? '';
    if (found !== undefined) simulation.process(({ deposit }) => refreshDeposit(deposit, { depositId: found.id, staffId }));
  },
  decide: (simulation: WalletSimulation): void => {
    const found = simulation.anyOf(withdrawalsOf(simulation));
    const decision: DeskDecision = simulation.anyOf(['approve', 'approve', 'approve', 'reject', 'retry', 'give-up'] as const) ?? 'approve';
    if (found === undefined) return;
    const request = { withdrawalId: found.id, decision, reason: 'Looked at', decider: anyDecider(simulation) };
    simulation.process(({ withdrawal }) => decideWithdrawal(withdrawal, request));
  },
};

function resolve(simulation: WalletSimulation, found: Deposit): void {
  const gone = simulation.xendit.charges.get(found.id)?.reversed;
  const payment = found.payments.find((one) => gone?.has(one.paymentId) === true && remainingRupiah(one) > 0);
  const decision = { ...decisionOn(simulation, found, 'Seen at the gateway'), paymentId: payment?.paymentId ?? null };
  clicked(simulation, ({ deposit }) => resolveReversal(deposit, decision));
}
