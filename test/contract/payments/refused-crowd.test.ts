/**
 * Thousands of deposits may be due in one second, and no gateway takes as many calls: what it refuses (429) has to be asked again, and is not lost.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deposit } from '#shared/wallet/deposits/deposit.ts';
import { expireDeposit } from '#shared/wallet/deposits/end-deposit.ts';
import type { SettlingDeps } from '#shared/wallet/deposits/ports.ts';
import { sampleDeposit } from '#test/fakes/deposit-samples.ts';
import { adaptersOf, type SandboxWorld, sandboxWorld } from './sandbox-world.ts';

let world: SandboxWorld;

beforeAll(async () => {
  world = await sandboxWorld();
});
afterAll(() => world.close());

/** One that was charged, and is due in a minute. */
async function dueDeposit(id: string): Promise<Deposit> {
  const nowMs = world.clock.now();
  const expiresAtMs = Math.ceil(nowMs / 1_000 + 60) * 1_000;
  const wish = { depositId: id, amountRupiah: 50_000, method: 'qris', expiresAtMs, memberRef: 'm-1' } as const;
  const outcome = await world.gateways.midtrans.charge(wish);
  if (outcome.kind !== 'charged') throw new Error(JSON.stringify(outcome));
  const { gatewayTransactionId, instructions } = outcome.charge;
  return sampleDeposit({ id, amountRupiah: 50_000, createdAtMs: nowMs, expiresAtMs, gatewayTransactionId, instructions });
}

describe('a gateway that refuses a crowd', () => {
  it('leaves the deposit as it is for the next try, which ends it', async () => {
    await world.command('settings', { isExpiring: false }, 'PATCH');
    const deposit = await dueDeposit('dep_crowd0000000000000000001');
    let kept = deposit;
    const deposits = {
      get: async () => kept,
      commit: async ({ after }: { readonly after: Deposit }) => {
        kept = after;
        return { state: 'committed' };
      },
    } as unknown as SettlingDeps['deposits'];
    const { gateways } = adaptersOf(world.sandbox, world.clock, { callMsMax: 1_000, attemptMsMax: 400 });
    const expire = () => expireDeposit({ deposits, gateways, clock: world.clock }, { depositId: deposit.id, actor: 'system:timer' });

    await world.clock.advance(61_000);
    await world.command('misbehaviours', { kind: 'status', status: 429, count: 5, operation: 'midtrans.expire' });
    await expect(expire()).rejects.toMatchObject({ code: 'payments.gateway-unavailable' });
    expect(kept).toEqual(deposit);
    // By now the circuit is open, and spares the gateway what it would refuse.
    await expect(expire()).rejects.toMatchObject({ code: 'payments.gateway-unavailable' });
    expect(kept).toEqual(deposit);

    await world.clock.advance(10_000);
    await expire();
    expect(kept).toMatchObject({ status: 'expired', endedAtMs: expect.any(Number) });
    expect(kept.endedAtMs).toBeGreaterThanOrEqual(deposit.expiresAtMs);
  });
});
