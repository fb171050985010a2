/**
 * One member's wallet without chance: the simulation's parts, for tests that say themselves what happens and in which order.
 */
import { expect } from 'vitest';
import { paymentFault } from '#shared/payments/payment-faults.ts';
import type { PaymentMethod } from '#shared/payments/payment.ts';
import { memberBook } from '#shared/wallet/account.ts';
import type { Deposit } from '#shared/wallet/deposits/deposit.ts';
import { expireDeposit } from '#shared/wallet/deposits/end-deposit.ts';
import { openDeposit } from '#shared/wallet/deposits/open-deposit.ts';
import { processPaymentWebhook } from '#shared/wallet/deposits/process-payment-webhook.ts';
import { refundPayment } from '#shared/wallet/deposits/refund-payment.ts';
import { settleDeposit } from '#shared/wallet/deposits/settle-deposit.ts';
import { verifyLedger } from '#shared/wallet/verify-ledger.ts';
import { receiveWebhook } from '#shared/wallet/webhooks/receive-webhook.ts';
import { members, WalletSimulation } from './wallet-simulation.ts';
import { depositsOf } from './wallet-simulation-checks.ts';
import type { Life } from './wallet-simulation-scheduler.ts';

export const [sari] = members;
export const hour = 3_600_000;
export const amountRupiah = 150_000;
export const decider = (staffId: string) => ({ staffId, client: { address: '192.0.2.1', userAgent: 'test' } });

export type Deps = Pick<ReturnType<WalletSimulation['depsOf']>, 'deposit' | 'withdrawal'>;

/** Its functions belong to the wallet that `begin` made last. */
export function walletWorld() {
  const world = { wallet: new WalletSimulation(1) };

  /** All of these at once, each a process of its own, in some order at every call; answers or errors. */
  async function atOnce<T>(...bodies: ((deps: Deps) => Promise<T>)[]): Promise<(T | Error)[]> {
    const { wallet } = world;
    const answers: (T | Error)[] = [];
    for (const [place, body] of bodies.entries()) {
      const keep = async (life: Life) => void (answers[place] = await body(wallet.depsOf(life)));
      const ended = (end: { readonly state: string; readonly error?: unknown }) => {
        if (end.state === 'failed') answers[place] = end.error as Error;
      };
      wallet.scheduler.start(keep, { ended });
    }
    await wallet.scheduler.run();
    return answers;
  }

  async function alone<T>(body: (deps: Deps) => Promise<T>): Promise<T> {
    const [answer] = await atOnce(body);
    if (answer instanceof Error) throw answer;
    return answer as T;
  }

  const open = (method: PaymentMethod = 'qris', idempotencyKey = 'wish-1') =>
    alone(async ({ deposit }) => (await openDeposit(deposit, { memberId: sari, idempotencyKey, method, amountRupiah })).answer.id);
  const settle = (depositId: string, actor = 'system:test') => alone(({ deposit }) => settleDeposit(deposit, { depositId, actor }));
  const depositNamed = (depositId: string): Deposit | undefined => depositsOf(world.wallet).find(({ id }) => id === depositId);

  async function worked(): Promise<void> {
    for (const { message } of world.wallet.messages.splice(0)) {
      if ('news' in message) await alone(({ deposit }) => processPaymentWebhook(deposit, message.news));
    }
  }

  return Object.assign(world, {
    begin: (): void => {
      world.wallet = new WalletSimulation(1);
      world.wallet.faultPercent = 0;
    },
    atOnce,
    alone,
    open,
    settle,
    depositNamed,
    worked,
    expire: (depositId: string) => alone(({ deposit }) => expireDeposit(deposit, { depositId, actor: 'system:timer' })),
    balance: () => world.wallet.audit().ledger.balanceOf(memberBook(sari)),
    /** Takes one webhook in and works on everything that is queued. */
    delivered: async (depositId: string): Promise<void> => {
      const request = world.wallet.midtrans.webhook(depositId, 'paid');
      await alone(({ deposit }) => receiveWebhook(deposit, { channel: 'midtrans', ...request }));
      await worked();
    },
    expectWhole: async (postings: number): Promise<void> => {
      const report = await verifyLedger(world.wallet.audit().links);
      expect({ problems: report.problems, sum: report.sum, postings: report.postings }).toEqual({ problems: [], sum: 0, postings });
      expect(world.wallet.watch.violations).toEqual([]);
    },
    paidDeposit: async (): Promise<string> => {
      const id = await open();
      world.wallet.midtrans.pay(id);
      await settle(id);
      return id;
    },
    /** A decision on the deposit as it is when this is called, for its first payment. */
    refund: (depositId: string, staffId = 'stf_olivia', part?: number) => {
      const { version = 0, payments = [] } = depositNamed(depositId) ?? {};
      const request = { depositId, version, reason: 'Asked for', decider: decider(staffId), paymentId: payments[0]?.paymentId ?? '' };
      return ({ deposit }: Deps) => refundPayment(deposit, { ...request, amountRupiah: part });
    },
  });
}

/** It is done, and nobody hears of it. */
export const losing =
  <Request>(call: (request: Request) => Promise<unknown>) =>
  async (request: Request): Promise<never> => {
    await call(request);
    throw paymentFault('payments.outcome-unknown');
  };
