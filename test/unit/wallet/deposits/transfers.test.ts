/**
 * A transfer that staff have seen on the bank's statement.
 */
import { beforeEach, expect, it } from 'vitest';
import { confirmTransfer } from '#shared/wallet/deposits/decide-deposit.ts';
import { decider, walletWorld } from '#test/fakes/wallet-world.ts';

const world = walletWorld();
beforeEach(() => world.begin());

const confirm = (depositId: string, receivedAtMs: number) => {
  const { version = 0, totalRupiah = 0 } = world.depositNamed(depositId) ?? {};
  const receivedAt = new Date(receivedAtMs).toISOString();
  const decision = { depositId, version, reason: 'On the statement', decider: decider('stf_olivia') };
  return world.alone(({ deposit }) =>
    confirmTransfer(deposit, { ...decision, bankReference: 'BCA-1', amountRupiah: totalRupiah, receivedAt }),
  );
};

it('has not come in the future: a slip of the year would make it one that was paid too late', async () => {
  const id = await world.open('manual-transfer');
  const nowMs = world.wallet.clock.now();
  await expect(confirm(id, nowMs + 365 * 86_400_000)).rejects.toMatchObject({
    code: 'request.invalid',
    errors: [{ pointer: '/receivedAt' }],
  });
  expect(world.depositNamed(id)).toMatchObject({ status: 'pending', payments: [] });
  // The clock of whoever reads the statement may be a little ahead.
  expect(await confirm(id, nowMs + 30_000)).toMatchObject({ status: 'paid' });
});
