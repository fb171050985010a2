/**
 * The sweeper, which runs each minute: what it takes over, and when.
 */
import { beforeEach, expect, it } from 'vitest';
import type { PaymentGateway, RefundRequest } from '#shared/payments/ports.ts';
import { paymentFault } from '#shared/payments/payment-faults.ts';
import { sweepDeposits } from '#shared/wallet/deposits/sweep-deposits.ts';
import { hour, walletWorld, type Deps } from '#test/fakes/wallet-world.ts';

const world = walletWorld();
const { alone, open, depositNamed, paidDeposit, refund } = world;
beforeEach(() => world.begin());

it('ends a deposit without a timer in the first run behind its deadline, so within a minute, and in none before', async () => {
  const id = await open();
  const { clock } = world.wallet;
  const sweep = () => alone(({ deposit }) => sweepDeposits(deposit));
  clock.advance((depositNamed(id)?.expiresAtMs ?? 0) - clock.now());
  expect(await sweep()).toEqual({ due: 0, ended: 0, refunds: 0 });
  clock.advance(1);
  expect(await sweep()).toEqual({ due: 1, ended: 1, refunds: 0 });
  expect(depositNamed(id)).toMatchObject({ status: 'expired', endedAtMs: clock.now() });
});

it('looks after refunds while a gateway keeps it waiting for deposits', async () => {
  const refunded = await paidDeposit();
  const { midtrans, clock } = world.wallet;
  const unheard = { ...midtrans, refund: () => Promise.reject(paymentFault('payments.gateway-unavailable')) };
  const cut = ({ deposit, withdrawal }: Deps) =>
    refund(refunded)({ deposit: { ...deposit, gateways: { ...deposit.gateways, midtrans: unheard } }, withdrawal });
  await expect(alone(cut)).rejects.toMatchObject({ code: 'payments.gateway-unavailable' });
  await open('qris', 'wish-2');
  clock.advance(hour);
  const heard = Promise.withResolvers<void>();
  const slow: PaymentGateway = {
    ...midtrans,
    // Would wait for ever if refunds stood behind it.
    expire: async (ref) => {
      await heard.promise;
      return midtrans.expire(ref);
    },
    refund: async (request: RefundRequest) => {
      heard.resolve();
      return midtrans.refund(request);
    },
  };
  const swept = await alone(({ deposit }) => sweepDeposits({ ...deposit, gateways: { midtrans: slow } }));
  expect(swept).toEqual({ due: 1, ended: 1, refunds: 1 });
});
