/**
 * What members, gateways, staff, timers and time do in a simulation, in an order of chance.
 */
import type { Refund } from '#shared/payments/ports.ts';
import { cancelDeposit, expireDeposit } from '#shared/wallet/deposits/end-deposit.ts';
import { openDeposit } from '#shared/wallet/deposits/open-deposit.ts';
import { processPaymentWebhook } from '#shared/wallet/deposits/process-payment-webhook.ts';
import { readDeposit } from '#shared/wallet/deposits/read-deposits.ts';
import { sweepDeposits } from '#shared/wallet/deposits/sweep-deposits.ts';
import { isOpen } from '#shared/wallet/deposits/deposit.ts';
import { receiveWebhook } from '#shared/wallet/webhooks/receive-webhook.ts';
import { advancePayout } from '#shared/wallet/withdrawals/advance-payout.ts';
import { addBankAccount } from '#shared/wallet/withdrawals/bank-accounts.ts';
import { cancelWithdrawal } from '#shared/wallet/withdrawals/cancel-withdrawal.ts';
import { processPayoutWebhook } from '#shared/wallet/withdrawals/process-payout-webhook.ts';
import { submitWithdrawal } from '#shared/wallet/withdrawals/submit-withdrawal.ts';
import { sweepPayouts } from '#shared/wallet/withdrawals/sweep-payouts.ts';
import { refundableRupiah, type FakeCharge, type FakePaymentGateway } from './fake-payment-gateway.ts';
import { members, type WalletSimulation } from './wallet-simulation.ts';
import { depositsOf, withdrawalsOf } from './wallet-simulation-checks.ts';
import { desk } from './wallet-simulation-desk.ts';

export type Act = (simulation: WalletSimulation) => void;

/** Wishes under keys: a key comes twice, and sometimes with another wish. */
const wishes = [
  { method: 'qris', amountRupiah: 9_000_000 },
  { method: 'va-bca', amountRupiah: 150_000 },
  { method: 'va-cimb', amountRupiah: 4_000_000 },
  { method: 'ewallet-dana', amountRupiah: 6_000_000 },
  { method: 'manual-transfer', amountRupiah: 150_000 },
  { method: 'ewallet-ovo', amountRupiah: 20_000 },
] as const;
const minute = 60_000;

const member = {
  open: (simulation: WalletSimulation): void => {
    const [memberId = '', number] = [simulation.anyOf(members), simulation.below(wishes.length)];
    const wish = (simulation.isOneOf(12) ? simulation.anyOf(wishes) : wishes[number]) ?? wishes[0];
    const idempotencyKey = `wish-${number}`;
    const name = `${memberId} ${idempotencyKey}`;
    simulation.process(async ({ deposit }) => {
      const { answer } = await openDeposit(deposit, { memberId, idempotencyKey, ...wish });
      simulation.answered.set(name, (simulation.answered.get(name) ?? new Set()).add(answer.id));
    });
  },
  cancel: (simulation: WalletSimulation): void => {
    const found = simulation.anyOf(depositsOf(simulation).filter((one) => isOpen(one)));
    if (found !== undefined) simulation.process(({ deposit }) => cancelDeposit(deposit, { depositId: found.id, memberId: found.memberId }));
  },
  look: (simulation: WalletSimulation): void => {
    const found = simulation.anyOf(depositsOf(simulation));
    if (found !== undefined) simulation.process(({ deposit }) => readDeposit(deposit, { depositId: found.id, memberId: found.memberId }));
  },
  withdraw: (simulation: WalletSimulation): void => {
    const [memberId = '', number] = [simulation.anyOf(members), simulation.below(5)];
    const amountRupiah = [100_000, 900_000, 3_900_000, 5_900_000, 8_900_000][number] ?? 100_000;
    simulation.process(async ({ withdrawal }) => {
      const account = await addBankAccount(withdrawal, { memberId, bank: 'bca', accountNumber: '1234567890', accountName: 'Sari Dewi' });
      await submitWithdrawal(withdrawal, { memberId, key: `withdrawal-${number}`, amountRupiah, bankAccountId: account.id });
    });
  },
  takeBack: (simulation: WalletSimulation): void => {
    const found = simulation.anyOf(withdrawalsOf(simulation));
    if (found === undefined) return;
    simulation.process(({ withdrawal }) => cancelWithdrawal(withdrawal, { memberId: found.memberId, withdrawalId: found.id }));
  },
};

const payer = {
  /** In time or late, the right amount or another, and at Xendit also again. */
  pay: (simulation: WalletSimulation): void => {
    const gateway = anyGateway(simulation);
    const paymentsMax = gateway.name === 'xendit' && simulation.isOneOf(3) ? 3 : 1;
    const payable = [...gateway.charges].filter(([, { payments }]) => payments.length < paymentsMax);
    const [depositId, charge] = simulation.anyOf(payable) ?? [];
    if (depositId === undefined || charge === undefined) return;
    gateway.pay(depositId, simulation.isOneOf(10) ? charge.request.amountRupiah - 1 : undefined);
    tell(simulation, gateway, depositId);
  },
  transfer: (simulation: WalletSimulation): void => {
    const found = simulation.anyOf(depositsOf(simulation).filter(({ gateway }) => gateway === 'manual'));
    if (found === undefined || simulation.transfers.length > 2) return;
    const amountRupiah = simulation.isOneOf(5) ? found.totalRupiah + 7 : found.totalRupiah;
    simulation.transfers.push({ depositId: found.id, reference: `bank-${simulation.transfers.length}`, amountRupiah });
  },
};

const anyGateway = (simulation: WalletSimulation): FakePaymentGateway => (simulation.isOneOf(2) ? simulation.midtrans : simulation.xendit);

export const isOurRefund = (refundKey: string): boolean => refundKey.startsWith('dep_');

/** Of several payments one is taken back only when no refund says of which it was. */
const isReversible = ({ payments, refunds, reversed }: FakeCharge): boolean =>
  reversed.size === 0 && (payments.length === 1 || (payments.length > 1 && refunds.length === 0));

/** Whether a bank may still say something of it: also that a failed one was made, if there is money for it and it is not gone with its payment. */
function mayEnd(charge: FakeCharge, { state, refundKey, amountRupiah }: Refund): boolean {
  if (state !== 'failed') return state === 'pending';
  return refundableRupiah(charge) >= amountRupiah && !charge.takenBackWith.has(refundKey);
}

/** One to three copies of one piece of news. */
function tell(simulation: WalletSimulation, gateway: FakePaymentGateway, depositId: string): void {
  simulation.notify(gateway.name, gateway.webhook(depositId, 'paid'), 1 + simulation.below(3));
}

const gateways = {
  /** Denied after the settlement, or charged back; of two payments one, which the gateway may name or not. */
  reverse: (simulation: WalletSimulation): void => {
    const gateway = anyGateway(simulation);
    const found = simulation.anyOf([...gateway.charges].filter(([, one]) => isReversible(one)));
    if (found === undefined) return;
    const [depositId, { payments, refunds }] = found;
    const one = { paymentId: simulation.anyOf(payments)?.paymentId ?? '', isNamed: simulation.isOneOf(2) };
    gateway.takeBack(depositId, payments.length > 1 ? one : undefined);
    for (const { refundKey, state } of refunds)
      if (state === 'pending' && !isOurRefund(refundKey)) gateway.endRefund(depositId, refundKey, 'failed');
    tell(simulation, gateway, depositId);
  },
  /** Somebody gives a payment back on the gateway's own pages. */
  refund: (simulation: WalletSimulation): void => {
    const gateway = anyGateway(simulation);
    const [depositId, charge] = simulation.anyOf([...gateway.charges].filter(([, one]) => one.payments.length === 1)) ?? [];
    if (depositId === undefined || charge === undefined || refundableRupiah(charge) < 5_000) return;
    const amountRupiah = simulation.isOneOf(2) ? 5_000 : refundableRupiah(charge);
    const refund = { depositId, gatewayTransactionId: null, refundKey: `desk-${simulation.below(3)}`, amountRupiah, reason: 'desk' };
    simulation.process(({ around }) => around(() => gateway.refund(refund)));
  },
  /** A bank says what became of a refund, and the webhook about one that we await comes or does not. What failed may turn out to have been made. */
  endRefund: (simulation: WalletSimulation): void => {
    const gateway = anyGateway(simulation);
    const unsure = [...gateway.charges].flatMap(([depositId, charge]) =>
      charge.refunds.filter((refund) => mayEnd(charge, refund)).map(({ refundKey, state }) => ({ depositId, refundKey, state })),
    );
    const found = simulation.anyOf(unsure);
    if (found === undefined || (found.state === 'failed' && simulation.below(4) > 0)) return;
    const { depositId, refundKey, state } = found;
    gateway.endRefund(depositId, refundKey, state === 'pending' && simulation.isOneOf(4) ? 'failed' : 'confirmed');
    const isAwaited = isOurRefund(refundKey) && state === 'pending';
    if (!isAwaited || !simulation.isOneOf(3)) tell(simulation, gateway, depositId);
  },
  /** A gateway's clock is ahead, or its rules are its own: it takes no more although our deadline is to come. */
  lapse: (simulation: WalletSimulation): void => {
    const gateway = anyGateway(simulation);
    const [depositId, charge] =
      simulation.anyOf([...gateway.charges].filter(([, one]) => one.state === 'pending' && one.payments.length === 0)) ?? [];
    if (depositId === undefined || charge === undefined) return;
    charge.state = 'expired';
    simulation.notify(gateway.name, gateway.webhook(depositId, 'expired'));
  },
  /** Claims a payment that there is not: with a signature that fits, or with none. */
  forge: (simulation: WalletSimulation): void => {
    const gateway = anyGateway(simulation);
    const [depositId] = simulation.anyOf([...gateway.charges]) ?? [];
    if (depositId === undefined) return;
    const request = gateway.webhook(depositId, 'paid');
    const forged = simulation.isOneOf(2) ? request : { ...request, headers: { 'x-fake-secret': 'guessed' } };
    simulation.process(async ({ deposit }) => {
      await receiveWebhook(deposit, { channel: gateway.name, ...forged });
      if (forged !== request) simulation.watch.violations.push('A forged webhook was taken');
    });
  },
  payOut: (simulation: WalletSimulation): void => {
    const [id, payout] = simulation.anyOf([...simulation.iris.payouts]) ?? [];
    if (id === undefined || payout === undefined) return;
    // A bank gives back what it had; before that a payout arrives or does not.
    if (payout.status.state === 'processing') simulation.iris.become(id, simulation.isOneOf(3) ? 'failed' : 'completed');
    else if (payout.status.state === 'completed' && simulation.isOneOf(2)) simulation.iris.become(id, 'failed');
    else return;
    simulation.notify('iris', simulation.iris.webhook(id, payout.status.state), 1 + simulation.below(2));
  },
};

export const machinery = {
  deliver: (simulation: WalletSimulation): void => {
    const [sending] = simulation.sendings.splice(simulation.below(simulation.sendings.length), 1);
    if (sending === undefined) return;
    simulation.process(
      ({ deposit }) => receiveWebhook(deposit, sending),
      () => void simulation.sendings.push(sending),
    );
  },
  work: (simulation: WalletSimulation): void => {
    const [taken] = simulation.messages.splice(simulation.below(simulation.messages.length), 1);
    if (taken === undefined) return;
    taken.receives += 1;
    const { message, receives } = taken;
    simulation.process(
      async ({ deposit, withdrawal }) => {
        if ('withdrawalId' in message) return advancePayout(withdrawal, message.withdrawalId);
        if (message.queue === 'payments') return processPaymentWebhook(deposit, message.news);
        return processPayoutWebhook(withdrawal, message.news, { isLast: receives >= 10 });
      },
      () => void simulation.messages.push(taken),
    );
  },
  /** The stream starts a timer; now and then it does not. */
  follow: (simulation: WalletSimulation): void => {
    const started = simulation.started.shift();
    if (started === undefined || (simulation.deathPercent > 0 && simulation.isOneOf(6))) return;
    const { depositId, expiresAtMs } = started;
    if (!simulation.timers.has(depositId)) simulation.timers.set(depositId, { expiresAtMs, attempts: 0 });
  },
  expire: (simulation: WalletSimulation): void => {
    // A timer that cut the milliseconds off would be early: it is to be sent back.
    const isEarly = simulation.deathPercent > 0 && simulation.isOneOf(8);
    const due = [...simulation.timers].filter(([, { expiresAtMs }]) => isEarly || expiresAtMs <= simulation.clock.now());
    const [depositId, timer] = simulation.anyOf(due) ?? [];
    if (depositId === undefined || timer === undefined) return;
    simulation.timers.delete(depositId);
    simulation.process(
      ({ deposit }) => expireDeposit(deposit, { depositId, actor: 'system:timer' }),
      () => {
        // Then the execution has failed, and the sweeper does it.
        if (timer.attempts < 6) simulation.timers.set(depositId, { ...timer, attempts: timer.attempts + 1 });
      },
    );
  },
  sweep: (simulation: WalletSimulation): void => simulation.process(({ deposit }) => sweepDeposits(deposit)),
  sweepPayouts: (simulation: WalletSimulation): void =>
    simulation.process(async ({ withdrawal }) => {
      const { failures } = await sweepPayouts(withdrawal, { deadlineMs: Infinity });
      for (const { withdrawalId, error } of failures) withdrawal.onFailed(withdrawalId, error);
    }),
  /** Seconds, minutes, or to the last second of a deposit. */
  pass: (simulation: WalletSimulation): void => {
    const open = simulation.anyOf(depositsOf(simulation).filter((one) => isOpen(one)));
    const left = open === undefined ? 0 : open.expiresAtMs - simulation.clock.now() - 1_000 + simulation.below(3) * 1_000;
    simulation.clock.advance(left > 0 && simulation.isOneOf(3) ? left : (simulation.anyOf([500, 20_000, minute, 12 * minute]) ?? 500));
  },
};

/** Each with how often it is chosen. */
const weights: readonly (readonly [Act, number])[] = [
  [member.open, 4],
  [member.cancel, 1],
  [member.look, 1],
  [member.withdraw, 2],
  [member.takeBack, 1],
  [payer.pay, 4],
  [payer.transfer, 1],
  [gateways.reverse, 1],
  [gateways.refund, 1],
  [gateways.endRefund, 2],
  [gateways.lapse, 1],
  [gateways.forge, 1],
  [gateways.payOut, 2],
  [desk.confirm, 1],
  [desk.credit, 1],
  [desk.refund, 3],
  [desk.resolveReversal, 1],
  [desk.refresh, 1],
  [desk.decide, 3],
  [machinery.deliver, 4],
  [machinery.work, 4],
  [machinery.follow, 2],
  [machinery.expire, 2],
  [machinery.sweep, 1],
  [machinery.sweepPayouts, 1],
  [machinery.pass, 3],
];
const acts = weights.flatMap(([act, weight]) => Array.from({ length: weight }, () => act));

/** So many acts begin while others are under way. */
export async function liveThrough(simulation: WalletSimulation, count: number): Promise<void> {
  await simulation.fund();
  const left = Array.from({ length: count }, () => simulation.anyOf(acts));
  const next = (): void => {
    // Mostly nobody begins anything, so that what is under way gets on.
    if (simulation.below(5) === 0) left.pop()?.(simulation);
  };
  do await simulation.scheduler.run(next);
  while (left.length > 0);
}
